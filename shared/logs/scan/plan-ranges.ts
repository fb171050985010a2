/**
 * Cuts a file into ranges.
 */
import { limits } from '#shared/logs/limits.ts';
import type { ScanRange, TextEncoding } from './byte-source.ts';
import { unitBytesOf } from './unit-window.ts';

export interface RangePlan {
  /** Bytes of each range but the last. */
  readonly rangeBytes: number;
  readonly ranges: number;
}

/** `rangeBytes` is taken as it is given; without it there are at most `limits.rangesMax` ranges of at least `limits.rangeBytesMin`. */
export interface PlanOptions {
  readonly rangeBytes?: number;
  readonly encoding: TextEncoding;
}

/** How large the ranges of a file are and how many. UTF-16 is cut between its units; an empty file has no range. */
export function rangePlan(sizeBytes: number, { rangeBytes, encoding }: PlanOptions): RangePlan {
  const unitBytes = unitBytesOf(encoding);
  const wanted = rangeBytes ?? Math.max(limits.rangeBytesMin, Math.ceil(sizeBytes / limits.rangesMax));
  const cut = Math.ceil(Math.max(1, Math.floor(wanted)) / unitBytes) * unitBytes;
  return { rangeBytes: cut, ranges: Math.ceil(sizeBytes / cut) };
}

/** The ranges of a file in order; together they are the whole file. */
export function* planRanges(sizeBytes: number, options: PlanOptions): Generator<ScanRange, void, undefined> {
  const { rangeBytes } = rangePlan(sizeBytes, options);
  for (let start = 0; start < sizeBytes; start += rangeBytes) yield { start, end: Math.min(sizeBytes, start + rangeBytes) };
}
