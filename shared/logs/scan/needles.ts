/**
 * What the candidate stage looks for: the words, letters and numbers that name an error level in any of the formats the line reader knows,
 * and what opens a trace. The checks only rule out what cannot be one of them; whether it is one, the record stage decides.
 */

/** Needles that share one bit of the pair table and one check. */
export interface NeedleGroup {
  readonly check: Check;
  /**
   * Two pairs of bytes that give a needle away: `?` is any byte, `#` a digit, `_` neither letter nor digit. Letters stand for both cases
   * unless the group is `cased`. A needle has an anchor for each of the two ways it can lie across pairs.
   */
  readonly anchors: readonly string[];
  readonly cased?: true;
}

/** Whether the line from `lineStart` deserves a look for what lies in the two pairs at `at`. */
type Check = (bytes: Buffer, at: number, lineStart: number) => boolean;

/** At most fifteen: the pair table has sixteen bits, and one is the newline's. Even and odd anchors are apart, or one's pairs would complete the other's. */
export const needleGroups: readonly NeedleGroup[] = [
  // err erro error, eror, emerg emergency.
  { check: levelWord, anchors: ['er|r?', 'er|or'] },
  { check: levelWord, anchors: ['?e|rr', '?e|ro', '?e|me'] },
  // fatal fata, fail failure, fault, ftl.
  { check: levelWord, anchors: ['fa|ta', 'fa|il', 'fa|ul', 'ft|l?'] },
  { check: levelWord, anchors: ['?f|at', '?f|ai', '?f|au', '?f|tl'] },
  // severe, critical crit, alert, panic pani dpanic.
  { check: levelWord, anchors: ['se|ve', 'cr|it', 'em|er'] },
  { check: levelWord, anchors: ['?s|ev', '?c|ri'] },
  { check: levelWord, anchors: ['al|er', 'pa|ni', 'an|i?'] },
  { check: levelWord, anchors: ['?a|le'] },
  // exception, throwable, traceback, unhandled, terminate terminating, segmentation, thread '
  {
    check: opening,
    anchors: ['ce|pt', 'xc|ep', 'wa|bl', 'ow|ab', 'eb|ac', 'ce|ba', 'un|ha', 'nh|an', 'rm|in', 'mi|na', 'gm|en', 'me|nt', "ad| '", "d |'?"],
  },
  // A number behind the JSON keys level, lvl, severity, PRIORITY, severityNumber, level_name; quotes may be escaped.
  { check: jsonNumber, anchors: ['l"|:?', 'y"|:?', 'r"|:?', 'e"|:?', 't"|:?', '\\"|:?'] },
  { check: jsonNumber, anchors: ['":|#?', '":| ?', '":|"#', '":|\\"'] },
  // One-letter levels: glog, Android, Ruby, MongoDB, `[E]`, `level=E`.
  { check: levelLetter, cased: true, anchors: ['_E|~?', '_F|~?', '_C|~?', '_A|~?', '_E|##', '_F|##'] },
  { check: levelLetter, cased: true, anchors: ['E~|??', 'F~|??', 'C~|??', 'A~|??', 'E#|??', 'F#|??'] },
  // Syslog's <3>.
  { check: syslogPriority, anchors: ['<#|>?', '<#|#?', '?<|#>', '?<|##'] },
  // Node's code frames, Ruby's `:in '`, Elixir's `** (`.
  {
    check: literal,
    anchors: ['.j|s:', 'js|:#', 'mj|s:', 'cj|s:', '.t|s:', 'ts|:#', 'mt|s:', 'ct|s:', 'e:|in', 'de|:i', ':i|n ', '?:|in', '**| (', '?*|* '],
  },
];

const DIGIT = 1;
const LETTER = 2;
/** Stands in a qualified class name, besides letters and digits. */
const CLASS_SIGN = 4;

const classes = new Uint8Array(256);
for (let code = 0x30; code <= 0x39; code += 1) classes[code] = DIGIT;
for (let code = 0x41; code <= 0x5a; code += 1) classes[code] = LETTER;
for (let code = 0x61; code <= 0x7a; code += 1) classes[code] = LETTER;
for (const sign of '.$_:\\-/') classes[sign.charCodeAt(0)] = CLASS_SIGN;
// Letters of names in other scripts.
for (let code = 0x80; code <= 0xff; code += 1) classes[code] = CLASS_SIGN;

const isLetter = (code: number | undefined) => classes[code ?? 0] === LETTER;
const isDigit = (code: number | undefined) => classes[code ?? 0] === DIGIT;
const isAlphanumeric = (code: number | undefined) => ((classes[code ?? 0] ?? 0) & (DIGIT | LETTER)) !== 0;

const codeOf = (character: string) => character.charCodeAt(0);
const BLANK = codeOf(' ');
const TAB = codeOf('\t');
const NEWLINE = codeOf('\n');
const RETURN = codeOf('\r');
const QUOTE = codeOf('"');
const BACKSLASH = codeOf('\\');
const COLON = codeOf(':');
const COMMA = codeOf(',');
const LESS = codeOf('<');
const GREATER = codeOf('>');

/** Words of the line reader that mean error or fatal, folded; a collision only makes a candidate more. */
const levelWords = foldedWords(
  'err erro error eror severe fatal ftl fata critical crit alert emerg emergency panic pani dpanic fail fault failure',
);
/** The longest of them, with one letter of an escape before it. */
const levelWordBytesMax = 10;
/** What may stand right behind a level word, and behind a class name that begins a trace. */
const behindWord = codesOf(' \t\r\n\0:|]})>/["\\,!#\'\u001b.');
const behindClass = codesOf(' \r\n\0:.');
/** What may stand right behind a one-letter level. */
export const signsBehindLetter = ' \t\r\n\0])>}"\'/|\\,';
const behindLetter = codesOf(signsBehindLetter);
/** Keys whose number is a level, by their last run of letters. */
const numberKeys = foldedWords('level lvl l levelname name severity priority number severitynumber label severitytext text loglevel');

function foldedWords(words: string): ReadonlySet<number> {
  return new Set(words.split(' ').map((word) => fold(Buffer.from(word), 0, word.length)));
}

function codesOf(signs: string): ReadonlySet<number> {
  return new Set(Buffer.from(signs, 'latin1'));
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
  const end = runEnd(bytes, at + 1);
  if (!behindWord.has(bytes[end] ?? 0)) return false;
  const start = runStart(bytes, at + 1);
  return isLevelWord(bytes, start, end) || (behindClass.has(bytes[end] ?? 0) && opensLine(bytes, start, lineStart));
}

function isLevelWord(bytes: Buffer, start: number, end: number): boolean {
  if (end - start > levelWordBytesMax || isJoined(bytes[start - 1])) return false;
  if (!levelWords.has(fold(bytes, start, end)) && !levelWords.has(fold(bytes, start + escapeLength(bytes, start), end))) return false;
  return !isProse(bytes, start, end);
}

/** A digit, `_`, `-` or `$` before a word makes it part of something longer. */
function isJoined(previous: number | undefined): boolean {
  return isDigit(previous) || previous === 0x5f || previous === 0x2d || previous === 0x24;
}

/** `\tERROR` inside a JSON string, and the `m` that ends a colour. */
function escapeLength(bytes: Buffer, start: number): number {
  if (bytes[start] === codeOf('m')) return 1;
  return bytes[start - 1] === BACKSLASH ? 1 : 0;
}

/** `error while reading`: a word in small letters before another word is no level, unless a dotted name or a column follows. */
function isProse(bytes: Buffer, start: number, end: number): boolean {
  const isUpper = ((bytes[end - 1] ?? 0) & 0x20) === 0;
  if (isUpper || bytes[end] !== BLANK || !isAlphanumeric(bytes[end + 1])) return false;
  if (start >= 4 && bytes.toString('latin1', start - 4, start) === 'npm ') return false;
  let next = end + 1;
  while (next - end < runBytesMax && (isAlphanumeric(bytes[next]) || bytes[next] === 0x5f || bytes[next] === 0x24)) next += 1;
  return bytes[next] !== 0x2e && bytes[next] !== COLON && next - end < runBytesMax;
}

/** Bytes from the start of a line to a word that may open a trace: `PHP Recoverable fatal error:`, `(node:123456) Unhandled…`. */
const openingBytesMax = 28;
/** Bytes of a class name that are followed back to the start of the line. */
const classBytesMax = 512;

/** A word near the start of the line, or part of a class name that begins it. */
function opensLine(bytes: Buffer, start: number, lineStart: number): boolean {
  const textStart = unwrappedStart(bytes, lineStart);
  if (start - textStart <= openingBytesMax) return true;
  if (start - textStart > classBytesMax) return false;
  let at = start;
  while (at > textStart && (classes[bytes[at - 1] ?? 0] ?? 0) !== 0) at -= 1;
  return at === textStart;
}

/** Where a line's own text begins, behind what a container runtime puts before it (CRI: `2026-…Z stderr F `, Docker: `{"log":"`). */
function unwrappedStart(bytes: Buffer, lineStart: number): number {
  if (bytes[lineStart] === codeOf('{')) return bytes[lineStart + 1] === QUOTE && bytes[lineStart + 6] === QUOTE ? lineStart + 8 : lineStart;
  if (bytes[lineStart + 4] !== 0x2d || bytes[lineStart + 10] !== codeOf('T')) return lineStart;
  const blank = bytes.indexOf(BLANK, lineStart + 11);
  return blank > 0 && blank - lineStart < 40 && bytes[blank + 1] === codeOf('s') && bytes[blank + 7] === BLANK ? blank + 10 : lineStart;
}

function opening(bytes: Buffer, at: number, lineStart: number): boolean {
  return opensLine(bytes, runStart(bytes, at + 1), lineStart);
}

function jsonNumber(bytes: Buffer, at: number): boolean {
  const quote = bytes[at] === QUOTE ? at : at + 1;
  const keyEnd = bytes[quote - 1] === BACKSLASH ? quote - 1 : quote;
  if (!isLetter(bytes[keyEnd - 1]) || bytes[quote + 1] !== COLON) return false;
  if (!numberKeys.has(fold(bytes, runStart(bytes, keyEnd), keyEnd))) return false;
  let value = quote + 2;
  while (bytes[value] === BLANK || bytes[value] === QUOTE || bytes[value] === BACKSLASH || bytes[value] === TAB) value += 1;
  return isErrorNumber(bytes, value);
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

function levelLetter(bytes: Buffer, at: number, lineStart: number): boolean {
  return isLevelLetter(bytes, at, lineStart) || isLevelLetter(bytes, at + 1, lineStart);
}

const levelLetters = codesOf('EFCA');

function isLevelLetter(bytes: Buffer, at: number, lineStart: number): boolean {
  if (!levelLetters.has(bytes[at] ?? 0)) return false;
  if (at > lineStart && isAlphanumeric(bytes[at - 1]) && escapeLength(bytes, at - 1) === 0) return false;
  const next = bytes[at + 1];
  if (isDigit(next)) return isDigit(bytes[at + 2]) && isDigit(bytes[at + 3]) && isDigit(bytes[at + 4]) && bytes[at + 5] === BLANK;
  if (next === COMMA) return bytes[at + 2] === BLANK && bytes[at + 3] === codeOf('[');
  return behindLetter.has(next ?? 0);
}

function syslogPriority(bytes: Buffer, at: number): boolean {
  let digit = (bytes[at] === LESS ? at : at + 1) + 1;
  let priority = 0;
  for (let digits = 0; digits < 3 && isDigit(bytes[digit]); digits += 1, digit += 1) priority = priority * 10 + (bytes[digit] ?? 0) - 0x30;
  return bytes[digit] === GREATER && (priority & 7) <= 3;
}

function literal(bytes: Buffer, at: number, lineStart: number): boolean {
  if (bytes[lineStart] === codeOf('*') && bytes[lineStart + 1] === codeOf('*')) return true;
  if (bytes[lineStart] === codeOf('n') && bytes[lineStart + 4] === COLON) return true;
  const colon = bytes.indexOf(COLON, at);
  if (colon < 0 || colon > at + 3) return false;
  if (bytes[colon + 1] === codeOf('i')) return bytes[colon + 3] === BLANK && (bytes[colon + 4] === 0x27 || bytes[colon + 4] === 0x60);
  let end = colon + 1;
  while (isDigit(bytes[end])) end += 1;
  return bytes[end] === NEWLINE || bytes[end] === RETURN || bytes[end] === 0;
}
