/**
 * What nobody is left to report: ranges whose last worker died, files whose messages are gone. Runs by the clock, closes them by the
 * same steps as any worker, and does nothing to a file that moves on by itself.
 */
import { settleChunk, finishRange, type FinishDeps } from './finish-range.ts';
import { isOpen, type Failure, type LogFile } from './log-file.ts';
import { limits } from './limits.ts';
import type { FileStore } from './ports.ts';
import { isChunkComplete, noResult, type ChunkProgress } from './range-progress.ts';

interface Sweep {
  /** A file without a result for this long has no messages any more: what the queue keeps them, and a margin. */
  readonly stalledAfterMs: number;
  /** How often a sweep runs. */
  readonly everyMs: number;
  /** Stops before the next file at this time; the next sweep begins again with the oldest. */
  readonly deadlineMs: number;
}

export interface SweepReport {
  readonly open: number;
  readonly rangesLost: number;
  readonly closed: readonly LogFile[];
  /** Closed files that were told of again, for they have not been rolled up. */
  readonly rollupsLate: number;
}

export async function sweepFiles(deps: FinishDeps, sweep: Sweep): Promise<SweepReport> {
  const report = { open: 0, rangesLost: 0, closed: [] as LogFile[], rollupsLate: await requestRollups(deps, sweep) };
  for await (const file of openFiles(deps.files)) {
    if (deps.clock.now() > sweep.deadlineMs) break;
    const { lost, closed } = await sweepFile(deps, file, sweep.stalledAfterMs);
    report.open += 1;
    report.rangesLost += lost;
    if (closed !== undefined) report.closed.push(closed);
  }
  return report;
}

/** Closed files that wait to be rolled up for long: their message was never sent, or lies in the dead-letter queue. */
async function requestRollups({ files, rollups, clock }: FinishDeps, { everyMs }: Sweep): Promise<number> {
  const waiting = await files.load(await files.awaitingRollup(limits.rollupsPerSweepMax));
  const late = waiting.filter(({ closedAtMs }) => {
    const waitedMs = clock.now() - (closedAtMs ?? clock.now());
    return waitedMs >= limits.rollupRetryMs && waitedMs % limits.rollupRetryMs < everyMs;
  });
  for (const file of late) await rollups.request(file);
  return late.length;
}

async function* openFiles(files: FileStore): AsyncGenerator<LogFile> {
  for (const status of ['planned', 'scanning'] as const) {
    for (let after: string | undefined, more = true; more;) {
      const ids = await files.ids({ status, order: 'oldest', after, limit: limits.filesPerSweepPage });
      yield* (await files.load(ids)).filter(isOpen);
      after = ids.at(-1);
      more = ids.length === limits.filesPerSweepPage;
    }
  }
}

async function sweepFile(deps: FinishDeps, file: LogFile, stalledAfterMs: number): Promise<{ lost: number; closed: LogFile | undefined }> {
  const chunks = await deps.progress.chunks(file.id);
  const lost = lostRanges(file, chunks, { nowMs: deps.clock.now(), stalledAfterMs }).slice(0, limits.rangesLostPerSweepMax);
  let closed: LogFile | undefined;
  for (const { range, failure } of lost) closed = (await finishRange(deps, { file, range, result: { ...noResult, failure } })) ?? closed;
  // A worker may have died between its result and the file's: whoever is alive does this too, and it does no harm twice.
  const complete = chunks.filter((chunk) => isChunkComplete(file, chunk));
  const uncounted = complete.filter(({ chunk }) => !file.chunksDone.includes(chunk));
  for (const chunk of uncounted.length > 0 ? uncounted : complete.slice(0, 1)) closed = (await settleChunk(deps, file, chunk)) ?? closed;
  return { lost: lost.length, closed };
}

interface LostRange {
  readonly range: number;
  readonly failure: Failure;
}

/** Ranges without a result that will never have one. */
function lostRanges(
  file: LogFile,
  chunks: readonly ChunkProgress[],
  { nowMs, stalledAfterMs }: { nowMs: number; stalledAfterMs: number },
): LostRange[] {
  if (isStalled(file, chunks, nowMs - stalledAfterMs)) {
    const finished = new Set(chunks.flatMap(({ results }) => [...results.keys()]));
    const waiting = Array.from({ length: file.ranges }, (_, range) => range).filter((range) => !finished.has(range));
    return waiting.map((range) => ({ range, failure: stalled }));
  }
  return chunks.flatMap(({ leases, results }) =>
    [...leases]
      .filter(([range, { untilMs }]) => !results.has(range) && nowMs > untilMs + limits.leaseMarginMs)
      .map(([range]) => ({ range, failure: workerLost })),
  );
}

/** A file that a sweep has begun to give up is given up, although that counts as a move. */
function isStalled(file: LogFile, chunks: readonly ChunkProgress[], beforeMs: number): boolean {
  const lastMoveMs = Math.max(file.plannedAtMs, ...chunks.map(({ touchedAtMs }) => touchedAtMs));
  return lastMoveMs < beforeMs || chunks.some(({ results }) => results.values().some(({ failure }) => failure?.reason === 'stalled'));
}

const stalled: Failure = { reason: 'stalled', detail: 'Nothing happened for longer than the queue keeps its messages.', offset: null };
const workerLost: Failure = {
  reason: 'worker-lost',
  detail: 'The last attempt at a range ended without a word: out of memory or out of time.',
  offset: null,
};
