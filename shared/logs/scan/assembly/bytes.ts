// @ts-nocheck -- AssemblyScript: TypeScript's syntax with the types of WebAssembly. infra/build-scan-assembly.ts compiles it.

/*
 * Bytes of lines: what they are, where lines end, and the words that the quick reader knows.
 */
import { wordBytes, wordLength, wordLettersMax, wordsAt, wordSlots } from './memory-layout';

export const TAB: i32 = 0x09;
const NEWLINE: i32 = 0x0a;
const RETURN: i32 = 0x0d;
export const BLANK: i32 = 0x20;
export const QUOTE: i32 = 0x22;
export const CLOSE_PARENTHESIS: i32 = 0x29;
export const COMMA: i32 = 0x2c;
export const DASH: i32 = 0x2d;
export const DOT: i32 = 0x2e;
export const SLASH: i32 = 0x2f;
export const COLON: i32 = 0x3a;
export const EQUALS: i32 = 0x3d;
export const OPEN_BRACKET: i32 = 0x5b;
export const BACKSLASH: i32 = 0x5c;
export const CLOSE_BRACKET: i32 = 0x5d;
const UNDERSCORE: i32 = 0x5f;
export const OPEN_BRACE: i32 = 0x7b;
export const PIPE: i32 = 0x7c;
export const CLOSE_BRACE: i32 = 0x7d;

export function byte(at: i32): i32 {
  return <i32>load<u8>(at);
}

export function isDigit(code: i32): bool {
  return <u32>(code - 0x30) < 10;
}

export function isUpper(code: i32): bool {
  return <u32>(code - 0x41) < 26;
}

export function isLower(code: i32): bool {
  return <u32>(code - 0x61) < 26;
}

export function isLetter(code: i32): bool {
  return <u32>((code | 0x20) - 0x61) < 26;
}

export function isWordCharacter(code: i32): bool {
  return isLetter(code) || isDigit(code);
}

/** Letters, digits and `_`. */
export function isIdentifier(code: i32): bool {
  return isWordCharacter(code) || code == UNDERSCORE;
}

/** The number that two digits write; more than 99 where they are none. */
export function twoDigits(at: i32): i32 {
  const tens = byte(at) - 0x30;
  const ones = byte(at + 1) - 0x30;
  return <u32>tens < 10 && <u32>ones < 10 ? tens * 10 + ones : 100;
}

export function lettersEnd(at: i32): i32 {
  let end = at;
  while (isLetter(byte(end))) end += 1;
  return end;
}

export function skipBlanks(at: i32): i32 {
  let end = at;
  while (byte(end) == BLANK) end += 1;
  return end;
}

/** Of the line that was scanned last: its newline, the end of its text before that, and what stands in the text. */
export let newlineAt: i32 = 0;
export let textEnd: i32 = 0;
/** Control characters but tabs, or `#0`, by which some write them. */
export let isOdd: bool = false;
/** Bytes from 0x80 on. */
export let isWide: bool = false;

/** Finds the end of the line at `at`, and what stands in it; false when that is not before `to`. */
export function scanLine(at: i32, to: i32): bool {
  isOdd = false;
  isWide = false;
  let controls = 0;
  for (let from = at; from < to; from += 16) {
    const bytes = v128.load(from);
    const newlines = i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(<i8>NEWLINE)));
    const here = newlines == 0 ? 0xffff : (newlines & -newlines) - 1;
    const wide = i8x16.bitmask(bytes) & here;
    if (wide != 0) isWide = true;
    const low = v128.andnot(i8x16.lt_u(bytes, i8x16.splat(<i8>BLANK)), i8x16.eq(bytes, i8x16.splat(<i8>TAB)));
    controls += popcnt(i8x16.bitmask(low) & here);
    takeMarks(from, i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(0x23))) & here);
    if (newlines == 0) continue;
    newlineAt = from + ctz(newlines);
    const isReturned = newlineAt > at && byte(newlineAt - 1) == RETURN;
    textEnd = isReturned ? newlineAt - 1 : newlineAt;
    if (controls > (isReturned ? 1 : 0)) isOdd = true;
    return newlineAt < to;
  }
  return false;
}

function takeMarks(from: i32, marks: i32): void {
  for (let rest = marks; rest != 0; rest &= rest - 1) if (byte(from + ctz(rest) + 1) == 0x30) isOdd = true;
}

/** What is known of a word, or 0; see memory-layout.ts. */
export function findWord(at: i32, length: i32): i32 {
  if (length <= 0 || length > wordLettersMax) return 0;
  const first = eightBytes(at, length);
  const second = eightBytes(at + 8, length - 8);
  const third = eightBytes(at + 16, length - 16);
  let slot = <i32>(((first + second * 3 + third * 5) * 0x9e3779b1) >> 40) & (wordSlots - 1);
  for (let tries = 0; tries < wordSlots; tries += 1) {
    const word = wordsAt + slot * wordBytes;
    const itsLength = <i32>load<u8>(word, wordLength);
    if (itsLength == 0) break;
    if (itsLength == length && load<u64>(word) == first && load<u64>(word, 8) == second && load<u64>(word, 16) == third) return word;
    slot = (slot + 1) & (wordSlots - 1);
  }
  return 0;
}

/** The first `length` bytes, at most eight, as a number. */
function eightBytes(at: i32, length: i32): u64 {
  if (length <= 0) return 0;
  const bytes = load<u64>(at);
  return length >= 8 ? bytes : bytes & (((<u64>1) << (<u64>length * 8)) - 1);
}
