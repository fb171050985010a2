/**
 * Reads the fields of a line's head, one after the other, up to its level or to the first word of prose.
 *
 * **Level position.** A level word counts where only header fields stand before it (times, bracketed groups, `tag:`, identifiers, `key=value`
 * pairs, columns) and where it is written as a field itself: alone in brackets, before a colon, pipe, tab or dash, or in capitals as a word of
 * its own. The first one decides, whatever level it is. A plain word is prose: it ends the head, and nothing behind it is a level.
 */
import { closingOf, DASH, isBlank, isDigit, isOpening, isSeparator, isUpper, lettersEnd, PIPE, QUOTE, skipBlanks } from './characters.ts';
import { isCellBorder, readCells } from './cells.ts';
import { groupLevel } from './group-level.ts';
import { headEnds, takeField, takeLevel, takeTime, type Head } from './head.ts';
import { levelOfLetter } from './level-words.ts';
import { isCounter, phraseLevel, wordLevel } from './level-position.ts';
import { timeEnd } from './time-formats.ts';
import { readToken } from './tokens.ts';

/** Fields of a head; no known format has as many before its level. */
const fieldsMax = 24;
/** Characters between two fields; columns are padded by some dozens. */
const separatorsMax = 400;
/** Characters of a bracketed group. */
const groupCharactersMax = 200;

const APOSTROPHE = 0x27;
const ASTERISK = 0x2a;
const HASH = 0x23;
const EQUALS = 0x3d;

/** Reads fields from `from` on into `head`; answers the position where the head ended. */
export function readFields(head: Head, from: number): number {
  const { text } = head;
  let at = from;
  for (let field = 0; field < fieldsMax; field += 1) {
    at = skipSeparators(text, at);
    if (at >= text.length) return at;
    const next = readField(head, at);
    if (next === headEnds) return at;
    at = next;
  }
  return at;
}

function skipSeparators(text: string, from: number): number {
  const limit = Math.min(text.length, from + separatorsMax);
  let at = from;
  while (at < limit) {
    const code = text.charCodeAt(at);
    if (!isSeparator(code) && !(code === DASH && isDash(text, at))) return at;
    at += 1;
  }
  return at;
}

/** A dash between fields (logback's own lines: `|-ERROR in …`), not the one that begins an option or a negative number. */
function isDash(text: string, at: number): boolean {
  const next = text.charCodeAt(at + 1);
  if (isBlank(next) || text.charCodeAt(at - 1) === PIPE) return true;
  return next === DASH && (isBlank(text.charCodeAt(at + 2)) || text.charCodeAt(at + 2) === DASH);
}

function readField(head: Head, at: number): number {
  const { text } = head;
  const first = text.charCodeAt(at);
  if (isDigit(first) || isUpper(first)) return readTimeField(head, at);
  if (isOpening(first)) return readGroup(head, at);
  if (first === DASH && !isDigit(text.charCodeAt(at + 1))) return headEnds;
  return (readersBySign.get(first) ?? readWord)(head, at);
}

/** Fields that begin with a sign. */
const readersBySign: ReadonlyMap<number, (head: Head, at: number) => number> = new Map([
  [QUOTE, () => headEnds],
  [APOSTROPHE, () => headEnds],
  [ASTERISK, readStarred],
  [HASH, readMark],
  [EQUALS, readMark],
]);

/** A time, and the cells behind it where it is the first of some; or a word that begins as times do. */
function readTimeField(head: Head, at: number): number {
  const end = timeEnd(head.text, at);
  if (end < 0) return readWord(head, at);
  takeTime(head, at, end);
  return isCellBorder(head.text, end) ? readCells(head, end + 1) : end;
}

/** A level, or a token of the header. */
function readWord(head: Head, at: number): number {
  const found = phraseLevel(head, at);
  if (found !== undefined) {
    takeLevel(head, found.level, { at, end: found.end });
    return headEnds;
  }
  const end = lettersEnd(head.text, at);
  if (end > at) {
    const level = wordLevel(head, at, end);
    if (level !== undefined && !isCounter(head, end)) {
      takeLevel(head, level, { at, end });
      return headEnds;
    }
  }
  return readToken(head, at);
}

/** Sling's `*ERROR*`, which stars enclose as brackets do. */
function readStarred(head: Head, at: number): number {
  starred.lastIndex = at;
  const match = starred.exec(head.text);
  const level = match === null ? undefined : groupLevel(match[2] ?? '', 0, match[2]?.length ?? 0);
  if (match === null || level === undefined) return readWord(head, at);
  takeLevel(head, level, { at, end: starred.lastIndex });
  return headEnds;
}

const starred = /(\*{1,3})([A-Z]{3,13})\1(?=[\s:]|$)/y;

/** `##[error]` of GitHub's and Azure's runners; the arrow of Docker's builds (`=> ERROR [2/3] RUN …`). */
function readMark(head: Head, at: number): number {
  mark.lastIndex = at;
  const match = mark.exec(head.text);
  if (match === null) return readToken(head, at);
  const word = match[1];
  if (word === undefined) return mark.lastIndex;
  const level = groupLevel(word, 0, word.length);
  if (level !== undefined) takeLevel(head, level, { at, end: mark.lastIndex });
  return headEnds;
}

const mark = /##\[([a-z]{3,13})\]|={1,3}>(?= [A-Z]{3})/y;

/** `[error]`, `(main)`, `<Error>`, `{}`. A group that begins with a time is read field by field, any other is one field. */
function readGroup(head: Head, at: number): number {
  const { text } = head;
  const inner = skipBlanks(text, at + 1);
  const end = timeEnd(text, inner);
  if (end > 0) {
    takeTime(head, inner, end);
    return end;
  }
  const close = text.indexOf(closingOf(text.charCodeAt(at)), inner);
  if (readLetterAndTime(head, inner, close)) return headEnds;
  if (close < 0 || close - at > groupCharactersMax || isMarkup(head, at, close)) return headEnds;
  const level = groupLevel(text, inner, close);
  if (level !== undefined) {
    takeLevel(head, level, { at: inner, end: close });
    return headEnds;
  }
  head.doubtful = false;
  head.messageAt = close + 1;
  return takeField(head, close + 1);
}

/** Tornado's and Jupyter's `[E 10:00:00.123 NotebookApp] …`. */
function readLetterAndTime(head: Head, at: number, close: number): boolean {
  const { text } = head;
  const level = isBlank(text.charCodeAt(at + 1)) ? levelOfLetter(text.charAt(at)) : undefined;
  const end = level === undefined ? -1 : timeEnd(text, at + 2);
  if (level === undefined || end < 0 || close < end) return false;
  takeTime(head, at + 2, end);
  takeLevel(head, level, { at, end: close });
  return true;
}

/** JSON, or an XML element: `<Error><Code>…`. In a log, a level in angle brackets is followed by a blank. */
function isMarkup(head: Head, at: number, close: number): boolean {
  const { text } = head;
  const first = text[at];
  if (first === '{') return text[skipBlanks(text, at + 1)] === '"';
  return first === '<' && !head.timed && !isBlank(text.charCodeAt(close + 1)) && text[close + 1] !== ':';
}
