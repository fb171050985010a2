import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, type Json } from '#shared/platform/audit/canonical-json.ts';

/** The same value with the names of every object in another order. */
function reordered(value: Json): Json {
  if (Array.isArray(value)) return value.map((member: Json) => reordered(member));
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value as Record<string, Json>).toReversed();
  return Object.fromEntries(members.map(([name, member]) => [name, reordered(member)]));
}

describe('canonical JSON', () => {
  it('is one text for one value, and says the same as JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (given) => {
        const value = JSON.parse(JSON.stringify(given)) as Json;
        const text = canonicalJson(value);
        expect(canonicalJson(reordered(value))).toBe(text);
        expect(JSON.parse(text)).toEqual(value);
      }),
    );
  });

  it('sorts names by their UTF-16 units and writes numbers as ECMAScript does (RFC 8785)', () => {
    const value = { '\u20ac': 'Euro', '\r': 'Return', '\ufb33': 'Dalet', '1': 'One', '\u{1f600}': 'Smiley', '\u0080': 'Control', ö: 'o' };
    expect(Object.values(JSON.parse(canonicalJson(value)) as object)).toContain('Euro');
    const names = [...canonicalJson(value).matchAll(/"([^"]*)":"/g)].map(([, name]) => JSON.parse(`"${name}"`) as string);
    expect(names).toEqual(['\r', '1', '\u0080', 'ö', '\u20ac', '\u{1f600}', '\ufb33']);
    expect(canonicalJson([333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001, -0])).toBe(
      '[333333333.3333333,1e+30,4.5,0.002,1e-27,0]',
    );
  });

  it.each([Number.NaN, Infinity])('has no word for %s', (value) => {
    expect(() => canonicalJson({ value })).toThrow(TypeError);
  });
});
