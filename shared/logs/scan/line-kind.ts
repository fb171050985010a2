/**
 * What one line is to the records around it.
 */
import type { Level } from '#shared/logs/error-record.ts';
import { readUnwrappedHead } from '#shared/logs/line/line-head.ts';
import { timeEnd } from '#shared/logs/line/time-formats.ts';
import { unwrapped, withoutColours, type Wrapped } from '#shared/logs/line/wrapping.ts';
import { readMarkedLine, readUnmarkedLine, type TraceLine, type UnsettledLine } from './trace-line.ts';

export type EventLine = { readonly is: 'event'; readonly level: Level | undefined; readonly timed: boolean };

/** What a line is by itself. */
export type RawLineKind = EventLine | TraceLine | { readonly is: 'blank' } | { readonly is: 'plain' };

/** What a line is once the lines behind it have settled whether a class name or a location opens a trace. */
export type LineKind = Exclude<RawLineKind, UnsettledLine>;

const TAB = 0x09;
const BLANK = 0x20;
const OPEN_BRACKET = 0x5b;
const blank: RawLineKind = { is: 'blank' };
const plain: LineKind = { is: 'plain' };
const head: LineKind = { is: 'head', grammar: 'other' };
const saidError: LineKind = { is: 'head', grammar: 'line' };
const codeFrame: LineKind = { is: 'start', level: 'fatal', grammar: 'node', introducesHead: false };

/** Reads a line without its terminator, as latin1. */
export function rawLineKind(line: string): RawLineKind {
  return readLine(line).kind;
}

/** What a line is, with its own text. */
export function readLine(line: string): { readonly kind: RawLineKind; readonly text: string } {
  const bare = withoutColours(line);
  const wrapped = unwrapped(bare);
  const text = wrapped === undefined ? bare : wrapped.line;
  return { kind: kindOf(text, bare, wrapped), text };
}

function kindOf(text: string, bare: string, wrapped: Wrapped | undefined): RawLineKind {
  const isIndented = !(text.charCodeAt(0) > BLANK);
  if (isIndented && !/\S/.test(text)) return blank;
  const marked = readMarkedLine(text);
  if (marked !== undefined) return marked;
  if (isIndented && isInner(text.charCodeAt(0), text.charCodeAt(1))) return readUnmarkedLine(text) ?? plain;
  const { startsEvent, level, timed } = readUnwrappedHead(bare, wrapped);
  if (startsEvent) return { is: 'event', level, timed };
  return readUnmarkedLine(text) ?? plain;
}

/** A line's own text, without what a container runtime puts around it. */
export function unwrapLine(line: string): string {
  const text = withoutColours(line);
  return unwrapped(text)?.line ?? text;
}

/** A line that begins with a tab or two blanks opens no event. */
export function isInner(first: number | undefined, second: number | undefined): boolean {
  return first === TAB || (first === BLANK && second === BLANK);
}

/**
 * Whether a line is an event by the time that it begins with. Spares most lines behind a record the whole reading; where it says yes, that
 * would say the same. `line` is a whole line, as latin1.
 */
export function isEventByItsTime(line: string): boolean {
  const at = line.charCodeAt(0) === OPEN_BRACKET ? 1 : 0;
  return timeEnd(line, at) > 0 && !mayBeWrapped(line) && !mayContinue.test(line);
}

/** CRI's wrapping begins with a time as well. */
function mayBeWrapped(line: string): boolean {
  return line.charCodeAt(10) === 0x54 && line.includes(' std');
}

/** Colours, which are no text, and a tag that a frame follows: where each line of a trace has a header of its own, it is no event. */
// oxlint-disable-next-line no-control-regex -- the escape before a colour
const mayContinue = /\u001b|#0|:(?: ?\t| {2}| ?Caused)/;

/** Lines that are read ahead of a class name or a location. */
const linesAheadMax = 4;

/**
 * Settles a line's kind with the lines behind it. `lineAhead` answers the raw kind and text of the n-th line behind (from 1), undefined
 * behind the last one.
 */
export function settledKind(
  kind: RawLineKind,
  lineAhead: (n: number) => { readonly kind: RawLineKind; readonly text: string } | undefined,
): LineKind {
  if (kind.is === 'class') return framesFollow(lineAhead) ? head : kind.saysError ? saidError : plain;
  if (kind.is === 'location') return /^\s*[\^~]+\s*$/.test(lineAhead(2)?.text ?? '') ? codeFrame : plain;
  return kind;
}

type LineAhead = Parameters<typeof settledKind>[1];

/** A message of a few lines may stand between an exception's name and its first frame. */
function framesFollow(lineAhead: LineAhead): boolean {
  for (let n = 1; n <= linesAheadMax; n += 1) {
    const { kind: ahead, text } = lineAhead(n) ?? {};
    if (ahead?.is === 'frame') return ahead.grammar === 'other' || ahead.grammar === 'rust';
    // Of Rust's anyhow, which prints causes and no frames.
    if (ahead?.is === 'cause') return text === 'Caused by:';
    if (ahead === undefined || !messageLines.has(ahead.is)) return false;
  }
  return false;
}

const messageLines: ReadonlySet<RawLineKind['is']> = new Set(['plain', 'blank', 'indented']);

/** The state of a scan behind such a line does not depend on what came before it. */
export function isSynchronising(kind: LineKind): kind is EventLine | Extract<LineKind, { is: 'start' }> {
  return kind.is === 'event' || kind.is === 'start';
}

/** Whether a line may be the first of an error record. */
export function mayOpenRecord(kind: LineKind): boolean {
  if (kind.is === 'event') return kind.level === 'error' || kind.level === 'fatal';
  return kind.is === 'start' || kind.is === 'head';
}
