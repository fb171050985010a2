// @ts-nocheck -- AssemblyScript: TypeScript's syntax with the types of WebAssembly. infra/build-scan-assembly.ts compiles it.

/*
 * Lines that are one flat JSON object: strings without escapes, plain numbers, `true`, `false` and `null`. What its keys say is
 * shared/logs/line's to define; all that takes more is left to it.
 */
import {
  BACKSLASH,
  BLANK,
  byte,
  CLOSE_BRACE,
  COLON,
  COMMA,
  DASH,
  DOT,
  findWord,
  isDigit,
  OPEN_BRACE,
  QUOTE,
  skipBlanks,
  textEnd,
} from './bytes';
import { takeLogger, takeMessage } from './line-state';
import {
  lineEvent,
  lineUnsure,
  roleMessage,
  roleOther,
  roleSeverity,
  roleTime,
  wordJsonLogger,
  wordJsonMessage,
  wordJsonRole,
  wordJsonTime,
  wordLevel,
} from './memory-layout';
import { isoTime, setEpoch } from './times';

const noRank: i32 = 255;
const membersMax: i32 = 64;
const loggerBytesMax: i32 = 200;
/** Digits of a number that is a whole one to JavaScript as well; of seconds or milliseconds since 1970. */
const digitsMax: i32 = 13;
const levelDigitsMax: i32 = 3;

/** What the keys have said so far. A level as a word counts before one as a number. */
let level: i32 = 0;
let levelNumber: i32 = -1;
let isTimed: bool = false;
let hasMessage: bool = false;
/** Ranks of the best keys so far, and where their values stand. */
let timeRank: i32 = noRank;
let loggerRank: i32 = noRank;
let messageRank: i32 = noRank;
let timeAt: i32 = 0;
let messageFrom: i32 = 0;
let messageTo: i32 = 0;

/** The level of the line, `lineEvent`, or `lineUnsure`. Describes the line. Of an event that is told by its level alone, it says nothing. */
export function readJsonLine(at: i32): i32 {
  level = 0;
  levelNumber = -1;
  isTimed = false;
  hasMessage = false;
  timeRank = noRank;
  loggerRank = noRank;
  messageRank = noRank;
  if (byte(at) != OPEN_BRACE || !readMembers(at + 1) || !isTimed) return lineUnsure;
  const found = level > 0 ? level : levelOfNumber();
  if (found == 0) return hasMessage ? lineEvent : lineUnsure;
  if (found > 4) describe();
  return found;
}

/** bunyan's and pino's: 10 trace, 50 error, 60 fatal. */
function levelOfNumber(): i32 {
  return levelNumber < 10 || levelNumber > 100 ? 0 : min(levelNumber / 10, 6);
}

function describe(): void {
  if (messageRank == noRank || timeRank == noRank || !readTime(timeAt)) return;
  takeMessage(messageFrom, messageTo);
}

/** A whole number of seconds or milliseconds, or an ISO time in quotes. */
function readTime(at: i32): bool {
  if (byte(at) == QUOTE) {
    const end = isoTime(at + 1);
    return end != 0 && byte(end) == QUOTE;
  }
  let value: f64 = 0;
  let end = at;
  for (; isDigit(byte(end)); end += 1) value = value * 10 + <f64>(byte(end) - 0x30);
  if (end == at || end - at > digitsMax || byte(end) == DOT) return false;
  setEpoch(value);
  return true;
}

/** Reads the members up to the brace that ends the line. */
function readMembers(from: i32): bool {
  let at = skipBlanks(from);
  for (let member = 0; member < membersMax; member += 1) {
    const keyEnd = byte(at) == QUOTE ? plainStringEnd(at) : 0;
    if (keyEnd == 0) return false;
    const colon = skipBlanks(keyEnd);
    if (byte(colon) != COLON) return false;
    const value = skipBlanks(colon + 1);
    const valueEnd = scalarEnd(value);
    if (valueEnd == 0 || !takeMember(at + 1, keyEnd - 1, value, valueEnd)) return false;
    at = skipBlanks(valueEnd);
    if (byte(at) == CLOSE_BRACE) return at + 1 == textEnd;
    if (byte(at) != COMMA) return false;
    at = skipBlanks(at + 1);
  }
  return false;
}

/** One past the quote that closes the string at `at`; 0 for one with escapes or control characters. */
function plainStringEnd(at: i32): i32 {
  for (let end = at + 1; end < textEnd; end += 1) {
    const code = byte(end);
    if (code == QUOTE) return end + 1;
    if (code == BACKSLASH || code < BLANK) break;
  }
  return 0;
}

function scalarEnd(at: i32): i32 {
  const first = byte(at);
  if (first == QUOTE) return plainStringEnd(at);
  if (isDigit(first) || first == DASH) return numberEnd(at);
  const word = load<i32>(at);
  if (word == 0x65757274 || word == 0x6c6c756e) return at + 4;
  return word == 0x736c6166 && byte(at + 4) == 0x65 ? at + 5 : 0;
}

/** As JSON writes numbers, without an exponent. */
function numberEnd(at: i32): i32 {
  const first = byte(at) == DASH ? at + 1 : at;
  let end = first;
  while (isDigit(byte(end))) end += 1;
  if (end == first || (byte(first) == 0x30 && end - first > 1)) return 0;
  if (byte(end) != DOT) return end;
  const fraction = end + 1;
  end = fraction;
  while (isDigit(byte(end))) end += 1;
  return end == fraction ? 0 : end;
}

/** Takes what a member says; false where that is not simple. */
// oxlint-disable-next-line max-params -- two spans
function takeMember(keyAt: i32, keyEnd: i32, at: i32, end: i32): bool {
  const word = findWord(keyAt, keyEnd - keyAt);
  if (word == 0) return true;
  const role = <i32>load<u8>(word, wordJsonRole);
  if (role == roleOther) return false;
  if (role == roleTime) isTimed = true;
  else if (role == roleMessage) hasMessage = true;
  else if (role != 0 && !takeLevel(role, at, end)) return false;
  return takeTime(<i32>load<u8>(word, wordJsonTime), at) && takeTexts(word, at, end);
}

function takeLevel(role: i32, at: i32, end: i32): bool {
  if (byte(at) != QUOTE) return role != roleSeverity && takeNumber(at, end);
  const word = findWord(at + 1, end - at - 2);
  const said = word == 0 ? 0 : <i32>load<u8>(word, wordLevel);
  if (level == 0) level = said;
  return said != 0;
}

function takeNumber(at: i32, end: i32): bool {
  let number = 0;
  for (let digit = at; digit < end; digit += 1) {
    if (!isDigit(byte(digit)) || end - at > levelDigitsMax) return false;
    number = number * 10 + byte(digit) - 0x30;
  }
  if (levelNumber < 0) levelNumber = number;
  return true;
}

/** Of a key that stands twice, JavaScript takes the last: that is left to it. */
function takeTime(rank: i32, at: i32): bool {
  if (rank == 0 || rank > timeRank) return true;
  if (rank == timeRank) return false;
  timeRank = rank;
  timeAt = at;
  return true;
}

/** Strings alone are texts, empty ones none. */
function takeTexts(word: i32, at: i32, end: i32): bool {
  const isText = byte(at) == QUOTE && end - at > 2;
  return (
    takeLoggerOf(<i32>load<u8>(word, wordJsonLogger), isText ? at : 0, end) &&
    takeMessageOf(<i32>load<u8>(word, wordJsonMessage), isText ? at : 0, end)
  );
}

/** Takes the string at `at`, which is 0 for none. */
function takeLoggerOf(rank: i32, at: i32, end: i32): bool {
  if (rank == 0 || rank > loggerRank) return true;
  if (rank == loggerRank) return false;
  if (at == 0) return true;
  loggerRank = rank;
  takeLogger(at + 1, end - 1);
  return end - at <= loggerBytesMax;
}

function takeMessageOf(rank: i32, at: i32, end: i32): bool {
  if (rank == 0 || rank > messageRank) return true;
  if (rank == messageRank) return false;
  if (at == 0) return true;
  messageRank = rank;
  messageFrom = at + 1;
  messageTo = end - 1;
  return true;
}
