/**
 * Reads the fields of a line's head, one after the other, up to the level or the first word of prose.
 *
 * **Level position.** A level word counts when only header fields stand before it (times, bracketed groups, `tag:`, identifiers, `key=value`
 * pairs, columns) and it is written as a field itself: alone in brackets, before a colon, tab, pipe or dash, or as an upper-case word of its
 * own. The first one decides. A plain word is prose and ends the head, so that whatever follows is the message.
 */
import { isBlank, isDigit, isLetter, isUpper, lettersEnd, skipBlanks } from './characters.ts';
import type { Head } from './head.ts';
import { levelOfLetter, levelOfValue, levelWord, levelWordCharactersMax, type LevelWord } from './level-words.ts';
import { timeEnd } from './time-formats.ts';

/** Fields of a head; no format known has more before its level. */
const fieldsMax = 24;
/** Characters of one field other than a quoted value. */
const fieldCharactersMax = 256;

const stop = -1;

/** Reads fields from `from` on; answers where it stopped: after the level, or at the first character of the message. */
export function readFields(line: string, from: number, head: Head): number {
  let at = from;
  for (let field = 0; field < fieldsMax; field += 1) {
    at = skipSeparators(line, at);
    if (at >= line.length) return at;
    const next = readField(line, at, head);
    if (next === stop) return head.levelEnd > 0 ? head.levelEnd : at;
    at = next;
    head.bodyAt = at;
  }
  return at;
}

const OPENING = new Map([
  ['[', ']'],
  ['(', ')'],
  ['<', '>'],
  ['{', '}'],
]);

function readField(line: string, at: number, head: Head): number {
  const first = line.charCodeAt(at);
  if (isDigit(first) || (isUpper(first) && line[at + 3] === ' ') || (isUpper(first) && line[at + 3] === ',')) {
    const end = timeEnd(line, at);
    if (end > 0) return tookTime(head, at, end);
  }
  const character = line[at] ?? '';
  if (character === '"' || character === "'") return stop;
  if (OPENING.has(character)) return readGroup(line, at, head);
  return readWord(line, at, head);
}

function tookTime(head: Head, at: number, end: number): number {
  if (head.timeAt < 0) head.timeAt = at;
  head.timed = true;
  head.opens = true;
  head.fieldsSinceTime = 0;
  return end;
}

function tookField(head: Head, end: number): number {
  head.fields += 1;
  head.fieldsSinceTime += 1;
  return end;
}

function tookLevel(head: Head, level: Head['level'], end: number): number {
  head.level = level;
  head.levelEnd = end;
  head.opens = true;
  return stop;
}

/** Blanks and what stands between fields: dashes, pipes, commas, closing brackets. */
function skipSeparators(line: string, from: number): number {
  let at = from;
  while (at < line.length && isSeparator(line, at)) at += 1;
  return at;
}

function isSeparator(line: string, at: number): boolean {
  switch (line[at]) {
    case ' ':
    case '\t':
    case '|':
    case ',':
    case ';':
    case ':':
    case ']':
    case ')':
    case '>':
    case '}':
      return true;
    case '-':
      return at === 0 || isBlank(line.charCodeAt(at + 1)) || line[at + 1] === '-';
    default:
      return false;
  }
}

/** `[error]`, `(main)`, `<Error>`, `{}`. A group that begins with a time is read field by field, any other is one field. */
function readGroup(line: string, at: number, head: Head): number {
  const inner = skipBlanks(line, at + 1);
  const end = timeEnd(line, inner);
  if (end > 0) return tookTime(head, inner, end);
  const close = line.indexOf(OPENING.get(line[at] ?? '') ?? ']', at + 1);
  if (close < 0 || close - at > fieldCharactersMax || line[inner] === '"') return stop;
  if (line[at] === '<' && !head.timed && !isBlank(line.charCodeAt(close + 1))) return stop;
  const level = groupLevel(line, inner, close);
  if (level !== undefined) return tookLevel(head, level, close + 1);
  return tookField(head, close + 1);
}

function groupLevel(line: string, start: number, close: number): Head['level'] {
  let end = close;
  while (end > start && isBlank(line.charCodeAt(end - 1))) end -= 1;
  const wordEnd = lettersEnd(line, start);
  if (wordEnd === end) return wholeGroupLevel(line.slice(start, end));
  if (end - start > 80) return undefined;
  return segmentLevel(line.slice(start, end));
}

function wholeGroupLevel(text: string): Head['level'] {
  if (text.length === 1) return levelOfLetter(text);
  const word = levelWord(text);
  if (word === undefined) return undefined;
  return word.use === 'plain' || isUpper(text.charCodeAt(1)) ? word.level : undefined;
}

/** Apache's `core:error`, Minecraft's `Server thread/ERROR`, Chromium's `…:ERROR:file.cc(12)`. */
function segmentLevel(text: string): Head['level'] {
  const segments = text.split(/[:/]/);
  if (segments.length === 2 && /^\w+$/.test(segments[0] ?? '')) {
    const word = levelWord(segments[1] ?? '');
    if (word?.use === 'plain') return word.level;
  }
  for (const segment of segments) {
    const word = isUpper(segment.charCodeAt(1)) ? levelWord(segment) : undefined;
    if (word?.use === 'plain') return word.level;
  }
  return undefined;
}

function readWord(line: string, at: number, head: Head): number {
  const wordEnd = lettersEnd(line, at);
  if (wordEnd > at && wordEnd - at <= levelWordCharactersMax) {
    const level = wordLevel(line, at, wordEnd, head);
    if (level !== undefined) return tookLevel(head, level, wordEnd);
  }
  return readToken(line, at, head);
}

// oxlint-disable-next-line max-params -- the hot path passes positions instead of building objects
function wordLevel(line: string, at: number, end: number, head: Head): Head['level'] {
  if (end - at === 1) return head.timed && isBlank(line.charCodeAt(end)) ? levelOfLetter(line[at] ?? '') : undefined;
  const word = levelWord(line.slice(at, end));
  if (word === undefined || (word.use === 'timed' && !head.timed)) return undefined;
  return standsAsField(line, end, isUpper(line.charCodeAt(at + 1)) && word.use === 'plain', head) ? word.level : undefined;
}

/** Whether the level word that ends at `end` is written as a field. */
// oxlint-disable-next-line max-params -- see wordLevel
function standsAsField(line: string, end: number, upper: boolean, head: Head): boolean {
  const next = line[end];
  switch (next) {
    case undefined:
      return upper && head.timed;
    case ':':
      return upper || isBlank(line.charCodeAt(end + 1)) || end + 1 === line.length;
    case '|':
    case ']':
    case '\t':
      return true;
    case '[':
      return upper;
    case '/':
      return upper && head.timed;
    case ' ':
      return blankAfter(line, end, upper);
    default:
      return false;
  }
}

function blankAfter(line: string, end: number, upper: boolean): boolean {
  const next = skipBlanks(line, end);
  if (line[next] === '=') return false;
  return upper || next - end > 1 || headerShaped(line, next);
}

/** What follows cannot be prose: a bracket, a dash, a pipe or a dotted name. */
function headerShaped(line: string, at: number): boolean {
  const character = line[at] ?? '';
  if (OPENING.has(character) || character === '|' || (character === '-' && !isLetter(line.charCodeAt(at + 1)))) return true;
  return dottedName.test(line.slice(at, at + 100));
}

const dottedName = /^[A-Za-z_][\w$]*(?:(?:\.|::)[A-Za-z_][\w$]*)+(?![./])/;

function readToken(line: string, at: number, head: Head): number {
  const end = tokenEnd(line, at);
  if (end - at > fieldCharactersMax) return stop;
  const token = line.slice(at, end);
  if (pair.test(token)) return readPair(line, at, head);
  if (token.endsWith(':')) return readTag(token, end, head);
  if (structured.test(token)) return readIdentifier(line, end, head);
  return readPlainWord(line, at, end, head);
}

const pair = /^[A-Za-z_@][\w.@-]*=/;
/** A digit or a sign of punctuation inside: no word of prose. */
const structured = /[\d_/\\@#$+*]|[.:\-[(](?=.)/;
const exceptionName = /(?:Exception|Error|Throwable):$|^[\w$.]+\.[A-Z]\w*:$/;

function tokenEnd(line: string, at: number): number {
  let end = at;
  while (end < line.length && !isBlank(line.charCodeAt(end)) && line[end] !== '|') end += 1;
  return end;
}

function readTag(token: string, end: number, head: Head): number {
  const channel = /\.(?<level>[A-Z]+):$/.exec(token)?.groups?.['level'];
  const level = channel === undefined ? undefined : levelWord(channel);
  if (level?.use === 'plain') return tookLevel(head, level.level, end);
  if (!head.timed && exceptionName.test(token)) return stop;
  head.tagged = true;
  return tookField(head, end);
}

function readIdentifier(line: string, end: number, head: Head): number {
  const next = skipBlanks(line, end);
  const wordEnd = lettersEnd(line, next);
  const word = wordEnd > next ? upperLevel(line, next, wordEnd) : undefined;
  if (word !== undefined && !head.timed && !headerShaped(line, skipBlanks(line, wordEnd))) return stop;
  return tookField(head, end);
}

function upperLevel(line: string, at: number, end: number): LevelWord | undefined {
  if (end - at > levelWordCharactersMax || !isUpper(line.charCodeAt(at + 1))) return undefined;
  return levelWord(line.slice(at, end));
}

/** `level=error`, `pid=12`, `msg="…"`. */
function readPair(line: string, at: number, head: Head): number {
  const equals = line.indexOf('=', at);
  const valueAt = equals + 1;
  const quoted = line[valueAt] === '"';
  const end = quoted ? quotedEnd(line, valueAt + 1) : tokenEnd(line, valueAt);
  if (end < 0) return stop;
  if (levelKeys.has(line.slice(at, equals))) {
    const level = levelOfValue(quoted ? line.slice(valueAt + 1, end - 1) : line.slice(valueAt, end));
    if (level !== undefined) return tookLevel(head, level, end);
  }
  return tookField(head, end);
}

const levelKeys: ReadonlySet<string> = new Set(['level', 'lvl', 'severity', 'at', 'LEVEL', 'Level']);

/** One past the closing quote, -1 without one. */
function quotedEnd(line: string, from: number): number {
  for (let at = line.indexOf('"', from); at >= 0; at = line.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (line[at - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return at + 1;
  }
  return -1;
}

/** A plain word is prose, unless it stands in a column, is a syslog host, or a level in header shape follows. */
// oxlint-disable-next-line max-params -- see wordLevel
function readPlainWord(line: string, at: number, end: number, head: Head): number {
  if (head.timed && (isColumn(line, end) || isSyslogHost(line, end, head) || isRasColumn(line, at, head))) return tookField(head, end);
  if (!head.timed && line.startsWith('|', skipBlanks(line, end))) return tookField(head, end);
  return stop;
}

function isColumn(line: string, end: number): boolean {
  if (line[end] === '|' || line[end] === '\t') return true;
  const next = skipBlanks(line, end);
  return next - end > 1 || line.startsWith('- ', next) || line[next] === '|';
}

function isSyslogHost(line: string, end: number, head: Head): boolean {
  if (head.fieldsSinceTime > 0) return false;
  const next = skipBlanks(line, end);
  const tag = line.slice(next, tokenEnd(line, next));
  return /\[\d+\]:?$/.test(tag) || (tag.endsWith(':') && isUpper(line.charCodeAt(head.timeAt)));
}

/** BlueGene's columns after its time: location, `RAS`, component, then the level. */
function isRasColumn(line: string, at: number, head: Head): boolean {
  return head.fieldsSinceTime < 3 && isUpper(line.charCodeAt(at + 1)) && rasTime.test(line.slice(0, at));
}

const rasTime = / \d{4}-\d\d-\d\d-\d\d\.\d\d\.\d\d\.\d+ /;
