// @ts-nocheck -- AssemblyScript: TypeScript's syntax with the types of WebAssembly. infra/build-scan-assembly.ts compiles it.

/*
 * Times as most logs write them. What is read is what shared/logs/line/time.ts makes of it; all else is left to that.
 */
import { BLANK, byte, CLOSE_BRACKET, COLON, COMMA, DASH, DOT, findWord, isDigit, isUpper, SLASH, twoDigits } from './bytes';
import { assumedNothing, assumedYear, assumedZone, wordMonth, wordWeekday } from './memory-layout';

/** Of the time that was read last: milliseconds, since 1970 or (of one without year) since midnight, and what was assumed. */
export let timeMs: f64 = 0;
export let timeAssumed: i32 = 0;
export let timeMonth: i32 = 0;
export let timeDay: i32 = 0;

/** Takes a number of seconds or milliseconds since 1970 for the time that was read last; its size says which. */
export function setEpoch(value: f64): void {
  timeMs = value < 1e11 ? value * 1e3 : value;
  timeAssumed = assumedNothing;
}

/** `2026-03-01 00:00:00,123`, `2026-03-01T00:00:00Z`: its end where it is real and no zone is written but Z; else 0. What follows is the caller's to judge. */
export function isoTime(at: i32): i32 {
  const middle = byte(at + 10);
  if (middle != BLANK && middle != 0x54) return 0;
  if (byte(at + 4) != DASH || byte(at + 7) != DASH) return 0;
  const year = twoDigits(at) * 100 + twoDigits(at + 2);
  if (twoDigits(at + 2) > 99 || !takeClock(at + 11) || !isDate(year, twoDigits(at + 5), twoDigits(at + 8))) return 0;
  timeMs += <f64>daysSince1970(year, twoDigits(at + 5), twoDigits(at + 8)) * 86400000;
  const end = fraction(at + 19);
  const isUtc = byte(end) == 0x5a;
  timeAssumed = isUtc ? assumedNothing : assumedZone;
  return isUtc ? end + 1 : end;
}

/** Reads `hh:mm:ss` into `timeMs`; false where it is none. */
function takeClock(at: i32): bool {
  if (byte(at + 2) != COLON || byte(at + 5) != COLON) return false;
  const hour = twoDigits(at);
  const minute = twoDigits(at + 3);
  const second = twoDigits(at + 6);
  if (hour > 23 || minute > 59 || second > 59) return false;
  timeMs = <f64>(((hour * 60 + minute) * 60 + second) * 1000);
  return true;
}

/** Adds a fraction of up to nine digits; answers its end. */
function fraction(at: i32): i32 {
  if (byte(at) != DOT && byte(at) != COMMA) return at;
  let ms = 0;
  let end = at + 1;
  for (; end < at + 10 && isDigit(byte(end)); end += 1) {
    const place = end - at;
    ms += (byte(end) - 0x30) * (place == 1 ? 100 : place == 2 ? 10 : place == 3 ? 1 : 0);
  }
  timeMs += <f64>ms;
  return end == at + 1 ? at : end;
}

/** From the year 100 on: what JavaScript makes of those before is its own. */
function isDate(year: i32, month: i32, day: i32): bool {
  if (year < 100 || year > 9999 || month < 1 || month > 12 || day < 1) return false;
  return day <= daysOfMonth(year, month);
}

function daysOfMonth(year: i32, month: i32): i32 {
  if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/** Howard Hinnant's days_from_civil. */
function daysSince1970(year: i32, month: i32, day: i32): i32 {
  const shifted = month > 2 ? year : year - 1;
  const era = shifted / 400;
  const yearOfEra = shifted - era * 400;
  const dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  return era * 146097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719468;
}

/** Syslog's `Mar  1 00:00:00`: its end, or 0. A day that is none of its month in any year is left to the general reader. */
export function syslogTime(at: i32): i32 {
  const month = isUpper(byte(at)) && byte(at + 3) == BLANK && byte(at + 6) == BLANK ? monthOf(at) : 0;
  if (month == 0 || !takeClock(at + 7)) return 0;
  const day = byte(at + 4) == BLANK ? (isDigit(byte(at + 5)) ? byte(at + 5) - 0x30 : 0) : twoDigits(at + 4);
  if (day < 1 || day > daysOfMonth(2024, month)) return 0;
  timeMonth = month;
  timeDay = day;
  timeAssumed = assumedYear;
  return at + 15;
}

/** The number of a month by its English name. */
function monthOf(at: i32): i32 {
  const word = findWord(at, 3);
  return word == 0 ? 0 : <i32>load<u8>(word, wordMonth);
}

/** Whether the brackets of an access log hold a time: `21/Nov/2026:10:00:00 +0700]`, `Sat, 21 Nov 2026 10:00:00 GMT]`. */
export function isAccessTime(at: i32): bool {
  return isDigit(byte(at)) ? isSlashedTime(at) : isMailTime(at);
}

function isSlashedTime(at: i32): bool {
  if (twoDigits(at) > 99 || byte(at + 2) != SLASH || byte(at + 6) != SLASH || monthOf(at + 3) == 0) return false;
  return isYear(at + 7) && byte(at + 11) == COLON && takeClock(at + 12) && isOffset(at + 20);
}

function isMailTime(at: i32): bool {
  const weekday = findWord(at, 3);
  if (weekday == 0 || load<u8>(weekday, wordWeekday) == 0 || byte(at + 3) != COMMA || byte(at + 4) != BLANK) return false;
  return isDayOfYear(at + 5) && byte(at + 16) == BLANK && takeClock(at + 17) && isGmt(at + 25);
}

/** `21 Nov 2026` */
function isDayOfYear(at: i32): bool {
  return twoDigits(at) < 100 && byte(at + 2) == BLANK && monthOf(at + 3) > 0 && byte(at + 6) == BLANK && isYear(at + 7);
}

function isYear(at: i32): bool {
  return twoDigits(at) < 100 && twoDigits(at + 2) < 100;
}

/** ` +0700]` */
function isOffset(at: i32): bool {
  if (byte(at) != BLANK || (byte(at + 1) != DASH && byte(at + 1) != 0x2b)) return false;
  return isYear(at + 2) && byte(at + 6) == CLOSE_BRACKET;
}

/** ` GMT]` */
function isGmt(at: i32): bool {
  return load<i32>(at) == 0x544d4720 && byte(at + 4) == CLOSE_BRACKET;
}
