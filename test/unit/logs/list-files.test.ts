import { describe, expect, it } from 'vitest';
import { fakeClock } from '#test/fakes/clock.ts';
import { fakeFileStore } from '#test/fakes/fake-file-store.ts';
import { fakeProgressStore } from '#test/fakes/fake-progress-store.ts';
import { fakeRollupQueue } from '#test/fakes/fake-rollup-stores.ts';
import { sampleFailure, sampleFile, sampleObject, sampleResult, uploadedAtMs } from '#test/fakes/log-samples.ts';
import { finishRange } from '#shared/logs/finish-range.ts';
import { listFiles } from '#shared/logs/list-files.ts';
import { fileStatuses, type LogFile } from '#shared/logs/log-file.ts';
import { fileDetailView, fileView } from '#shared/logs/present-file.ts';
import { readFile } from '#shared/logs/read-file.ts';

const clock = fakeClock();
const reading = () => ({ files: fakeFileStore(), progress: fakeProgressStore(clock), rollups: fakeRollupQueue(), clock });

/** Eleven files, one a second, of all statuses in turn. */
const files: LogFile[] = Array.from({ length: 11 }, (_, index) =>
  sampleFile({
    object: sampleObject({ key: `${index}.log` }),
    uploadedAtMs: uploadedAtMs + index * 1_000,
    status: fileStatuses[index % 4]!,
  }),
);

async function withFiles() {
  const deps = reading();
  for (const file of files) await deps.files.add(file);
  return deps;
}

async function keysOf(deps: ReturnType<typeof reading>, request: Omit<Parameters<typeof listFiles>[1], 'cursor'>) {
  const pages: string[][] = [];
  let cursor: string | undefined;
  do {
    const page = await listFiles(deps, { ...request, cursor });
    pages.push(page.files.map(({ key }) => key));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && pages.length < 50);
  return pages;
}

describe('the list of files', () => {
  it('is newest first over all statuses, page by page', async () => {
    const newest = files.map(({ object }) => object.key).toReversed();
    expect(await keysOf(await withFiles(), { limit: 4 })).toEqual([newest.slice(0, 4), newest.slice(4, 8), newest.slice(8)]);
    expect(await keysOf(await withFiles(), { limit: 11 })).toEqual([newest]);
  });

  it('holds only files of the status asked for', async () => {
    expect(await keysOf(await withFiles(), { status: 'done', limit: 1 })).toEqual([['10.log'], ['6.log'], ['2.log']]);
  });

  it('refuses a cursor of something else', async () => {
    await expect(listFiles(reading(), { limit: 5, cursor: 'abc' })).rejects.toMatchObject({ code: 'request.cursor-invalid' });
  });
});

describe('a file', () => {
  const open = sampleFile({ status: 'scanning', ranges: 10, chunksQueued: 1 });

  it('shows how far its scan is, in the list as by itself', async () => {
    const deps = reading();
    await deps.files.add(open);
    await finishRange(deps, { file: open, range: 9, result: sampleResult() });
    await finishRange(deps, { file: open, range: 0, result: sampleResult({ failure: sampleFailure }) });
    const expected = {
      status: 'scanning',
      counts: { lines: 20, bytes: 200, records: 6, byLevel: { error: 4, fatal: 2 } },
      progress: { rangesDone: 2, rangesTotal: 10, bytesDone: 200, bytesTotal: 1_000 },
    };
    expect((await listFiles(deps, { limit: 1 })).files).toMatchObject([expected]);
    await deps.progress.begin(open.id, 4);
    const detail = await readFile(deps, open.id);
    expect(detail).toMatchObject({
      ...expected,
      ranges: {
        rangeBytes: 100,
        failed: 1,
        failures: [{ range: 0, start: 0, end: 100, reason: 'scan-error' }],
        map: { rangesPerCell: 1, cells: [{ failed: 1, records: 3 }, {}, {}, {}, { scanning: 1 }, { waiting: 1 }, {}, {}, {}, { done: 1 }] },
      },
    });
    expect(fileDetailView.parse(detail)).toEqual(detail);
  });

  it('shows its final figures when it is closed', async () => {
    const deps = reading();
    await deps.files.add(open);
    for (let range = 0; range < 10; range += 1) await finishRange(deps, { file: open, range, result: sampleResult() });
    const { files: shown } = await listFiles(deps, { limit: 1 });
    expect(shown).toMatchObject([
      {
        status: 'done',
        closedAt: new Date(clock.now()).toISOString(),
        counts: { lines: 100, bytes: 1_000, records: 30, byLevel: { error: 20, fatal: 10 } },
        progress: { rangesDone: 10, rangesTotal: 10, bytesDone: 1_000, bytesTotal: 1_000 },
      },
    ]);
    expect(fileView.parse(shown[0])).toEqual(shown[0]);
  });

  it('that is not there is not found', async () => {
    await expect(readFile(reading(), open.id)).rejects.toMatchObject({ code: 'logs.file-not-found' });
  });
});
