/**
 * What the candidate stage looks for: the words, letters and numbers that name an error level in any of the formats the line reader knows,
 * and what opens a trace. The checks only rule out what cannot be one of them; whether it is one, the record stage decides.
 */
import { errorLevelWords } from '#shared/logs/line/level-words.ts';
import { composePrefix } from '#shared/logs/line/wrapping.ts';
import type { Fingerprint } from './fingerprint-search.ts';

/** Needles that share a check. */
export interface NeedleGroup {
  readonly check: Check;
  readonly fingerprints: readonly Fingerprint[];
}

/** Whether the line from `lineStart` deserves a look for the fingerprint at `at`. */
type Check = (bytes: Buffer, at: number, lineStart: number) => boolean;

/** Three letters of a word, in either case. */
const letters = (text: string): Fingerprint => each(text, (sign) => [...new Set([sign.toLowerCase(), sign.toUpperCase()])]);
const exactly = (...signs: [string, string, string]): Fingerprint =>
  signs.map((set) => Array.from(Buffer.from(set, 'latin1'))) as unknown as Fingerprint;
const each = (text: string, of: (sign: string) => string[]): Fingerprint =>
  Array.from(text, (sign) => of(sign).map((one) => one.charCodeAt(0))) as unknown as Fingerprint;

const digits = '0123456789';
/** Signs beside a one-letter level. Blanks and signs of the first half of ASCII, and brackets, are apart because tables mix the two. */
const blanks = '\0\t\n\r "\'(),/';
const brackets = '<=>[\\]{|}';

/** At most sixteen. A word's fingerprint is a rare part of it, and lies in its letters; groups are chosen so that their parts mix little. */
export const needleGroups: readonly NeedleGroup[] = [
  { check: levelWord, fingerprints: ['err', 'ero', 'erg'].map(letters) },
  { check: levelWord, fingerprints: ['fat', 'fau', 'ftl'].map(letters) },
  // fail and failure, but not failed.
  { check: levelWord, fingerprints: [exactly('iI', 'lL', 'uU:])>"| \t\r\n\0\u001b')] },
  // severe; glibc's `Assertion`; Erlang's `=SUPERVISOR REPORT====`.
  { check: severeOrAssertion, fingerprints: [letters('sev'), exactly('s', 's', 'e'), exactly('=', 'S', 'U')] },
  // critical; Elixir's `** (`, make's `*** [`; Erlang's `=CRASH REPORT====`.
  { check: criticalOrStars, fingerprints: [letters('cri'), exactly('*', ' ', '(['), letters('cra')] },
  { check: alertOrPanic, fingerprints: ['ale', 'pan'].map(letters) },
  // exception, traceback
  { check: opening, fingerprints: ['cep', 'ceb'].map(letters) },
  // throwable, unhandled, terminate terminating, segmentation
  { check: opening, fingerprints: ['wab', 'unh', 'erm', 'egm'].map(letters) },
  // A number behind the JSON keys level, lvl, severity, PRIORITY, severityNumber, level_name; quotes may be escaped. Ruby's `.rb:12:in`.
  // Linux's `BUG:`.
  { check: jsonNumberOrName, fingerprints: [exactly('lLyYrReEtT\\', '"', ':'), exactly('r', 'b', ':'), exactly('U', 'G', ':')] },
  // Cisco's `%LINK-3-UPDOWN:`; PNC, which only zerolog writes, and in capitals.
  { check: ciscoOrPnc, fingerprints: [exactly('-', '0123', '-'), exactly('P', 'N', 'C')] },
  // Node's code frames: `.js:12`, `.mts:12`, `node:internal`.
  { check: codeLocation, fingerprints: [exactly('s', ':', digits), exactly('e', ':', 'i')] },
  // One-letter levels: ` E `, `E/`, Telegraf's `E!`, `[E]`, `level=E`, klog's E1121, Xorg's `(EE)`.
  { check: levelLetter, fingerprints: [exactly(blanks, 'EFCA', `${blanks}!`)] },
  { check: levelLetter, fingerprints: [exactly(brackets, 'EFCA', blanks), exactly('m', 'EFCA', '\u001b')] },
  { check: levelLetter, fingerprints: [exactly(` ${brackets}`, 'EFCA', brackets)] },
  { check: levelLetter, fingerprints: [exactly(blanks, 'EF', digits), exactly('(', 'EFCA', 'EFCA')] },
  { check: syslogPriority, fingerprints: [exactly('<', digits, `${digits}>`)] },
];

/** What a byte can be to a check, as bits. */
const classBits = {
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
const COMMA = codeOf(',');
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
function levelWord(bytes: Buffer, at: number, lineStart: number): boolean {
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
function opensLine(bytes: Buffer, start: number, lineStart: number): boolean {
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

/** The letter behind each fingerprint of an opening word. */
const fourthLetters = new Map(
  ['cept', 'ceba', 'wabl', 'unha', 'ermi', 'egme'].map((four) => [fold(Buffer.from(four), 0, 3), four.charCodeAt(3)]),
);

function opening(bytes: Buffer, at: number, lineStart: number): boolean {
  if (((bytes[at + 3] ?? 0) | 0x20) !== fourthLetters.get(fold(bytes, at, at + 3))) return false;
  const start = runStart(bytes, at);
  return opensLine(bytes, start, lineStart) || isCrashAnywhere(bytes, start);
}

/** What a header of a logger or of a shell may stand before. */
function isCrashAnywhere(bytes: Buffer, start: number): boolean {
  const first = bytes[start];
  if (first !== codeOf('T') && first !== codeOf('S')) return false;
  return /^(?:Terminating app|Segmentation fault)/.test(bytes.toString('latin1', start, start + 18));
}

function severeOrAssertion(bytes: Buffer, at: number, lineStart: number): boolean {
  if (bytes[at] === codeOf('=')) return true;
  if (bytes[at - 1] === codeOf('A')) return bytes.toString('latin1', at, at + 9) === 'ssertion ';
  return levelWord(bytes, at, lineStart);
}

function ciscoOrPnc(bytes: Buffer, at: number, lineStart: number): boolean {
  if (bytes[at] !== DASH) return levelWord(bytes, at, lineStart);
  return isLetter(bytes[at + 3]) && isAlphanumeric(bytes[at - 1]);
}

function jsonNumberOrName(bytes: Buffer, at: number): boolean {
  if (bytes[at + 1] !== QUOTE) return isDigit(bytes[at + 3]) || (bytes[at] === codeOf('U') && bytes[at - 1] === codeOf('B'));
  let value = at + 3;
  while (bytes[value] === BLANK || bytes[value] === QUOTE || bytes[value] === BACKSLASH || bytes[value] === TAB) value += 1;
  if (!isErrorNumber(bytes, value)) return false;
  const keyEnd = bytes[at] === BACKSLASH ? at : at + 1;
  return numberKeys.has(fold(bytes, runStart(bytes, keyEnd), keyEnd));
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

/** The letter stands behind a sign that is none of a word. */
function levelLetter(bytes: Buffer, at: number): boolean {
  const next = bytes[at + 2];
  if (next === COMMA) return bytes[at + 3] === BLANK && bytes[at + 4] === codeOf('[');
  if (isLetter(next)) return next === bytes[at + 1] && !isAlphanumeric(bytes[at + 3]);
  return !isDigit(next) || /^\d{4} /.test(bytes.toString('latin1', at + 2, at + 7));
}

function syslogPriority(bytes: Buffer, at: number): boolean {
  let priority = 0;
  let end = at + 1;
  for (; end < at + 4 && isDigit(bytes[end]); end += 1) priority = priority * 10 + (bytes[end] ?? 0) - 0x30;
  return bytes[end] === GREATER && (priority & 7) <= 3;
}

/** A panic of Go, or of its web server (`http: panic serving …`), or of Rust (`thread 'main' panicked at`, `The application panicked`). */
function alertOrPanic(bytes: Buffer, at: number, lineStart: number): boolean {
  if (levelWord(bytes, at, lineStart) || bytes.toString('latin1', at + 3, at + 8) === 'ic se') return true;
  const first = bytes[unwrappedStart(bytes, lineStart)] ?? 0;
  return first === 0 || (first | 0x20) === codeOf('t');
}

function criticalOrStars(bytes: Buffer, at: number, lineStart: number): boolean {
  if (bytes[at] === codeOf('*')) return bytes[at - 1] === codeOf('*');
  return levelWord(bytes, at, lineStart) || bytes[lineStart] === codeOf('=') || bytes[lineStart] === 0;
}

/** `js:12` and `ts:12` at the end of a line, `node:internal` at its start. */
function codeLocation(bytes: Buffer, at: number, lineStart: number): boolean {
  if (bytes[at] === codeOf('e')) return opensLine(bytes, runStart(bytes, at), lineStart);
  if (bytes[at - 1] !== codeOf('j') && bytes[at - 1] !== codeOf('t')) return false;
  let end = at + 3;
  while (isDigit(bytes[end])) end += 1;
  return bytes[end] !== COLON && is(bytes[end], classBits.behindWord);
}
