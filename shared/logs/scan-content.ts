/**
 * From the bytes of a range to its result: decompression if need be, the scan, and what to do when the bytes end before their time.
 */
import type { ErrorRecord } from './error-record.ts';
import { byteRange } from './file-layout.ts';
import { listedAtOf } from './listed-at.ts';
import type { Failure, LogFile } from './log-file.ts';
import { SourceFailure } from './ports.ts';
import type { RangeResult } from './range-progress.ts';
import type { ByteSource } from './scan/byte-source.ts';
import { DamagedContentError, decompress } from './scan/decompress.ts';
import { scanRange, scanStream } from './scan/scan-range.ts';

interface Content {
  readonly file: LogFile;
  readonly range: number;
  readonly source: ByteSource;
}

interface Work {
  /** Takes records as they are found; the scan waits for it. */
  readonly take: (records: readonly ErrorRecord[]) => Promise<void>;
  /** True when the worker has to stop reading to have time to report. */
  readonly isTimeUp: () => boolean;
}

/**
 * Scans the range and hands over its records. Bytes that end for good (the version is gone, the compressed data is damaged, a
 * compressed file is too much for one worker) end the scan early and make the result a failure; anything else is thrown.
 */
export async function scanContent({ file, range, source }: Content, { take, isTimeUp }: Work): Promise<RangeResult> {
  const ending = new Ending(file, isTimeUp);
  const span = new TimeSpan(file.uploadedAtMs);
  const options = {
    encoding: file.encoding,
    textStart: file.textStart,
    fileTimeMs: file.uploadedAtMs,
    onRecords: async (records: ErrorRecord[]) => {
      span.include(records);
      await take(records);
    },
  };
  const { start, end } = byteRange(file, range);
  const summary =
    file.compression === 'none'
      ? await scanRange(
          { sizeBytes: source.sizeBytes, read: (from, to, room) => ending.watch(source.read(from, to, room)) },
          { start, end },
          options,
        )
      : await scanStream(ending.watch(decompress(source.read(start, end), file.compression)), options);
  const { lines, bytes, recordsByLevel } = summary;
  return {
    counts: { lines, bytes, errors: recordsByLevel.error, fatals: recordsByLevel.fatal },
    recordsFrom: span.from,
    recordsTo: span.to,
    failure: ending.failureAt(file.compression === 'none' ? start + bytes : bytes),
  };
}

/** Thrown when a range takes longer than a function may run; the next attempt may find a faster network. */
class TimeIsUp extends Error {
  override readonly name = 'TimeIsUp';
}

/** Lets bytes through until they end, and remembers why when that was before their time. */
class Ending {
  #failure: Omit<Failure, 'offset'> | null = null;
  readonly #compression: LogFile['compression'];
  readonly #isTimeUp: () => boolean;

  constructor({ compression }: LogFile, isTimeUp: () => boolean) {
    this.#compression = compression;
    this.#isTimeUp = isTimeUp;
  }

  async *watch(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    try {
      for await (const bytes of chunks) {
        yield bytes;
        if (!this.#isTimeUp()) continue;
        if (this.#compression === 'none') throw new TimeIsUp('The range was not read within the time of a function');
        this.#failure = {
          reason: 'time-limit',
          detail: 'One worker reads a compressed file from its start, and this one takes longer than it may run.',
        };
        return;
      }
    } catch (error) {
      this.#failure = this.#lasting(error);
      if (this.#failure === null) throw error;
    }
  }

  /** The failure, if the bytes ended early; `offset` is how far they went. */
  failureAt(offset: number): Failure | null {
    return this.#failure && { ...this.#failure, offset };
  }

  /** What no further attempt can mend. */
  #lasting(error: unknown): Omit<Failure, 'offset'> | null {
    if (error instanceof SourceFailure) {
      return { reason: error.reason === 'deleted' ? 'deleted-while-scanning' : 'changed-while-scanning', detail: `${error.message}.` };
    }
    if (error instanceof DamagedContentError && this.#compression !== 'none') {
      return { reason: `corrupt-${this.#compression}`, detail: error.message };
    }
    return null;
  }
}

/** Earliest and latest instant by which the records are listed. */
class TimeSpan {
  from: string | null = null;
  to: string | null = null;
  readonly #uploadedAtMs: number;

  constructor(uploadedAtMs: number) {
    this.#uploadedAtMs = uploadedAtMs;
  }

  include(records: readonly ErrorRecord[]): void {
    for (const record of records) {
      const listedAt = listedAtOf(record, this.#uploadedAtMs);
      if (this.from === null || listedAt < this.from) this.from = listedAt;
      if (this.to === null || listedAt > this.to) this.to = listedAt;
    }
  }
}
