import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromTheStart, successor, walkKeys } from '#infra/local/s3/key-walk.ts';
import type { KeyRange, Position, WalkEntry } from '#infra/local/s3/key-walk.ts';

const byBytes = (left: string, right: string) => Buffer.compare(Buffer.from(left), Buffer.from(right));
const keyText = fc.string({ unit: fc.constantFrom('a', 'b', '/', '-', 'é', '\uffff', '😀'), minLength: 1, maxLength: 5 });

/** What the database does, on an array. */
const opener = (keys: readonly string[]) => (range: KeyRange) => {
  const isInside = (key: string) => {
    const order = byBytes(key, range.from.key);
    return (range.from.inclusive ? order >= 0 : order > 0) && (range.end === undefined || byBytes(key, range.end) < 0);
  };
  return keys.filter(isInside).map((key) => ({ key }));
};
const after = ({ key }: { key: string }): Position => ({ key, inclusive: false });
const shown = (entry: WalkEntry<{ key: string }>) => ('item' in entry ? entry.item.key : `${entry.prefix}…`);

describe('a walk over keys', () => {
  it('shows what a listing by definition shows, in pages of any size', () => {
    const inputs = fc.record({
      keys: fc.uniqueArray(keyText, { maxLength: 30 }),
      prefix: fc.string({ unit: fc.constantFrom('a', '/', 'é', '\uffff'), maxLength: 2 }),
      delimiter: fc.constantFrom('', '/', 'a', '-é'),
      max: fc.integer({ min: 1, max: 5 }),
    });
    fc.assert(
      fc.property(inputs, ({ keys, prefix, delimiter, max }) => {
        const sorted = keys.toSorted(byBytes);
        const matching = sorted.filter((key) => key.startsWith(prefix));
        const rolledUp = matching.map((key) => {
          const at = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
          return at < 0 ? key : `${key.slice(0, at + delimiter.length)}…`;
        });
        const expected = [...new Set(rolledUp)];

        const seen: string[] = [];
        let from: Position | undefined = fromTheStart;
        while (from !== undefined) {
          const page: ReturnType<typeof walkKeys<{ key: string }>> = walkKeys({ prefix, delimiter, max, from }, opener(sorted), after);
          const isFull = page.entries.length === max;
          expect(isFull || (page.entries.length < max && page.next === undefined)).toBe(true);
          seen.push(...page.entries.map(shown));
          from = page.next;
        }
        expect(seen).toEqual(expected);
      }),
    );
  });

  it('asks for no key of a folder beyond its first', () => {
    let read = 0;
    const keys = Array.from({ length: 1000 }, (_, index) => `folder/${String(index).padStart(4, '0')}`);
    const counting = function* (range: KeyRange) {
      for (const item of opener([...keys, 'last'])(range)) {
        read += 1;
        yield item;
      }
    };
    const { entries } = walkKeys({ prefix: '', delimiter: '/', max: 10, from: fromTheStart }, counting, after);
    expect([entries.map(shown), read]).toEqual([['folder/…', 'last'], 2]);
  });
});

describe('the successor of a prefix', () => {
  it('lies behind everything that begins so, and before all else', () => {
    fc.assert(
      fc.property(keyText, keyText, (prefix, key) => {
        const next = successor(prefix)!;
        expect(byBytes(prefix, next)).toBeLessThan(0);
        expect(byBytes(key, next) < 0).toBe(byBytes(key, prefix) < 0 || key.startsWith(prefix));
      }),
    );
  });

  it('skips what is no character, and is missing where nothing can follow', () => {
    expect(successor('a\ud7ff')).toBe('a\ue000');
    expect(successor('a\u{10ffff}')).toBe('b');
    expect(successor('\u{10ffff}')).toBeUndefined();
    expect(successor('')).toBeUndefined();
  });
});
