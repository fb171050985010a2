/**
 * The search's memory: where what lies, and the tables of its first two looks. assembly/needle-search.ts has the same numbers.
 */
import type { Needle } from './needles.ts';

export const pageBytes = 64 * 1024;

/** Groups of needles that the first look tells apart: a bit each. */
const groupsMax = 8;
/** Needles that the second look tells apart. */
const needlesMax = 64;
export const fingerprintBytes = 3;
/** Bytes around a fingerprint's first one that the second look compares. */
export const row = { first: -3, last: 8 } as const;

const lanes = 16;
const constantsAt = 96;
/** End of the hits, start of the last line, number of newlines. */
export const searchState = 128;
export const shiftsAt = 192;
export const hitsAt = 8192;
export const rowsAt = 32_768;
export const rowBytes = 256 * 8;
/** The bytes that are searched. Those before them may be read as well. */
export const inputAt = pageBytes;

/** What a search's memory begins with. */
export function tablesOf(groups: readonly (readonly Needle[])[]): Uint8Array {
  const needles = groups.flat();
  if (groups.length > groupsMax || needles.length > needlesMax) throw new RangeError('too many needles');
  const tables = Buffer.alloc(inputAt);
  groups.forEach((group, index) => {
    for (const needle of group) addFingerprint(tables, needle, 1 << index);
  });
  tables.fill(0x0f, constantsAt, constantsAt + lanes).fill('\n', constantsAt + lanes, constantsAt + 2 * lanes);
  needles.forEach((needle, index) => {
    tables[shiftsAt + index] = needle.fingerprintAt;
    addRows(tables, needle, index);
  });
  return tables;
}

/** The first look: for each byte of a fingerprint, the groups that its low half allows, and those that its high half does. */
function addFingerprint(tables: Buffer, { bytes, fingerprintAt }: Needle, bit: number): void {
  for (let byte = 0; byte < fingerprintBytes; byte += 1) {
    for (const value of bytes[fingerprintAt + byte] ?? []) {
      const low = byte * 2 * lanes;
      tables[low + (value & 15)]! |= bit;
      tables[low + lanes + (value >> 4)]! |= bit;
    }
  }
}

/** The second look: for each place around a fingerprint and each value there, a bit for each needle that has it there or does not care. */
function addRows(tables: Buffer, { bytes, fingerprintAt }: Needle, index: number): void {
  const half = index < 32 ? 0 : 4;
  for (let offset: number = row.first; offset <= row.last; offset += 1) {
    const wanted = bytes[fingerprintAt + offset];
    for (let value = 0; value < 256; value += 1) {
      if (wanted !== undefined && !wanted.has(value)) continue;
      const entry = rowsAt + (offset - row.first) * rowBytes + value * 8 + half;
      tables.writeUInt32LE((tables.readUInt32LE(entry) | (1 << (index % 32))) >>> 0, entry);
    }
  }
}
