/**
 * Records of usual shape, read where they lie by the WebAssembly of assembly/quick-record.ts and made from what it found. Whatever that is not
 * sure of, the line reader and the segmenter decide; where there is no WebAssembly, all of it.
 */
import type { ErrorRecord, TimeAssumption } from '#shared/logs/error-record.ts';
import { limits } from '#shared/logs/limits.ts';
import { noTime, timeText, timeWithoutYear, type Instant } from '#shared/logs/line/time.ts';
import * as layout from './assembly/memory-layout.ts';
import { isSynchronising } from './line-kind.ts';
import type { LineReader, Missing } from './line-reader.ts';
import type { RecordBounds } from './segmenter.ts';
import type { UnitWindow } from './unit-window.ts';

/**
 * - `unsure`: it may be any line.
 * - `other`: it is an event that is no error.
 * - `record`: the record stands in the reader until it reads the next one.
 */
type QuickAnswer = 'unsure' | 'other' | 'record';

const errorLevel = 5;
const fatalLevel = 6;
const NEWLINE = 0x0a;
const RETURN = 0x0d;
const zone: readonly TimeAssumption[] = ['zone'];
const zoneAndYear: readonly TimeAssumption[] = ['zone', 'year'];

interface QuickOptions extends RecordBounds {
  readonly fileTimeMs: number;
  /** Longer lines are none of it. */
  readonly lineMax: number;
}

export class QuickReader {
  readonly #window: UnitWindow;
  readonly #reader: LineReader;
  readonly #options: QuickOptions;
  /** One past the record, and the line behind it that ends it. */
  #end = 0;
  #next = 0;
  #isWide = false;

  constructor(window: UnitWindow, reader: LineReader, options: QuickOptions) {
    this.#window = window;
    this.#reader = reader;
    this.#options = options;
  }

  /** The first line that is not the record's any more: an event, the start of a panic, or the end of the file. */
  get next(): number {
    return this.#next;
  }

  /** Looks at the line that starts at `start`. */
  read(start: number): QuickAnswer | Missing {
    const { haystack } = this.#window;
    const level = haystack.readRecord(this.#window.indexOf(start), this.#window.indexOf(this.#window.to), this.#options.lineMax);
    if (level === layout.lineUnsure) return 'unsure';
    if (level !== errorLevel && level !== fatalLevel) return 'other';
    const missing = this.#follow();
    if (missing !== undefined) return missing;
    return this.#fits(start) ? 'record' : 'unsure';
  }

  /** Asks the line reader about lines that the other half is not sure of, and has it go on behind them. */
  #follow(): 'unsure' | Missing | undefined {
    const { haystack } = this.#window;
    let more = 0;
    this.#isWide = false;
    while (haystack.quick(layout.quickIsEnded) === 0) {
      const next = this.#window.positionOf(haystack.quickIndex(layout.quickNext));
      if (this.#reader.isEnd(next)) break;
      const line = this.#reader.lineAt(next);
      if (line === 'after') return 'after';
      if (isSynchronising(line.kind)) break;
      more += 1;
      if (more > unsureLinesMax || line.kind.is === 'blank' || line.end === Infinity) return 'unsure';
      this.#isWide = true;
      haystack.goOnBehind(this.#window.indexOf(line.end), this.#window.indexOf(this.#window.to), this.#options.lineMax);
    }
    this.#end = this.#window.positionOf(haystack.quickIndex(layout.quickEnd));
    this.#next = this.#window.positionOf(haystack.quickIndex(layout.quickNext));
    this.#isWide ||= haystack.quick(layout.quickIsWide) === 1;
    return undefined;
  }

  /** Nothing of it is cut off. */
  #fits(start: number): boolean {
    const { haystack } = this.#window;
    if (this.#next - start > this.#options.recordMax || haystack.quick(layout.quickLines) > this.#options.linesMax) return false;
    const firstEnd = this.#window.positionOf(haystack.quickIndex(layout.quickFirstEnd));
    const messageLength = haystack.quick(layout.quickMessageEnd) - haystack.quick(layout.quickMessage);
    return this.#end - firstEnd <= limits.stackCharactersMax && messageLength <= limits.messageCharactersMax;
  }

  /** The record that was read last, which starts at `start`. */
  record(start: number, lineNumber: number): ErrorRecord {
    const { haystack, unitBytes } = this.#window;
    const text = this.#isWide ? undefined : haystack.units.toString('latin1', this.#window.indexOf(start), this.#window.indexOf(this.#end));
    const slice = (from: number, to: number) => text?.slice(from - start, to - start) ?? this.#window.text(from, to);
    const at = (place: number) => this.#window.positionOf(haystack.quickIndex(place));
    const { time, timeAssumed } = this.#instant();
    return {
      offset: start * unitBytes,
      length: (this.#end - start) * unitBytes,
      lineInRange: lineNumber,
      truncated: false,
      level: haystack.quick(layout.quickLevel) === fatalLevel ? 'fatal' : 'error',
      time,
      timeAssumed,
      logger: haystack.quick(layout.quickLogger) === 0 ? null : slice(at(layout.quickLogger), at(layout.quickLoggerEnd)),
      message: slice(at(layout.quickMessage), at(layout.quickMessageEnd)),
      stack: this.#stack(at(layout.quickFirstEnd) + 1, slice),
    };
  }

  #instant(): Instant {
    const { haystack } = this.#window;
    const assumed = haystack.quick(layout.quickAssumed);
    if (assumed !== layout.assumedYear)
      return { time: timeText(haystack.quickTimeMs), timeAssumed: assumed === layout.assumedZone ? zone : [] };
    const date = { month: haystack.quick(layout.quickMonth), day: haystack.quick(layout.quickDay), clockMs: haystack.quickTimeMs };
    const time = timeWithoutYear(date, this.#options);
    return time === null ? noTime : { time, timeAssumed: zoneAndYear };
  }

  /** The lines behind the first, each ended by a newline alone, the last by nothing. */
  #stack(from: number, slice: (from: number, to: number) => string): string | null {
    if (from >= this.#end) return null;
    let end = this.#end;
    if (this.#window.unitAt(end - 1) === NEWLINE) end -= 1;
    if (this.#window.unitAt(end - 1) === RETURN) end -= 1;
    const text = slice(from, end);
    return text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text;
  }
}

/** Lines of a record that the line reader is asked about; with more, it had better read all of them. */
const unsureLinesMax = 16;
