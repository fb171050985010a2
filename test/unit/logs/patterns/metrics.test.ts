/**
 * The four scores, on groups small enough to count by hand.
 */
import { describe, expect, it } from 'vitest';
import { csvRows } from '#test/bench/patterns/csv-rows.ts';
import { scoresOf } from '#test/bench/patterns/metrics.ts';

const truth = ['a <*>', 'a <*>', 'b', 'c', 'c'];
const scores = (predicted: readonly string[]) => {
  const { GA, FGA, PA, FTA } = scoresOf({ truth, predicted });
  return { GA, FGA, PA, FTA };
};

describe('scores', () => {
  it('are one for the truth itself', () => {
    expect(scores(truth)).toEqual({ GA: 1, FGA: 1, PA: 1, FTA: 1 });
  });

  it('tell groups from texts', () => {
    expect(scores(['x', 'x', 'y', 'z', 'z'])).toEqual({ GA: 1, FGA: 1, PA: 0, FTA: 0 });
  });

  it('count no line of a group that is split or mixed', () => {
    expect(scores(['one', 'one', 'one', 'one', 'one'])).toEqual({ GA: 0, FGA: 0, PA: 0, FTA: 0 });
    const split = scores(['a <*>', 'a <*>', 'b', 'c', 'd']);
    expect(split.GA).toBeCloseTo(0.6);
    expect(split.PA).toBeCloseTo(0.8);
    // Right: `a <*>`, `b` and `c` of four; all lines with `c` are truly `c`.
    expect(split.FTA).toBeCloseTo((2 * (3 / 4) * 1) / (3 / 4 + 1));
    const mixed = scores(['a <*>', 'a <*>', 'c', 'c', 'c']);
    expect(mixed.GA).toBeCloseTo(0.4);
    expect(mixed.FTA).toBeCloseTo((2 * (1 / 2) * (1 / 3)) / (1 / 2 + 1 / 3));
  });

  it('leave lines without a true template out', () => {
    expect(scoresOf({ truth: ['a', ''], predicted: ['a', 'x'] })).toEqual({ GA: 1, FGA: 1, PA: 1, FTA: 1, groups: 1, trueGroups: 1 });
  });
});

describe('CSV', () => {
  it('is read with quotes, commas and line ends inside of cells', () => {
    expect(csvRows('a,b\r\n1,"x, ""y""\nz"\n2,\n')).toEqual([
      { a: '1', b: 'x, "y"\nz' },
      { a: '2', b: '' },
    ]);
  });
});
