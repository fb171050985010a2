/**
 * The pipeline of the line reader: take colours and wrapping off, read the signature if the format has one, then JSON or the fields of a text
 * line up to its level, then a time that stands behind the level.
 */
import { isBlank, isLower, isSeparator, skipBlanks } from './characters.ts';
import { readCells, readQuotedTime } from './cells.ts';
import { readFields } from './fields.ts';
import { emptyHead, headEnds, reset, takeTime, type Head } from './head.ts';
import { readJson } from './json-head.ts';
import { readSignature } from './signatures.ts';
import { timeEnd } from './time-formats.ts';
import { unwrapped, withoutColours, type Wrapped } from './wrapping.ts';

const OPEN_BRACE = 0x7b;

const sharedHead = emptyHead();

/** Parses the head of a line. The answer is valid until the next call. */
export function parseHead(line: string): Head {
  const text = withoutColours(line);
  return parseUnwrapped(text, unwrapped(text));
}

/** The same for a line without colours, where it has been seen already what was wrapped around it. */
export function parseUnwrapped(text: string, wrapped: Wrapped | undefined): Head {
  reset(sharedHead, wrapped === undefined ? text : wrapped.line);
  read(sharedHead);
  if (wrapped !== undefined && wrapped.time !== null) {
    sharedHead.timed = true;
    sharedHead.wrapperTime = wrapped.time;
  }
  return sharedHead;
}

function read(head: Head): void {
  const { text } = head;
  const from = isBlank(text.charCodeAt(0)) ? afterMargin(text) : readSignature(head);
  if (from === headEnds) return;
  const signed = head.level;
  if (text.charCodeAt(from) === OPEN_BRACE) readJson(head, from);
  else readText(head, from);
  if (signed !== undefined) head.level = signed;
}

function readText(head: Head, from: number): void {
  const cellAt = readQuotedTime(head);
  const at = cellAt < 0 ? readFields(head, from) : readCells(head, cellAt);
  if (head.levelAt >= 0) {
    head.opens = head.timed || !isExceptionName(head);
    if (!head.timed) readTimeBehindLevel(head);
  } else if (head.opens && head.text.charCodeAt(at) === OPEN_BRACE) readJson(head, at);
  else if (continues(head)) head.opens = false;
}

/** Indented text belongs to the line before it; but one blank is how `INFO` is lined up with `ERROR`. */
function afterMargin(text: string): number {
  return leveledMargin.test(text) ? 1 : headEnds;
}

const leveledMargin = /^ (?:TRACE|DEBUG|INFO|WARN|ERROR|FATAL) /;

/** `Error: boom` at the start of a line is how Node prints an exception, under the event it belongs to or alone: a level, but no event. */
function isExceptionName(head: Head): boolean {
  return head.levelAt === 0 && head.text[head.levelEnd] === ':' && exceptionNames.has(head.text.slice(0, head.levelEnd));
}

const exceptionNames: ReadonlySet<string> = new Set(['Error', 'Fault', 'Panic']);

/** Where every line of a stack trace got a header of its own (syslog), the frames still belong to the line before them. */
function continues(head: Head): boolean {
  if (head.tagEnd === 0 || isLower(head.text.charCodeAt(head.tagEnd + 1))) return false;
  frame.lastIndex = head.tagEnd;
  return frame.test(head.text);
}

/** `#011` is how rsyslog writes a tab. */
const frame = / ?(?:(?:\t|#011| {2,})(?:at \S|\.\.\. \d+ |File ")|Caused by: )/y;

/** `ERROR 2026-…`, `[ERROR] [main] 2026-…`, `ERROR [main] 2026-…`: looks at the next three fields. */
function readTimeBehindLevel(head: Head): void {
  const { text } = head;
  let at = head.levelEnd;
  for (let field = 0; field < 3; field += 1) {
    while (at < text.length && (isSeparator(text.charCodeAt(at)) || text[at] === '-')) at += 1;
    const grouped = text[at] === '[';
    const start = grouped ? skipBlanks(text, at + 1) : at;
    const end = timeEnd(text, start);
    if (end > 0) {
      takeTime(head, start, end);
      return;
    }
    const close = grouped ? text.indexOf(']', start) : -1;
    if (close < 0 || close - start > 100) return;
    at = close;
  }
}
