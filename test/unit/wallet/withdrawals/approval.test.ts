import { beforeEach, describe, expect, it } from 'vitest';
import { advancePayout } from '#shared/wallet/withdrawals/advance-payout.ts';
import { decideWithdrawals } from '#shared/wallet/withdrawals/decide-withdrawals.ts';
import { fina, olivia, sariId, whole, withdrawalWorld } from '#test/fakes/withdrawal-world.ts';

let world: ReturnType<typeof withdrawalWorld>;
beforeEach(async () => {
  world = withdrawalWorld();
  await world.deposit(1_000_000);
});

describe('two pairs of eyes', () => {
  beforeEach(() => world.deposit(10_000_000));

  it('approve from the threshold on: the same person twice is one', async () => {
    const { id } = await world.submit(5_000_000);
    expect(await world.decide(id, 'approve', olivia)).toMatchObject({ state: 'submitted', approvals: [{ name: 'Olivia' }] });
    expect(world.woken).toEqual([]);
    await expect(world.decide(id, 'approve', olivia)).rejects.toMatchObject({ code: 'withdrawals.second-person-needed' });
    expect(await advancePayout(world, id)).toMatchObject({ state: 'submitted' });
    expect(world.gateway.payouts.size).toBe(0);
    expect(await world.decide(id, 'approve', fina)).toMatchObject({ state: 'approved' });
    const records = await world.audit.ofStream(`member:${sariId}`, { limit: 10 });
    expect(records.map(({ action, actorName }) => [action, actorName])).toEqual([
      ['withdrawal.approved', 'Fina'],
      ['withdrawal.first-approval', 'Olivia'],
    ]);
  });

  it('are not asked for below it, and by what held when it was submitted', async () => {
    const [below, above] = [await world.submit(4_999_999), await world.submit(5_000_000)];
    const seen = await Promise.all([below, above].map(async ({ id }) => (await world.withdrawals.get(id))?.approvalsNeeded));
    expect(seen).toEqual([1, 2]);
    expect(await world.decide(below.id, 'approve')).toMatchObject({ state: 'approved' });
  });

  it('decide once: of two at the same time one is told who was faster, and when', async () => {
    const { id } = await world.submit(100_000);
    const outcomes = await Promise.allSettled([world.decide(id, 'approve', olivia), world.decide(id, 'reject', fina)]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const refused = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(refused?.reason).toMatchObject({
      code: 'withdrawals.already-decided',
      errors: [{ detail: expect.stringMatching(/It is (approved|rejected), decided by (Olivia|Fina) at 2026-11-21T12:00/) }],
    });
    expect(await world.verify()).toEqual(whole);
  });

  it('reject with a reason, which the member reads', async () => {
    const { id } = await world.submit(100_000);
    expect(await world.decide(id, 'reject')).toMatchObject({ state: 'rejected', reason: 'Because' });
    expect(await world.balance()).toMatchObject({ held: 0 });
    const [record] = await world.audit.ofStream(`member:${sariId}`, { limit: 1 });
    expect(record).toMatchObject({ action: 'withdrawal.rejected', reason: 'Because', after: { withdrawal: id, state: 'rejected' } });
  });

  it('decide about many by name: each is told, and a wrong total decides nothing', async () => {
    const [one, two] = [await world.submit(100_000), await world.submit(200_000)];
    await world.decide(two.id, 'reject');
    const bulk = { ids: [one.id, two.id, 'wd_none'], decision: 'approve' as const, decider: fina };
    await expect(decideWithdrawals(world, { ...bulk, totalRupiah: 100_000 })).rejects.toMatchObject({
      code: 'withdrawals.total-differs',
      errors: [{ pointer: '/totalRupiah', detail: 'They come to Rp 300000.' }],
    });
    expect(await world.stateOf(one.id)).toBe('submitted');
    const { results } = await decideWithdrawals(world, { ...bulk, totalRupiah: 300_000 });
    expect(results).toMatchObject([
      { id: one.id, outcome: 'done', withdrawal: { state: 'approved' } },
      { id: two.id, outcome: 'refused', problem: { code: 'withdrawals.already-decided' } },
      { id: 'wd_none', outcome: 'refused', problem: { code: 'withdrawals.not-found' } },
    ]);
  });

  it('that take too long begin no further one, and say of each what became of it', async () => {
    const ids = [(await world.submit(100_000)).id, (await world.submit(200_000)).id];
    const staff: typeof world.staff = {
      ...world.staff,
      async get(staffId) {
        world.clock.advance(20_000);
        return world.staff.get(staffId);
      },
    };
    const bulk = { ids, decision: 'approve' as const, totalRupiah: 300_000, decider: fina };
    expect((await decideWithdrawals({ ...world, staff }, bulk)).results).toMatchObject([
      { id: ids[0], outcome: 'done', withdrawal: { state: 'approved' } },
      { id: ids[1], outcome: 'refused', problem: { code: 'withdrawals.not-reached' } },
    ]);
    expect(await world.stateOf(ids[1] ?? '')).toBe('submitted');
  });
});
