import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { seededChance } from '#test/fakes/chance.ts';
import { prefixedId, snowflake } from '#shared/platform/ids.ts';

const at = (milliseconds: number, seed = 1) => ({ clock: { now: () => milliseconds }, chance: seededChance(seed) });
const times = fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2450, 0) });

describe('a snowflake', () => {
  it('is 18 digits whose upper part is the time', () => {
    fc.assert(
      fc.property(times, fc.nat(), (milliseconds, seed) => {
        const id = snowflake(at(milliseconds, seed));
        expect(id).toMatch(/^\d{18}$/);
        expect(Number(BigInt(id) >> 16n)).toBe(milliseconds);
      }),
    );
  });

  it('sorts as text as the times do', () => {
    fc.assert(
      fc.property(times, times, (a, b) => {
        expect(a === b || snowflake(at(a)) < snowflake(at(b)) === a < b).toBe(true);
      }),
    );
  });
});

describe('a prefixed id', () => {
  it('has one width and sorts by time, whatever the chance', () => {
    fc.assert(
      fc.property(times, times, fc.tuple(fc.nat(), fc.nat()), (a, b, [seedA, seedB]) => {
        const [idA, idB] = [prefixedId('dep', at(a, seedA)), prefixedId('dep', at(b, seedB))];
        expect(idA).toMatch(/^dep_[0-9a-z]{22}$/);
        expect(a === b || idA < idB === a < b).toBe(true);
      }),
    );
  });
});
