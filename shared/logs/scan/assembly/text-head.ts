// @ts-nocheck -- AssemblyScript: TypeScript's syntax with the types of WebAssembly. infra/build-scan-assembly.ts compiles it.

/*
 * Heads of text lines: an ISO time, groups, a level, and what loggers write behind it; and syslog's time, host and tag.
 *
 * Each function answers only for what it is sure of. Which rules of shared/logs/line make it sure stands beside each step.
 */
import {
  BLANK,
  byte,
  CLOSE_BRACKET,
  CLOSE_PARENTHESIS,
  COLON,
  COMMA,
  DASH,
  DOT,
  EQUALS,
  findWord,
  isDigit,
  isIdentifier,
  isLetter,
  isLower,
  isUpper,
  isWordCharacter,
  lettersEnd,
  OPEN_BRACKET,
  PIPE,
  skipBlanks,
  textEnd,
} from './bytes';
import { loggerBytesMax, takeLogger, takeMessage } from './line-state';
import { lineUnsure, useMarked, useTimed, wordLevel, wordUse } from './memory-layout';
import { isoTime, syslogTime } from './times';

const groupBytesMax: i32 = 80;
const groupsMax: i32 = 3;
/** Dots in a name. */
const partsMax: i32 = 20;
const hostBytesMax: i32 = 60;
/** The longest empty count is `false`, with blanks around it. */
const countBytesMax: i32 = 12;
/** `Err`, `Thr` and `Exc`, by which the names of exceptions end that are no loggers. */
const exceptionBytes: i32 = 9;

/** `2026-03-01 00:00:00,123 ERROR [main] com.acme.Shop - text`: the level, or `lineUnsure`. Describes the line where that is an error. */
export function readIsoLine(at: i32): i32 {
  const timeEnd = isoTime(at);
  if (timeEnd == 0 || byte(timeEnd) != BLANK) return lineUnsure;
  let next = timeEnd;
  for (let group = 0; byte(next + 1) == OPEN_BRACKET; group += 1) {
    next = groupEnd(next + 1);
    if (next == 0 || group == groupsMax) return lineUnsure;
  }
  // Columns are padded. No level word is a zone's name, or AM.
  return readLevel(skipBlanks(next));
}

/** One past a group such as `[http-1]`, which is neither time nor level nor logger; 0 for any other. A blank follows it. */
function groupEnd(at: i32): i32 {
  const first = at + 1;
  if (!isLetter(byte(first)) || mayBeTime(first)) return 0;
  let end = first;
  while (isIdentifier(byte(end)) || byte(end) == DASH) end += 1;
  const isClosed = byte(end) == CLOSE_BRACKET && byte(end + 1) == BLANK;
  const isWord = end - first < 3 || findWord(first, end - first) != 0;
  return isClosed && !isWord && end - first <= groupBytesMax ? end + 1 : 0;
}

/** Such as begin with a letter: `Mar 1`, `Sat, 1 Mar`; or Tornado's letter and a time. */
function mayBeTime(at: i32): bool {
  return byte(at + 1) == BLANK || byte(at + 3) == BLANK || byte(at + 3) == COMMA;
}

/** A level word at `at`, behind a time: the level, or `lineUnsure`. */
function readLevel(at: i32): i32 {
  const end = lettersEnd(at);
  const word = findWord(at, end - at);
  const use = word == 0 ? 0 : <i32>load<u8>(word, wordUse);
  if (use == 0 || use == useTimed) return lineUnsure;
  if (byte(end) == COLON) {
    // Not `ERROR: 0`.
    if (byte(end + 1) != BLANK || textEnd - end < countBytesMax) return lineUnsure;
    describeBehindColon(end);
    return <i32>load<u8>(word, wordLevel);
  }
  // In small letters a word is a level only beside others.
  if (use == useMarked || !isUpper(byte(at + 1)) || !isField(end)) return lineUnsure;
  describeBehindBlank(end);
  return <i32>load<u8>(word, wordLevel);
}

/** A blank stands behind a word, and then neither a number of such words nor a value. */
function isField(end: i32): bool {
  const next = byte(skipBlanks(end));
  return byte(end) == BLANK && next != EQUALS && next != COLON && next != PIPE;
}

/** `: text`, where only .NET's layout begins: `: Acme.Shop[17]`. */
function describeBehindColon(at: i32): void {
  if (byte(textEnd - 1) != CLOSE_BRACKET) takeMessage(at + 2, textEnd);
}

/**
 * ` [main] com.acme.Shop - text`, ` com.acme.Shop: text`, ` text`. Layouts that would be tried before: Kafka's ends in a parenthesis; those
 * with `@`, dots or colons in brackets are no groups here; the others begin with other signs.
 */
function describeBehindBlank(at: i32): void {
  if (byte(textEnd - 1) == CLOSE_PARENTHESIS) return;
  const isGrouped = byte(at + 1) == OPEN_BRACKET;
  const next = isGrouped ? groupEnd(at + 1) : at;
  if (next == 0 || !isLetter(byte(next + 1))) return;
  const name = next + 1;
  const end = nameEnd(name);
  if (end == 0) return;
  const behind = loggerBorderEnd(end);
  if (behind > 0) {
    if (isException(name, end)) return;
    takeLogger(name, end);
    takeMessage(behind, textEnd);
  } else if (!isGrouped && isProse(name, end)) takeMessage(name, textEnd);
}

/** One past what a layout has behind a logger, ` - ` or, behind one with dots, `: `; else 0. */
function loggerBorderEnd(at: i32): i32 {
  if (byte(at) == BLANK && byte(at + 1) == DASH && byte(at + 2) == BLANK) return at + 3;
  return hasDot && byte(at) == COLON && byte(at + 1) == BLANK ? at + 2 : 0;
}

/** Whether the word that was read last, and then another, are none that a layout begins with: Flask's is ` in app: `. */
function isProse(at: i32, end: i32): bool {
  return byte(end) == BLANK && isWordCharacter(byte(end + 1)) && !hasClass && load<u16>(at) != 0x6e69;
}

/** Of the name that was read last: a dot stands in it; one before a capital. */
let hasDot: bool = false;
let hasClass: bool = false;

/** One past a name of letters, digits, `_` and `$` with single dots between them; 0 where it is longer than layouts take, or ends in a dot. */
function nameEnd(at: i32): i32 {
  hasDot = false;
  hasClass = false;
  let parts = 0;
  let end = at;
  for (;;) {
    const code = byte(end);
    if (code == DOT) {
      const next = byte(end + 1);
      parts += 1;
      if (parts > partsMax || (!isIdentifier(next) && next != 0x24)) return 0;
      hasDot = true;
      if (isUpper(next)) hasClass = true;
    } else if (!isIdentifier(code) && code != 0x24) break;
    end += 1;
  }
  return end - at > loggerBytesMax ? 0 : end;
}

/** Whether a name ends as exceptions do, in `Exception`, `Error` or `Throwable`; or is `http` or `https`, which are schemes. */
function isException(at: i32, end: i32): bool {
  const last = end - 1;
  if (end - at <= 5 && isFourHttp(at)) return true;
  if (end - at < 5) return false;
  if (byte(last) == 0x6e) return end - at >= exceptionBytes && load<i32>(end - 4) == 0x6e6f6974;
  if (byte(last) == 0x72) return load<i32>(end - 4) == 0x726f7272;
  return end - at >= exceptionBytes && load<i32>(end - 4) == 0x656c6261;
}

function isFourHttp(at: i32): bool {
  return load<i32>(at) == 0x70747468;
}

/** `Mar  1 00:00:00 host-3 sshd[12]: error: text`: the level, or `lineUnsure`. */
export function readSyslogLine(at: i32): i32 {
  const timeEnd = syslogTime(at);
  if (timeEnd == 0 || byte(timeEnd) != BLANK) return lineUnsure;
  const host = hostEnd(timeEnd + 1);
  if (host == 0) return lineUnsure;
  const tagEnd = readTag(host + 1);
  return tagEnd == 0 ? lineUnsure : readLevel(tagEnd + 1);
}

/** Letters in small, digits and dashes, a letter first; no zone and no time begins so, and it is not `am` or `pm`. A blank follows it. */
function hostEnd(at: i32): i32 {
  if (!isLower(byte(at)) || byte(at + 1) == 0x6d) return 0;
  const word = lettersEnd(at);
  if (findWord(at, word - at) != 0) return 0;
  const end = hostNameEnd(at);
  return byte(end) == BLANK && end - at <= hostBytesMax ? end : 0;
}

/** One past the colon of `sshd[12]:` or `kernel:`, which names the logger; 0 for what is no such tag. A blank follows it. */
function readTag(at: i32): i32 {
  if (!isLower(byte(at)) || isFourHttp(at)) return 0;
  const word = lettersEnd(at);
  if (findWord(at, word - at) != 0) return 0;
  const end = hostNameEnd(at);
  const colon = byte(end) == OPEN_BRACKET ? processEnd(end) : end;
  if (colon == 0 || byte(colon) != COLON || byte(colon + 1) != BLANK) return 0;
  takeLogger(at, end);
  return end - at > hostBytesMax ? 0 : colon + 1;
}

/** One past `[4711]`, or 0. */
function processEnd(at: i32): i32 {
  let end = at + 1;
  while (isDigit(byte(end))) end += 1;
  return byte(end) == CLOSE_BRACKET && end - at > 1 && end - at < 20 ? end + 1 : 0;
}

function hostNameEnd(at: i32): i32 {
  let end = at;
  while (isLower(byte(end)) || isDigit(byte(end)) || byte(end) == DASH) end += 1;
  return end;
}
