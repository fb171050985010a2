// @ts-nocheck -- AssemblyScript: TypeScript's syntax with the types of WebAssembly. infra/build-scan-assembly.ts compiles it.

/*
 * Reads a record of usual shape where it lies: a line with a time that says an error, and the lines behind it up to the next event. Of most
 * logs that is nearly every record, and none of its bytes is looked at by JavaScript before it is made.
 *
 * It never decides anything by itself. What it says is what shared/logs/line and the segmenter would, or it says that it is not sure, and they
 * are asked. quick-record.ts beside the scan has the other half; tests hold both ways to the same records.
 */
import {
  BLANK,
  byte,
  COLON,
  CLOSE_BRACKET,
  DOT,
  findWord,
  isDigit,
  isIdentifier,
  isLetter,
  isLower,
  isOdd,
  isWide,
  lettersEnd,
  newlineAt,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  scanLine,
  TAB,
  textEnd,
} from './bytes';
import { readJsonLine } from './json-head';
import { forget, isDescribed, loggerAt, loggerEnd, messageAt, messageEnd } from './line-state';
import {
  lineEvent,
  lineInner,
  lineUnsure,
  quickAssumed,
  quickAt,
  quickDay,
  quickEnd,
  quickFirstEnd,
  quickIsEnded,
  quickIsWide,
  quickLevel,
  quickLines,
  quickLogger,
  quickLoggerEnd,
  quickMessage,
  quickMessageEnd,
  quickMonth,
  quickNext,
  quickTime,
} from './memory-layout';
import { readPairsLine } from './pairs-head';
import { readIsoLine, readSyslogLine } from './text-head';
import { isAccessTime, isoTime, syslogTime, timeAssumed, timeDay, timeMonth, timeMs } from './times';

/**
 * Reads the line at `at`, and the record that it opens, as far as that lies before `to`; longer lines than `lineMax` are none of its. Answers the line's level (1 to 6), or `lineEvent` for
 * one without; 0 where it is not sure. Of an error (5, 6) the rest stands at `quickAt`.
 */
export function readRecord(at: i32, to: i32, lineMax: i32): i32 {
  forget();
  if (!scanLine(at, to) || isOdd || newlineAt - at > lineMax) return lineUnsure;
  const level = readHead(at);
  if (level < 5 || level > 6) return level;
  if (!isDescribed) return lineUnsure;
  store<i32>(quickAt, level, quickLevel);
  store<i32>(quickAt, newlineAt, quickFirstEnd);
  store<i32>(quickAt, newlineAt + 1, quickEnd);
  store<i32>(quickAt, isWide ? 1 : 0, quickIsWide);
  store<i32>(quickAt, messageAt, quickMessage);
  store<i32>(quickAt, messageEnd, quickMessageEnd);
  store<i32>(quickAt, loggerAt, quickLogger);
  store<i32>(quickAt, loggerEnd, quickLoggerEnd);
  store<i32>(quickAt, timeAssumed, quickAssumed);
  store<i32>(quickAt, timeMonth, quickMonth);
  store<i32>(quickAt, timeDay, quickDay);
  store<f64>(quickAt, timeMs, quickTime);
  store<i32>(quickAt, 1, quickLines);
  followRecord(newlineAt + 1, to, lineMax);
  return level;
}

/** Goes on through the record's lines from the one at `from`, up to one that ends it or of which it is not sure. */
export function followRecord(from: i32, to: i32, lineMax: i32): void {
  let at = from;
  let lines = load<i32>(quickAt, quickLines);
  let end = load<i32>(quickAt, quickEnd);
  let wide = load<i32>(quickAt, quickIsWide);
  let kind = lineUnsure;
  while (scanLine(at, to)) {
    kind = newlineAt - at > lineMax ? lineUnsure : readBehind(at);
    if (kind != lineInner) break;
    // Empty lines belong to it when a line behind them does.
    if (newlineAt > at) end = newlineAt + 1;
    at = newlineAt + 1;
    lines += 1;
    if (isWide) wide = 1;
    kind = lineUnsure;
  }
  store<i32>(quickAt, lines, quickLines);
  store<i32>(quickAt, end, quickEnd);
  store<i32>(quickAt, wide, quickIsWide);
  store<i32>(quickAt, at, quickNext);
  store<i32>(quickAt, kind == lineUnsure ? 0 : 1, quickIsEnded);
}

/** The head of a line that may be any. */
function readHead(at: i32): i32 {
  const first = byte(at);
  if (isDigit(first)) return readIsoLine(at);
  if (first == OPEN_BRACE) return readJsonLine(at);
  return isLower(first) ? readPairsLine(at) : readSyslogLine(at);
}

/** What the line at `at`, which was scanned, is behind an error with a time. */
function readBehind(at: i32): i32 {
  const first = byte(at);
  if (first == TAB || (first == BLANK && byte(at + 1) == BLANK)) return isBlankLine(at) ? lineUnsure : lineInner;
  if (isOdd) return lineUnsure;
  const level = readHead(at);
  if (level != lineUnsure) return level;
  return isTimedEvent(at) || isAccessLine(at) ? lineEvent : isTraceLine(at) ? lineInner : lineUnsure;
}

/** Whether white space alone, or what might be some, stands in the first bytes. */
function isBlankLine(at: i32): bool {
  let from = at;
  while (byte(from) == BLANK || byte(from) == TAB) from += 1;
  // A colour may be written as `#033[0m`.
  return byte(from) < BLANK || byte(from) >= 0x7f || (isOdd && byte(from) == 0x23);
}

/**
 * A line that begins with a time, and in which nothing says that a frame or a cause stands behind a tag of its own: see `isEventByItsTime`. What
 * follows the time is none of it, neither a zone nor AM.
 */
function isTimedEvent(at: i32): bool {
  const isGrouped = byte(at) == OPEN_BRACKET;
  const end = isGrouped ? isoTime(at + 1) : isDigit(byte(at)) ? isoTime(at) : syslogTime(at);
  if (end == 0 || mayContinue(end)) return false;
  return byte(end) == BLANK ? isNoPartOfTime(end + 1) : isGrouped && byte(end) == CLOSE_BRACKET;
}

/** A bracket, a digit, or a word in small letters; but not `am`, and not `stderr`: CRI's lines begin with a time as well. */
function isNoPartOfTime(at: i32): bool {
  const code = byte(at);
  return code == OPEN_BRACKET || isDigit(code) || (isLower(code) && code != 0x73 && byte(at + 1) != 0x6d);
}

/** Whether a colon stands in the line before a tab, two blanks, or `Caused`. */
function mayContinue(from: i32): bool {
  for (let at = from; at < textEnd; at += 1) {
    if (byte(at) != COLON) continue;
    const next = byte(at + 1) == BLANK ? byte(at + 2) : byte(at + 1);
    if (next == TAB || next == BLANK || next == 0x43) return true;
  }
  return false;
}

/** `10.1.2.3 - - [21/Nov/2026:10:00:00 +0700] "`: an address, two dashes, a time, a quote. */
function isAccessLine(at: i32): bool {
  const dashes = addressEnd(at);
  if (dashes == 0 || load<i32>(dashes) != 0x202d202d || byte(dashes + 4) != OPEN_BRACKET || !isAccessTime(dashes + 5)) return false;
  const close = isDigit(byte(dashes + 5)) ? dashes + 31 : dashes + 34;
  return byte(close + 1) == BLANK && byte(close + 2) == QUOTE;
}

/** One past the blank behind an address of four numbers, or 0. */
function addressEnd(at: i32): i32 {
  let next = at;
  for (let part = 0; part < 4; part += 1) {
    const from = next;
    while (isDigit(byte(next))) next += 1;
    if (next == from || next - from > 3 || byte(next) != (part < 3 ? DOT : BLANK)) return 0;
    next += 1;
  }
  return next;
}

/** Lines of traces that are not indented and can be nothing else; empty lines. */
function isTraceLine(at: i32): bool {
  if (textEnd == at) return newlineAt == at;
  // `Caused by: `, `Traceback (most recent call last):`.
  if (load<i32>(at) == 0x73756143 && load<i32>(at + 4) == 0x62206465) return load<u16>(at + 8) == 0x3a79 && byte(at + 10) == BLANK;
  if (load<i32>(at) == 0x63617254 && load<i32>(at + 4) == 0x63616265) return isTraceback(at + 8);
  return isClassLine(at);
}

/** `k (most recent call last):` */
function isTraceback(at: i32): bool {
  const begins = load<i32>(at) == 0x6d28206b && load<i32>(at + 4) == 0x2074736f && load<i32>(at + 8) == 0x65636572;
  const goesOn = load<i32>(at + 12) == 0x6320746e && load<i32>(at + 16) == 0x206c6c61 && load<i32>(at + 20) == 0x7473616c;
  return begins && goesOn && load<u16>(at + 24) == 0x3a29;
}

const classBytesMax: i32 = 100;

/**
 * An exception's class, and a colon: `java.io.IOException: gone`, `KeyError: 17`. No event begins with one; of those that begin a record of their
 * own, all but `Exception: ` are two words.
 */
function isClassLine(at: i32): bool {
  if (!isLetter(byte(at))) return false;
  const word = lettersEnd(at);
  let end = word;
  while (isIdentifier(byte(end)) || byte(end) == DOT || byte(end) == 0x24) end += 1;
  const isEnd = byte(end) == COLON && (end + 1 == textEnd || byte(end + 1) == BLANK);
  return isEnd && end - at <= classBytesMax && findWord(at, word - at) == 0 && endsAsException(at, end);
}

/** `Error` with letters before it, `Exception` the same. */
function endsAsException(at: i32, end: i32): bool {
  if (end - at < 6) return false;
  if (load<i32>(end - 4) == 0x726f7272) return byte(end - 5) == 0x45;
  return end - at > 9 && load<i32>(end - 4) == 0x6e6f6974 && load<i32>(end - 8) == 0x70656378 && byte(end - 9) == 0x45;
}
