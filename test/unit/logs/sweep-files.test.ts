import { describe, expect, it } from 'vitest';
import { fakeClock } from '#test/fakes/clock.ts';
import { fakeFileStore } from '#test/fakes/fake-file-store.ts';
import { fakeProgressStore } from '#test/fakes/fake-progress-store.ts';
import { fakeRollupQueue } from '#test/fakes/fake-rollup-stores.ts';
import { sampleFile, sampleObject, sampleResult, uploadedAtMs } from '#test/fakes/log-samples.ts';
import { finishRange } from '#shared/logs/finish-range.ts';
import { limits } from '#shared/logs/limits.ts';
import type { LogFile } from '#shared/logs/log-file.ts';
import { sweepFiles } from '#shared/logs/sweep-files.ts';

const stalledAfterMs = 86_400_000;
const everyMs = 60_000;

async function sweeping(...files: LogFile[]) {
  const clock = fakeClock(uploadedAtMs + 1_000);
  const deps = { files: fakeFileStore(), progress: fakeProgressStore(clock), rollups: fakeRollupQueue(), clock };
  for (const file of files) await deps.files.add(file);
  return { deps, clock, sweep: () => sweepFiles(deps, { stalledAfterMs, everyMs, deadlineMs: clock.now() + 60_000 }) };
}

const open = sampleFile({ status: 'scanning', ranges: 2, chunksQueued: 1 });

describe('the sweep', () => {
  it('leaves a file alone that moves on', async () => {
    const { deps, clock, sweep } = await sweeping(open);
    await finishRange(deps, { file: open, range: 0, result: sampleResult() });
    clock.advance(stalledAfterMs);
    expect(await sweep()).toEqual({ open: 1, rangesLost: 0, rollupsLate: 0, closed: [] });
    expect(await deps.files.get(open.id)).toEqual(open);
  });

  it('gives up a range whose last worker has not answered, a margin after its time was over', async () => {
    const { deps, clock, sweep } = await sweeping(open);
    await deps.progress.lease(open.id, 1, { untilMs: clock.now() + 10_000 });
    await finishRange(deps, { file: open, range: 0, result: sampleResult() });
    clock.advance(10_000 + limits.leaseMarginMs);
    expect(await sweep()).toMatchObject({ rangesLost: 0 });
    clock.advance(1);
    const { rangesLost, closed } = await sweep();
    expect(rangesLost).toBe(1);
    expect(closed).toMatchObject([{ id: open.id, status: 'failed', failure: { reason: 'worker-lost' }, counts: { errors: 2, fatals: 1 } }]);
    expect(await sweep()).toEqual({ open: 0, rangesLost: 0, rollupsLate: 0, closed: [] });
  });

  it('does not give up a range whose last worker did answer', async () => {
    const { deps, clock, sweep } = await sweeping(open);
    await deps.progress.lease(open.id, 1, { untilMs: clock.now() });
    await finishRange(deps, { file: open, range: 1, result: sampleResult() });
    clock.advance(stalledAfterMs);
    expect(await sweep()).toMatchObject({ rangesLost: 0, rollupsLate: 0, closed: [] });
  });

  it('closes a file whose last worker died behind its result', async () => {
    const { deps, sweep } = await sweeping(open);
    for (const range of [0, 1]) await deps.progress.record(open.id, range, sampleResult());
    expect((await sweep()).closed).toMatchObject([{ status: 'done', counts: { lines: 20 } }]);
  });

  it('closes a file whose last worker died behind the count of its chunk', async () => {
    const { deps, sweep } = await sweeping(open);
    for (const range of [0, 1]) await deps.progress.record(open.id, range, sampleResult());
    await deps.files.chunkDone(open.id, 0);
    expect((await sweep()).closed).toMatchObject([{ status: 'done' }]);
  });

  it('fails a file that nobody has worked on for longer than messages are kept, planned or begun', async () => {
    const planned = sampleFile({ object: sampleObject({ key: 'planned' }), ranges: 3 });
    const { deps, clock, sweep } = await sweeping(open, planned);
    await finishRange(deps, { file: open, range: 0, result: sampleResult() });
    clock.advance(stalledAfterMs + 1);
    const { closed } = await sweep();
    expect(closed.map(({ status, failure }) => [status, failure?.reason])).toEqual([
      ['failed', 'stalled'],
      ['failed', 'stalled'],
    ]);
  });

  it('gives up a bounded number of ranges at a time and goes on the next', async () => {
    const large = sampleFile({ status: 'scanning', ranges: limits.rangesLostPerSweepMax + 44, chunksQueued: 3 });
    const { clock, sweep } = await sweeping(large);
    clock.advance(stalledAfterMs + 1);
    expect(await sweep()).toMatchObject({ rangesLost: limits.rangesLostPerSweepMax, closed: [] });
    expect(await sweep()).toMatchObject({ rangesLost: 44, closed: [{ status: 'failed' }] });
  });

  it('goes through all open files, page by page, and stops when its time is over', async () => {
    const many = Array.from({ length: limits.filesPerSweepPage * 2 + 5 }, (_, index) =>
      sampleFile({ status: 'scanning', ranges: 1, object: sampleObject({ key: `${index}` }), uploadedAtMs: uploadedAtMs + index }),
    );
    const { deps, clock, sweep } = await sweeping(...many);
    expect(await sweep()).toMatchObject({ open: many.length });
    expect(await sweepFiles(deps, { stalledAfterMs, everyMs, deadlineMs: clock.now() - 1 })).toMatchObject({ open: 0 });
  });
});
