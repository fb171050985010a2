/**
 * Finds where a scan may begin to know the state before a line exactly: see `Resets` for why so few bytes suffice.
 */
import type { LineReader, Missing } from './line-reader.ts';
import { isSynchronising } from './line-kind.ts';
import { FreeHeads } from './resets.ts';
import type { ScannedLine } from './segmenter.ts';

export interface LookBack {
  /** The state behind the last line that the caller took is known: no need to look past it. */
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
  const near = collect(reader, line, { known, limit: (block - 1) * blockSize });
  if (typeof near === 'string') return near;
  if (near.end !== 'limit') return { fresh: near.end === 'synchronised', lines: near.lines };
  const here = [...near.lines.filter(({ start }) => start >= block * blockSize), line];
  const free = indexOfFreeHead(here, block);
  if (free >= 0) return { fresh: true, lines: here.slice(free, -1) };
  const before = near.lines.slice(0, near.lines.length - here.length + 1);
  const freeBefore = indexOfFreeHead(before, block - 1);
  if (freeBefore < 0) return { fresh: true, lines: here.slice(0, -1) };
  const far = collect(reader, before[0] ?? line, { known, limit: (block - 2) * blockSize });
  if (typeof far === 'string') return far;
  if (far.end === 'limit') return { fresh: true, lines: near.lines.slice(freeBefore) };
  return { fresh: far.end === 'synchronised', lines: [...far.lines, ...near.lines] };
}

interface Collected {
  /** What ended the walk; the lines begin with the synchronising one, behind the known state, or at the limit. */
  readonly end: 'synchronised' | 'known' | 'limit';
  readonly lines: readonly ScannedLine[];
}

/** Walks back from a line to the last synchronising one, the known state, or the first line that starts at or after `limit`. */
function collect(
  reader: LineReader,
  line: ScannedLine,
  { known, limit }: { known: number | undefined; limit: number },
): Collected | Missing {
  const lines: ScannedLine[] = [];
  for (let start = line.start; start !== known;) {
    const before = reader.startBefore(start, limit);
    if (before === 'before') return 'before';
    if (before === undefined) return { end: 'limit', lines: lines.toReversed() };
    const previous = reader.lineAt(before);
    if (previous === 'after') return 'after';
    lines.push(previous);
    if (isSynchronising(previous.kind)) return { end: 'synchronised', lines: lines.toReversed() };
    start = before;
  }
  return { end: 'known', lines: lines.toReversed() };
}

function indexOfFreeHead(lines: readonly ScannedLine[], block: number): number {
  const heads = new FreeHeads();
  return lines.findIndex((line) => heads.take(line, block));
}
