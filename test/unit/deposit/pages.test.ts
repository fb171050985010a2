import { describe, expect, it } from 'vitest';
import type { Deposit, DepositList, DepositStatus } from '../../../web/deposit/src/api/contract.ts';
import { extended, refreshed } from '../../../web/deposit/src/list/pages.ts';

describe('a list that is read by pages', () => {
  const first = pageOf(['d6', 'd5', 'd4'], 'after-d4');
  const both = extended(refreshed(undefined, first), pageOf(['d3', 'd2', 'd1'], 'after-d1'));

  it('goes on where it ended', () => {
    expect(both).toEqual({ deposits: pageOf(['d6', 'd5', 'd4', 'd3', 'd2', 'd1'], null).deposits, nextCursor: 'after-d1' });
  });

  it('stays as long as it is when it is looked at again, with what is new and what has changed', () => {
    const again = refreshed(both, pageOf(['d7', 'd6', 'd5'], 'after-d5', 'paid'));
    expect(again.deposits.map(({ id, status }) => [id, status])).toEqual([
      ['d7', 'paid'],
      ['d6', 'paid'],
      ['d5', 'paid'],
      ['d4', 'pending'],
      ['d3', 'pending'],
      ['d2', 'pending'],
      ['d1', 'pending'],
    ]);
    expect(again.nextCursor).toBe('after-d1');
  });

  it('begins again when so many are new that some would be missing between', () => {
    const again = refreshed(both, pageOf(['e3', 'e2', 'e1'], 'after-e1'));
    expect([again.deposits.map(({ id }) => id), again.nextCursor]).toEqual([['e3', 'e2', 'e1'], 'after-e1']);
  });

  it('takes the end of a list that is no longer than a page', () => {
    expect(refreshed(refreshed(undefined, pageOf(['d1'], null)), pageOf(['d2', 'd1'], null)).nextCursor).toBeNull();
  });
});

function pageOf(ids: readonly string[], nextCursor: string | null, status: DepositStatus = 'pending'): DepositList {
  return { deposits: ids.map((id) => ({ id, status }) as Deposit), nextCursor, serverTime: '' };
}
