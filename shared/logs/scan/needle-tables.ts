/**
 * The tables of the search's first two looks, as they lie in its memory.
 */
import { constantsAt, inputAt, rowsAt, shiftsAt, tablesAt } from './assembly/memory-layout.ts';
import type { Needle } from './needles.ts';

/** Groups of needles that the first look tells apart: a bit each. */
const groupsMax = 8;
/** Needles that the second look tells apart. */
const needlesMax = 64;
const fingerprintBytes = 3;
/** Bytes around a fingerprint's first one that the second look compares. */
export const row = { first: -3, last: 8 } as const;
export const rowBytes = 256 * 8;

const lanes = 16;

/** What a search's memory begins with. */
export function tablesOf(groups: readonly (readonly Needle[])[]): Uint8Array {
  const needles = groups.flat();
  if (groups.length > groupsMax || needles.length > needlesMax) throw new RangeError('too many needles');
  const tables = Buffer.from(new ArrayBuffer(inputAt));
  groups.forEach((group, index) => {
    for (const needle of group) addFingerprint(tables, needle, 1 << index);
  });
  tables.fill(0x0f, constantsAt, constantsAt + lanes).fill('\n', constantsAt + lanes, constantsAt + 2 * lanes);
  needles.forEach(({ fingerprintAt }, index) => (tables[shiftsAt + index] = fingerprintAt));
  const rows = new Uint32Array(tables.buffer, tables.byteOffset + rowsAt, (row.last - row.first + 1) * (rowBytes / 4));
  for (let offset: number = row.first; offset <= row.last; offset += 1) {
    fillRow(rows.subarray(((offset - row.first) * rowBytes) / 4, ((offset - row.first + 1) * rowBytes) / 4), needles, offset);
  }
  return tables;
}

/** The first look: for each byte of a fingerprint, the groups that its low half allows, and those that its high half does. */
function addFingerprint(tables: Buffer, { bytes, fingerprintAt }: Needle, bit: number): void {
  for (let byte = 0; byte < fingerprintBytes; byte += 1) {
    for (const value of bytes[fingerprintAt + byte] ?? []) {
      const low = tablesAt + byte * 2 * lanes;
      tables[low + (value & 15)]! |= bit;
      tables[low + lanes + (value >> 4)]! |= bit;
    }
  }
}

/** The second look: for a place around fingerprints, and each value there, a bit for each needle that has it there or does not care. */
function fillRow(values: Uint32Array, needles: readonly Needle[], offset: number): void {
  const careless = [0, 0];
  for (const [index, { bytes, fingerprintAt }] of needles.entries()) {
    const half = index < 32 ? 0 : 1;
    const bit = 1 << (index % 32);
    const wanted = bytes[fingerprintAt + offset];
    if (wanted === undefined) careless[half]! |= bit;
    else for (const value of wanted) values[value * 2 + half]! |= bit;
  }
  for (let at = 0; at < values.length; at += 1) values[at]! |= careless[at % 2]!;
}
