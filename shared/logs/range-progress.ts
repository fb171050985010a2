/**
 * What became of a file's ranges, and what that makes of the file. All pure: the same results give the same file, in any order.
 */
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { chunkCount, chunkOfRange, rangesOfChunk } from './file-layout.ts';
import { canMove, countsSchema, failureSchema, isOpen, noCounts, type Counts, type LogFile } from './log-file.ts';

/** The outcome of one range: deterministic when `failure` is null, for then every byte of it was scanned. */
export const rangeResultSchema = z.object({
  counts: countsSchema,
  /** Earliest and latest time of its records (ISO 8601), where a record without a time has the file's. */
  recordsFrom: z.string().nullable(),
  recordsTo: z.string().nullable(),
  /** Null when the range was scanned to its end. */
  failure: failureSchema.nullable(),
});
export type RangeResult = z.infer<typeof rangeResultSchema>;

/** Left by the last attempt at a range, so that one who dies in it is missed. */
export const leaseSchema = z.object({ untilMs: z.int() });
export type Lease = z.infer<typeof leaseSchema>;

/** The ranges of one chunk, by number. A range without result is waiting or being scanned. */
export interface ChunkProgress {
  readonly chunk: number;
  readonly results: ReadonlyMap<number, RangeResult>;
  readonly leases: ReadonlyMap<number, Lease>;
  /** When a result last came in. */
  readonly touchedAtMs: number;
}

export const noResult: Omit<RangeResult, 'failure'> = { counts: noCounts, recordsFrom: null, recordsTo: null };

export function isChunkComplete(file: LogFile, { chunk, results }: ChunkProgress): boolean {
  return rangesOfChunk(file, chunk).every((range) => results.has(range));
}

/** True when every chunk was counted, which makes the file ready to be closed. */
export const areChunksDone = (file: LogFile): boolean => new Set(file.chunksDone).size === chunkCount(file);

/**
 * The file as its results make it: done when every range was scanned to its end, else failed for the first one that was not.
 * Undefined when a result is missing, or when nothing would change.
 */
export function settledFile(file: LogFile, chunks: readonly ChunkProgress[], nowMs: number): LogFile | undefined {
  const results = resultsInOrder(file, chunks);
  if (results === undefined) return undefined;
  const failure = results.find((result) => result.failure !== null)?.failure ?? null;
  const settled: LogFile = {
    ...file,
    status: failure === null ? 'done' : 'failed',
    failure,
    counts: sumOf(results),
    ...spanOf(results),
    linesBeforeChunk: linesBeforeChunks(results),
  };
  if (settled.status !== file.status && !canMove(file.status, settled.status)) return undefined;
  if (settled.status === file.status && isDeepStrictEqual(settled, file)) return undefined;
  return { ...settled, closedAtMs: nowMs, rolledUpAtMs: null };
}

/** Line number in the file, or null where lines before it are not counted yet. */
export function fileLine(file: LogFile, chunk: ChunkProgress | undefined, place: { range: number; lineInRange: number }): number | null {
  if (place.range === 0) return place.lineInRange;
  if (isOpen(file) || chunk === undefined) return null;
  const before = file.linesBeforeChunk[chunk.chunk];
  if (before === undefined) return null;
  const earlier = rangesOfChunk(file, chunk.chunk).filter((range) => range < place.range);
  if (earlier.some((range) => chunk.results.get(range)?.failure !== null)) return null;
  return before + place.lineInRange + earlier.reduce((sum, range) => sum + (chunk.results.get(range)?.counts.lines ?? 0), 0);
}

/** Counts of the results there are: of an open file, what is known so far. */
export function sumOf(results: Iterable<RangeResult>): Counts {
  const sum = { ...noCounts };
  for (const { counts } of results) {
    sum.lines += counts.lines;
    sum.bytes += counts.bytes;
    sum.errors += counts.errors;
    sum.fatals += counts.fatals;
  }
  return sum;
}

function resultsInOrder(file: LogFile, chunks: readonly ChunkProgress[]): RangeResult[] | undefined {
  const byRange = new Map(chunks.flatMap(({ results }) => [...results]));
  const results = Array.from({ length: file.ranges }, (_, range) => byRange.get(range));
  return results.every((result) => result !== undefined) ? results : undefined;
}

function spanOf(results: readonly RangeResult[]): Pick<LogFile, 'recordsFrom' | 'recordsTo'> {
  const from = results.flatMap(({ recordsFrom }) => recordsFrom ?? []);
  const to = results.flatMap(({ recordsTo }) => recordsTo ?? []);
  return { recordsFrom: from.toSorted().at(0) ?? null, recordsTo: to.toSorted().at(-1) ?? null };
}

/** One entry a chunk, up to the chunk in which the first failed range lies. */
function linesBeforeChunks(results: readonly RangeResult[]): number[] {
  const before: number[] = [];
  let lines = 0;
  for (const [range, { counts, failure }] of results.entries()) {
    if (chunkOfRange(range) === before.length) before.push(lines);
    if (failure !== null) break;
    lines += counts.lines;
  }
  return before;
}
