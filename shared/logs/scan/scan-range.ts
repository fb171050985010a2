/**
 * Scans a range of a file, or a stream, for its error records. What a record is, docs/log-records.md says; however a file is cut into ranges,
 * their records together are the same.
 */
import { rangeFeed, streamFeed, type ByteFeed } from './byte-feed.ts';
import type { ByteSource, ScanRange } from './byte-source.ts';
import { untilDamage, type DamagedContentError } from './decompress.ts';
import { UnitScan, type RangeSummary, type ScanOptions } from './unit-scan.ts';

/**
 * Finds the records that begin in the range. Reads a little before the range and behind it. Holds a few megabytes, whatever the file.
 * Rejects with what the source or `onRecords` threw, or with the signal's reason.
 */
export function scanRange(source: ByteSource, range: ScanRange, options: ScanOptions): Promise<RangeSummary> {
  const end = Math.min(range.end, source.sizeBytes);
  // What lies before the text is not read.
  const start = Math.min(Math.max(range.start, options.textStart ?? 0), Math.max(range.start, end));
  return scanFeed(rangeFeed(source, { start, end }), { start: range.start, end }, options);
}

/**
 * Finds all records of a stream. Content that is damaged (`DamagedContentError`) is scanned up to there, and its records have been handed over
 * when this rejects; any other error of the stream rejects at once.
 */
export async function scanStream(chunks: AsyncIterable<Buffer>, options: ScanOptions): Promise<RangeSummary> {
  let damage: DamagedContentError | undefined;
  const undamaged = untilDamage(chunks, (error) => (damage = error));
  const summary = await scanFeed(streamFeed(undamaged), { start: 0, end: Infinity }, options);
  if (damage !== undefined) throw damage;
  return summary;
}

async function scanFeed(feed: ByteFeed, range: ScanRange, options: ScanOptions): Promise<RangeSummary> {
  try {
    return await new UnitScan(feed, range, options).run();
  } finally {
    await feed.close();
  }
}
