/**
 * Lines of a window, by position: forwards with their kinds, and backwards.
 */
import { isEventByItsTime, isInner, isSynchronising, readLine, settledKind, type LineKind, type RawLineKind } from './line-kind.ts';
import type { ScannedLine } from './segmenter.ts';
import type { UnitWindow } from './unit-window.ts';

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const TAB = 0x09;
const BLANK = 0x20;
const PLUS = 0x2b;
/** Lines of more units are read as a whole to see whether they are an event. */
const quickUnitsMax = 1024;

const frame: LineKind = { is: 'frame', grammar: 'other' };

/** What cannot be read yet: the window must go on, or begin earlier. */
export type Missing = 'after' | 'before';

interface RawLine {
  readonly start: number;
  readonly end: number;
  readonly kind: RawLineKind;
  readonly text: string;
}

/** In units: what is looked at of a line, and what is read to find its end. */
export interface LineBounds {
  readonly lineMax: number;
  readonly recordMax: number;
}

const isSettled = (line: RawLine): line is ScannedLine => line.kind.is !== 'class' && line.kind.is !== 'location';

export class LineReader {
  readonly #window: UnitWindow;
  readonly #bounds: LineBounds;

  constructor(window: UnitWindow, bounds: LineBounds) {
    this.#window = window;
    this.#bounds = bounds;
  }

  /** The line that starts at `start` (before the end of the file). */
  lineAt(start: number): ScannedLine | 'after' {
    const line = this.#rawLineAt(start);
    if (line === undefined) return 'after';
    if (isSettled(line)) return line;
    const kind = this.#settled(line);
    return kind === undefined ? 'after' : { ...line, kind };
  }

  /** Its kind by the lines behind it, of which no more are read than that takes; undefined where one is missing. */
  #settled(line: RawLine): LineKind | undefined {
    let isMissing = false;
    const lines = [line];
    const kind = settledKind(line.kind, (n) => {
      while (lines.length <= n && !isMissing) {
        const next = this.#lineBehind(lines.at(-1)!);
        if (next === 'end') return undefined;
        if (next === 'after') isMissing = true;
        else lines.push(next);
      }
      return lines[n];
    });
    return isMissing ? undefined : kind;
  }

  /**
   * The same for a line that opens no record, as it is no candidate: of an event that is told only, which most lines show by their first
   * characters.
   */
  innerLineAt(start: number): ScannedLine | 'event' | 'after' {
    const newline = this.#newlineBehind(start);
    if (newline !== undefined) {
      const window = this.#window;
      const index = window.indexOf(start);
      if (isFrame(window.units, index)) return { start, end: newline + 1, kind: frame, text: '' };
      if (newline - start <= quickUnitsMax && mayBeginTime(window.units[index] ?? 0)) {
        if (isEventByItsTime(window.units.toString('latin1', index, index + newline - start))) return 'event';
      }
    }
    const line = this.lineAt(start);
    return line !== 'after' && line.kind.is === 'event' ? 'event' : line;
  }

  /** Whether the line that starts at `start` synchronises; reads ahead only where that takes it. */
  synchronisesAt(start: number): boolean | 'after' {
    if (this.isInner(start)) return false;
    const line = this.#rawLineAt(start);
    if (line === undefined) return 'after';
    if (isSettled(line)) return isSynchronising(line.kind);
    if (line.kind.is === 'class') return false;
    const settled = this.lineAt(start);
    return settled === 'after' ? settled : isSynchronising(settled.kind);
  }

  /** The line that starts at `start` neither synchronises nor is a head, by its indentation alone. */
  isInner(start: number): boolean {
    const window = this.#window;
    // Python's exception groups are indented.
    return (
      isInner(window.unitAt(start), window.unitAt(start + 1)) && !(window.unitAt(start) === BLANK && window.unitAt(start + 2) === PLUS)
    );
  }

  /** The file ends at `position`. */
  isEnd(position: number): boolean {
    return this.#window.isLast && position >= this.#window.to;
  }

  /** Where the line before the one at `start` starts; undefined when that is before the text or before `limit`. */
  startBefore(start: number, limit: number): number | undefined | 'before' {
    const window = this.#window;
    const { textStart } = window;
    if (start <= textStart || start <= limit) return undefined;
    // The newline that ends the line before is at start - 1; the search is for the one before that.
    const at = start - 2 < window.from ? -1 : window.units.lastIndexOf(NEWLINE, window.indexOf(start - 2));
    const previous = at < window.indexOf(window.from) ? undefined : start - 2 - (window.indexOf(start - 2) - at) + 1;
    if (previous !== undefined) return previous < limit ? undefined : Math.max(previous, textStart);
    if (window.from <= textStart) return textStart < limit ? undefined : textStart;
    return window.from < limit ? undefined : 'before';
  }

  #rawLineAt(start: number): RawLine | undefined {
    const window = this.#window;
    const newline = this.#newlineBehind(start);
    if (newline === undefined && !window.isLast && window.to - start < this.#bounds.recordMax) return undefined;
    const textEnd = newline === undefined ? window.to : newline - (newline > start && window.unitAt(newline - 1) === RETURN ? 1 : 0);
    const index = window.indexOf(start);
    const line = window.units.toString('latin1', index, index + Math.min(textEnd - start, this.#bounds.lineMax));
    const { kind, text } = readLine(line);
    const end = newline === undefined ? (window.isLast ? window.to : Infinity) : newline + 1;
    return { start, end, kind, text };
  }

  #newlineBehind(start: number): number | undefined {
    const window = this.#window;
    const at = window.units.indexOf(NEWLINE, window.indexOf(start));
    return at < 0 || at >= window.indexOf(window.to) ? undefined : window.positionOf(at);
  }

  /** The line behind one, for what is told by it; a line too long for a record is not looked behind, whether its end is in the window or not. */
  #lineBehind({ start, end }: RawLine): RawLine | 'end' | 'after' {
    if (end - start > this.#bounds.recordMax || this.isEnd(end)) return 'end';
    return (end >= this.#window.to ? undefined : this.#rawLineAt(end)) ?? 'after';
  }
}

/** `\tat x`, `    at x`: most lines of traces, told without being decoded. */
function isFrame(units: Uint8Array, index: number): boolean {
  let at = index;
  while (units[at] === BLANK) at += 1;
  if (at === index && units[at] === TAB) at += 1;
  return at > index && units[at] === 0x61 && units[at + 1] === 0x74 && units[at + 2] === BLANK && isLetter(units[at + 3] ?? 0);
}

const isLetter = (unit: number) => (unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a;

/** A digit, a month or a weekday, a bracket. */
const mayBeginTime = (unit: number) => (unit >= 0x30 && unit <= 0x39) || (unit >= 0x41 && unit <= 0x5b);
