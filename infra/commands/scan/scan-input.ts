import { describeFailure } from './failure.ts';
import type { ErrorRecord } from '#shared/logs/error-record.ts';
import { decompress, untilDamage } from '#shared/logs/scan/decompress.ts';
import { planRanges } from '#shared/logs/scan/plan-ranges.ts';
import { scanRange, scanStream } from '#shared/logs/scan/scan-range.ts';
import type { RangeSummary } from '#shared/logs/scan/unit-scan.ts';
import type { ScanInput } from './input.ts';

/** A record with its line in the file instead of in its range. */
export type NumberedRecord = Omit<ErrorRecord, 'lineInRange'> & { readonly line: number };

export interface ScanObserver {
  /** In the order of the file; the scan waits for it. */
  records(batch: readonly NumberedRecord[]): Promise<void>;
  /** Bytes scanned so far, of how many; undefined of a stream. */
  progress(bytes: number, total: number | undefined): void;
}

export interface ScanOutcome {
  readonly lines: number;
  readonly bytes: number;
  readonly ranges: number;
  readonly seconds: number;
  /** Why the scan ended before the end of the input. */
  readonly failure: string | undefined;
}

/** Scans the whole input: in ranges where it can be read anywhere, in one go where it comes as a stream or is compressed. */
export async function scanInput(input: ScanInput, rangeBytes: number | undefined, observer: ScanObserver): Promise<ScanOutcome> {
  const started = performance.now();
  const total = { lines: 0, bytes: 0, ranges: 0 };
  let reached = 0;
  const watching: ScanObserver = {
    records: (batch) => observer.records(batch),
    progress: (bytes, of) => {
      reached = bytes;
      observer.progress(bytes, of);
    },
  };
  let failure = input.content.binary ? 'it is no text: binary content is not scanned.' : undefined;
  if (failure === undefined) {
    try {
      for await (const { lines, bytes } of summaries(input, rangeBytes, { observer: watching, total })) {
        total.lines += lines;
        total.bytes += bytes;
        total.ranges += 1;
      }
    } catch (error) {
      failure = describeFailure(error);
      total.bytes = Math.max(total.bytes, reached);
    }
  }
  return { ...total, seconds: (performance.now() - started) / 1000, failure };
}

/** What damaged content holds up to there counts, before the damage is reported. */
async function* damagedOrWhole(
  content: AsyncIterable<Buffer>,
  scan: (content: AsyncIterable<Buffer>) => Promise<RangeSummary>,
): AsyncGenerator<RangeSummary> {
  let damage: Error | undefined;
  yield await scan(untilDamage(content, (error) => (damage = error)));
  if (damage) throw damage;
}

interface Progress {
  readonly observer: ScanObserver;
  /** Of the ranges that are done. */
  readonly total: { readonly lines: number; readonly bytes: number };
}

async function* summaries(input: ScanInput, rangeBytes: number | undefined, { observer, total }: Progress): AsyncGenerator<RangeSummary> {
  const { source, content, fileTimeMs } = input;
  const { encoding, compression, textStart } = content;
  const size = compression === 'none' ? source?.sizeBytes : undefined;
  const options = {
    encoding,
    textStart,
    fileTimeMs,
    onRecords: (batch: ErrorRecord[]) =>
      observer.records(batch.map(({ lineInRange, ...record }) => ({ ...record, line: total.lines + lineInRange }))),
    onProgress: (bytes: number) => observer.progress(total.bytes + bytes, size),
  };
  if (compression !== 'none') yield* damagedOrWhole(decompress(input.chunks, compression), (content) => scanStream(content, options));
  else if (!source) yield await scanStream(input.chunks, options);
  else
    for (const range of planRanges(source.sizeBytes, { ...(rangeBytes ? { rangeBytes } : {}), encoding }))
      yield await scanRange(source, range, options);
}
