import { describe, expect, it } from 'vitest';
import { amount } from '../../../web/backoffice/src/wallet/amount-filter.ts';
import { memberId } from '../../../web/backoffice/src/wallet/member-filter.ts';

describe('an amount that is looked for', () => {
  it.each([
    ['250000', '250000'],
    ['250.000', '250000'],
    ['1,250,000', '1250000'],
    ['Rp 250.000', '250000'],
    ['rp250000', '250000'],
    ['0', '0'],
    ['1.000.000.000.000', '1000000000000'],
  ])('may be written %j', (text, meant) => {
    expect(amount(text)).toBe(meant);
  });

  it.each(['250.000,00', '250000.00', '2.50', '25,00', '-5', '1e6', 'Rp', '1.000.000.000.001', '1.000,000', 'banyak', ' '])(
    'is not %j: nothing is asked for rather than another amount',
    (text) => {
      expect(amount(text)).toBeUndefined();
    },
  );
});

describe('a member who is looked for', () => {
  it('is an id of digits, and no name', () => {
    expect([' 117659684774865516 ', 'maya', '12a', '1'.repeat(20), ''].map(memberId)).toEqual([
      '117659684774865516',
      ...Array.from({ length: 4 }, () => undefined),
    ]);
  });
});
