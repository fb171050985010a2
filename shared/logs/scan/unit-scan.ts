/**
 * One scan over one range: fills the window, runs the candidate stage over it chunk by chunk, and has the record stage look at what it finds.
 */
import type { ErrorRecord } from '#shared/logs/error-record.ts';
import { limits } from '#shared/logs/limits.ts';
import { buildRecord } from './build-record.ts';
import type { ByteFeed } from './byte-feed.ts';
import type { ScanRange, TextEncoding } from './byte-source.ts';
import { findCandidates, lookaheadBytes, type CandidateCursor, type Candidates } from './candidate-stage.ts';
import { unitsBeforeMax } from './line-before.ts';
import { LineReader, type Missing } from './line-reader.ts';
import { QuickReader } from './quick-record.ts';
import { RecordBatch } from './record-batch.ts';
import { RecordStage } from './record-stage.ts';
import { byteOrderMarkUnits, UnitWindow, unitBytesOf } from './unit-window.ts';

/** Bounds of records and lines; see `limits`. */
export interface ScanBounds {
  readonly recordBytesMax: number;
  readonly linesMax: number;
  readonly lineBytesMax: number;
}

export interface ScanOptions {
  readonly encoding: TextEncoding;
  /** Byte with which the text begins, as `describeContent` finds it; 0, or not given: the file's first one behind a byte order mark. */
  readonly textStart?: number;
  /** When the file was written, milliseconds since the epoch: settles what times of its lines leave out. */
  readonly fileTimeMs: number;
  /** Records in the order of their offsets. The scan waits for it. */
  onRecords(batch: ErrorRecord[]): Promise<void>;
  /** Bytes of the range that have been scanned, rising. */
  onProgress?(bytes: number): void;
  /** Ends the scan with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Those of `limits` if not given; tests want smaller ones. */
  readonly bounds?: ScanBounds;
}

export interface RangeSummary {
  /** Lines that begin in the range: their sum over the ranges before it gives a record its line number in the file. */
  readonly lines: number;
  /** Bytes of the range, as far as the file reaches. */
  readonly bytes: number;
  readonly records: number;
  readonly recordsByLevel: Readonly<Record<ErrorRecord['level'], number>>;
}

/** Units that are looked at together, at least while the file has more. */
const chunkUnits = 256 * 1024;
/** Units of the range's last line, behind the range's end, that are looked at together. */
const lastLineUnits = 4 * 1024;
/** Units of a window at first; it grows with what it is given. */
const windowUnits = 64 * 1024;
/** Bytes of a look-back's first read; each further one is `growth` times as long. */
const lookBack = { firstBytes: 64 * 1024, growth: 4 };

export class UnitScan {
  readonly #feed: ByteFeed;
  readonly #options: ScanOptions;
  readonly #window: UnitWindow;
  readonly #reader: LineReader;
  readonly #stage: RecordStage;
  readonly #batch = new RecordBatch();
  /** In units. Records are at most this long, and a look-back goes at most three times as far. */
  readonly #recordMax: number;
  /** In units. What stands farther behind a line's start is none of its head. */
  readonly #lineMax: number;
  readonly #rangeStart: number;
  /** Start of the range, or of the text where that is later. */
  #start: number;
  /** End of the range, or of the file where that comes earlier; the latter shows only when it is reached. */
  #end: number;
  #cursor: CandidateCursor = { position: 0, lineStart: -1, lineNumber: 0, lineIsSettled: true };
  #lookBackBytes = lookBack.firstBytes;

  constructor(feed: ByteFeed, range: ScanRange, options: ScanOptions) {
    const unitBytes = unitBytesOf(options.encoding);
    this.#feed = feed;
    this.#options = options;
    this.#rangeStart = Math.ceil(range.start / unitBytes);
    const textStart = (options.textStart ?? 0) / unitBytes;
    this.#start = Math.max(this.#rangeStart, textStart);
    this.#end = Math.ceil(range.end / unitBytes);
    const { recordBytesMax, lineBytesMax, linesMax } = options.bounds ?? limits;
    this.#recordMax = Math.floor(recordBytesMax / unitBytes);
    this.#lineMax = Math.floor(lineBytesMax / unitBytes);
    this.#window = new UnitWindow({ encoding: options.encoding, textStart }, feed.startByte / unitBytes, windowUnits);
    this.#reader = new LineReader(this.#window, { lineMax: this.#lineMax, recordMax: this.#recordMax });
    const bounds = { recordMax: this.#recordMax, linesMax };
    const quick = new QuickReader(this.#window, this.#reader, { ...bounds, lineMax: this.#lineMax, fileTimeMs: options.fileTimeMs });
    this.#stage = new RecordStage(
      { lines: this.#reader, quick },
      {
        ...bounds,
        end: this.#end,
        onQuickRecord: (start, lineNumber) => this.#batch.add(quick.record(start, lineNumber)),
        onRecord: (record) =>
          this.#batch.add(buildRecord(record, this.#window, { fileTimeMs: options.fileTimeMs, lineMax: this.#lineMax })),
      },
    );
  }

  async run(): Promise<RangeSummary> {
    try {
      return await this.#run();
    } finally {
      this.#window.close();
    }
  }

  async #run(): Promise<RangeSummary> {
    let lines = 0;
    // A range before the text has nothing to read.
    if (this.#start < this.#end) await this.#begin();
    if (this.#start < this.#end) {
      lines = await this.#scanRange();
      await this.#scanLastLine();
      await this.#settle(() => this.#stage.follow(Infinity));
    }
    await this.#handOver();
    const { error, fatal } = this.#batch.counts;
    return { lines, bytes: this.#bytesUpTo(this.#end), records: error + fatal, recordsByLevel: { error, fatal } };
  }

  /** Reads until the start of the range and of the text are known, and puts the cursor there. */
  async #begin(): Promise<void> {
    const window = this.#window;
    while (!window.isLast && window.to <= Math.max(this.#start, window.from + byteOrderMarkUnits)) await this.#readOn(this.#start);
    this.#start = Math.max(this.#start, window.textStart);
    // A newline one unit earlier begins a line at the start.
    this.#cursor.position = Math.max(this.#start - 1, window.textStart);
    if (this.#start === window.textStart) Object.assign(this.#cursor, { lineStart: this.#start, lineNumber: 1, lineIsSettled: false });
  }

  /** Looks at the lines of the range, as far as they lie in it, and answers how many begin there. */
  async #scanRange(): Promise<number> {
    const window = this.#window;
    // A newline that is the range's last unit begins a line of the next range.
    while (this.#cursor.position < this.#end - 1) {
      const left = this.#end - 1 - this.#cursor.position;
      const ready = this.#ready() - this.#cursor.position;
      if (window.isLast || ready >= Math.min(chunkUnits, left)) await this.#look(this.#cursor.position + Math.min(ready, left));
      else await this.#readOn();
    }
    return this.#cursor.lineNumber;
  }

  /** Looks at what lies of the range's last line behind the range. */
  async #scanLastLine(): Promise<void> {
    const cursor = this.#cursor;
    while (!(this.#window.isLast && cursor.position >= this.#window.to)) {
      const isOurs = cursor.lineStart >= this.#start && cursor.lineStart < this.#end && !cursor.lineIsSettled;
      if (cursor.position >= this.#end && (!isOurs || cursor.position - cursor.lineStart > this.#lineMax)) return;
      const ready = this.#ready() - cursor.position;
      if (ready > 0) await this.#look(cursor.position + Math.min(ready, lastLineUnits));
      else await this.#readOn();
    }
  }

  /** Up to where the candidate stage may look. */
  #ready(): number {
    return this.#window.isLast ? this.#window.to : Math.max(this.#window.to - lookaheadBytes, this.#cursor.position);
  }

  /** Looks at the units from the cursor on, at most up to `end`, and settles every candidate among their lines. */
  async #look(end: number): Promise<void> {
    const { starts, numbers } = this.#find(end);
    for (let index = 0; index < starts.length; index += 1) {
      const start = starts[index]!;
      const number = numbers[index]!;
      if (start < this.#start || start >= this.#end) continue;
      // Nearly always nothing is missing, and then nothing needs to be waited for.
      if (this.#stage.look(start, number) !== undefined) await this.#settle(() => this.#stage.look(start, number), start);
    }
    await this.#settle(() => this.#stage.follow(this.#cursor.position));
    if (this.#batch.isFull) await this.#handOver();
    this.#options.onProgress?.(this.#bytesUpTo(Math.min(this.#cursor.position, this.#end)));
  }

  #find(end: number): Candidates {
    const cursor = this.#cursor;
    const base = this.#window.positionOf(0);
    if (cursor.position - cursor.lineStart > this.#lineMax) cursor.lineIsSettled = true;
    const found: Candidates = { starts: [], numbers: [] };
    cursor.position -= base;
    cursor.lineStart -= base;
    findCandidates(this.#window, cursor, { end: end - base, found });
    cursor.position += base;
    cursor.lineStart += base;
    return { starts: found.starts.map((index) => index + base), numbers: found.numbers };
  }

  /** Repeats a step of the record stage until nothing is missing any more. */
  async #settle(step: () => Missing | undefined, candidate = Infinity): Promise<void> {
    for (let missing = step(); missing !== undefined; missing = step()) {
      if (this.#batch.isFull) await this.#handOver();
      if (missing === 'after') await this.#readOn(candidate);
      else await this.#readBack();
    }
  }

  async #readOn(candidate = Infinity): Promise<void> {
    this.#options.signal?.throwIfAborted();
    if (candidate === Infinity) this.#rest();
    const keptFrom = this.#keptFrom(candidate);
    const chunk = await this.#feed.next((bytes) => this.#window.room(bytes, keptFrom));
    if (chunk !== undefined) return this.#window.append(chunk, keptFrom);
    this.#window.isLast = true;
    this.#end = Math.min(this.#end, this.#window.to);
  }

  /** The first unit that may still be asked for: a look-back before a line that is not settled yet. */
  #keptFrom(candidate: number): number {
    const { position, lineStart } = this.#cursor;
    const line = Math.max(Math.min(lineStart, position), position - this.#lineMax);
    const needed = Math.min(candidate, this.#stage.followed ?? Infinity, line);
    // With the line before a record, and the newline before the line whose state is known.
    const known = Math.min(needed - unitsBeforeMax, this.#stage.known ?? 0) - 1;
    return Math.max(known, needed - unitsBeforeMax - 3 * this.#recordMax - byteOrderMarkUnits);
  }

  /**
   * Has the stage know the state near the cursor, where the last line it knows is far behind: so less needs to be kept. Only while no
   * candidate before the cursor waits.
   */
  #rest(): void {
    const { lineStart, position } = this.#cursor;
    if (lineStart <= this.#start || position - (this.#stage.known ?? 0) < this.#recordMax / 4) return;
    const before = this.#reader.startBefore(lineStart, this.#window.from);
    if (typeof before === 'number') this.#stage.rest(before);
  }

  async #readBack(): Promise<void> {
    const { unitBytes, from } = this.#window;
    const end = from * unitBytes;
    this.#window.prepend(await this.#feed.before(Math.max(0, end - this.#lookBackBytes), end));
    this.#lookBackBytes *= lookBack.growth;
  }

  async #handOver(): Promise<void> {
    const records = this.#batch.take();
    if (records.length > 0) await this.#options.onRecords(records);
  }

  #bytesUpTo(position: number): number {
    return Math.max(0, position - this.#rangeStart) * this.#window.unitBytes;
  }
}
