/**
 * Money that goes back: by us, by the gateway's own people, and without either.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { paymentFault } from '#shared/payments/payment-faults.ts';
import type { PaymentGateway, RefundRequest } from '#shared/payments/ports.ts';
import { memberBook } from '#shared/wallet/account.ts';
import { depositLimits } from '#shared/wallet/deposits/deposit-limits.ts';
import { sweepDeposits } from '#shared/wallet/deposits/sweep-deposits.ts';
import { amountRupiah, hour, losing, sari, walletWorld, type Deps } from '#test/fakes/wallet-world.ts';

const world = walletWorld();
const { alone, atOnce, settle, depositNamed, balance, expectWhole, paidDeposit, refund } = world;
beforeEach(() => world.begin());

const minute = 60_000;
const sweep = () => alone(({ deposit }) => sweepDeposits(deposit));
const events = (depositId: string) => alone(({ deposit }) => deposit.deposits.events(depositId, 200));
const exceptions = () => world.wallet.tables.all('wallet').filter(({ sk, state }) => sk === 'EXCEPTION' && state === 'open');
const refundsOf = (depositId: string) => world.wallet.midtrans.charges.get(depositId)?.refunds;

/** The decision is made and written down, and the gateway hears nothing of it, or its answer is lost. */
async function askedWithoutAnswer(depositId: string, how: 'unheard' | 'heard'): Promise<void> {
  const { midtrans } = world.wallet;
  const answer =
    how === 'heard'
      ? losing((request: RefundRequest) => midtrans.refund(request))
      : () => Promise.reject(paymentFault('payments.outcome-unknown'));
  const cut = ({ deposit, withdrawal }: Deps) =>
    refund(depositId)({
      deposit: { ...deposit, gateways: { ...deposit.gateways, midtrans: { ...midtrans, refund: answer } } },
      withdrawal,
    });
  await expect(alone(cut)).rejects.toMatchObject({ code: 'payments.outcome-unknown' });
}

/** Everything that is left of the balance is set aside, as for a withdrawal. */
const spend = (amount: number) =>
  world.wallet
    .audit()
    .ledger.hold({ id: 'spent', account: memberBook(sari), amountRupiah: amount, reference: 'x', reason: 'x', actor: 'system:test' });

describe('a refund that no gateway has confirmed', () => {
  it('is asked for again by the sweeper when the gateway never heard of it, under its key, and once', async () => {
    const id = await paidDeposit();
    await askedWithoutAnswer(id, 'unheard');
    await sweep();
    expect(refundsOf(id)).toEqual([]);
    world.wallet.clock.advance(minute);
    expect(await sweep()).toMatchObject({ refunds: 1 });
    expect(refundsOf(id)).toEqual([{ refundKey: `${id}-r1`, amountRupiah, state: 'pending' }]);
    world.wallet.clock.advance(hour);
    await sweep();
    expect(refundsOf(id)).toHaveLength(1);
    // And that the bank has confirmed is found without any webhook.
    world.wallet.midtrans.confirmRefunds(id);
    world.wallet.clock.advance(hour);
    await sweep();
    expect(depositNamed(id)).toMatchObject({ status: 'refunded', refunds: [{ state: 'confirmed', dueAtMs: null }] });
    expect(await balance()).toMatchObject({ posted: 0, held: 0 });
    expect(await sweep()).toMatchObject({ refunds: 0 });
    await expectWhole(3);
  });

  it('is not asked for again when the gateway has heard of it', async () => {
    const id = await paidDeposit();
    await askedWithoutAnswer(id, 'heard');
    let asked = 0;
    const { midtrans } = world.wallet;
    const genuine: PaymentGateway['refund'] = midtrans.refund.bind(midtrans);
    midtrans.refund = (request) => {
      asked += 1;
      return genuine(request);
    };
    world.wallet.clock.advance(minute);
    await sweep();
    expect([asked, refundsOf(id)?.length]).toEqual([0, 1]);
  });

  it('is given up when the gateway refuses at last, and the money is the member’s again', async () => {
    const id = await paidDeposit();
    await askedWithoutAnswer(id, 'unheard');
    world.wallet.midtrans.refund = async () => ({ kind: 'refused', reason: 'too late' });
    world.wallet.clock.advance(minute);
    await sweep();
    expect(depositNamed(id)).toMatchObject({ status: 'paid', refunds: [{ state: 'failed', dueAtMs: null }] });
    expect(await balance()).toMatchObject({ posted: amountRupiah, held: 0 });
    expect((await events(id)).at(-1)?.detail).toBe(`${id}-r1 is refused: too late`);
  });

  it('is looked after the rarer the longer, so many times, and then told to people as an exception', async () => {
    const id = await paidDeposit();
    await askedWithoutAnswer(id, 'unheard');
    let asked: number[] = [];
    world.wallet.midtrans.refund = async () => {
      asked = [...asked, world.wallet.clock.now()];
      throw paymentFault('payments.gateway-unavailable');
    };
    const { max, mostMs, firstMs } = depositLimits.refundTries;
    const startMs = world.wallet.clock.now();
    for (let look = 0; look < 7 * 24 * 60; look += 5) {
      world.wallet.clock.advance(5 * minute);
      await sweep();
    }
    expect(asked).toHaveLength(max);
    const waits = asked.map((at, index) => at - (asked[index - 1] ?? startMs));
    expect(Math.max(...waits)).toBeLessThanOrEqual(mostMs + 5 * minute);
    expect(waits.every((wait, index) => wait >= Math.min(mostMs, firstMs * 2 ** index))).toBe(true);
    expect(depositNamed(id)?.refunds).toMatchObject([{ state: 'asked', dueAtMs: null, tries: max }]);
    expect(exceptions()).toMatchObject([{ kind: 'unclear', reference: id, gatewayReference: `${id}-r1`, amountRupiah }]);
  });

  it('is asked for once by two sweepers at once, and a third that dies between writing it down and asking leaves it for the next', async () => {
    const id = await paidDeposit();
    await askedWithoutAnswer(id, 'unheard');
    world.wallet.clock.advance(minute);
    const dying = (at: number) =>
      world.wallet.scheduler.start((life) => sweepDeposits(world.wallet.depsOf(life).deposit), {
        death: { at, after: true },
        ended: () => {},
      });
    dying(12);
    await world.wallet.scheduler.run();
    world.wallet.clock.advance(hour);
    await atOnce(
      ({ deposit }) => sweepDeposits(deposit),
      ({ deposit }) => sweepDeposits(deposit),
    );
    expect(refundsOf(id)).toHaveLength(1);
  });
});

describe('refunds of one payment', () => {
  it('are never more than it, however many are asked for before the first is confirmed', async () => {
    const id = await paidDeposit();
    await alone(refund(id, 'stf_olivia', 100_000));
    await expect(alone(refund(id, 'stf_fina', 50_001))).rejects.toMatchObject({
      code: 'deposits.refund-refused',
      errors: [{ detail: 'At most 50000 rupiah of this payment are left.' }],
    });
    await alone(refund(id, 'stf_fina', 50_000));
    expect(await balance()).toMatchObject({ posted: amountRupiah, available: 0 });
    world.wallet.midtrans.confirmRefunds(id);
    await settle(id);
    expect(depositNamed(id)?.status).toBe('refunded');
    await expectWhole(5);
  });
});

describe('money that went back at the gateway itself', () => {
  it('is gone, also from a member who has spent it: what a refund may not take, a reversal does', async () => {
    const id = await paidDeposit();
    await spend(amountRupiah);
    await world.wallet.midtrans.refund({
      depositId: id,
      gatewayTransactionId: null,
      refundKey: 'desk-1',
      amountRupiah: 50_000,
      reason: 'x',
    });
    world.wallet.midtrans.confirmRefunds(id);
    await settle(id);
    await settle(id);
    expect(depositNamed(id)).toMatchObject({ status: 'paid', payments: [{ refundedRupiah: 50_000 }], refunds: [{ refundKey: 'desk-1' }] });
    expect(await balance()).toMatchObject({ posted: 100_000, available: -50_000 });
    // The credit, the hold, and the reversal that stands for the refund.
    await expectWhole(3);
  });

  it('ends the refund that staff had asked for of the same payment: nothing is left of what it was to give back', async () => {
    const id = await paidDeposit();
    await alone(refund(id));
    world.wallet.midtrans.takeBack(id);
    await settle(id);
    expect(depositNamed(id)).toMatchObject({
      status: 'reversed',
      refunds: [{ state: 'failed' }],
      payments: [{ reversedRupiah: amountRupiah }],
    });
    expect(await balance()).toMatchObject({ posted: 0, held: 0 });
    // The bank may say so all the same: there is nothing left to book.
    world.wallet.midtrans.confirmRefunds(id);
    await settle(id);
    expect(await balance()).toMatchObject({ posted: 0, held: 0 });
  });

  it('is booked when a refund that was given up is confirmed all the same', async () => {
    const id = await paidDeposit();
    await alone(refund(id, 'stf_olivia', 60_000));
    const charge = world.wallet.midtrans.charges.get(id);
    if (charge === undefined) throw new Error('nothing was charged');
    charge.refunds = charge.refunds.map(({ refundKey, amountRupiah: part }) => ({ refundKey, amountRupiah: part, state: 'failed' }));
    await settle(id);
    expect(await balance()).toMatchObject({ posted: amountRupiah, held: 0 });
    world.wallet.midtrans.confirmRefunds(id);
    await settle(id);
    expect(depositNamed(id)).toMatchObject({ refunds: [{ state: 'confirmed' }], payments: [{ refundedRupiah: 60_000 }] });
    expect(await balance()).toMatchObject({ posted: amountRupiah - 60_000, held: 0 });
  });
});
