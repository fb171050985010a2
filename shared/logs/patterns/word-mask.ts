/**
 * Which part of a word is variable by its shape: numbers, hex, ids, paths, addresses. A word is a run of characters without blanks and delimiters.
 */
import { characterKinds, DELIMITER, DIGIT, isHex, JOINT, UPPER } from './character-kinds.ts';

const SLASH = 0x2f;
const BACKSLASH = 0x5c;
const AT = 0x40;
const HYPHEN = 0x2d;
const PLUS = 0x2b;
const PERIOD = 0x2e;

/** So many digits right behind letters are a number; fewer belong to the name (`ssh2`, `jk2_init`). */
const digitsMin = 3;
/** Hex digits that are no word, and decimal digits among them; from so many on, one is enough. */
const hexMin = 6;
const hexDigitsMin = 2;
const hexLong = 8;
/** Characters, and runs of digits among them, that make an id. */
const idMin = 8;
const idRunsMin = 3;

/** Where the variable part begins in a word without digits, with joints: `start` of a path or an e-mail address, `end` of other words. */
export function cutOfJoined(bytes: Uint8Array, start: number, end: number): number {
  const next = characterKinds[bytes[start + 1] as number] as number;
  if (bytes[start] === SLASH && end - start > 2 && next > DELIMITER) return start;
  for (let i = start + 1; i < end - 1; i += 1) if (bytes[i] === AT) return start;
  return end;
}

/** Where the variable part begins in a word with digits that begins with none: `start` when all of it is variable, `end` when nothing is. */
export function cutOfMixed(bytes: Uint8Array, start: number, end: number): number {
  const first = bytes[start] as number;
  if (first === SLASH) return hasLetters(bytes, start, end) ? start : start + 1;
  if (isSigned(bytes, start) || isPathLike(bytes, start, end)) return start;
  let part = start;
  for (let i = start; i <= end; i += 1) {
    if (i < end && characterKinds[bytes[i] as number] !== JOINT) continue;
    const cut = cutOfPart(bytes, part, i);
    if (cut < i) return withSign(bytes, start, cut);
    part = i + 1;
  }
  return end;
}

function isSigned(bytes: Uint8Array, start: number): boolean {
  const first = bytes[start];
  return (first === HYPHEN || first === PLUS) && characterKinds[bytes[start + 1] as number] === DIGIT;
}

/** A hyphen behind another joint is the number's sign: `blk_-12`. */
function withSign(bytes: Uint8Array, start: number, cut: number): number {
  const isSigned = cut > start + 1 && bytes[cut - 1] === HYPHEN && characterKinds[bytes[cut - 2] as number] === JOINT;
  return isSigned ? cut - 1 : cut;
}

function hasLetters(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i += 1) if ((characterKinds[bytes[i] as number] as number) >= UPPER) return true;
  return false;
}

function isPathLike(bytes: Uint8Array, start: number, end: number): boolean {
  let slashes = 0;
  for (let i = start; i < end; i += 1) {
    const byte = bytes[i];
    if (byte === AT || byte === BACKSLASH) return true;
    if (byte === SLASH) slashes += 1;
  }
  return slashes > 1;
}

/** The runs of digits of a part between joints, as `findRuns` found them last. */
const found = { runs: 0, digits: 0, firstLong: 0, lastEnd: 0 };

/** Finds the runs of digits in a part; `firstLong` is its end where no run is long. */
function findRuns(bytes: Uint8Array, start: number, end: number): void {
  found.runs = 0;
  found.digits = 0;
  found.firstLong = end;
  found.lastEnd = start;
  for (let i = start; i < end; i = Math.max(i + 1, found.lastEnd)) {
    if (characterKinds[bytes[i] as number] !== DIGIT) continue;
    found.lastEnd = endOfDigits(bytes, i, end);
    found.runs += 1;
    found.digits += found.lastEnd - i;
    if (found.lastEnd - i >= digitsMin && found.firstLong === end) found.firstLong = i;
  }
}

/** The cut within a part between joints; its end where nothing is variable. */
function cutOfPart(bytes: Uint8Array, start: number, end: number): number {
  findRuns(bytes, start, end);
  const { runs, digits, firstLong, lastEnd } = found;
  if (runs === 0) return end;
  if (characterKinds[bytes[start] as number] === DIGIT || isId(runs, end - start)) return start;
  if ((digits >= hexDigitsMin || end - start >= hexLong) && isHexNumber(bytes, start, end)) return start;
  return firstLong === end && lastEnd === end ? cutOfDecimal(bytes, start, end) : firstLong;
}

function endOfDigits(bytes: Uint8Array, at: number, end: number): number {
  let i = at;
  while (i < end && characterKinds[bytes[i] as number] === DIGIT) i += 1;
  return i;
}

function isHexNumber(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < hexMin) return false;
  for (let i = start; i < end; i += 1) if (isHex[bytes[i] as number] !== 1) return false;
  return true;
}

function isId(runs: number, length: number): boolean {
  return runs >= idRunsMin && length >= idMin;
}

/** A number with a point behind letters, as versions have: `v1.2`. Digits stand before `end`. */
function cutOfDecimal(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[end] !== PERIOD || characterKinds[bytes[end + 1] ?? 0] !== DIGIT) return end;
  let i = end;
  while (i > start && characterKinds[bytes[i - 1] as number] === DIGIT) i -= 1;
  return i;
}
