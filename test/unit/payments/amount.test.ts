import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountRupiahSchema, gatewayAmount, rupiahOf } from '#shared/payments/amount.ts';

describe('amounts of gateways', () => {
  it.each([
    ['10000.00', 10_000],
    ['12333.0', 12_333],
    ['10000', 10_000],
    [10_000, 10_000],
    ['0', 0],
    ['0.00', 0],
    ['1000000000000', 1_000_000_000_000],
    [1e12, 1_000_000_000_000],
  ])('reads %o as %i rupiah', (written, amount) => {
    expect(rupiahOf(written)).toBe(amount);
  });

  it.each([
    '10000.01',
    10_000.01,
    '10000.5',
    '1e4',
    '-1',
    -1,
    '+1',
    ' 1',
    '1 ',
    '1,000',
    '1.000.000',
    '01',
    '0x10',
    '',
    '.0',
    '1.',
    '１００',
    '1000000000001',
    1e12 + 1,
    1e18,
    Number.NaN,
    Infinity,
    -0.5,
    null,
    undefined,
    true,
    [],
    {},
    10n,
  ])('refuses %o', (written) => {
    expect(rupiahOf(written)).toBeUndefined();
    expect(gatewayAmount.safeParse(written).success).toBe(false);
  });

  it('reads what it writes, and never anything but whole rupiah', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000_000 }), fc.constantFrom('', '.0', '.00'), (amount, zeros) => {
        expect(rupiahOf(`${amount}${zeros}`)).toBe(amount);
      }),
    );
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const amount = rupiahOf(value) ?? 0;
        expect(Number.isSafeInteger(amount) && amount >= 0 && amount <= 1_000_000_000_000).toBe(true);
      }),
    );
  });

  it('charges at least one rupiah', () => {
    expect([0, 1, 1.5, '1', 1e12, 1e12 + 1].map((amount) => amountRupiahSchema.safeParse(amount).success)).toEqual([
      false,
      true,
      false,
      false,
      true,
      false,
    ]);
  });
});
