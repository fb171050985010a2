/**
 * Sketches: the same lines give the same sketch in any order and any cut, in bounded memory.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolvePatterns } from '#shared/logs/patterns/resolve.ts';
import { bucketsMax, leavesPerBucketMax, PatternSketch, type SketchData } from '#shared/logs/patterns/sketch.ts';
import { sketchOf } from './mined.ts';

const word = fc.constantFrom(
  'order',
  'paid',
  'user',
  'ann',
  'bob',
  'cyd',
  'for',
  'from',
  'web-1',
  'db.acme.test',
  'eth0',
  'eth1',
  'ERROR',
  'v2',
);
const value = fc.oneof(
  fc.integer().map(String),
  fc.ipV4(),
  fc.constantFrom('blk_7', '(x)', '()', 'a=1', 'a=b', '"q r"', 'true', '/srv/a', ''),
);
const message = fc.array(fc.oneof(word, value), { maxLength: 8 }).map((tokens) => tokens.join(' '));
const messages = fc.array(message, { maxLength: 60 });

/** Many more different names than a bucket holds. */
const crowded = fc.array(
  fc.record({ user: fc.nat(3_000), event: fc.constantFrom('login of', 'login by', 'failed for user') }).map(({ user, event }) => {
    const name = user.toString(5).replaceAll(/\d/g, (digit) => 'abcde'[Number(digit)] ?? '');
    return `${event} ${name} now`;
  }),
  { minLength: 300, maxLength: 600 },
);

function mergedIn(order: readonly number[], parts: readonly (readonly string[])[]): PatternSketch {
  const merged = new PatternSketch();
  for (const at of order) merged.merge(sketchOf(parts[at] ?? []));
  return merged;
}

/** The sketches of the parts, merged forwards and backwards. */
function mergedParts(lines: readonly string[], cuts: readonly number[]): SketchData[] {
  const edges = [0, ...cuts.map((cut) => cut % (lines.length + 1)), lines.length].toSorted((a, b) => a - b);
  const parts = edges.slice(1).map((edge, i) => lines.slice(edges[i], edge));
  const order = parts.map((_, i) => i);
  return [order, order.toReversed()].map((some) => mergedIn(some, parts).toData());
}

const shuffledAndCut = (lines: fc.Arbitrary<string[]>) =>
  lines.chain((some) =>
    fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length }), fc.array(fc.nat(1_000), { maxLength: 4 })),
  );

describe('a sketch', () => {
  it('is the same for the same lines in any order and any cut', () => {
    fc.assert(
      fc.property(shuffledAndCut(messages), ([lines, shuffled, cuts]) => {
        const whole = sketchOf(lines).toData();
        expect(mergedParts(shuffled, cuts)).toEqual([whole, whole]);
      }),
      { numRuns: 100 },
    );
  });

  it('is so beyond its bounds, too', () => {
    fc.assert(
      fc.property(shuffledAndCut(crowded), ([lines, shuffled, cuts]) => {
        const whole = sketchOf(lines).toData();
        expect(mergedParts(shuffled, cuts)).toEqual([whole, whole]);
      }),
      { numRuns: 12 },
    );
  });

  it('merges in any grouping', () => {
    fc.assert(
      fc.property(crowded, messages, crowded, (a, b, c) => {
        const [left, inner] = [sketchOf(a), sketchOf(b)];
        inner.merge(sketchOf(c));
        left.merge(inner);
        const right = sketchOf(a);
        right.merge(sketchOf(b));
        right.merge(sketchOf(c));
        expect(left.toData()).toEqual(right.toData());
      }),
      { numRuns: 12 },
    );
  });

  it('gives the same patterns, ids and counts in any order', () => {
    fc.assert(
      fc.property(shuffledAndCut(fc.oneof(messages, crowded)), ([lines, shuffled]) => {
        const { patterns } = resolvePatterns(sketchOf(lines));
        expect(resolvePatterns(sketchOf(shuffled)).patterns).toEqual(patterns);
        expect(patterns.reduce((sum, { count }) => sum + count, 0)).toBe(lines.length);
      }),
      { numRuns: 25 },
    );
  });

  it('knows the pattern of each of its lines, counted as often', () => {
    fc.assert(
      fc.property(fc.oneof(messages, crowded), (lines) => {
        const resolved = resolvePatterns(sketchOf(lines));
        const counts = new Map<string, number>();
        for (const line of lines) {
          const id = resolved.patternOf(Buffer.from(line), 0, Buffer.byteLength(line))?.id ?? 'none';
          counts.set(id, (counts.get(id) ?? 0) + 1);
        }
        expect(counts).toEqual(new Map(resolved.patterns.map(({ id, count }) => [id, count])));
      }),
      { numRuns: 25 },
    );
  });

  it('travels as JSON', () => {
    fc.assert(
      fc.property(fc.oneof(messages, crowded), (lines) => {
        const data = sketchOf(lines).toData();
        expect(PatternSketch.fromData(JSON.parse(JSON.stringify(data)) as typeof data).toData()).toEqual(data);
      }),
      { numRuns: 12 },
    );
  });

  it('stays within its bounds whatever comes, and counts every line', () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => {
      const letters = (i * 2654435761).toString(26).replaceAll(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)] ?? '');
      return letters
        .replaceAll(/(.{3})/g, '$1 ')
        .replaceAll('e', '=')
        .replaceAll('k', '(');
    });
    const leaves = sketchOf(lines).leaves();
    expect(leaves.length).toBeLessThanOrEqual(bucketsMax * leavesPerBucketMax);
    expect(leaves.reduce((sum, { count }) => sum + count, 0)).toBe(lines.length);
  });

  it('keeps the words around a crowd that nothing announces', () => {
    const ids = Array.from({ length: 5_000 }, (_, i) => i.toString(2).replaceAll('0', 'ka').replaceAll('1', 'mo'));
    expect(resolvePatterns(sketchOf(ids.map((id) => `request ${id} served in 12 ms`))).patterns.map(({ template }) => template)).toEqual([
      'request <*> served in <*> ms',
    ]);
  });

  it('keeps apart what is rare while thousands of names crowd it', () => {
    const names = Array.from({ length: 5_000 }, (_, i) => i.toString(2).replaceAll('0', 'ka').replaceAll('1', 'mo'));
    const lines = [
      ...names.map((name) => `Failed password for ${name} from 10.0.0.1`),
      ...names.map((name) => `Invalid user ${name}`),
      'server ready',
      'disk is full',
    ];
    expect(resolvePatterns(sketchOf(lines)).patterns.map(({ template, count }) => [template, count])).toEqual([
      ['Failed password for <*> from <*>', 5_000],
      ['Invalid user <*>', 5_000],
      ['disk is full', 1],
      ['server ready', 1],
    ]);
  });
});
