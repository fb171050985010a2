/**
 * A charge that was paid more than once, of which the gateway took something back without saying what.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { creditPayment } from '#shared/wallet/deposits/decide-deposit.ts';
import { readAnyDeposit } from '#shared/wallet/deposits/read-any-deposit.ts';
import { refundPayment } from '#shared/wallet/deposits/refund-payment.ts';
import { resolveReversal } from '#shared/wallet/deposits/resolve-reversal.ts';
import { listAllDeposits } from '#shared/wallet/deposits/list-all-deposits.ts';
import { suspenseBook } from '#shared/wallet/account.ts';
import { amountRupiah, decider, walletWorld, type Deps } from '#test/fakes/wallet-world.ts';

const world = walletWorld();
const { alone, atOnce, open, settle, depositNamed, balance, expectWhole } = world;
beforeEach(() => world.begin());

/** Paid twice: the first payment is the member's, the second is kept; and one of them has gone back. */
async function doubtful(): Promise<string> {
  const id = await open('ewallet-dana');
  world.wallet.xendit.pay(id);
  world.wallet.xendit.pay(id);
  await settle(id);
  world.wallet.xendit.takeBack(id);
  await settle(id);
  return id;
}

const decisionOn = (depositId: string, staffId: string) => {
  const { version = 0 } = depositNamed(depositId) ?? {};
  return { depositId, version, reason: 'Seen at the gateway', decider: decider(staffId) };
};
const resolve = (depositId: string, paymentId: string | null, staffId = 'stf_olivia') => {
  const decision = decisionOn(depositId, staffId);
  return ({ deposit }: Deps) => resolveReversal(deposit, { ...decision, paymentId });
};
const suspense = async () => (await world.wallet.audit().ledger.balanceOf(suspenseBook)).posted;
const exceptions = (state: 'open' | 'resolved') => alone(({ deposit }) => deposit.exceptions.found({ state, limit: 9 }));
const paymentsOf = (depositId: string) => depositNamed(depositId)?.payments.map(({ paymentId }) => paymentId) ?? [];

describe('a reversal of which the gateway does not say what it took', () => {
  it('books nothing, lies where staff look for what waits for them, and is told once', async () => {
    const id = await doubtful();
    await settle(id);
    expect([await balance(), await suspense()]).toMatchObject([{ posted: amountRupiah }, amountRupiah]);
    const { deposits } = await alone(({ deposit }) => listAllDeposits(deposit, { review: 'open', limit: 10 }));
    expect(deposits).toMatchObject([{ id, isReversalUnclear: true }]);
    expect((await exceptions('open')).map(({ kind }) => kind)).toEqual(expect.arrayContaining(['unclear', 'paid-twice']));
    await expectWhole(2);
  });

  it('stops every other decision about its money until somebody has said it', async () => {
    const id = await doubtful();
    const [, second = ''] = paymentsOf(id);
    const decision = { ...decisionOn(id, 'stf_olivia'), paymentId: second };
    await expect(alone(({ deposit }) => creditPayment(deposit, decision))).rejects.toMatchObject({ code: 'deposits.reversal-unclear' });
    await expect(alone(({ deposit }) => refundPayment(deposit, decision))).rejects.toMatchObject({ code: 'deposits.reversal-unclear' });
    expect(await suspense()).toBe(amountRupiah);
  });

  it('is taken from whoever has the payment that a person names, with the record of it and the end of its exception', async () => {
    const id = await doubtful();
    const [first = '', second = ''] = paymentsOf(id);
    const detail = await alone(resolve(id, second));
    expect(detail).toMatchObject({ status: 'paid', isReversalUnclear: false, reversedRupiah: amountRupiah, creditedRupiah: amountRupiah });
    expect(detail.timeline.at(-1)).toMatchObject({ kind: 'decision', actor: 'staff:stf_olivia', actorName: 'Olivia', amountRupiah });
    expect([await balance(), await suspense()]).toMatchObject([{ posted: amountRupiah }, 0]);
    expect(await exceptions('resolved')).toMatchObject([
      { kind: 'unclear', resolution: { name: 'Olivia', reason: 'Seen at the gateway' } },
    ]);
    const records = world.wallet.tables.all('audit').filter(({ action }) => action === 'deposit.reversal-resolved');
    expect(records).toMatchObject([{ actor: 'staff:stf_olivia', actorName: 'Olivia', reason: 'Seen at the gateway' }]);
    // The gateway goes on to say `reversed`: it is explained.
    await settle(id);
    expect(await balance()).toMatchObject({ posted: amountRupiah });
    // The other one may turn out to have gone, too.
    expect(await alone(resolve(id, first))).toMatchObject({ status: 'reversed', creditedRupiah: 0 });
    expect(await balance()).toMatchObject({ posted: 0 });
    await expectWhole(4);
  });

  it('may turn out to have been nothing, and then the money is free again', async () => {
    const id = await doubtful();
    expect(await alone(resolve(id, null))).toMatchObject({ status: 'paid', isReversalUnclear: false, reversedRupiah: 0 });
    await settle(id);
    const [, second = ''] = paymentsOf(id);
    const credit = { ...decisionOn(id, 'stf_fina'), paymentId: second };
    await alone(({ deposit }) => creditPayment(deposit, credit));
    expect([await balance(), await suspense()]).toMatchObject([{ posted: 2 * amountRupiah }, 0]);
  });

  it('is said once by two at once: the other is told who did', async () => {
    const id = await doubtful();
    const [first = '', second = ''] = paymentsOf(id);
    const outcomes = await atOnce(resolve(id, first, 'stf_olivia'), resolve(id, second, 'stf_fina'));
    const errors = outcomes.filter((outcome) => outcome instanceof Error);
    expect(errors).toMatchObject([
      { code: 'deposits.decided-meanwhile', errors: [{ detail: expect.stringMatching(/^By (Olivia|Fina) at /) }] },
    ]);
    expect(depositNamed(id)?.payments.filter(({ reversedRupiah }) => reversedRupiah > 0)).toHaveLength(1);
    await expectWhole(3);
  });

  it('is asked about again when a further payment comes, and not of a deposit of which nothing is unclear', async () => {
    const id = await doubtful();
    const [, second = ''] = paymentsOf(id);
    await alone(resolve(id, second));
    await expect(alone(resolve(id, null))).rejects.toMatchObject({ code: 'deposits.nothing-to-decide' });
    await expect(alone(resolve(id, second))).rejects.toMatchObject({ code: 'deposits.nothing-to-decide' });
    world.wallet.xendit.pay(id);
    await settle(id);
    expect(await alone(({ deposit }) => readAnyDeposit(deposit, id))).toMatchObject({ isReversalUnclear: true });
    const other = await open('qris', 'wish-2');
    world.wallet.midtrans.pay(other);
    await settle(other);
    await expect(alone(resolve(other, paymentsOf(other)[0] ?? ''))).rejects.toMatchObject({ code: 'deposits.nothing-to-decide' });
  });

  it('is unclear, too, where one payment alone is left: what was refunded before may be what the gateway speaks of', async () => {
    const id = await open('ewallet-dana');
    const { xendit } = world.wallet;
    xendit.pay(id);
    await xendit.refund({ depositId: id, gatewayTransactionId: null, refundKey: 'desk-1', amountRupiah, reason: 'x' });
    xendit.confirmRefunds(id);
    xendit.pay(id);
    await settle(id);
    xendit.takeBack(id, { paymentId: paymentsOf(id)[0] ?? '', isNamed: false });
    await settle(id);
    expect(depositNamed(id)?.payments).toMatchObject([{ refundedRupiah: amountRupiah }, { place: 'suspense', reversedRupiah: 0 }]);
    await alone(resolve(id, null));
    expect(await suspense()).toBe(amountRupiah);
  });

  it('is no question where the gateway names the payment', async () => {
    const id = await open('ewallet-dana');
    const { xendit } = world.wallet;
    xendit.pay(id);
    xendit.pay(id);
    await settle(id);
    xendit.takeBack(id, { paymentId: paymentsOf(id)[0] ?? '', isNamed: true });
    await settle(id);
    await settle(id);
    expect(depositNamed(id)).toMatchObject({ unclearReversal: null, payments: [{ reversedRupiah: amountRupiah }, { reversedRupiah: 0 }] });
    expect([await balance(), await suspense()]).toMatchObject([{ posted: 0 }, amountRupiah]);
  });
});
