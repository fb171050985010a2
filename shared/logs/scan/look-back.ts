/**
 * Finds where a scan may begin to know the state before a line exactly: see `Resets` for why so few bytes suffice.
 */
import type { LineReader, Missing } from './line-reader.ts';
import { isFreeHead } from './resets.ts';
import type { ScannedLine } from './segmenter.ts';

export interface LookBack {
  /** The state before the line that starts here is known: no need to look past it. */
  readonly known: number | undefined;
  readonly blockSize: number;
}

/** Lines to take, in order, before the line they were asked for; `fresh` when they begin with nothing open instead of the known state. */
export interface Run {
  readonly fresh: boolean;
  readonly lines: readonly ScannedLine[];
}

/** The lines to take before `line`, so that the state is what a scan from the start of the file would have. */
export function linesToTakeBefore(reader: LineReader, line: ScannedLine, { known, blockSize }: LookBack): Run | Missing {
  const block = Math.floor(line.start / blockSize);
  const near = collect(reader, line.start, { known, limit: (block - 1) * blockSize });
  if (typeof near === 'string') return near;
  if (near.end !== 'limit') return read(reader, near.starts, near.end);
  const here = near.starts.filter((start) => start >= block * blockSize);
  const before = near.starts.slice(0, near.starts.length - here.length);
  const free = indexOfFreeHead(reader, [...here, line.start]);
  if (free === 'after') return free;
  if (free >= 0) return read(reader, here.slice(free), 'limit');
  const freeBefore = indexOfFreeHead(reader, before);
  if (freeBefore === 'after') return freeBefore;
  if (freeBefore < 0) return read(reader, here, 'limit');
  const far = collect(reader, before[0] ?? line.start, { known, limit: (block - 2) * blockSize });
  if (typeof far === 'string') return far;
  return read(reader, far.end === 'limit' ? near.starts.slice(freeBefore) : [...far.starts, ...near.starts], far.end);
}

type Beginning = 'synchronised' | 'known' | 'limit';

interface Collected {
  /** What ended the walk. The lines begin with the synchronising one, with the one of the known state, or with the first one behind the limit. */
  readonly end: Beginning;
  readonly starts: readonly number[];
}

/** Walks back from a line to the last synchronising one, the known state, or the first line that starts at or after `limit`. */
function collect(reader: LineReader, from: number, { known, limit }: { known: number | undefined; limit: number }): Collected | Missing {
  const starts: number[] = [];
  for (let start = from; start !== known;) {
    const before = reader.startBefore(start, limit);
    if (before === 'before') return 'before';
    if (before === undefined) return { end: 'limit', starts: starts.toReversed() };
    starts.push(before);
    const synchronises = reader.synchronisesAt(before);
    if (synchronises === 'after') return 'after';
    if (synchronises) return { end: 'synchronised', starts: starts.toReversed() };
    start = before;
  }
  return { end: 'known', starts: starts.toReversed() };
}

/** The first free-standing head among lines of a block that begin with its first one, -1 without one. */
function indexOfFreeHead(reader: LineReader, starts: readonly number[]): number | 'after' {
  for (const [index, start] of starts.entries()) {
    if (reader.isInner(start)) continue;
    const line = reader.lineAt(start);
    if (line === 'after') return 'after';
    if (line.kind.is !== 'head') continue;
    // What stands before a line in the window is there with all that its kind depends on.
    const isFree = isFreeHead((n) => (n > index ? undefined : (reader.lineAt(starts[index - n]!) as ScannedLine).kind));
    if (isFree) return index;
  }
  return -1;
}

function read(reader: LineReader, starts: readonly number[], end: Beginning): Run | 'after' {
  const lines: ScannedLine[] = [];
  for (const start of starts) {
    const line = reader.lineAt(start);
    if (line === 'after') return 'after';
    lines.push(line);
  }
  return { fresh: end !== 'known', lines };
}
