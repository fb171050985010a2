/**
 * The second of the scan's two stages: decides what the lines around a candidate are, and ends up with records.
 */
import type { QuickReader } from './quick-record.ts';
import { unitsBeforeMax } from './line-before.ts';
import { linesToTakeBefore } from './look-back.ts';
import type { LineReader, Missing } from './line-reader.ts';
import { isSynchronising, mayOpenRecord } from './line-kind.ts';
import { Segmenter, type RecordBounds, type RecordSpan, type ScannedLine } from './segmenter.ts';

/** A record and the number of its first line. */
export interface FoundRecord extends RecordSpan {
  readonly lineNumber: number;
}

export interface RecordStageOptions extends RecordBounds {
  /** Records that begin at or behind it are the next range's. */
  readonly end: number;
  onRecord(record: FoundRecord): void;
  /** The record that starts there stands in the quick reader. */
  onQuickRecord(start: number, lineNumber: number): void;
}

export class RecordStage {
  readonly #reader: LineReader;
  readonly #quick: QuickReader;
  readonly #options: RecordStageOptions;
  #segmenter: Segmenter;
  /** Start of the next line to take; the state before it is that of `#segmenter`, if it is known at all. */
  #next = 0;
  #isKnown = false;
  /** Number of the line at `#next` while a record is followed, and of the followed record's first line. */
  #nextNumber = 0;
  #recordNumber = 0;
  /** The last line that is a candidate and was not looked at by itself, as it is followed anyway. */
  #candidate = -1;
  /** Records that begin before this are not the followed ones. */
  #followedFrom = Infinity;

  constructor(readers: { readonly lines: LineReader; readonly quick: QuickReader }, options: RecordStageOptions) {
    this.#reader = readers.lines;
    this.#quick = readers.quick;
    this.#options = options;
    this.#segmenter = new Segmenter(options);
  }

  /** First byte of the record that is being followed. */
  get followed(): number | undefined {
    const { start } = this.#segmenter;
    return start !== undefined && start >= this.#followedFrom && start < this.#options.end ? start : undefined;
  }

  /** First byte of the line before which the state is known, so that no look-back goes past it. */
  get known(): number | undefined {
    return this.#isKnown ? this.#next : undefined;
  }

  /**
   * Looks at the candidate line at `start`, behind all lines it was given before. Answers what is missing, and is called again with the same
   * line when it is there.
   */
  look(start: number, number: number): Missing | undefined {
    const missing = this.follow(start);
    if (missing !== undefined) return missing;
    const isOpen = this.followed !== undefined;
    if (start < this.#next || (isOpen && start > this.#next)) {
      this.#candidate = start;
      return undefined;
    }
    const quick = this.#quick.read(start);
    if (quick !== 'unsure') return this.#takeQuick(quick, start, number);
    if (!isOpen) return this.#lookSlowly(start, number);
    this.#candidate = start;
    return undefined;
  }

  /** Of a line that the quick reader is sure of. It is an event, and so ends what is open. */
  #takeQuick(answer: 'other' | 'record' | Missing, start: number, number: number): Missing | undefined {
    if (answer === 'after' || answer === 'before') return answer;
    if (this.followed !== undefined) this.#report(this.#segmenter.finish());
    if (answer === 'other') return undefined;
    this.#segmenter.finish();
    this.#followedFrom = start;
    // The state before the line that ended it is as good as known: behind it, nothing depends on it.
    this.#next = this.#quick.next;
    this.#isKnown = true;
    this.#options.onQuickRecord(start, number);
    return undefined;
  }

  #lookSlowly(start: number, number: number): Missing | undefined {
    const line = this.#reader.lineAt(start);
    if (line === 'after') return 'after';
    if (!mayOpenRecord(line.kind)) return undefined;
    // The other half of its header may stand there.
    if (line.kind.is === 'event' && this.#reader.startBefore(start, start - unitsBeforeMax) === 'before') return 'before';
    return this.#enter(line, number);
  }

  /** Follows the open record through all lines that start before `until`. */
  follow(until: number): Missing | undefined {
    while (this.followed !== undefined && this.#next < until) {
      if (!this.#isKnown || this.#reader.isEnd(this.#next)) {
        this.#report(this.#segmenter.finish());
        return undefined;
      }
      const line = this.#next === this.#candidate ? this.#reader.lineAt(this.#next) : this.#reader.innerLineAt(this.#next);
      if (line === 'after') return 'after';
      if (line === 'event') {
        // It ends the record. The state before it is as good as known: behind it, nothing depends on it.
        this.#report(this.#segmenter.finish());
        return undefined;
      }
      this.#take(line);
    }
    return undefined;
  }

  /** Takes note of a line before which nothing is asked for any more if it synchronises: in a file without candidates, no other would be known. */
  rest(start: number): void {
    if (this.followed !== undefined || (this.#isKnown && this.#next >= start)) return;
    if (this.#reader.synchronisesAt(start) !== true) return;
    this.#next = start;
    this.#isKnown = true;
  }

  /** Brings the state to what it is before `line`, and takes it. */
  #enter(line: ScannedLine, number: number): Missing | undefined {
    // Behind a line that synchronises, the state does not depend on the one before.
    if (!isSynchronising(line.kind)) {
      const known = this.#isKnown ? this.#next : undefined;
      const run = linesToTakeBefore(this.#reader, line, { known, blockSize: this.#options.recordMax });
      if (typeof run === 'string') return run;
      if (run.fresh) this.#segmenter = new Segmenter(this.#options);
      // Records among these lines were found from candidates of their own, or belong to the range before.
      for (const before of run.lines) this.#segmenter.take(before);
    }
    this.#followedFrom = line.start;
    this.#nextNumber = number;
    this.#take(line);
    return undefined;
  }

  #take(line: ScannedLine): void {
    this.#report(this.#segmenter.take(line));
    if (this.#segmenter.start === line.start) this.#recordNumber = this.#nextNumber;
    this.#nextNumber += 1;
    // Behind a line that is not followed to its end, a look-back finds the state again.
    this.#isKnown = line.end !== Infinity;
    this.#next = this.#isKnown ? line.end : line.start + 1;
  }

  #report(record: RecordSpan | undefined): void {
    if (record === undefined || record.start < this.#followedFrom) return;
    this.#options.onRecord({ ...record, lineNumber: this.#recordNumber });
  }
}
