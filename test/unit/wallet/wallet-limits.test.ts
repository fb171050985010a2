import { describe, expect, it } from 'vitest';
import { decideChange } from '#shared/wallet/decide-change.ts';
import { emptyBalance } from '#shared/wallet/entry.ts';
import { posting } from '#shared/wallet/posting.ts';
import { limitsAt, monthOf, walletLimits, type DatedLimits } from '#shared/wallet/wallet-limits.ts';
import { depositOf, sari } from '#test/fakes/ledger-samples.ts';

describe('the limits of a wallet', () => {
  it('are those of the law: Rp 2 and 20 million to hold, Rp 20 and 40 million to take in', () => {
    expect(limitsAt(walletLimits, Date.UTC(2026, 10, 21))).toEqual({
      unverified: { balanceRupiahMax: 2_000_000, incomingRupiahPerMonthMax: 20_000_000 },
      verified: { balanceRupiahMax: 20_000_000, incomingRupiahPerMonthMax: 40_000_000 },
    });
  });

  it('stand in the order of their dates', () => {
    const dates = walletLimits.map(({ validFrom }) => validFrom);
    expect(dates).toEqual(dates.toSorted());
    expect(dates.every((date) => new Date(date).toISOString() === date)).toBe(true);
  });

  const changed: readonly DatedLimits[] = [
    ...walletLimits,
    {
      validFrom: '2027-01-31T17:00:00.000Z',
      levels: {
        unverified: { balanceRupiahMax: 1_000_000, incomingRupiahPerMonthMax: 5_000_000 },
        verified: { balanceRupiahMax: 50_000_000, incomingRupiahPerMonthMax: 60_000_000 },
      },
      source: 'for tests',
    },
  ];

  it('change at the instant that a later law names, to the millisecond', () => {
    const change = Date.parse('2027-01-31T17:00:00.000Z');
    expect(limitsAt(changed, change - 1).verified.balanceRupiahMax).toBe(20_000_000);
    expect(limitsAt(changed, change).verified.balanceRupiahMax).toBe(50_000_000);
  });

  it('are refused for a time of which nothing is known', () => {
    expect(() => limitsAt(walletLimits, 0)).toThrow(RangeError);
  });

  it('decide by the instant of the booking, which is not before the last one on the account', () => {
    const balance = { ...emptyBalance(sari), sequence: 1, at: '2027-02-01T00:00:00.000Z' };
    const found = { record: undefined, claimedBy: undefined, hold: undefined, balances: new Map([[sari, balance]]) };
    const rules = { nowMs: Date.UTC(2027, 0, 31, 16), limits: changed, levels: new Map([[sari, 'verified' as const]]) };
    expect(decideChange(posting(depositOf(sari, 50_000_000)), found, rules)).toMatchObject({
      state: 'write',
      write: { record: { at: balance.at } },
    });
    expect(decideChange(posting(depositOf(sari, 50_000_001)), found, rules)).toMatchObject({ refusal: { reason: 'balance-limit' } });
  });

  it.each([
    ['2026-11-30T16:59:59.999Z', '2026-11'],
    ['2026-11-30T17:00:00.000Z', '2026-12'],
    ['2026-12-31T17:00:00.000Z', '2027-01'],
  ])('count %s into %s, as Jakarta does', (instant, month) => {
    expect(monthOf(instant)).toBe(month);
  });
});
