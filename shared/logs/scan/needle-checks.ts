/**
 * What stands around a needle: the checks rule out what names no error level and opens no trace.
 */
import { errorLevelWords } from '#shared/logs/line/level-words.ts';
import { composePrefix } from '#shared/logs/line/wrapping.ts';

/** Whether the line from `lineStart` deserves a look for the needle that begins at `at`. */
export type NeedleCheck = (bytes: Buffer, at: number, lineStart: number) => boolean;

/** What a byte can be to a check, as bits. */
export const classBits = {
  digit: 1,
  letter: 2,
  /** Stands in a qualified class name. */
  name: 4,
  /** May stand right behind a level word, or behind a class name that begins a trace. */
  behindWord: 8,
  behindClass: 16,
  /** Makes the word before it a name of a program: `shop.orders`, `shop::orders`, `vpxd[4711]`. */
  insideName: 64,
  small: 128,
  /** Letters, digits, `_` and `$`. */
  identifier: 512,
  white: 256,
  /** Ends one of the level words, or one of the words that end class names and begin panics. */
  lastOfWord: 32,
} as const;

const classes = new Uint16Array(256);
function addClass(bit: number, pattern: RegExp): void {
  for (let code = 0; code < 256; code += 1) if (pattern.test(String.fromCharCode(code))) classes[code]! |= bit;
}
addClass(classBits.digit, /\d/);
addClass(classBits.letter, /[a-z]/i);
// From 0x80 on: letters of other scripts.
addClass(classBits.name, /[\w.$:\\/\x80-\xff-]/);
// oxlint-disable-next-line no-control-regex -- the zero behind a file's end, and the escape before a colour
addClass(classBits.behindWord, /[ \t\r\n\0:;|\]})>/["(\\,!#'*\x1b.]/);
// oxlint-disable-next-line no-control-regex -- the zero behind a file's end
addClass(classBits.behindClass, /[ \r\n\0:.]/);
addClass(classBits.insideName, /[.:[<]/);
addClass(classBits.small, /[a-z]/);
addClass(classBits.identifier, /[\w$]/);
addClass(classBits.white, /[ \t\n]/);
addClass(classBits.lastOfWord, /[acegilorty]/i);

/** The bytes of a class, as the search takes them. */
export const bytesOf = (bit: number): ReadonlySet<number> => new Set(Array.from(classes.keys()).filter((code) => is(code, bit)));

const is = (code: number | undefined, bit: number) => ((classes[code ?? 0] ?? 0) & bit) !== 0;
const isLetter = (code: number | undefined) => is(code, classBits.letter);
const isSmall = (code: number | undefined) => is(code, classBits.small);
const isDigit = (code: number | undefined) => is(code, classBits.digit);
const isAlphanumeric = (code: number | undefined) => is(code, classBits.digit | classBits.letter);

const codeOf = (character: string) => character.charCodeAt(0);
const BLANK = codeOf(' ');
const TAB = codeOf('\t');
const QUOTE = codeOf('"');
const BACKSLASH = codeOf('\\');
const COLON = codeOf(':');
const DASH = codeOf('-');
const UNDERSCORE = codeOf('_');
const DOLLAR = codeOf('$');
const SEMICOLON = codeOf(';');
const GREATER = codeOf('>');

/** Words of the line reader that mean error or fatal, folded; a collision only makes a candidate more. */
const levelWords = foldedWords(errorLevelWords);
/** The longest of them, with one letter of an escape before it. */
const levelWordBytesMax = 10;
/** Keys whose number is a level, by their last run of letters. */
const numberKeys = foldedWords(
  'level lvl l levelname name severity priority number severitynumber label severitytext text loglevel'.split(' '),
);

function foldedWords(words: readonly string[]): ReadonlySet<number> {
  return new Set(words.map((word) => fold(Buffer.from(word), 0, word.length)));
}

function fold(bytes: Buffer, start: number, end: number): number {
  let folded = 0;
  for (let at = start; at < end; at += 1) folded = (Math.imul(folded, 31) + ((bytes[at] ?? 0) | 0x20)) | 0;
  return folded;
}

/** Longest run of letters that is followed to its ends. */
const runBytesMax = 64;

function runStart(bytes: Buffer, at: number): number {
  let start = at;
  while (start > 0 && at - start < runBytesMax && isLetter(bytes[start - 1])) start -= 1;
  return start;
}

function runEnd(bytes: Buffer, at: number): number {
  let end = at;
  while (end - at < runBytesMax && isLetter(bytes[end])) end += 1;
  return end;
}

/** A level word by itself, or the end of an exception's class name at the start of the line. */
export function levelWord(bytes: Buffer, at: number, lineStart: number): boolean {
  const end = runEnd(bytes, at);
  if (!is(bytes[end], classBits.behindWord) || !is(bytes[end - 1], classBits.lastOfWord)) return false;
  // Between cells, not in prose.
  if (bytes[end] === SEMICOLON && is(bytes[end + 1], classBits.white)) return false;
  const start = runStart(bytes, at);
  return isLevelWord(bytes, start, end) || (is(bytes[end], classBits.behindClass) && opensLine(bytes, start, lineStart));
}

function isLevelWord(bytes: Buffer, start: number, end: number): boolean {
  if (end - start > levelWordBytesMax) return false;
  const isWord = levelWords.has(fold(bytes, start, end)) && !isJoined(bytes, start);
  return (isWord || isEscaped(bytes, start, end)) && !isProse(bytes, start, end);
}

/** A digit or a sign of names before a word makes it part of something longer; a dash only behind something (`|-ERROR in …`). */
function isJoined(bytes: Buffer, start: number): boolean {
  const before = bytes[start - 1];
  return isDigit(before) || before === UNDERSCORE || before === DOLLAR || (before === DASH && isAlphanumeric(bytes[start - 2]));
}

/** `\tERROR` inside a JSON string, and the `m` that ends a colour. */
function isEscaped(bytes: Buffer, start: number, end: number): boolean {
  if (bytes[start] !== codeOf('m') && bytes[start - 1] !== BACKSLASH) return false;
  return levelWords.has(fold(bytes, start + 1, end));
}

/** `error while reading`: in small letters before another word in small letters a word is no level, unless that is a name of a program. */
function isProse(bytes: Buffer, start: number, end: number): boolean {
  if (!isSmall(bytes[end - 1]) || bytes[end] !== BLANK || !is(bytes[end + 1], classBits.small | classBits.digit)) return false;
  // `level=error`, `daemon.err`; `npm error`.
  if (!is(bytes[start - 1], classBits.white) || bytes.toString('latin1', start - 4, start) === 'npm ') return false;
  let next = end + 1;
  while (next - end < runBytesMax && is(bytes[next], classBits.identifier)) next += 1;
  return next - end < runBytesMax && !is(bytes[next], classBits.insideName);
}

/** Bytes from the start of a line to a word that may open a trace: `PHP Recoverable fatal error:`, `(node:123456) Unhandled…`. */
const openingBytesMax = 28;
/** Bytes of a class name that are followed back to the start of the line. */
const classBytesMax = 512;

/** A word near the start of the line, or part of a class name that begins it. Behind zeros of any number it may be either. */
export function opensLine(bytes: Buffer, start: number, lineStart: number): boolean {
  if (bytes[lineStart] === 0) return true;
  const textStart = unwrappedStart(bytes, lineStart);
  if (start - textStart <= openingBytesMax) return true;
  if (start - textStart > classBytesMax) return false;
  let at = start;
  while (at > textStart && is(bytes[at - 1], classBits.name)) at -= 1;
  return at === textStart;
}

/** Where a line's own text begins, behind what a container runtime puts before it (CRI: `2026-…Z stderr F `, Docker: `{"log":"`, `web-1  | `). */
function unwrappedStart(bytes: Buffer, lineStart: number): number {
  const first = bytes[lineStart];
  if (isSmall(first)) return composeStart(bytes, lineStart);
  if (first === codeOf('{')) return bytes[lineStart + 1] === QUOTE && bytes[lineStart + 6] === QUOTE ? lineStart + 8 : lineStart;
  return bytes[lineStart + 4] === DASH && bytes[lineStart + 10] === codeOf('T') ? criStart(bytes, lineStart) : lineStart;
}

function criStart(bytes: Buffer, lineStart: number): number {
  const blank = bytes.indexOf(BLANK, lineStart + 11);
  return blank > 0 && blank - lineStart < 40 && bytes[blank + 1] === codeOf('s') && bytes[blank + 7] === BLANK ? blank + 10 : lineStart;
}

/** Longest prefix of Docker compose: a name, padded. */
const composeBytesMax = 128;

function composeStart(bytes: Buffer, lineStart: number): number {
  const prefix = composePrefix.exec(bytes.toString('latin1', lineStart, lineStart + composeBytesMax));
  return prefix === null ? lineStart : lineStart + prefix[0].length;
}

/** A word that opens a trace. */
export function opening(bytes: Buffer, at: number, lineStart: number): boolean {
  const start = runStart(bytes, at);
  return opensLine(bytes, start, lineStart) || isCrashAnywhere(bytes, start);
}

/** What a header of a logger or of a shell may stand before. */
function isCrashAnywhere(bytes: Buffer, start: number): boolean {
  const first = bytes[start];
  if (first !== codeOf('T') && first !== codeOf('S')) return false;
  return /^(?:Terminating app|Segmentation fault)/.test(bytes.toString('latin1', start, start + 18));
}

/** The last letter of a key, its quote, which may be escaped, and a colon; behind them a number. */
export function jsonNumber(bytes: Buffer, at: number): boolean {
  if (!isErrorNumber(bytes, valueStart(bytes, at + 3))) return false;
  const keyEnd = bytes[at] === BACKSLASH ? at : at + 1;
  return numberKeys.has(fold(bytes, runStart(bytes, keyEnd), keyEnd));
}

/** A JSON key from the `l` of `levelname` on; behind it a number. */
export function nameNumber(bytes: Buffer, at: number): boolean {
  const key = /^l_?[nN]ame\\?":/.exec(bytes.toString('latin1', at, at + 12));
  return key !== null && isErrorNumber(bytes, valueStart(bytes, at + key[0].length));
}

/** Where the digits of a JSON value begin, which may be a string. */
function valueStart(bytes: Buffer, at: number): number {
  let start = at;
  while (bytes[start] === BLANK || bytes[start] === QUOTE || bytes[start] === BACKSLASH || bytes[start] === TAB) start += 1;
  return start;
}

/** Syslog 0–3, OpenTelemetry 17–24, pino 50–100. */
function isErrorNumber(bytes: Buffer, at: number): boolean {
  if (!isDigit(bytes[at])) return false;
  if (!isDigit(bytes[at + 1])) return (bytes[at] ?? 0) <= 0x33;
  const tens = (bytes[at] ?? 0) - 0x30;
  const ones = (bytes[at + 1] ?? 0) - 0x30;
  if (isDigit(bytes[at + 2])) return tens === 1 && ones === 0;
  const value = tens * 10 + ones;
  return value >= 50 || (value >= 17 && value <= 24);
}

/** Xorg's `(EE)`: the same letter twice. */
export function doubleLetter(bytes: Buffer, at: number): boolean {
  return bytes[at + 1] === bytes[at + 2];
}

/** `<11>`: facility × 8 + severity. */
export function syslogPriority(bytes: Buffer, at: number): boolean {
  let priority = 0;
  let end = at + 1;
  for (; end < at + 4 && isDigit(bytes[end]); end += 1) priority = priority * 10 + (bytes[end] ?? 0) - 0x30;
  return bytes[end] === GREATER && (priority & 7) <= 3;
}

/** A panic of Go, or of its web server (`http: panic serving …`), or of Rust (`thread 'main' panicked at`, `The application panicked`). */
export function alertOrPanic(bytes: Buffer, at: number, lineStart: number): boolean {
  if (levelWord(bytes, at, lineStart) || bytes.toString('latin1', at + 3, at + 8) === 'ic se') return true;
  const first = bytes[unwrappedStart(bytes, lineStart)] ?? 0;
  return first === 0 || (first | 0x20) === codeOf('t');
}

/** `js:12` and `ts:12` at the end of a line. */
export function codeLocation(bytes: Buffer, at: number): boolean {
  let end = at + 3;
  while (isDigit(bytes[end])) end += 1;
  return bytes[end] !== COLON && is(bytes[end], classBits.behindWord);
}

/** Signs that stand nowhere by chance. */
export const anywhere: NeedleCheck = () => true;
