import { beforeEach, describe, expect, it } from 'vitest';
import { listWaiting } from '#shared/wallet/withdrawals/list-waiting.ts';
import { listWithdrawals } from '#shared/wallet/withdrawals/list-withdrawals.ts';
import { waitingKeyOf, type WithdrawalStore } from '#shared/wallet/withdrawals/ports.ts';
import type { WithdrawalState } from '#shared/wallet/withdrawals/withdrawal.ts';
import { sariId, withdrawalWorld } from '#test/fakes/withdrawal-world.ts';

let world: ReturnType<typeof withdrawalWorld>;
beforeEach(async () => {
  world = withdrawalWorld();
  await world.deposit(1_000_000);
});

describe('the queue of the desk', () => {
  it('lists by state and risk, oldest first to be worked off, page by page', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 4; index += 1) {
      ids.push((await world.submit(20_000 + index)).id);
      world.clock.advance(36 * 3_600_000);
    }
    const request = { state: 'submitted' as const, order: 'oldest' as const, limit: 3 };
    const first = await listWithdrawals(world, request);
    expect(first.withdrawals.map(({ id }) => id)).toEqual(ids.slice(0, 3));
    const rest = await listWithdrawals(world, { ...request, cursor: first.nextCursor ?? '' });
    expect([rest.withdrawals.map(({ id }) => id), rest.nextCursor, rest.partial]).toEqual([ids.slice(3), null, false]);
    const newest = await listWithdrawals(world, { order: 'newest', limit: 10 });
    expect(newest.withdrawals.map(({ id }) => id)).toEqual(ids.toReversed());
    const [opening] = newest.withdrawals.toReversed();
    expect(opening?.risk).toEqual({ score: 45, signals: ['new-bank-account', 'first-withdrawal', 'recent-deposits'] });
    const risky = await listWithdrawals(world, { order: 'newest', limit: 10, riskMin: 40 });
    expect(risky.withdrawals.map(({ id }) => id)).toEqual(ids.slice(0, 1));
  });

  it('keeps what has waited for a year, with whatever score, and is a list of ninety days for what waits no more', async () => {
    const { id: others } = await world.account({ accountNumber: '2222222222', accountName: 'Budi Santoso' });
    const decided = await world.submit(20_000);
    await world.decide(decided.id, 'reject');
    world.clock.advance(24 * 3_600_000);
    const old = [await world.submit(20_000, { bankAccountId: others }), await world.submit(20_000)];
    world.clock.advance(366 * 24 * 3_600_000);
    const young = await world.submit(20_000);
    const all = async (state: WithdrawalState, order: 'oldest' | 'newest') => {
      const ids: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await listWithdrawals(world, { state, order, limit: 2, cursor });
        ids.push(...page.withdrawals.map(({ id }) => id));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      return ids;
    };
    const waiting = [...old, young].map(({ id }) => id);
    expect(await all('submitted', 'oldest')).toEqual(waiting);
    expect(await all('submitted', 'newest')).toEqual(waiting.toReversed());
    expect(await all('rejected', 'oldest')).toEqual([]);
  });

  it("finds a member's own among thousands of others, in either order and page by page", async () => {
    const ids: string[] = [];
    for (let index = 0; index < 3; index += 1) ids.push((await world.submit(20_000 + index)).id);
    await world.decide(ids[1]!, 'reject');
    const crowded: WithdrawalStore = {
      ...world.withdrawals,
      inState: () => Promise.reject(new Error('The list of everybody was read')),
    };
    const list = (request: Partial<Parameters<typeof listWithdrawals>[1]>) =>
      listWithdrawals({ ...world, withdrawals: crowded }, { memberId: sariId, order: 'newest', limit: 2, ...request });
    const first = await list({});
    expect(first.withdrawals.map(({ id }) => id)).toEqual([ids[2], ids[1]]);
    const rest = await list({ cursor: first.nextCursor ?? '' });
    expect([rest.withdrawals.map(({ id }) => id), rest.nextCursor, rest.partial]).toEqual([[ids[0]], null, false]);
    const queue = await list({ order: 'oldest', state: 'submitted' });
    expect([queue.withdrawals.map(({ id }) => id), queue.nextCursor]).toEqual([[ids[0], ids[2]], null]);
    expect((await list({ to: '2020-01-01' })).withdrawals).toEqual([]);
    expect((await list({ memberId: '2' })).withdrawals).toEqual([]);
  });

  it('goes by risk and then by age, on pages that hold when something is decided in between', async () => {
    const { id: others } = await world.account({ accountNumber: '2222222222', accountName: 'Budi Santoso' });
    const plain = await world.submit(20_000);
    world.clock.advance(3_600_000);
    const risky = [await world.submit(20_000, { bankAccountId: others }), await world.submit(20_000, { bankAccountId: others })];
    world.clock.advance(120 * 24 * 3_600_000);
    const later = await world.submit(20_000);
    const ids = (page: { withdrawals: { id: string }[] }) => page.withdrawals.map(({ id }) => id);
    const whole = await listWaiting(world, { limit: 10 });
    expect([ids(whole), whole.nextCursor, whole.partial]).toEqual([[...risky.map(({ id }) => id), plain.id, later.id], null, false]);
    const first = await listWaiting(world, { limit: 1 });
    await world.decide(risky[0]!.id, 'reject');
    const rest = await listWaiting(world, { limit: 10, cursor: first.nextCursor ?? '' });
    expect([ids(first), ids(rest)]).toEqual([[risky[0]!.id], [risky[1]!.id, plain.id, later.id]]);
    expect(ids(await listWaiting(world, { limit: 10, riskMin: 50 }))).toEqual([risky[1]!.id]);
    expect(ids(await listWaiting(world, { limit: 10, to: '2026-11-30' }))).toEqual([risky[1]!.id, plain.id]);
    expect(ids(await listWaiting(world, { limit: 10, memberId: '2' }))).toEqual([]);
    await expect(listWaiting(world, { limit: 10, cursor: 'x' })).rejects.toMatchObject({ code: 'request.cursor-invalid' });
  });

  it('says so when it looked at as many as it may, and goes on from there', async () => {
    const one = (await world.withdrawals.get((await world.submit(20_000)).id))!;
    const many = Array.from({ length: 1_500 }, (_, index) => ({
      ...one,
      id: `wd_${String(index).padStart(22, '0')}`,
      memberId: index === 1_400 ? '2' : '1',
    }));
    const waiting: WithdrawalStore['waiting'] = async ({ behind = '', limit }) =>
      many.filter((each) => waitingKeyOf(each) > behind).slice(0, limit);
    const page = await listWaiting({ withdrawals: { waiting } }, { memberId: '2', limit: 25 });
    expect(page).toMatchObject({ withdrawals: [], partial: true, nextCursor: expect.any(String) });
    const next = await listWaiting({ withdrawals: { waiting } }, { memberId: '2', limit: 25, cursor: page.nextCursor ?? '' });
    expect(next).toMatchObject({ withdrawals: [{ id: many[1_400]!.id }], partial: false, nextCursor: null });
  });

  it('says what the state allows', async () => {
    const { id } = await world.submit(20_000);
    expect((await listWithdrawals(world, { order: 'newest', limit: 1 })).withdrawals[0]?.actions).toEqual(['approve', 'reject']);
    await world.decide(id, 'approve');
    expect((await listWithdrawals(world, { order: 'newest', limit: 1 })).withdrawals[0]?.actions).toEqual(['refresh']);
  });
});
