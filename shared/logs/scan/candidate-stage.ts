/**
 * The first of the scan's two stages: finds the lines that are worth reading at all, and counts lines on the way.
 *
 * Every line that can open an error record is a candidate; most candidates open none. The stage knows bytes only, and the record stage
 * decides.
 */
import { fingerprintSearch, hitNumbers, noNewline } from './fingerprint-search.ts';
import { needleGroups } from './needles.ts';

/** Where the stage is: positions are indexes into the bytes it is given. */
export interface CandidateCursor {
  /** The next byte to look at. */
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
 * Reports the candidate lines of `bytes` from the cursor up to `end`, and moves the cursor on, to `end` unless there are very many hits.
 * `bytes` go on behind `end` by at least `lookaheadBytes`; zeros at the end of the file.
 */
export type CandidateStage = (bytes: Buffer, cursor: CandidateCursor, to: { readonly end: number; readonly found: Candidates }) => void;

/** Bytes behind `end` that a check may read. */
export const lookaheadBytes = 128;

const NEWLINE = 0x0a;

const search = fingerprintSearch(needleGroups.map(({ fingerprints }) => fingerprints));

export const findCandidates: CandidateStage = (bytes, cursor, { end, found }) => {
  if (cursor.lineIsSettled) skipLine(bytes, cursor, end);
  const { position, lineNumber } = cursor;
  const { searched, hits, lineStart, newlines } = search(bytes, position, end);
  // A needle may want a sign before it, which the first line of a file has not.
  if (position === cursor.lineStart) settle(cursor, position, { number: lineNumber, found });
  for (let hit = 0; hit < hits.length; hit += hitNumbers) {
    const startIndex = hits[hit + 2]!;
    const start = startIndex === noNewline ? cursor.lineStart : position + startIndex;
    if (cursor.lineIsSettled && start === cursor.lineStart) continue;
    const isCandidate = deserveLook(bytes, position + hits[hit]!, { groups: hits[hit + 1]!, start });
    if (isCandidate) settle(cursor, start, { number: lineNumber + hits[hit + 3]!, found });
  }
  cursor.position += searched;
  cursor.lineNumber = lineNumber + newlines;
  if (lineStart !== noNewline) enterLine(cursor, position + lineStart);
};

/** Goes on to another line, unless it is the one that was settled last. */
function enterLine(cursor: CandidateCursor, start: number): void {
  if (cursor.lineStart === start) return;
  cursor.lineStart = start;
  cursor.lineIsSettled = false;
}

/** The rest of a settled line may be gigabytes: only its end is looked for. */
function skipLine(bytes: Buffer, cursor: CandidateCursor, end: number): void {
  const newline = bytes.indexOf(NEWLINE, cursor.position);
  cursor.position = newline < 0 || newline > end ? end : newline;
}

function settle(cursor: CandidateCursor, start: number, { number, found }: { number: number; found: Candidates }): void {
  if (cursor.lineIsSettled && cursor.lineStart === start) return;
  cursor.lineStart = start;
  cursor.lineIsSettled = true;
  found.starts.push(start);
  found.numbers.push(number);
}

/** Whether one of the needles that a hit may be holds up to its check. */
function deserveLook(bytes: Buffer, at: number, { groups, start }: { groups: number; start: number }): boolean {
  for (let rest = groups; rest !== 0; rest &= rest - 1) {
    if (needleGroups[31 - Math.clz32(rest & -rest)]?.check(bytes, at, start) === true) return true;
  }
  return false;
}
