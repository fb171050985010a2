/**
 * Counts of traces beyond what is kept.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TraceCounts, tracesMax } from '#shared/logs/patterns/trace-counts.ts';

const ids = Array.from({ length: tracesMax * 3 }, (_, i) => `pat_1_${((i * 2654435761) >>> 0).toString(36).padStart(7, '0')}`);

function countsOf(some: readonly string[]): TraceCounts {
  const counts = new TraceCounts();
  for (const id of some) counts.add(id, `template of ${id}`);
  return counts;
}

describe('counts of traces', () => {
  it('are exact for those kept, and tell how many others there were, in any cut', () => {
    const whole = countsOf([...ids, ...ids]);
    expect(whole.patterns()).toHaveLength(tracesMax);
    expect(whole.patterns().every(({ count }) => count === 2)).toBe(true);
    expect(whole.others).toBe((ids.length - tracesMax) * 2);
    fc.assert(
      fc.property(fc.nat(ids.length), (cut) => {
        const first = countsOf([...ids.slice(0, cut), ...ids.slice(cut)].toReversed());
        first.merge(countsOf(ids));
        expect(first.patterns()).toEqual(whole.patterns());
        expect(first.others).toBe(whole.others);
      }),
      { numRuns: 5 },
    );
  });
});
