import { beforeEach, describe, expect, it } from 'vitest';
import { paymentFault } from '#shared/payments/payment-faults.ts';
import type { PayoutGateway } from '#shared/payments/ports.ts';
import { advancePayout } from '#shared/wallet/withdrawals/advance-payout.ts';
import { decideWithdrawal } from '#shared/wallet/withdrawals/decide-withdrawal.ts';
import { presentToDesk } from '#shared/wallet/withdrawals/present-withdrawal.ts';
import { sweepPayouts } from '#shared/wallet/withdrawals/sweep-payouts.ts';
import { fina, whole, withdrawalWorld } from '#test/fakes/withdrawal-world.ts';

const held = { posted: 1_000_000, held: 100_000, available: 900_000 };

let world: ReturnType<typeof withdrawalWorld>;
beforeEach(async () => {
  world = withdrawalWorld();
  await world.deposit(1_000_000);
});

describe('a payout', () => {
  it('that fails for good gives the money back', async () => {
    const id = await world.underway();
    world.gateway.become(id, 'failed');
    expect(await advancePayout(world, id)).toMatchObject({ state: 'failed', reason: 'INVALID_DESTINATION' });
    expect(await world.balance()).toMatchObject({ posted: 1_000_000, held: 0 });
    expect(await world.verify()).toEqual(whole);
  });

  it('that a bank gives back after it had been completed is the member’s again, with the fee', async () => {
    const id = await world.underway();
    world.gateway.become(id, 'completed');
    await advancePayout(world, id);
    world.gateway.become(id, 'reversed');
    expect(await advancePayout(world, id)).toMatchObject({ state: 'reversed' });
    expect(await world.balance()).toMatchObject({ posted: 1_000_000, held: 0 });
    expect(await world.verify()).toEqual(whole);
  });

  it('is sent once, however often and by however many it is taken on, and whatever answer is lost', async () => {
    const { id } = await world.submit(100_000);
    await world.decide(id, 'approve');
    world.gateway.failNext(paymentFault('payments.outcome-unknown'));
    await expect(advancePayout(world, id)).rejects.toMatchObject({ code: 'payments.outcome-unknown' });
    expect(await world.withdrawals.get(id)).toMatchObject({ state: 'approved', attempt: { id, gatewayPayoutId: null } });
    await Promise.all([1, 2, 3, 4].map(() => advancePayout(world, id)));
    expect(world.gateway.payouts.size).toBe(1);
    world.gateway.become(id, 'completed');
    await Promise.all([1, 2, 3, 4].map(() => advancePayout(world, id)));
    expect(await world.balance()).toMatchObject({ posted: 900_000, held: 0 });
    expect((await world.happened(id)).filter((what) => what === 'completed')).toHaveLength(1);
    expect(await world.verify()).toEqual(whole);
  });

  it('is not sent while the member owes, and waits for a person', async () => {
    const { id } = await world.submit(100_000);
    await world.decide(id, 'approve');
    await world.takeBack(950_000);
    expect(await advancePayout(world, id)).toMatchObject({ state: 'stalled', reason: 'The member owes after a reversal' });
    expect(world.gateway.payouts.size).toBe(0);
    await world.deposit(500_000);
    expect(await world.decide(id, 'retry')).toMatchObject({ state: 'approved', attempt: null });
    expect(await advancePayout(world, id)).toMatchObject({ state: 'sent', attempt: { id, number: 1 } });
  });

  it('that failed in a way that passes is tried again under another id, or given up', async () => {
    world = withdrawalWorld({ channel: 'xendit' });
    await world.deposit(1_000_000);
    const id = await world.underway();
    world.gateway.become(id, 'failed');
    const { status } = world.gateway.payouts.get(id)!;
    world.gateway.payouts.get(id)!.status = { ...status, failure: { code: 'INSUFFICIENT_BALANCE', isTemporary: true } };
    expect(await advancePayout(world, id)).toMatchObject({ state: 'stalled', reason: 'INSUFFICIENT_BALANCE' });
    expect(await world.balance()).toMatchObject(held);
    await world.decide(id, 'retry', fina);
    expect(await advancePayout(world, id)).toMatchObject({
      state: 'sent',
      attempt: { id: `${id}-2`, number: 2 },
      decidedBy: { name: 'Fina' },
    });
    world.gateway.become(`${id}-2`, 'completed');
    expect(await advancePayout(world, id)).toMatchObject({ state: 'completed' });
    expect(await world.balance()).toMatchObject({ posted: 900_000, held: 0 });

    const second = await world.underway();
    world.gateway.become(second, 'failed');
    const payout = world.gateway.payouts.get(second)!;
    payout.status = { ...payout.status, failure: { code: 'TEMPORARY_TRANSFER_ERROR', isTemporary: true } };
    await advancePayout(world, second);
    expect(await world.decide(second, 'give-up')).toMatchObject({ state: 'failed', reason: 'Because' });
    expect(await world.balance()).toMatchObject({ posted: 900_000, held: 0 });
    expect(await world.verify()).toEqual(whole);
  });

  it('of another amount is booked by nobody: it becomes an exception', async () => {
    const id = await world.underway();
    const payout = world.gateway.payouts.get(id)!;
    payout.status = { ...payout.status, state: 'completed', amountRupiah: 97_501 };
    expect(await advancePayout(world, id)).toMatchObject({ state: 'sent', nextAskAtMs: null });
    expect([...world.withdrawals.exceptions.values()]).toMatchObject([
      { kind: 'amount-differs', gateway: 'iris', reference: id, amountRupiah: 97_500, gatewayAmountRupiah: 97_501, state: 'open' },
    ]);
    expect(await world.balance()).toMatchObject(held);
  });

  it('that comes through after it had failed becomes an exception: the hold is gone', async () => {
    const id = await world.underway();
    world.gateway.become(id, 'failed');
    await advancePayout(world, id);
    world.gateway.become(id, 'completed');
    expect(await advancePayout(world, id)).toMatchObject({ state: 'failed' });
    expect([...world.withdrawals.exceptions.values()]).toMatchObject([{ kind: 'late', reference: id }]);
  });

  it('whose answer was lost for a day at Iris is never sent again', async () => {
    const { id } = await world.submit(100_000);
    await world.decide(id, 'approve');
    world.gateway.failNext(paymentFault('payments.outcome-unknown'));
    await expect(advancePayout(world, id)).rejects.toThrow('payments.outcome-unknown');
    world.clock.advance(24 * 3_600_000 + 1);
    expect(await advancePayout(world, id)).toMatchObject({ state: 'stalled', nextAskAtMs: null });
    expect(world.gateway.payouts.size).toBe(0);
    expect(presentToDesk((await world.withdrawals.get(id))!).actions).toContain('found');
    expect([...world.withdrawals.exceptions.values()]).toMatchObject([{ kind: 'unclear', reference: id }]);
    // It had been made after all, and a person finds it.
    const { bank, accountNumber, accountName } = (await world.withdrawals.get(id))!.destination;
    await world.gateway.send({ withdrawalId: id, amountRupiah: 97_500, bank, accountNumber, accountName });
    world.gateway.become(id, 'completed');
    const { gatewayPayoutId } = world.gateway.payouts.get(id)!.status;
    await decideWithdrawal(world, { withdrawalId: id, decision: 'found', gatewayPayoutId, reason: 'Found', decider: fina });
    expect(await advancePayout(world, id)).toMatchObject({ state: 'completed' });
    expect(await world.balance()).toMatchObject({ posted: 900_000, held: 0 });
    expect(await world.verify()).toEqual(whole);
  });
});

describe('a payout that a gateway refuses', () => {
  it('was not paid, and is not looked for', async () => {
    const { id } = await world.submit(100_000);
    await world.decide(id, 'approve');
    const gateway: PayoutGateway = { ...world.gateway, send: async () => ({ kind: 'refused', reason: '400 Account is blocked' }) };
    const stalled = await advancePayout({ ...world, gateways: new Map([['iris', gateway]]) }, id);
    expect(stalled).toMatchObject({ state: 'stalled', reason: '400 Account is blocked' });
    expect(presentToDesk(stalled!).actions).toEqual(['retry', 'give-up', 'refresh']);
    const found = { withdrawalId: id, decision: 'found', gatewayPayoutId: 'iris-1', reason: 'Found', decider: fina } as const;
    await expect(decideWithdrawal(world, found)).rejects.toMatchObject({ code: 'withdrawals.already-decided' });
  });
});

describe('the sweep', () => {
  it('finds what no message and no webhook told, and asks the rarer the longer nothing happens', async () => {
    const { id } = await world.submit(100_000);
    await world.decide(id, 'approve');
    const sweep = () => sweepPayouts(world, { deadlineMs: Number.POSITIVE_INFINITY });
    expect(await sweep()).toEqual({ due: 1, failures: [] });
    expect(await world.stateOf(id)).toBe('sent');
    expect(await sweep()).toEqual({ due: 0, failures: [] });
    const asks: number[] = [];
    for (let minute = 0; minute < 120; minute += 1) {
      world.clock.advance(60_000);
      if ((await sweep()).due > 0) asks.push(minute);
    }
    expect(asks.length).toBeGreaterThan(6);
    expect(asks.length).toBeLessThan(15);
    world.gateway.become(id, 'completed');
    world.clock.advance(3_600_000);
    await sweep();
    expect(await world.stateOf(id)).toBe('completed');
  });

  it('goes on with the others when one gateway call fails', async () => {
    const ids = [await world.submit(30_000), await world.submit(40_000)].map(({ id }) => id);
    for (const id of ids) await world.decide(id, 'approve');
    world.gateway.failNext(paymentFault('payments.gateway-unavailable'));
    const { due, failures } = await sweepPayouts(world, { deadlineMs: Number.POSITIVE_INFINITY });
    expect([due, failures.length]).toEqual([2, 1]);
    expect(new Set(await Promise.all(ids.map(world.stateOf)))).toEqual(new Set(['approved', 'sent']));
  });
});
