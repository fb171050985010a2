import { describe, expect, it } from 'vitest';
import { type FileDetail, rangeTotals, shownCells, statesOf } from '../../../web/backoffice/src/logs/ranges.ts';

const cell = (different: object) => ({ waiting: 0, scanning: 0, done: 0, failed: 0, records: 0, ...different });

function fileOf(
  rangesTotal: number,
  rangesPerCell: number,
  cells: ReturnType<typeof cell>[],
): Pick<FileDetail, 'sizeBytes' | 'progress' | 'ranges'> {
  return {
    sizeBytes: rangesTotal * 100 - 30,
    progress: { rangesDone: 0, rangesTotal, bytesDone: 0, bytesTotal: rangesTotal * 100 - 30 },
    ranges: { rangeBytes: 100, failed: 0, failures: [], map: { rangesPerCell, cells } },
  };
}

describe("a file's ranges", () => {
  it('lie where they lie in the file, the last one up to its end', () => {
    const cells = shownCells(fileOf(3, 1, [cell({ done: 1 }), cell({ scanning: 1 }), cell({ waiting: 1 })]));
    expect(cells.map(({ first, last, start, end }) => [first, last, start, end])).toEqual([
      [1, 1, 0, 100],
      [2, 2, 100, 200],
      [3, 3, 200, 270],
    ]);
  });

  it('are shown several in a cell where there are many, fewer in the last', () => {
    const cells = shownCells(fileOf(5, 2, [cell({ done: 2 }), cell({ done: 1, failed: 1 }), cell({ waiting: 1 })]));
    expect(cells.map(({ first, last, start, end }) => [first, last, start, end])).toEqual([
      [1, 2, 0, 200],
      [3, 4, 200, 400],
      [5, 5, 400, 470],
    ]);
    expect(statesOf(cells[1] ?? cell({}))).toEqual(['failed', 'done']);
    expect(rangeTotals(cells)).toEqual({ failed: 1, scanning: 0, waiting: 1, done: 3 });
  });
});
