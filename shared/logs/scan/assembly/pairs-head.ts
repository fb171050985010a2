// @ts-nocheck -- AssemblyScript: TypeScript's syntax with the types of WebAssembly. infra/build-scan-assembly.ts compiles it.

/*
 * Lines of pairs (logfmt) and nothing else: `time="2026-03-01T00:00:00Z" level=error msg="…" service=shop`, an ISO time before the level.
 */
import { BACKSLASH, BLANK, byte, DOT, EQUALS, findWord, isIdentifier, isLower, QUOTE, textEnd } from './bytes';
import { takeLogger, takeMessage } from './line-state';
import {
  assumedNothing,
  lineUnsure,
  roleLevel,
  roleTime,
  wordLevel,
  wordPairLogger,
  wordPairMessage,
  wordPairRole,
  wordPairStack,
  wordPairTime,
} from './memory-layout';
import { isoTime, timeAssumed } from './times';

const noRank: i32 = 255;
const keyBytesMax: i32 = 40;
/** Fields of a head that are read before its level. */
const fieldsMax: i32 = 8;

let level: i32 = 0;
let fields: i32 = 0;
let times: i32 = 0;
let loggerRank: i32 = noRank;
let messageRank: i32 = noRank;
let messageFrom: i32 = 0;
let messageTo: i32 = 0;
/** The value of the pair that was read last, without quotes. */
let valueAt: i32 = 0;
let valueEnd: i32 = 0;

/** The level, or `lineUnsure`. Describes the line where that is an error. */
export function readPairsLine(at: i32): i32 {
  level = 0;
  fields = 0;
  times = 0;
  loggerRank = noRank;
  messageRank = noRank;
  for (let next = at; next < textEnd;) {
    next = readPair(next);
    if (next == 0) return lineUnsure;
    // What is no error needs no description.
    if (level > 0 && level < 5) return level;
  }
  if (messageRank != noRank) takeMessage(messageFrom, messageTo);
  return level;
}

/** Reads the pair at `at`; answers where the next begins, or 0. */
function readPair(at: i32): i32 {
  const equals = keyEnd(at);
  const end = equals == 0 ? 0 : readValue(equals + 1);
  if (end == 0 || !takePair(findWord(at, equals - at))) return 0;
  fields += 1;
  return end == textEnd || byte(end) == BLANK ? end + 1 : 0;
}

/** Where the `=` behind the key at `at` stands, or 0. Only a key in small letters can be taken for nothing else at the start of a line. */
function keyEnd(at: i32): i32 {
  if (!isLower(byte(at))) return 0;
  let end = at;
  while (isIdentifier(byte(end)) || byte(end) == DOT) end += 1;
  return byte(end) == EQUALS && end - at <= keyBytesMax ? end : 0;
}

/** Reads a value: in quotes without escapes, or up to a blank; answers its end, or 0. */
function readValue(at: i32): i32 {
  let end = at;
  if (byte(at) != QUOTE) {
    while (byte(end) > BLANK) end += 1;
    valueAt = at;
    valueEnd = end;
    return end > textEnd ? 0 : end;
  }
  for (end += 1; byte(end) != QUOTE; end += 1) if (byte(end) == BACKSLASH || byte(end) < BLANK) return 0;
  valueAt = at + 1;
  valueEnd = end;
  return end + 1;
}

/** Takes what a pair says; false where that is not simple. */
function takePair(word: i32): bool {
  if (word == 0) return true;
  const role = <i32>load<u8>(word, wordPairRole);
  if (load<u8>(word, wordPairStack) != 0) return false;
  if (level == 0) {
    if (role == roleLevel) return takeLevel();
    if (role == roleTime) return takeTime();
  }
  // A second time may be the one that counts.
  if (load<u8>(word, wordPairTime) != 0) return false;
  return takeTexts(word);
}

function takeLevel(): bool {
  const word = findWord(valueAt, valueEnd - valueAt);
  level = word == 0 || times == 0 || fields > fieldsMax ? 0 : <i32>load<u8>(word, wordLevel);
  return level > 0;
}

/** Right behind a time without quotes and Z a zone might stand. */
function takeTime(): bool {
  times += 1;
  const end = isoTime(valueAt);
  return end != 0 && end == valueEnd && times == 1 && (byte(end) == QUOTE || timeAssumed == assumedNothing);
}

/** The first value of a key counts, unless it is empty. */
function takeTexts(word: i32): bool {
  const loggerOf = <i32>load<u8>(word, wordPairLogger);
  const messageOf = <i32>load<u8>(word, wordPairMessage);
  if ((loggerOf != 0 || messageOf != 0) && valueAt == valueEnd) return false;
  if (loggerOf != 0 && loggerOf < loggerRank) {
    loggerRank = loggerOf;
    takeLogger(valueAt, valueEnd);
  }
  if (messageOf != 0 && messageOf < messageRank) {
    messageRank = messageOf;
    messageFrom = valueAt;
    messageTo = valueEnd;
  }
  return true;
}
