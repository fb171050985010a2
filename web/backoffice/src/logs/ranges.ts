import type { Schemas } from '../shell/api/client.ts';

export type FileDetail = Schemas['LogFileDetail'];
type Cell = FileDetail['ranges']['map']['cells'][number];

/** What a range can be, the gravest first. */
export const rangeStates = ['failed', 'scanning', 'waiting', 'done'] as const;
export type RangeState = (typeof rangeStates)[number];

/** A cell of the map with what it stands for. */
export interface ShownCell extends Cell {
  /** Number of its first and last range, from 1 on. */
  readonly first: number;
  readonly last: number;
  /** Bytes of the file, from the first one on. */
  readonly start: number;
  readonly end: number;
}

export function shownCells({ sizeBytes, progress, ranges }: Pick<FileDetail, 'sizeBytes' | 'progress' | 'ranges'>): readonly ShownCell[] {
  const { rangeBytes, map } = ranges;
  return map.cells.map((cell, at) => {
    const before = at * map.rangesPerCell;
    const last = Math.min(before + map.rangesPerCell, progress.rangesTotal);
    return { ...cell, first: before + 1, last, start: before * rangeBytes, end: Math.min(last * rangeBytes, sizeBytes) };
  });
}

/** How many ranges of the file are in each state. */
export function rangeTotals(cells: readonly Cell[]): Readonly<Record<RangeState, number>> {
  const totals = { failed: 0, scanning: 0, waiting: 0, done: 0 };
  for (const cell of cells) for (const state of rangeStates) totals[state] += cell[state];
  return totals;
}

/** States that a cell has ranges in, the gravest first; of a cell of one range, that one. */
export const statesOf = (cell: Cell): readonly RangeState[] => rangeStates.filter((state) => cell[state] > 0);
