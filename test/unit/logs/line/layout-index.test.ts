/**
 * Patterns that a text cannot match are left out, and no other.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beginningOf, layoutIndex } from '#shared/logs/line/layout-index.ts';
import { layoutsBehind } from '#shared/logs/line/layouts.ts';
import { formats } from './formats.ts';

describe('the beginning of a pattern', () => {
  const read = (source: string) =>
    beginningOf(source).map((characters) => (characters === undefined ? 'any' : String.fromCharCode(...characters)));

  it.each([
    ['^ -- x', [' ', '-']],
    [String.raw`^\|x`, ['|', 'x']],
    [String.raw`^\t(?:a)`, ['\t', 'any']],
    ['^ {3,}x', [' ', ' ']],
    ['^ *[ab]+c', [' ab', 'any']],
    ['^a+b', ['a', 'any']],
    ['^a?b?c', ['abc', 'any']],
    ['^ab?c', ['a', 'any']],
    ['^(?:a|b)c', ['any', 'any']],
    [String.raw`^\d`, ['any', 'any']],
    ['^ab|c', ['any', 'any']],
    ['ab', ['any', 'any']],
  ])('%s is %j', (source, expected) => {
    expect(read(source)).toEqual(expected);
  });
});

describe('the layouts that a text may have', () => {
  const index = layoutIndex(layoutsBehind);
  const lines = formats.flatMap(({ lines }) => lines.map(([, line]) => line));

  it('hold every one that matches', () => {
    const text = fc.oneof(
      fc.tuple(fc.constantFrom(...lines), fc.nat({ max: 80 })).map(([line, at]) => line.slice(at)),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(text, (text) => {
        const candidates = index.candidates(text);
        expect(layoutsBehind.filter((layout) => layout.test(text) && !candidates.includes(layout))).toEqual([]);
      }),
      { numRuns: 3_000 },
    );
  });

  it('are few', () => {
    expect(index.candidates(' [main] com.acme.Shop - failed').length).toBeLessThan(layoutsBehind.length / 2);
    expect(index.candidates(': boom').length).toBeLessThan(layoutsBehind.length / 2);
  });
});
