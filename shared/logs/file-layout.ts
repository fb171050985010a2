/**
 * How a file is cut: into ranges that one worker scans, and chunks of ranges whose progress is kept together.
 */
import { limits } from './limits.ts';
import type { LogFile } from './log-file.ts';
import type { ScanRange, TextEncoding } from './scan/byte-source.ts';
import { rangePlan, type RangePlan } from './scan/plan-ranges.ts';

/**
 * Cuts `sizeBytes` into at most `limits.rangesMax` ranges of at least `rangeBytesMin` bytes. Depends on nothing else, so that whoever
 * plans a file again cuts it alike.
 */
export function layoutOf(sizeBytes: number, { encoding, rangeBytesMin = limits.rangeBytesMin }: LayoutOptions): RangePlan {
  return rangePlan(sizeBytes, { encoding, rangeBytes: Math.max(rangeBytesMin, Math.ceil(sizeBytes / limits.rangesMax)) });
}

interface LayoutOptions {
  readonly encoding: TextEncoding;
  readonly rangeBytesMin?: number | undefined;
}

/** A compressed file can only be read from its start: one range over all of it. */
export const wholeLayout = (sizeBytes: number): RangePlan => ({ rangeBytes: sizeBytes, ranges: 1 });

export function byteRange(file: Pick<LogFile, 'rangeBytes' | 'sizeBytes'>, range: number): ScanRange {
  const start = range * file.rangeBytes;
  return { start, end: Math.min(start + file.rangeBytes, file.sizeBytes) };
}

/** The range that found the record at this offset. A compressed file has one, whatever the offset in its content. */
export function rangeOfOffset(file: Pick<LogFile, 'rangeBytes' | 'compression'>, offset: number): number {
  return file.compression === 'none' ? Math.floor(offset / file.rangeBytes) : 0;
}

export const chunkOfRange = (range: number): number => Math.floor(range / limits.rangesPerChunk);

export const chunkCount = ({ ranges }: Pick<LogFile, 'ranges'>): number => Math.ceil(ranges / limits.rangesPerChunk);

/** Numbers of the ranges of a chunk, ascending. */
export function rangesOfChunk({ ranges }: Pick<LogFile, 'ranges'>, chunk: number): number[] {
  const first = chunk * limits.rangesPerChunk;
  return Array.from({ length: Math.min(limits.rangesPerChunk, ranges - first) }, (_, index) => first + index);
}
