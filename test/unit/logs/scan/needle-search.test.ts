/**
 * The compiled search finds what the plain one finds, and lets little else through.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { scanModule } from '#infra/build-scan-assembly.ts';
import { findCandidates, lookaheadBytes } from '#shared/logs/scan/candidate-stage.ts';
import { Haystack, searches, type SearchResult } from '#shared/logs/scan/haystack.ts';
import { needleGroups } from '#shared/logs/scan/needles.ts';
import { generatedLines } from '#test/bench/generate-log.ts';

const compiled = new Haystack(searches.compiled!());
const masked = new Haystack(searches.masked!());
const plain = new Haystack(searches.plain());

/** What a search finds in the bytes behind `shift` others, up to `end`. */
function found(haystack: Haystack, bytes: Buffer, { shift, end }: { shift: number; end: number }): SearchResult {
  haystack.grow(shift + bytes.length + lookaheadBytes);
  haystack.units.fill(0x2e, 0, shift);
  bytes.copy(haystack.units, shift);
  haystack.units.fill(0, shift + bytes.length, shift + bytes.length + lookaheadBytes);
  const result = haystack.search(shift, shift + end);
  return { ...result, hits: result.hits.slice() };
}

/** The same by all. */
function expectSame(bytes: Buffer, where: { shift: number; end: number }): SearchResult {
  const result = found(compiled, bytes, where);
  expect(result).toEqual(found(plain, bytes, where));
  expect(result).toEqual(found(masked, bytes, where));
  return result;
}

/** Any bytes that each needle is made of, in the file's order of needles. */
const needles = needleGroups.flat();
const someNeedle = fc
  .tuple(fc.nat(needles.length - 1), fc.array(fc.nat(1_000), { minLength: 12, maxLength: 12 }))
  .map(([index, picks]) =>
    Buffer.from(needles[index]!.bytes.map((values, at) => [...values][picks[at]! % values.size]!)).toString('latin1'),
  );

describe('the compiled search', () => {
  it('is what the sources compile to', async () => {
    const module = readFileSync(new URL('../../../../shared/logs/scan/assembly/scan.wasm.ts', import.meta.url), 'utf8');
    expect(await scanModule()).toBe(module);
  });

  it('finds the hits, lines and numbers of lines that the plain one finds', () => {
    const piece = fc.oneof(
      someNeedle,
      fc.constantFrom('\n', '\n\n', ' ', 'e', 'E', '"', ':', '\0'),
      fc.string({ unit: 'binary-ascii', maxLength: 40 }),
      fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
    );
    const where = fc.record({ shift: fc.integer({ min: 4, max: 40 }), left: fc.nat({ max: 40 }) });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), where, (pieces, { shift, left }) => {
        const bytes = Buffer.from(pieces.join(''), 'latin1');
        const end = Math.max(0, bytes.length - left);
        expect(expectSame(bytes, { shift, end }).at).toBe(shift + end);
      }),
      { numRuns: 2_000 },
    );
  });

  it('finds every needle at every place of a step', () => {
    for (const [index, { bytes }] of needles.entries()) {
      const needle = Buffer.from(bytes.map((values) => [...values].at(-1) ?? 0));
      for (let before = 4; before < 4 + 33; before += 1) {
        const { hits } = expectSame(Buffer.concat([Buffer.alloc(before, 0x2e), needle]), { shift: 4, end: before + needle.length });
        expect(Array.from({ length: hits.length / 4 }, (_, hit) => [hits[hit * 4], hits[hit * 4 + 1]])).toContainEqual([before + 4, index]);
      }
    }
  });

  it('stops where there is no more room for hits, and goes on from there', () => {
    const bytes = Buffer.from(' E [E] "E"\n'.repeat(2_000));
    let at = 0;
    let hits = 0;
    let newlines = 0;
    let stops = 0;
    while (at < bytes.length) {
      const result = expectSame(bytes.subarray(at), { shift: 8, end: bytes.length - at });
      at += result.at - 8;
      hits += result.hits.length / 4;
      newlines += result.newlines;
      stops += 1;
    }
    expect({ hits, newlines }).toEqual({ hits: 3 * 2_000, newlines: 2_000 });
    expect(stops).toBeGreaterThan(2);
  });

  it('counts the lines of long stretches without a hit', () => {
    const bytes = Buffer.from(`${'\n'.repeat(70_000)}${'x'.repeat(70_000)}\nERROR\n`);
    const { hits, newlines } = expectSame(bytes, { shift: 4, end: bytes.length });
    expect(newlines).toBe(70_002);
    expect(hits[3]).toBe(70_001);
  });
});

describe('of the generated log', () => {
  const bytes = Buffer.concat([Buffer.from(generatedLines(20_000, 7)), Buffer.alloc(lookaheadBytes)]);
  const end = bytes.length - lookaheadBytes;
  const megabytes = end / 1e6;

  it('fewer than 150 hits a megabyte get past the second look', () => {
    expect(expectSame(bytes, { shift: 4, end }).hits.length / 4 / megabytes).toBeLessThan(150);
  });

  it('fewer than a hundred lines a megabyte are candidates, of ten thousand', () => {
    compiled.grow(bytes.length);
    bytes.copy(compiled.units);
    const cursor = { position: 0, lineStart: 0, lineNumber: 1, lineIsSettled: false };
    const candidates = { starts: [] as number[], numbers: [] as number[] };
    while (cursor.position < end) findCandidates(compiled, cursor, { end, found: candidates });
    expect(cursor.lineNumber / megabytes).toBeGreaterThan(9_000);
    expect(candidates.starts.length / megabytes).toBeLessThan(100);
  });
});
