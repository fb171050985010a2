import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { limits } from '#shared/logs/limits.ts';
import { planRanges, rangePlan } from '#shared/logs/scan/plan-ranges.ts';

const encoding = fc.constantFrom('utf-8' as const, 'utf-16le' as const, 'utf-16be' as const);

it('covers a file once, in order, and cuts UTF-16 between units', () => {
  const size = fc.integer({ min: 0, max: 5_000 });
  fc.assert(
    fc.property(size, fc.integer({ min: 1, max: 600 }), encoding, (sizeBytes, rangeBytes, encoding) => {
      const ranges = [...planRanges(sizeBytes, { rangeBytes, encoding })];
      expect(ranges.map(({ start }) => start)).toEqual([0, ...ranges.map(({ end }) => end)].slice(0, ranges.length));
      expect(ranges.at(-1)?.end ?? 0).toBe(sizeBytes);
      expect(ranges.every(({ start, end }) => start < end)).toBe(true);
      expect(ranges.length).toBe(rangePlan(sizeBytes, { rangeBytes, encoding }).ranges);
      expect(ranges.every(({ start }) => encoding === 'utf-8' || start % 2 === 0)).toBe(true);
    }),
  );
});

it('stays inside the limits for a file of any size', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 * 1024 ** 4 }), encoding, (sizeBytes, encoding) => {
      const { rangeBytes, ranges } = rangePlan(sizeBytes, { encoding });
      expect(ranges).toBeLessThanOrEqual(limits.rangesMax);
      expect(rangeBytes).toBeGreaterThanOrEqual(limits.rangeBytesMin);
      expect(rangeBytes * ranges).toBeGreaterThanOrEqual(sizeBytes);
    }),
  );
});
