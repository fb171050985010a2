import { describe, expect, it } from 'vitest';
import { problemOf } from '#shared/platform/http/problem.ts';
import { overLimit, roomOf } from '#shared/wallet/deposits/member-room.ts';
import type { MembershipLevel } from '#shared/wallet/wallet-limits.ts';
import { walletLimits } from '#shared/wallet/wallet-limits.ts';
import { fakeClock } from '#test/fakes/clock.ts';

const roomWith = (posted: number, incomingThisMonth: number, level: MembershipLevel = 'verified') =>
  roomOf(
    {
      ledger: { balanceOf: async (book) => ({ book, posted, held: 0, available: posted, incomingThisMonth }) },
      levels: { of: async () => level },
      limits: walletLimits,
      clock: fakeClock(),
    },
    '100000000000000001',
  );

describe('what a member may still take in', () => {
  it('is the less of what they may own and what may come in this month, and says which', async () => {
    expect(await roomWith(0, 0)).toEqual({ roomRupiah: 20_000_000, limit: 'balance' });
    expect(await roomWith(0, 39_000_000)).toEqual({ roomRupiah: 1_000_000, limit: 'incoming' });
    expect(await roomWith(21_000_000, 41_000_000)).toEqual({ roomRupiah: 0, limit: 'balance' });
    expect(await roomWith(500_000, 0, 'unverified')).toEqual({ roomRupiah: 1_500_000, limit: 'balance' });
  });

  it('is refused to whoever takes no money: gone, or never there', async () => {
    const ledger = { balanceOf: async (book: string) => ({ book, posted: 0, held: 0, available: 0, incomingThisMonth: 0 }) };
    const gone = roomOf({ ledger, levels: { of: async () => undefined }, limits: walletLimits, clock: fakeClock() }, '1');
    await expect(gone).rejects.toMatchObject({ code: 'deposits.account-closed' });
  });

  it('is told to programs in the problem document, beside the words', () => {
    const { statusCode, body } = problemOf(overLimit({ roomRupiah: 1_250_000, limit: 'incoming' }, '/amountRupiah'), 'r-1');
    expect([statusCode, JSON.parse(body ?? '')]).toMatchObject([
      409,
      {
        code: 'deposits.over-limit',
        room: { roomRupiah: 1_250_000, limit: 'incoming' },
        errors: [{ pointer: '/amountRupiah', detail: 'At most 1250000 rupiah may come in now.' }],
      },
    ]);
  });
});
