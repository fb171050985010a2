/**
 * The search of assembly/needle-search.ts once more, byte by byte and without its first look: the oracle of its tests, and what runs where
 * there is no relaxed SIMD.
 */
import { hitsAt, rowsAt, searchStateAt, shiftsAt } from './assembly/memory-layout.ts';
import { row, rowBytes } from './needle-tables.ts';

const NEWLINE = 0x0a;
const hitBytes = 16;
const hitsFull = rowsAt - 64 * hitBytes;

/** Looks for needles whose fingerprint begins in `start … end` of a search's memory; leaves there what it found, and answers how far it came. */
export function plainSearch(memory: ArrayBuffer, start: number, end: number): number {
  const bytes = new Uint8Array(memory);
  const numbers = new Int32Array(memory, 0, rowsAt / 4);
  let hits = hitsAt;
  let lineStart = -1;
  let newlines = 0;
  let at = start;
  for (; at < end; at += 1) {
    const low = needlesAt(bytes, at, 0);
    const high = needlesAt(bytes, at, 4);
    if ((low | high) !== 0 && hits > hitsFull) break;
    if (bytes[at] === NEWLINE) {
      lineStart = at + 1;
      newlines += 1;
    }
    for (const needle of bitsOf(low, high)) {
      numbers.set([at - bytes[shiftsAt + needle]!, needle, lineStart, newlines], hits / 4);
      hits += hitBytes;
    }
  }
  numbers.set([hits, lineStart, newlines], searchStateAt / 4);
  return at;
}

/** A bit for each of 32 needles whose fingerprint begins at `at`; the first or, with 4, the second half of them. */
function needlesAt(bytes: Uint8Array, at: number, half: 0 | 4): number {
  let needles = -1;
  for (let offset: number = row.first; needles !== 0 && offset <= row.last; offset += 1) {
    const entry = rowsAt + (offset - row.first) * rowBytes + bytes[at + offset]! * 8 + half;
    needles &= bytes[entry]! | (bytes[entry + 1]! << 8) | (bytes[entry + 2]! << 16) | (bytes[entry + 3]! << 24);
  }
  return needles;
}

/** The numbers of the bits that are set, ascending. */
function bitsOf(low: number, high: number): number[] {
  const bits: number[] = [];
  for (let rest = low; rest !== 0; rest &= rest - 1) bits.push(31 - Math.clz32(rest & -rest));
  for (let rest = high; rest !== 0; rest &= rest - 1) bits.push(63 - Math.clz32(rest & -rest));
  return bits;
}
