/**
 * The ranges of a file at a glance: what became of each, in the order of the file. A file of many ranges is shown in cells of several.
 */
import * as z from 'zod';
import { limits } from './limits.ts';
import type { LogFile } from './log-file.ts';
import type { ChunkProgress, RangeResult } from './range-progress.ts';

/**
 * - `waiting`: nobody has begun it, or whoever did is out of time and its message comes again.
 * - `scanning`: a worker has begun it and still has time.
 * - `done`: scanned to its end.
 * - `failed`: it could not be, and what was found up to there is kept.
 */
type RangeState = 'waiting' | 'scanning' | 'done' | 'failed';

const count = z.int().nonnegative();

export const rangeMapView = z
  .object({
    rangesPerCell: z
      .int()
      .positive()
      .meta({ description: `Ranges that a cell stands for; 1 up to ${limits.rangeCellsMax} ranges, the last cell may have fewer.` }),
    cells: z
      .array(
        z.object({
          waiting: count,
          scanning: count,
          done: count,
          failed: count,
          records: count.meta({ description: 'Errors found so far.' }),
        }),
      )
      .max(limits.rangeCellsMax)
      .meta({ description: `In the order of the file, at most ${limits.rangeCellsMax}: how many ranges of the cell are in which state.` }),
  })
  .meta({ id: 'LogRangeMap' });
export type RangeMap = z.infer<typeof rangeMapView>;

export interface RangesSeen {
  /** All there are of the file. */
  readonly chunks: readonly ChunkProgress[];
  /** When a worker last began a range, by its number. */
  readonly begun: ReadonlyMap<number, number>;
  readonly nowMs: number;
}

export function rangeMap(file: Pick<LogFile, 'ranges'>, { chunks, begun, nowMs }: RangesSeen): RangeMap {
  const rangesPerCell = Math.max(1, Math.ceil(file.ranges / limits.rangeCellsMax));
  const results = new Map(chunks.flatMap((chunk) => [...chunk.results]));
  const cells = Array.from({ length: Math.ceil(file.ranges / rangesPerCell) }, () => ({
    waiting: 0,
    scanning: 0,
    done: 0,
    failed: 0,
    records: 0,
  }));
  for (let range = 0; range < file.ranges; range += 1) {
    const cell = cells[Math.floor(range / rangesPerCell)]!;
    const result = results.get(range);
    cell[stateOf(result, begun.get(range), nowMs)] += 1;
    if (result !== undefined) cell.records += result.counts.errors + result.counts.fatals;
  }
  return { rangesPerCell, cells };
}

function stateOf(result: RangeResult | undefined, begunAtMs: number | undefined, nowMs: number): RangeState {
  if (result !== undefined) return result.failure === null ? 'done' : 'failed';
  return begunAtMs !== undefined && nowMs < begunAtMs + limits.rangeMsMax ? 'scanning' : 'waiting';
}
