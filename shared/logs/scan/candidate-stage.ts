/**
 * The first of the scan's two stages: finds the lines that are worth reading at all, and counts lines on the way.
 *
 * Every line that can open an error record is a candidate; most candidates open none. The stage knows bytes only, and the record stage
 * decides. A faster one takes its place by having the same type.
 */
import { needleGroups } from './needles.ts';
import { newlineGroup, pairTable } from './pair-table.ts';

/** Where the stage is: positions are indexes into the bytes it is given. */
export interface CandidateCursor {
  /** The next byte to look at; even. */
  position: number;
  /** First byte of the line that `position` is in; may lie before the bytes. */
  lineStart: number;
  /** 1-based number of that line. */
  lineNumber: number;
  /** The line is a candidate already, or none of the caller's: it is not reported (again). */
  lineIsSettled: boolean;
}

/** Candidate lines in the order of the file: where each starts, and its number. */
export interface Candidates {
  readonly starts: number[];
  readonly numbers: number[];
}

/**
 * Reports the candidate lines of `bytes` from the cursor up to `end` (even), and moves the cursor there. `bytes` go on behind `end` by at
 * least `lookaheadBytes`; zeros at the end of the file.
 */
export type CandidateStage = (bytes: Buffer, cursor: CandidateCursor, to: { readonly end: number; readonly found: Candidates }) => void;

/** Bytes behind `end` that a check may read. */
export const lookaheadBytes = 128;

const NEWLINE = 0x0a;

const table = pairTable(needleGroups);

/** The stage in plain JavaScript. */
export const findCandidates: CandidateStage = (bytes, cursor, { end, found }) => {
  const pairs = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length >> 1);
  const last = end >> 1;
  let at = cursor.position >> 1;
  let first = table[pairs[at]!]!;
  while (at < last) {
    // Four pairs a turn, nearly all of which hold nothing.
    const second = table[pairs[at + 1]!]!;
    const third = table[pairs[at + 2]!]!;
    const fourth = table[pairs[at + 3]!]!;
    const next = table[pairs[at + 4]!]!;
    if (((first & (second >>> 16)) | (second & (third >>> 16)) | (third & (fourth >>> 16)) | (fourth & (next >>> 16))) !== 0) {
      const stop = at + 4 < last ? at + 4 : last;
      for (let pair = at; pair < stop; pair += 1) {
        const groups = table[pairs[pair]!]! & (table[pairs[pair + 1]!]! >>> 16);
        if ((groups & newlineGroup) !== 0) countLines(bytes, pair << 1, cursor);
        if (groups > newlineGroup && !cursor.lineIsSettled) settle(bytes, pair << 1, { groups, cursor, found });
      }
    }
    first = next;
    at += 4;
  }
  cursor.position = end;
};

/** The pair at `at` holds a newline, or two. */
function countLines(bytes: Buffer, at: number, cursor: CandidateCursor): void {
  const newlines = bytes[at] === NEWLINE && bytes[at + 1] === NEWLINE ? 2 : 1;
  cursor.lineNumber += newlines;
  cursor.lineStart = bytes[at + 1] === NEWLINE ? at + 2 : at + 1;
  cursor.lineIsSettled = false;
}

interface Hit {
  readonly groups: number;
  readonly cursor: CandidateCursor;
  readonly found: Candidates;
}

function settle(bytes: Buffer, at: number, { groups, cursor, found }: Hit): void {
  for (let group = 0; group < needleGroups.length; group += 1) {
    if ((groups & (2 << group)) === 0 || needleGroups[group]?.check(bytes, at, cursor.lineStart) !== true) continue;
    cursor.lineIsSettled = true;
    found.starts.push(cursor.lineStart);
    found.numbers.push(cursor.lineNumber);
    return;
  }
}
