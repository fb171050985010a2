import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fakeFileStore } from '#test/fakes/fake-file-store.ts';
import { sampleFailure, sampleFile, sampleObject, uploadedAtMs } from '#test/fakes/log-samples.ts';
import { dynamodbFileStore } from '#shared/logs/dynamodb-file-store.ts';
import type { LogFile } from '#shared/logs/log-file.ts';
import type { FileStore } from '#shared/logs/ports.ts';
import { startDynamodb, type Engine } from './dynamodb-engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startDynamodb();
});
afterAll(() => engine.stop());

const settled: Partial<LogFile> = {
  status: 'failed',
  failure: { ...sampleFailure, offset: 12 },
  counts: { lines: 9, bytes: 1_000, errors: 3, fatals: 1 },
  recordsFrom: '2026-11-20T00:00:00.000Z',
  recordsTo: '2026-11-21T00:00:00.000Z',
  linesBeforeChunk: [0],
  closedAtMs: uploadedAtMs + 9_000,
};

describe.each<[string, () => Promise<FileStore>]>([
  ['the fake', async () => fakeFileStore()],
  ['DynamoDB', async () => dynamodbFileStore(await engine.table())],
])('a file store: %s', (_, open) => {
  let files: FileStore;
  beforeEach(async () => {
    files = await open();
  });

  it('gives a file back as it was stored, by id and by object', async () => {
    const file = sampleFile({ object: sampleObject({ key: 'ünïcode/a b+c.log', versionId: null }), encoding: 'utf-16le' });
    expect(await files.add(file)).toEqual(file);
    expect(await files.get(file.id)).toEqual(file);
    expect(await files.ofObject(file.object)).toEqual(file);
    expect(await files.load([file.id, sampleFile().id, file.id])).toEqual([file]);
  });

  it('knows nothing of what was not stored', async () => {
    expect(await files.get(sampleFile().id)).toBeUndefined();
    expect(await files.ofObject(sampleObject())).toBeUndefined();
    expect(await files.load([])).toEqual([]);
    for (const id of ['', '../../x', 'x'.repeat(9_000)]) expect(await files.get(id)).toBeUndefined();
  });

  it('keeps one file for an object version, whatever the time of its event', async () => {
    const [first, again] = [sampleFile(), sampleFile({ uploadedAtMs: uploadedAtMs + 70_000, sizeBytes: 7 })];
    await files.add(first);
    expect(await files.add(again)).toEqual(first);
    expect(await files.get(again.id)).toBeUndefined();
    expect(await files.ofObject(again.object)).toEqual(first);
  });

  it('keeps another file for another version of the same key', async () => {
    const [first, second] = [sampleFile(), sampleFile({ object: sampleObject({ versionId: 'v2' }) })];
    await files.add(first);
    expect(await files.add(second)).toEqual(second);
    expect((await files.load([first.id, second.id])).length).toBe(2);
  });

  it('lists ids by status in both orders, page by page', async () => {
    const stored = Array.from({ length: 5 }, (_, index) =>
      sampleFile({ object: sampleObject({ key: `${index}` }), uploadedAtMs: uploadedAtMs + index * 1_000 }),
    );
    for (const file of stored) await files.add(file);
    await files.beginScanning(stored[2]!.id);
    const planned = [0, 1, 3, 4].map((index) => stored[index]!.id);
    expect(await files.ids({ status: 'planned', order: 'oldest', limit: 10 })).toEqual(planned);
    expect(await files.ids({ status: 'planned', order: 'newest', limit: 3 })).toEqual(planned.toReversed().slice(0, 3));
    expect(await files.ids({ status: 'planned', order: 'newest', after: planned[1], limit: 3 })).toEqual([planned[0]]);
    expect(await files.ids({ status: 'planned', order: 'oldest', after: planned[1], limit: 1 })).toEqual([planned[2]]);
    expect(await files.ids({ status: 'scanning', order: 'newest', limit: 10 })).toEqual([stored[2]!.id]);
    expect(await files.ids({ status: 'done', order: 'newest', limit: 10 })).toEqual([]);
  });

  it('begins scanning once and never goes back to it', async () => {
    const file = await files.add(sampleFile());
    await files.beginScanning(file.id);
    expect(await files.get(file.id)).toEqual({ ...file, status: 'scanning' });
    const counted = await files.chunkDone(file.id, 0);
    await files.close({ ...counted!, ...settled });
    await files.beginScanning(file.id);
    expect(await files.get(file.id)).toMatchObject({ status: 'failed' });
  });

  it('remembers how much was queued and never goes back', async () => {
    const file = await files.add(sampleFile());
    await files.chunksQueued(file.id, 2);
    await files.chunksQueued(file.id, 1);
    expect(await files.get(file.id)).toEqual({ ...file, chunksQueued: 2 });
  });

  it('counts a chunk once however often it is told, and raises the revision each time', async () => {
    const file = await files.add(sampleFile());
    for (const chunk of [3, 0, 3, 11]) await files.chunkDone(file.id, chunk);
    expect(await files.chunkDone(file.id, 0)).toEqual({ ...file, chunksDone: [0, 3, 11], revision: 5 });
    expect(await files.get(file.id)).toMatchObject({ chunksDone: [0, 3, 11], revision: 5 });
  });

  it('counts no chunk of a file that is not there', async () => {
    expect(await files.chunkDone(sampleFile().id, 0)).toBeUndefined();
    expect(await files.get(sampleFile().id)).toBeUndefined();
  });

  it('closes a file, and lists it by its new status', async () => {
    await files.add(sampleFile());
    const counted = await files.chunkDone(sampleFile().id, 0);
    expect(await files.close({ ...counted!, ...settled })).toBe(true);
    expect(await files.get(counted!.id)).toEqual({ ...counted, ...settled, revision: 2 });
    expect(await files.ids({ status: 'failed', order: 'newest', limit: 10 })).toEqual([counted!.id]);
    expect(await files.ids({ status: 'planned', order: 'newest', limit: 10 })).toEqual([]);
  });

  it('is closed by one call of two that have seen the same', async () => {
    await files.add(sampleFile());
    const counted = await files.chunkDone(sampleFile().id, 0);
    const closed = await Promise.all([1, 2, 3].map(() => files.close({ ...counted!, ...settled })));
    expect(closed.filter(Boolean)).toHaveLength(1);
  });

  it('lets of many who close at once only the one who has seen all chunks', async () => {
    const file = await files.add(sampleFile());
    const counted = await Promise.all(Array.from({ length: 8 }, (_, chunk) => files.chunkDone(file.id, chunk)));
    const closed = await Promise.all(counted.map((seen) => files.close({ ...seen!, ...settled, closedAtMs: seen!.revision })));
    expect(closed.filter(Boolean)).toHaveLength(1);
    expect(await files.get(file.id)).toMatchObject({ status: 'failed', closedAtMs: 8, chunksDone: [0, 1, 2, 3, 4, 5, 6, 7] });
  });
});
