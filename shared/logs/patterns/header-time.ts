/**
 * Where a written time ends, told by its shape alone: widths of its groups of digits and what stands between them.
 */
import { characterKinds, DIGIT, tableOf, UPPER } from './character-kinds.ts';
import { DateText } from './date-text.ts';

const COLON = 0x3a;
const PERIOD = 0x2e;
const COMMA = 0x2c;
const SLASH = 0x2f;
const HYPHEN = 0x2d;
const UNDERSCORE = 0x5f;
const LETTER_Z = 0x5a;
const groupsMax = 10;

const separatorBytes = tableOf(':.,/-+_T');
const dateText = new DateText();
const widths = new Int32Array(groupsMax);
const separators = new Int32Array(groupsMax);

/** One past the date, the time of day, or both that begin at `at`; -1 where none does. */
export function headerTimeEnd(bytes: Uint8Array, at: number, end: number): number {
  const kind = characterKinds[bytes[at] ?? 0];
  if (kind === UPPER) return dateText.read(bytes, at, end) ? dateText.end : -1;
  return kind === DIGIT ? numericEnd(bytes, at, end) : -1;
}

/** Cuts digits into groups with a separator behind each, then looks whether they are those of a time. */
function numericEnd(bytes: Uint8Array, at: number, end: number): number {
  let groups = 0;
  let i = at;
  while (groups < groupsMax) {
    const from = i;
    i = endOfDigits(bytes, i, end);
    widths[groups] = i - from;
    separators[groups] = i < end ? (bytes[i] as number) : 0;
    groups += 1;
    if (!isSeparated(bytes, i, end)) break;
    i += 1;
  }
  if (i < end && bytes[i] === LETTER_Z) i += 1;
  return (i >= end || endsTime(bytes[i] as number)) && isTime(bytes, at, groups) ? i : -1;
}

function endOfDigits(bytes: Uint8Array, at: number, end: number): number {
  let i = at;
  while (i < end && characterKinds[bytes[i] as number] === DIGIT) i += 1;
  return i;
}

/** A separator, and digits again. */
function isSeparated(bytes: Uint8Array, at: number, end: number): boolean {
  return at + 1 < end && separatorBytes[bytes[at] as number] === 1 && characterKinds[bytes[at + 1] as number] === DIGIT;
}

function endsTime(byte: number): boolean {
  return (characterKinds[byte] as number) < UPPER && byte !== HYPHEN && byte !== UNDERSCORE && byte !== SLASH;
}

function isTime(bytes: Uint8Array, at: number, groups: number): boolean {
  if (isCompactDate(bytes, at)) return groups === 1 || groups >= 3;
  if (groups === 1) return isEpoch(bytes, at);
  if (isClock(0, groups)) return true;
  if (isDate(groups)) return groups === 3 || isClock(3, groups) || separators[2] !== separators[0];
  return groups === 2 && (isEpoch(bytes, at) ? separators[0] === PERIOD : isDayAndMonth());
}

/** `03-17`, `10.30`. */
function isDayAndMonth(): boolean {
  return widths[0] === 2 && widths[1] === 2 && separators[0] !== COMMA;
}

/** Ten or thirteen digits: seconds or milliseconds between 2001 and 2033. */
function isEpoch(bytes: Uint8Array, at: number): boolean {
  return (widths[0] === 10 || widths[0] === 13) && bytes[at] === 0x31;
}

/** `20171223`. */
function isCompactDate(bytes: Uint8Array, at: number): boolean {
  return widths[0] === 8 && ((bytes[at] === 0x32 && bytes[at + 1] === 0x30) || (bytes[at] === 0x31 && bytes[at + 1] === 0x39));
}

/** Hours, minutes and maybe seconds from group `first` on, with colons between them, or with points behind a date. */
function isClock(first: number, groups: number): boolean {
  if (groups - first < 2 || (widths[first] as number) > 2 || widths[first + 1] !== 2) return false;
  if (separators[first] === COLON) return true;
  return first > 0 && separators[first] === PERIOD && groups - first >= 3 && widths[first + 2] === 2;
}

/** Three groups between equal separators: a year of four digits at one end, or three of two digits. */
function isDate(groups: number): boolean {
  const separator = separators[0];
  if (groups < 3 || separator !== separators[1]) return false;
  return (separator === HYPHEN || separator === SLASH || separator === PERIOD) && areDateWidths();
}

function areDateWidths(): boolean {
  const first = widths[0] as number;
  const second = widths[1] as number;
  const third = widths[2] as number;
  if (second > 2) return false;
  if (first === 4) return third <= 2;
  return first <= 2 && (third === 4 || first + second + third === 6);
}
