/**
 * One range of a file: its bytes in, its error records out, its result at the end.
 *
 * Whatever happens to a worker, the message of its range comes again until the range has a result. What can never succeed (the
 * version is gone, the compressed data is damaged) is a result at once and keeps what was found; what might succeed is thrown, and
 * becomes a result when it was the last attempt, so that the file is closed while the message waits in the dead-letter queue.
 */
import type { Clock } from '#shared/platform/clock.ts';
import type { ErrorRecord } from './error-record.ts';
import { chunkOfRange } from './file-layout.ts';
import { finishRange, settleChunk } from './finish-range.ts';
import { limits } from './limits.ts';
import type { Failure, LogFile } from './log-file.ts';
import type { ErrorStore, FileStore, LogSource, ProgressStore } from './ports.ts';
import { scanContent } from './scan-content.ts';
import { noResult, type RangeResult } from './range-progress.ts';
import { recordWriter } from './record-writer.ts';
import { patternStage } from './rollup/pattern-stage.ts';
import type { Redact } from './redaction/redact.ts';
import type { RollupQueue, SummaryStore } from './rollup/ports.ts';

export interface ScanDeps {
  readonly files: FileStore;
  readonly progress: ProgressStore;
  readonly errors: ErrorStore;
  readonly source: LogSource;
  readonly summaries: SummaryStore;
  readonly rollups: RollupQueue;
  readonly redact: Redact;
  readonly clock: Clock;
}

export interface RangeJob {
  readonly fileId: string;
  readonly range: number;
  /** 1 for the first delivery. */
  readonly attempt: number;
  /** The message goes to the dead-letter queue after this one. */
  readonly attemptsMax: number;
  /** When the function is stopped; milliseconds since the epoch. */
  readonly deadlineMs: number;
}

export interface RangeReport {
  /** `repeated`: the range had been scanned before. `unknown`: there is no such file (any more). */
  readonly outcome: 'scanned' | 'failed' | 'repeated' | 'unknown';
  readonly result?: RangeResult;
  /** The file, when this very delivery closed it. */
  readonly closed?: LogFile | undefined;
}

/** Scans a range unless it was scanned before. Throws what another attempt may mend, and what this last attempt could not. */
export async function scanFileRange(deps: ScanDeps, job: RangeJob): Promise<RangeReport> {
  const file = await deps.files.get(job.fileId);
  if (file === undefined || job.range >= file.ranges) return { outcome: 'unknown' };
  const [chunk] = await Promise.all([deps.progress.chunk(file.id, chunkOfRange(job.range)), deps.progress.begin(file.id, job.range)]);
  if (chunk?.results.get(job.range)?.failure === null) return { outcome: 'repeated', closed: await settleChunk(deps, file, chunk) };
  const result = await attempt(deps, file, job);
  const closed = await finishRange(deps, { file, range: job.range, result });
  return { outcome: result.failure === null ? 'scanned' : 'failed', result, closed };
}

async function attempt(deps: ScanDeps, file: LogFile, job: RangeJob): Promise<RangeResult> {
  const isLast = job.attempt >= job.attemptsMax;
  if (isLast) await deps.progress.lease(file.id, job.range, { untilMs: job.deadlineMs });
  try {
    const writer = recordWriter((records) => deps.errors.write(file, job.range, records));
    const content = { file, range: job.range, source: deps.source.open(file.object, file.sizeBytes) };
    const stage = patternStage(deps.redact, file, job.range);
    const take = (records: readonly ErrorRecord[]) => writer.push(stage.take(records));
    const result = await scanContent(content, { take, isTimeUp: () => deps.clock.now() > job.deadlineMs - limits.reportMs });
    await writer.flush();
    // Before the result: a file that is closed has the summaries of all its ranges.
    if (stage.summary.records > 0) await deps.summaries.put(file, job.range, stage.summary);
    return result;
  } catch (error) {
    if (isLast) await finishRange(deps, { file, range: job.range, result: { ...noResult, failure: scanError(error) } });
    throw error;
  }
}

function scanError(error: unknown): Failure {
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { reason: 'scan-error', detail: detail.slice(0, limits.failureDetailCharactersMax), offset: null };
}
