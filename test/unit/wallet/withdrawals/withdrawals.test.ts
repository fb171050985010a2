import { beforeEach, describe, expect, it } from 'vitest';
import { advancePayout } from '#shared/wallet/withdrawals/advance-payout.ts';
import { removeBankAccount } from '#shared/wallet/withdrawals/bank-accounts.ts';
import { cancelWithdrawal } from '#shared/wallet/withdrawals/cancel-withdrawal.ts';
import { type WithdrawalStore } from '#shared/wallet/withdrawals/ports.ts';
import { submitFor } from '#shared/wallet/withdrawals/member-endpoints.ts';
import { submitWithdrawal } from '#shared/wallet/withdrawals/submit-withdrawal.ts';
import { withdrawalRates } from '#shared/wallet/withdrawals/withdrawal-rates.ts';
import { fakeRateLimits } from '#test/fakes/fake-rate-limits.ts';
import { sariId, whole, withdrawalWorld } from '#test/fakes/withdrawal-world.ts';

const held = { posted: 1_000_000, held: 100_000, available: 900_000 };

let world: ReturnType<typeof withdrawalWorld>;
beforeEach(async () => {
  world = withdrawalWorld();
  await world.deposit(1_000_000);
});

describe('a withdrawal', () => {
  it('sets the money aside, is approved, paid out and settled, with every step in its timeline', async () => {
    const submitted = await world.submit(100_000);
    expect(submitted).toMatchObject({ state: 'submitted', amountRupiah: 100_000, feeRupiah: 2_500, payoutRupiah: 97_500 });
    expect(await world.balance()).toMatchObject(held);
    await world.decide(submitted.id, 'approve');
    expect(world.woken).toEqual([submitted.id]);
    await advancePayout(world, submitted.id);
    expect(world.gateway.payouts.get(submitted.id)?.request).toMatchObject({ amountRupiah: 97_500, accountName: 'SARI DEWI' });
    world.gateway.become(submitted.id, 'completed');
    expect(await advancePayout(world, submitted.id)).toMatchObject({ state: 'completed' });
    expect(await world.balance()).toMatchObject({ posted: 900_000, held: 0, available: 900_000 });
    expect(await world.happened(submitted.id)).toEqual(['submitted', 'approved', 'attempt', 'sent', 'released-at-gateway', 'completed']);
    expect(await world.verify()).toEqual(whole);
  });

  it('is one for a double tap, for ever, and the key is nobody else’s request', async () => {
    const { id: bankAccountId } = await world.account();
    const taps = await Promise.all([1, 2, 3].map(() => world.submit(100_000, { key: 'tap', bankAccountId })));
    expect(new Set(taps.map(({ id }) => id)).size).toBe(1);
    expect(await world.balance()).toMatchObject(held);
    await world.decide(taps[0]!.id, 'reject');
    expect(await world.submit(100_000, { key: 'tap', bankAccountId })).toEqual(taps[0]);
    await expect(world.submit(100_001, { key: 'tap', bankAccountId })).rejects.toMatchObject({ code: 'withdrawals.key-reused' });
  });

  it('takes no more than there is, and says how much that is', async () => {
    await world.submit(600_000);
    await expect(world.submit(600_000)).rejects.toMatchObject({
      code: 'withdrawals.insufficient',
      errors: [{ pointer: '/amountRupiah', detail: 'Rp 400000 are available.' }],
    });
    await expect(world.submit(19_999)).rejects.toMatchObject({ code: 'withdrawals.amount-refused' });
    await expect(world.submit(20_000, { bankAccountId: 'bnk_none' })).rejects.toMatchObject({
      code: 'withdrawals.bank-account-not-found',
    });
    expect(await world.verify()).toEqual(whole);
  });

  it('is given back whole when it is cancelled, once, and not after somebody has decided', async () => {
    const { id } = await world.submit(100_000);
    const own = { memberId: sariId, withdrawalId: id };
    await expect(cancelWithdrawal(world, { ...own, memberId: '2' })).rejects.toMatchObject({ code: 'withdrawals.not-found' });
    expect(await cancelWithdrawal(world, own)).toMatchObject({ state: 'cancelled' });
    expect(await cancelWithdrawal(world, own)).toMatchObject({ state: 'cancelled' });
    expect(await world.balance()).toMatchObject({ held: 0, available: 1_000_000 });
    await expect(world.decide(id, 'approve')).rejects.toMatchObject({ code: 'withdrawals.already-decided' });
    const second = await world.underway();
    await expect(cancelWithdrawal(world, { ...own, withdrawalId: second })).rejects.toMatchObject({ code: 'withdrawals.already-decided' });
  });

  it('is under way five times at most', async () => {
    for (let count = 0; count < 5; count += 1) await world.submit(20_000);
    await expect(world.submit(20_000)).rejects.toMatchObject({ code: 'withdrawals.too-many-open' });
  });
});

describe('a twin of a request that is still under way', () => {
  /** It looked for the key before the first had written it down, and for everything else after. */
  const twin = () => {
    let looks = 0;
    const remembered: WithdrawalStore['remembered'] = async (...key) => {
      looks += 1;
      return looks === 1 ? undefined : world.withdrawals.remembered(...key);
    };
    return { ...world, withdrawals: { ...world.withdrawals, remembered } };
  };

  it('is answered what the first was, also when the first was the last that the member may have', async () => {
    for (let count = 0; count < 4; count += 1) await world.submit(20_000);
    const { id: bankAccountId } = await world.account();
    const request = { memberId: sariId, key: 'twin', amountRupiah: 20_000, bankAccountId };
    const first = await submitWithdrawal(world, request);
    expect(await submitWithdrawal(twin(), request)).toEqual(first);
    await expect(submitWithdrawal(twin(), { ...request, key: 'other' })).rejects.toMatchObject({ code: 'withdrawals.too-many-open' });
    await expect(submitWithdrawal(twin(), { ...request, amountRupiah: 20_001 })).rejects.toMatchObject({ code: 'withdrawals.key-reused' });
    expect(await world.balance()).toMatchObject({ held: 100_000 });
  });

  it('is answered so when the bank account is gone since', async () => {
    const { id: bankAccountId } = await world.account();
    const request = { memberId: sariId, key: 'twin', amountRupiah: 20_000, bankAccountId };
    const first = await submitWithdrawal(world, request);
    await removeBankAccount(world, { memberId: sariId, bankAccountId });
    expect(await submitWithdrawal(twin(), request)).toEqual(first);
  });
});

describe('a request that is sent again', () => {
  it('is answered however often, and uses nothing up of what may be submitted in an hour', async () => {
    const deps = { ...world, rates: fakeRateLimits(world.clock) };
    const { id: bankAccountId } = await world.account();
    const request = { memberId: sariId, key: 'again', amountRupiah: 20_000, bankAccountId };
    const first = await submitFor(deps, request);
    for (let time = 0; time <= withdrawalRates.submit.limit; time += 1) expect((await submitFor(deps, request)).body).toEqual(first.body);
    const other = await submitFor(deps, { ...request, key: 'other' });
    expect(other.headers['ratelimit']).toContain(`r=${withdrawalRates.submit.limit - 2};`);
    await expect(submitFor(deps, { ...request, amountRupiah: 20_001 })).rejects.toMatchObject({ code: 'withdrawals.key-reused' });
  });
});
