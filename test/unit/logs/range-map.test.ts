import { describe, expect, it } from 'vitest';
import { sampleFailure, sampleFile, sampleResult } from '#test/fakes/log-samples.ts';
import { limits } from '#shared/logs/limits.ts';
import { rangeMap, rangeMapView, type RangesSeen } from '#shared/logs/range-map.ts';
import type { RangeResult } from '#shared/logs/range-progress.ts';

const nowMs = Date.UTC(2026, 10, 21, 12);
const cell = (different: object) => ({ waiting: 0, scanning: 0, done: 0, failed: 0, records: 0, ...different });

function seen(results: readonly (readonly [number, RangeResult])[], begun: readonly (readonly [number, number])[] = []): RangesSeen {
  const chunks = Map.groupBy(results, ([range]) => Math.floor(range / limits.rangesPerChunk));
  return {
    chunks: [...chunks].map(([chunk, own]) => ({ chunk, results: new Map(own), leases: new Map(), touchedAtMs: nowMs })),
    begun: new Map(begun),
    nowMs,
  };
}

describe('the map of a file', () => {
  it('tells of every range whether it waits, is being scanned, is done or failed, with what it found', () => {
    const map = rangeMap(
      sampleFile({ ranges: 5 }),
      seen(
        [
          [0, sampleResult()],
          [3, sampleResult({ failure: sampleFailure })],
        ],
        [
          [0, nowMs - 5_000],
          [2, nowMs - 1_000],
          [3, nowMs - 5_000],
        ],
      ),
    );
    expect(map).toEqual({
      rangesPerCell: 1,
      cells: [
        cell({ done: 1, records: 3 }),
        cell({ waiting: 1 }),
        cell({ scanning: 1 }),
        cell({ failed: 1, records: 3 }),
        cell({ waiting: 1 }),
      ],
    });
  });

  it('lets a range wait again whose worker has had all the time there is', () => {
    const at = (ms: number) => rangeMap(sampleFile({ ranges: 1 }), seen([], [[0, nowMs - ms]])).cells[0];
    expect(at(limits.rangeMsMax - 1)).toEqual(cell({ scanning: 1 }));
    expect(at(limits.rangeMsMax)).toEqual(cell({ waiting: 1 }));
  });

  it('shows a failed range that is scanned once more as it was until it has another outcome', () => {
    const failed = sampleResult({ failure: sampleFailure });
    expect(rangeMap(sampleFile({ ranges: 1 }), seen([[0, failed]], [[0, nowMs]])).cells).toEqual([cell({ failed: 1, records: 3 })]);
  });

  it.each([
    [limits.rangeCellsMax, 1, limits.rangeCellsMax],
    [limits.rangeCellsMax + 1, 2, 129],
    [limits.rangesMax, 64, limits.rangeCellsMax],
    [0, 1, 0],
  ])('shows %i ranges in cells of %i, %i of them', (ranges, rangesPerCell, cells) => {
    const map = rangeMap(sampleFile({ ranges }), seen([]));
    expect(rangeMapView.parse(map)).toEqual(map);
    expect({ ...map, cells: map.cells.length }).toEqual({ rangesPerCell, cells });
    expect(map.cells.reduce((sum, { waiting }) => sum + waiting, 0)).toBe(ranges);
  });

  it('adds up what the ranges of a cell are', () => {
    const results = Array.from({ length: 30 }, (_, range) => [range, sampleResult()] as const);
    const map = rangeMap(sampleFile({ ranges: 16_384 }), seen(results, [[30, nowMs]]));
    expect(map.cells[0]).toEqual(cell({ done: 30, scanning: 1, waiting: 33, records: 90 }));
  });
});
