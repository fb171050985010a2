import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteRange, chunkCount, chunkOfRange, layoutOf, rangeOfOffset, rangesOfChunk, wholeLayout } from '#shared/logs/file-layout.ts';
import { limits } from '#shared/logs/limits.ts';

const sizes = fc.integer({ min: 1, max: limits.fileBytesMax });

describe('the layout of a file', () => {
  it('has no gap, no overlap and no more ranges than it may, whatever the size', () => {
    fc.assert(
      fc.property(sizes, (sizeBytes) => {
        const { rangeBytes, ranges } = layoutOf(sizeBytes, { encoding: 'utf-8' });
        expect(ranges).toBeGreaterThan(0);
        expect(ranges).toBeLessThanOrEqual(limits.rangesMax);
        expect(rangeBytes).toBeGreaterThanOrEqual(limits.rangeBytesMin);
        expect((ranges - 1) * rangeBytes).toBeLessThan(sizeBytes);
        expect(ranges * rangeBytes).toBeGreaterThanOrEqual(sizeBytes);
      }),
    );
  });

  it('begins no range inside a character of UTF-16, also for odd wishes', () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 1_000_000 }), (sizeBytes, rangeBytesMin) => {
        expect(layoutOf(sizeBytes, { encoding: 'utf-16be', rangeBytesMin }).rangeBytes % 2).toBe(0);
      }),
    );
  });

  it.each([
    ['one byte', 1, 1],
    ['exactly one range', limits.rangeBytesMin, 1],
    ['one byte more', limits.rangeBytesMin + 1, 2],
    ['1 TB', 1e12, 14_902],
    ['50 TB', limits.fileBytesMax, 16_384],
  ])('%s', (_, sizeBytes, ranges) => {
    expect(layoutOf(sizeBytes, { encoding: 'utf-8' })).toMatchObject({ ranges });
  });

  it('keeps the ranges of the largest file short enough for one function: 3 GiB at 30 MB/s take 108 s of 900', () => {
    expect(layoutOf(limits.fileBytesMax, { encoding: 'utf-8' }).rangeBytes).toBeLessThan(3 * 1024 ** 3);
  });
});

describe('ranges and chunks', () => {
  const file = { ...layoutOf(1_000_003, { encoding: 'utf-8', rangeBytesMin: 1_000 }), sizeBytes: 1_000_003, compression: 'none' as const };

  it('give every byte to the one range that says so', () => {
    for (const offset of [0, 999, 1_000, 1_000_002]) {
      const { start, end } = byteRange(file, rangeOfOffset(file, offset));
      expect(start <= offset && offset < end).toBe(true);
    }
    expect(byteRange(file, file.ranges - 1)).toEqual({ start: 1_000_000, end: 1_000_003 });
  });

  it('give every range to one chunk', () => {
    const all = Array.from({ length: chunkCount(file) }, (_, chunk) => rangesOfChunk(file, chunk));
    expect(all.flat()).toEqual(Array.from({ length: file.ranges }, (_, range) => range));
    for (const [chunk, ranges] of all.entries()) expect(ranges.every((range) => chunkOfRange(range) === chunk)).toBe(true);
    expect(all.map((ranges) => ranges.length)).toEqual([128, 128, 128, 128, 128, 128, 128, 105]);
  });

  it('leave a compressed file whole, whatever the offset in its content', () => {
    const compressed = { ...wholeLayout(500), compression: 'gzip' as const };
    expect(compressed.ranges).toBe(1);
    expect(rangeOfOffset(compressed, 10_000)).toBe(0);
  });
});
