import { describe, expect, it } from 'vitest';
import { sampleFailure, sampleFile, sampleResult } from '#test/fakes/log-samples.ts';
import { chunkOfRange } from '#shared/logs/file-layout.ts';
import { fileLine, settledFile, type ChunkProgress, type RangeResult } from '#shared/logs/range-progress.ts';

const counts = (lines: number) => ({ lines, bytes: lines * 10, errors: 1, fatals: 0 });
const scanned = (lines: number): RangeResult => sampleResult({ counts: counts(lines) });
const failed = sampleResult({ counts: counts(0), failure: sampleFailure });

function chunksOf(results: readonly RangeResult[]): ChunkProgress[] {
  const byChunk = Map.groupBy(results.entries(), ([range]) => chunkOfRange(range));
  return [...byChunk].map(([chunk, entries]) => ({ chunk, results: new Map(entries), leases: new Map(), touchedAtMs: 0 }));
}

const file = sampleFile({ status: 'scanning', ranges: 300 });
const all = Array.from({ length: 300 }, (_, range) => scanned(range + 1));
const linesBefore = (range: number): number => (range * (range + 1)) / 2;

describe('a file with all its results', () => {
  it('is done, with totals, time span and the lines before each chunk', () => {
    const results = all.with(3, { ...scanned(4), recordsFrom: '2026-01-02T00:00:00.000Z', recordsTo: '2026-01-05T00:00:00.000Z' });
    const spanned = results.with(200, { ...scanned(201), recordsFrom: '2026-01-01T00:00:00.000Z', recordsTo: '2026-01-04T00:00:00.000Z' });
    expect(settledFile(file, chunksOf(spanned), 77)).toEqual({
      ...file,
      status: 'done',
      closedAtMs: 77,
      counts: { lines: linesBefore(300), bytes: linesBefore(300) * 10, errors: 300, fatals: 0 },
      recordsFrom: '2026-01-01T00:00:00.000Z',
      recordsTo: '2026-01-05T00:00:00.000Z',
      linesBeforeChunk: [0, linesBefore(128), linesBefore(256)],
    });
  });

  it('failed for the first range that did, and knows the lines up to it', () => {
    const first = { ...failed, failure: { ...sampleFailure, detail: 'first' } };
    const settled = settledFile(file, chunksOf(all.with(140, first).with(141, failed)), 77);
    expect(settled).toMatchObject({ status: 'failed', failure: first.failure, linesBeforeChunk: [0, linesBefore(128)] });
  });

  it('is done at last when the ranges that failed are scanned after all', () => {
    const before = settledFile(file, chunksOf(all.with(5, failed)), 77)!;
    expect(settledFile(before, chunksOf(all), 99)).toMatchObject({ status: 'done', failure: null, closedAtMs: 99 });
  });

  it('does not change when nothing did', () => {
    for (const results of [all, all.with(5, failed)]) {
      const settled = settledFile(file, chunksOf(results), 77)!;
      expect(settledFile(settled, chunksOf(results), 99)).toBeUndefined();
    }
  });

  it('tells better figures of a failure also when it stays one', () => {
    const before = settledFile(file, chunksOf(all.with(5, failed).with(6, failed)), 77)!;
    expect(settledFile(before, chunksOf(all.with(5, failed)), 99)).toMatchObject({
      status: 'failed',
      counts: { lines: linesBefore(300) - 6 },
    });
  });

  it('is never undone', () => {
    const done = settledFile(file, chunksOf(all), 77)!;
    expect(settledFile(done, chunksOf(all.with(5, failed)), 99)).toBeUndefined();
  });
});

describe('a file without one of its results', () => {
  it('is not settled', () => {
    expect(settledFile(file, chunksOf(all.slice(0, 299)), 77)).toBeUndefined();
    expect(settledFile(file, chunksOf(all).slice(1), 77)).toBeUndefined();
  });
});

describe('the line of a record', () => {
  const done = settledFile(file, chunksOf(all), 77)!;
  const chunks = chunksOf(all);

  it.each([0, 1, 127, 128, 129, 299])('counts all lines before its range %i', (range) => {
    expect(fileLine(done, chunks[chunkOfRange(range)], { range, lineInRange: 3 })).toBe(linesBefore(range) + 3);
  });

  it('is known at once in the first range, elsewhere when the file is closed', () => {
    expect(fileLine(file, undefined, { range: 0, lineInRange: 3 })).toBe(3);
    expect(fileLine(file, chunks[0], { range: 1, lineInRange: 3 })).toBeNull();
  });

  it('is known up to the range that failed, and not behind it', () => {
    const results = all.with(140, failed);
    const broken = settledFile(file, chunksOf(results), 77)!;
    const lineIn = (range: number) => fileLine(broken, chunksOf(results)[chunkOfRange(range)], { range, lineInRange: 1 });
    expect([139, 140, 141, 256].map(lineIn)).toEqual([linesBefore(139) + 1, linesBefore(140) + 1, null, null]);
  });
});
