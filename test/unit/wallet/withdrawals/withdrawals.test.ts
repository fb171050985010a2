import { beforeEach, describe, expect, it } from 'vitest';
import { paymentFault } from '#shared/payments/payment-faults.ts';
import type { PayoutGateway } from '#shared/payments/ports.ts';
import { advancePayout } from '#shared/wallet/withdrawals/advance-payout.ts';
import { removeBankAccount } from '#shared/wallet/withdrawals/bank-accounts.ts';
import { cancelWithdrawal } from '#shared/wallet/withdrawals/cancel-withdrawal.ts';
import { decideWithdrawal } from '#shared/wallet/withdrawals/decide-withdrawal.ts';
import { decideWithdrawals } from '#shared/wallet/withdrawals/decide-withdrawals.ts';
import { listWaiting } from '#shared/wallet/withdrawals/list-waiting.ts';
import { listWithdrawals } from '#shared/wallet/withdrawals/list-withdrawals.ts';
import { waitingKeyOf, type WithdrawalStore } from '#shared/wallet/withdrawals/ports.ts';
import { presentToDesk } from '#shared/wallet/withdrawals/present-withdrawal.ts';
import { submitWithdrawal } from '#shared/wallet/withdrawals/submit-withdrawal.ts';
import { sweepPayouts } from '#shared/wallet/withdrawals/sweep-payouts.ts';
import { fina, olivia, sariId, withdrawalWorld } from '#test/fakes/withdrawal-world.ts';

const whole = { problems: [], problemCount: 0, sum: 0 };
const held = { posted: 1_000_000, held: 100_000, available: 900_000 };

let world: ReturnType<typeof withdrawalWorld>;
beforeEach(async () => {
  world = withdrawalWorld();
  await world.deposit(1_000_000);
});

/** Submitted, approved, and with the gateway. */
async function underway(amountRupiah = 100_000): Promise<string> {
  const { id } = await world.submit(amountRupiah);
  await world.decide(id, 'approve');
  expect(await advancePayout(world, id)).toMatchObject({ state: 'sent' });
  return id;
}

const stateOf = async (id: string) => (await world.withdrawals.get(id))?.state;
const happened = async (id: string) => (await world.withdrawals.timeline(id)).map(({ what }) => what);

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
    expect(await happened(submitted.id)).toEqual(['submitted', 'approved', 'attempt', 'sent', 'released-at-gateway', 'completed']);
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
    const second = await underway();
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
    expect(await stateOf(one.id)).toBe('submitted');
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
    expect(await stateOf(ids[1] ?? '')).toBe('submitted');
  });
});

describe('a payout', () => {
  it('that fails for good gives the money back', async () => {
    const id = await underway();
    world.gateway.become(id, 'failed');
    expect(await advancePayout(world, id)).toMatchObject({ state: 'failed', reason: 'INVALID_DESTINATION' });
    expect(await world.balance()).toMatchObject({ posted: 1_000_000, held: 0 });
    expect(await world.verify()).toEqual(whole);
  });

  it('that a bank gives back after it had been completed is the member’s again, with the fee', async () => {
    const id = await underway();
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
    expect((await happened(id)).filter((what) => what === 'completed')).toHaveLength(1);
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
    const id = await underway();
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

    const second = await underway();
    world.gateway.become(second, 'failed');
    const payout = world.gateway.payouts.get(second)!;
    payout.status = { ...payout.status, failure: { code: 'TEMPORARY_TRANSFER_ERROR', isTemporary: true } };
    await advancePayout(world, second);
    expect(await world.decide(second, 'give-up')).toMatchObject({ state: 'failed', reason: 'Because' });
    expect(await world.balance()).toMatchObject({ posted: 900_000, held: 0 });
    expect(await world.verify()).toEqual(whole);
  });

  it('of another amount is booked by nobody: it becomes an exception', async () => {
    const id = await underway();
    const payout = world.gateway.payouts.get(id)!;
    payout.status = { ...payout.status, state: 'completed', amountRupiah: 97_501 };
    expect(await advancePayout(world, id)).toMatchObject({ state: 'sent', nextAskAtMs: null });
    expect([...world.withdrawals.exceptions.values()]).toMatchObject([
      { kind: 'amount-differs', gateway: 'iris', reference: id, amountRupiah: 97_500, gatewayAmountRupiah: 97_501, state: 'open' },
    ]);
    expect(await world.balance()).toMatchObject(held);
  });

  it('that comes through after it had failed becomes an exception: the hold is gone', async () => {
    const id = await underway();
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
    expect(await stateOf(id)).toBe('sent');
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
    expect(await stateOf(id)).toBe('completed');
  });

  it('goes on with the others when one gateway call fails', async () => {
    const ids = [await world.submit(30_000), await world.submit(40_000)].map(({ id }) => id);
    for (const id of ids) await world.decide(id, 'approve');
    world.gateway.failNext(paymentFault('payments.gateway-unavailable'));
    const { due, failures } = await sweepPayouts(world, { deadlineMs: Number.POSITIVE_INFINITY });
    expect([due, failures.length]).toEqual([2, 1]);
    expect(new Set(await Promise.all(ids.map(stateOf)))).toEqual(new Set(['approved', 'sent']));
  });
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

describe('a bank account', () => {
  it('is asked for at the bank, and compared with what the member says', async () => {
    expect(await world.account({ accountNumber: '1111111111' })).toMatchObject({ nameCheck: 'same' });
    expect(await world.account({ accountNumber: '2222222222', accountName: 'Budi Santoso' })).toMatchObject({ nameCheck: 'different' });
    await expect(world.account({ accountNumber: '0001111111' })).rejects.toMatchObject({ code: 'withdrawals.bank-account-refused' });
  });

  it('of another name makes its withdrawals risky', async () => {
    const { id: bankAccountId } = await world.account({ accountName: 'Budi Santoso' });
    const { id } = await world.submit(20_000, { bankAccountId });
    expect((await world.withdrawals.get(id))?.risk.signals).toContain('name-differs');
  });

  it('is held against the identity card once there is one, whatever the member writes', async () => {
    world.approveCard('Sari Dewi Lestari');
    const { id: own } = await world.account({ accountNumber: '1111111111', accountName: 'Somebody Else' });
    expect(await world.bankAccounts.get(sariId, own)).toMatchObject({ nameCheck: 'similar', checkedAgainst: 'identity-card' });
    world.approveCard('Budi Santoso');
    const { id: others } = await world.account({ accountNumber: '2222222222' });
    expect(await world.bankAccounts.get(sariId, others)).toMatchObject({ nameCheck: 'different', checkedAgainst: 'identity-card' });
    const { id } = await world.submit(20_000, { bankAccountId: others });
    expect((await world.withdrawals.get(id))?.risk.signals).toContain('name-differs');
  });

  it('that was added before the card was approved is held against it when money goes there', async () => {
    const { id: bankAccountId } = await world.account();
    expect(await world.bankAccounts.get(sariId, bankAccountId)).toMatchObject({ nameCheck: 'same', checkedAgainst: 'statement' });
    world.approveCard('Budi Santoso');
    const { id } = await world.submit(20_000, { bankAccountId });
    expect(await world.withdrawals.get(id)).toMatchObject({
      destination: { nameCheck: 'different', checkedAgainst: 'identity-card' },
      risk: { signals: expect.arrayContaining(['name-differs']) },
    });
  });

  it('is kept once', async () => {
    const [one, two] = await Promise.all([world.account(), world.account()]);
    expect(one).toEqual(two);
  });
});
