import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountOf, accountsOf, clearingBook, memberBook, normalSides, kindOf } from '#shared/wallet/account.ts';
import { amountRupiahSchema, sumRupiah } from '#shared/wallet/amount.ts';
import { ledgerLimits } from '#shared/wallet/limits.ts';
import { bodyHashOf, holding, isBalanced, linesOf, posting } from '#shared/wallet/posting.ts';
import { depositOf, holdOn, sari, transferOf, withdrawalOf } from '#test/fakes/ledger-samples.ts';

describe('a posting', () => {
  it('adds up to zero however its moves are put together', () => {
    const members = ['member:1', 'member:2', 'member:3', 'member:4'];
    const moveOf = fc
      .record({
        from: fc.constantFrom(...members),
        to: fc.constantFrom(...members, 'fees'),
        amountRupiah: fc.integer({ min: 1, max: 1e12 }),
      })
      .filter(({ from, to }) => from !== to);
    fc.assert(
      fc.property(fc.array(moveOf, { minLength: 1, maxLength: ledgerLimits.movesPerPostingMax }), (moves) => {
        const request = { ...transferOf('member:1', 'member:2', { amountRupiah: 1 }), moves };
        const sums = new Map<string, number>();
        for (const { from, to, amountRupiah } of moves) {
          sums.set(from, (sums.get(from) ?? 0) - amountRupiah);
          sums.set(to, (sums.get(to) ?? 0) + amountRupiah);
        }
        fc.pre(![...sums.values()].includes(0));
        const lines = linesOf(posting(request));
        expect(isBalanced(lines)).toBe(true);
        expect(new Map(lines.map(({ account, amountRupiah }) => [account.replace(/^fees:\d\d$/, 'fees'), amountRupiah]))).toEqual(sums);
      }),
    );
  });

  it('takes from no account what it gives to it: there would be no entry to show for it', () => {
    const moves = [
      { from: 'member:1', to: 'member:2', amountRupiah: 5 },
      { from: 'member:2', to: 'fees', amountRupiah: 5 },
    ];
    expect(() => posting({ ...transferOf('member:1', 'member:2', { amountRupiah: 1 }), moves })).toThrow('what it gives to it');
  });

  it('is the same body whoever noticed it, and another one for other money', () => {
    const body = bodyHashOf(posting(depositOf(sari, 10_000)));
    expect(bodyHashOf(posting({ ...depositOf(sari, 10_000), actor: 'staff:stf_1', reason: 'Seen in the report' }))).toBe(body);
    const others = [
      depositOf(sari, 10_001),
      depositOf('member:9', 10_000),
      { ...depositOf(sari, 10_000), reference: 'dep_2' },
      { ...depositOf(sari, 10_000), claim: undefined },
      { ...depositOf(sari, 10_000), settles: { account: sari, holdId: 'wd_1' } },
    ];
    expect(new Set([body, ...others.map((other) => bodyHashOf(posting(other)))]).size).toBe(others.length + 1);
  });

  it('settles and holds money of members only', () => {
    expect(() => holding(holdOn('fees', 1_000))).toThrow('Only money of members');
    expect(() => posting({ ...withdrawalOf(sari, 10_000), settles: { account: 'suspense', holdId: 'wd_1' } })).toThrow(
      'Only money of members',
    );
  });
});

describe('the accounts of the ledger', () => {
  it('spread a platform book over all of its shards, and a posting always to the same one', () => {
    const used = new Map<string, number>();
    for (let index = 0; index < 1_600; index += 1) {
      const account = accountOf(clearingBook('midtrans'), `deposit:${index}`);
      expect(accountOf(clearingBook('midtrans'), `deposit:${index}`)).toBe(account);
      used.set(account, (used.get(account) ?? 0) + 1);
    }
    expect([...used.keys()].toSorted()).toEqual(accountsOf(clearingBook('midtrans')));
    expect(Math.min(...used.values())).toBeGreaterThan(50);
    expect(Math.max(...used.values())).toBeLessThan(150);
  });

  it('never spread a member', () => {
    expect(accountOf(memberBook('1'), 'anything')).toBe('member:1');
    expect(accountsOf(memberBook('1'))).toEqual(['member:1']);
  });

  it('have a side each', () => {
    expect(normalSides[kindOf('clearing:midtrans:07')]).toBe('debit');
    expect(normalSides[kindOf(sari)]).toBe('credit');
    expect(() => kindOf('cash')).toThrow(TypeError);
    expect(() => memberBook('1:2')).toThrow('member');
  });
});

describe('amounts', () => {
  it.each([0, -1, 0.5, 10_000.01, Number.NaN, Infinity, 10 ** 18, ledgerLimits.amountRupiahMax + 1, '10000', 10_000n, null])(
    'are not %s',
    (value) => {
      expect(amountRupiahSchema.safeParse(value).success).toBe(false);
    },
  );

  it.each([1, 10_000, ledgerLimits.amountRupiahMax])('are %s', (value) => {
    expect(amountRupiahSchema.parse(value)).toBe(value);
  });

  it('are never added up to what cannot be counted', () => {
    expect(sumRupiah([1, 2, -3])).toBe(0);
    expect(() => sumRupiah([Number.MAX_SAFE_INTEGER, 1])).toThrow(RangeError);
  });
});
