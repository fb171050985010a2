import { describe, expect, it } from 'vitest';
import { fakeClock } from '#test/fakes/clock.ts';
import { fakeFileStore } from '#test/fakes/fake-file-store.ts';
import { fakeLogBucket } from '#test/fakes/fake-log-bucket.ts';
import { sampleObject, uploadedAtMs } from '#test/fakes/log-samples.ts';
import { chunkCount } from '#shared/logs/file-layout.ts';
import { limits } from '#shared/logs/limits.ts';
import { continuePlan, planFile } from '#shared/logs/plan-file.ts';
import type { RangeMessage } from '#shared/logs/scan-messages.ts';

const object = sampleObject();
const stepRanges = limits.chunksPerPlanStep * limits.rangesPerChunk;

function planning(content: Buffer | string, rangeBytesMin = 1) {
  const source = fakeLogBucket();
  source.put(object, Buffer.from(content));
  const sent = { ranges: [] as RangeMessage[], continuations: [] as string[] };
  const queue = {
    sendRanges: async (messages: readonly RangeMessage[]) => void sent.ranges.push(...messages),
    sendContinuation: async (fileId: string) => void sent.continuations.push(fileId),
  };
  return { deps: { files: fakeFileStore(), source, queue, clock: fakeClock(), rangeBytesMin }, sent };
}

const created = { object, uploadedAtMs };

describe('the plan of a file', () => {
  it('is stored before its ranges are queued, and the file is being scanned when the first one is', async () => {
    const { deps, sent } = planning('x'.repeat(1_000), 400);
    const statuses: (string | undefined)[] = [];
    const sendRanges = async (messages: readonly RangeMessage[]) => {
      statuses.push((await deps.files.get(messages[0]?.fileId ?? ''))?.status);
      sent.ranges.push(...messages);
    };
    const file = await planFile({ ...deps, queue: { ...deps.queue, sendRanges } }, created);
    expect(statuses).toEqual(['scanning']);
    expect(file).toMatchObject({ status: 'scanning', rangeBytes: 400, ranges: 3, sizeBytes: 1_000, chunksQueued: 1 });
    expect(sent.ranges).toEqual([0, 1, 2].map((range) => ({ fileId: file.id, range, leaseSeconds: 61 })));
  });

  it('of a large file goes out in steps of bounded size', async () => {
    const { deps, sent } = planning('x'.repeat(2 * stepRanges + 1));
    const { id } = await planFile(deps, created);
    expect(sent.ranges).toHaveLength(stepRanges);
    expect(sent.continuations).toEqual([id]);
    await continuePlan(deps, id);
    expect(sent.ranges).toHaveLength(2 * stepRanges);
    const last = await continuePlan(deps, id);
    expect(sent.ranges.map(({ range }) => range)).toEqual(Array.from({ length: 2 * stepRanges + 1 }, (_, range) => range));
    expect(sent.continuations).toEqual([id, id]);
    expect(last?.chunksQueued).toBe(chunkCount(last!));
  });

  it('is made once however often the event comes, and nothing is queued again', async () => {
    const { deps, sent } = planning('x'.repeat(100), 10);
    const first = await planFile(deps, created);
    const again = await planFile(deps, { object, uploadedAtMs: uploadedAtMs + 60_000 });
    expect(again).toEqual(first);
    expect(sent.ranges).toHaveLength(10);
    expect(deps.files.all()).toHaveLength(1);
  });

  it('goes on where a function died in the middle of it', async () => {
    const { deps, sent } = planning('x'.repeat(3 * limits.rangesPerChunk));
    let calls = 0;
    const dying = async (messages: readonly RangeMessage[]) => {
      calls += 1;
      if (calls === 2) throw new Error('died');
      sent.ranges.push(...messages);
    };
    await expect(planFile({ ...deps, queue: { ...deps.queue, sendRanges: dying } }, created)).rejects.toThrow('died');
    await planFile(deps, created);
    expect(sent.ranges.map(({ range }) => range)).toEqual(Array.from({ length: 3 * limits.rangesPerChunk }, (_, range) => range));
  });

  it('is another one for another version of the same key', async () => {
    const { deps } = planning('x'.repeat(100));
    const second = sampleObject({ versionId: 'v2' });
    deps.source.put(second, Buffer.from('y'));
    await planFile(deps, created);
    await planFile(deps, { object: second, uploadedAtMs });
    expect(deps.files.all().map(({ sizeBytes }) => sizeBytes)).toEqual([100, 1]);
  });

  it('of a compressed file is one range that may take all the time there is', async () => {
    const { deps, sent } = planning(Buffer.from('H4sIAAAAAAAAA0tMSgYAwkEkNQMAAAA=', 'base64'));
    expect(await planFile(deps, created)).toMatchObject({ compression: 'gzip', ranges: 1, rangeBytes: 23 });
    expect(sent.ranges).toMatchObject([{ range: 0, leaseSeconds: null }]);
  });

  it('cuts UTF-16 between its characters', async () => {
    const { deps } = planning(Buffer.from(`\uFEFF${'line\n'.repeat(100)}`, 'utf16le'), 33);
    expect(await planFile(deps, created)).toMatchObject({ encoding: 'utf-16le', rangeBytes: 34 });
  });

  it('has nothing to go on with when the file is not known any more', async () => {
    const { deps } = planning('x');
    expect(await continuePlan(deps, 'log_gone')).toBeUndefined();
  });
});
