/**
 * The first of the scan's two stages: finds the lines that are worth reading at all, and counts lines on the way.
 *
 * Every line that can open an error record is a candidate; most candidates open none. The stage knows bytes only, and the record stage
 * decides.
 */
import { hitNumbers, noNewline, type SearchResult } from './haystack.ts';
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

/** Bytes that can be searched, and `lookaheadBytes` behind them; zeros behind the end of the file. */
export interface Searchable {
  readonly units: Buffer;
  search(start: number, end: number): SearchResult;
}

/** Bytes behind the end that a check may read. */
export const lookaheadBytes = 128;

const NEWLINE = 0x0a;

const checks = needleGroups.flat().map(({ check }) => check);

/** Reports the candidate lines from the cursor up to `end`, and moves the cursor on, to `end` unless there are very many hits. */
export function findCandidates(searchable: Searchable, cursor: CandidateCursor, { end, found }: { end: number; found: Candidates }): void {
  const { units } = searchable;
  if (cursor.lineIsSettled) skipLine(units, cursor, end);
  const { position, lineNumber } = cursor;
  const { at, hits, lineStart, newlines } = searchable.search(position, end);
  // A needle may want a sign before it, which the first line of a file has not.
  if (position === cursor.lineStart) settle(cursor, position, { number: lineNumber, found });
  for (let hit = 0; hit < hits.length; hit += hitNumbers) {
    const startIndex = hits[hit + 2]!;
    const start = startIndex === noNewline ? cursor.lineStart : startIndex;
    if (cursor.lineIsSettled && start === cursor.lineStart) continue;
    if (checks[hits[hit + 1]!]!(units, hits[hit]!, start)) settle(cursor, start, { number: lineNumber + hits[hit + 3]!, found });
  }
  cursor.position = at;
  cursor.lineNumber = lineNumber + newlines;
  if (lineStart !== noNewline) enterLine(cursor, lineStart);
}

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
