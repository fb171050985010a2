/**
 * What went wrong with payments elsewhere, by the name of the report, and what gateways are known to do. The ledger's own are in
 * `ledger-incidents.test.ts`.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { paymentFault } from '#shared/payments/payment-faults.ts';
import type { ChargeRequest, PaymentGateway, RefundRequest } from '#shared/payments/ports.ts';
import { memberBook } from '#shared/wallet/account.ts';
import { cancelDeposit, expireDeposit } from '#shared/wallet/deposits/end-deposit.ts';
import { openDeposit } from '#shared/wallet/deposits/open-deposit.ts';
import { processPaymentWebhook } from '#shared/wallet/deposits/process-payment-webhook.ts';
import { readDeposit } from '#shared/wallet/deposits/read-deposits.ts';
import { refreshDeposit } from '#shared/wallet/deposits/refresh-deposit.ts';
import { settleDeposit } from '#shared/wallet/deposits/settle-deposit.ts';
import { sweepDeposits } from '#shared/wallet/deposits/sweep-deposits.ts';
import { receiveWebhook } from '#shared/wallet/webhooks/receive-webhook.ts';
import { addBankAccount } from '#shared/wallet/withdrawals/bank-accounts.ts';
import { submitWithdrawal } from '#shared/wallet/withdrawals/submit-withdrawal.ts';
import type { Life } from '#test/fakes/wallet-simulation-scheduler.ts';
import { amountRupiah, hour, losing, sari, walletWorld, type Deps } from '#test/fakes/wallet-world.ts';

const world = walletWorld();
const { atOnce, alone, open, settle, expire, depositNamed, balance, delivered, worked, expectWhole, paidDeposit, refund } = world;
beforeEach(() => world.begin());

describe('incidents of others', () => {
  it('Lago #3618, settled twice: webhook, timer, sweeper, staff and the member notice one payment at once, and it is credited once', async () => {
    const id = await open();
    world.wallet.midtrans.pay(id);
    world.wallet.clock.advance(hour);
    const settling = ({ deposit }: Deps) => settleDeposit(deposit, { depositId: id, actor: 'system:webhook' });
    await atOnce<unknown>(
      settling,
      settling,
      ({ deposit }) => expireDeposit(deposit, { depositId: id, actor: 'system:timer' }),
      ({ deposit }) => sweepDeposits(deposit),
      ({ deposit }) => readDeposit(deposit, { depositId: id, memberId: sari }),
    );
    expect(depositNamed(id)?.status).toBe('paid');
    expect(await balance()).toMatchObject({ posted: amountRupiah });
    await expectWhole(1);
  });

  it('Vendure pinelab #620, settled three times: three webhooks of one payment come to one credit', async () => {
    const id = await open();
    world.wallet.midtrans.pay(id);
    for (let copy = 0; copy < 3; copy += 1) await delivered(id);
    expect(await balance()).toMatchObject({ posted: amountRupiah });
    await expectWhole(1);
  });

  it('Vendure #3749, Settled to Settled: looking again at what is settled changes nothing and throws nothing', async () => {
    const id = await paidDeposit();
    const before = depositNamed(id);
    await settle(id);
    await expire(id);
    expect(depositNamed(id)).toEqual(before);
    await expectWhole(1);
  });

  it('Medusa #13301, confirmation races the webhook: cancelled and paid at once, the money is the member’s either way', async () => {
    const id = await open();
    world.wallet.midtrans.pay(id);
    await atOnce<unknown>(
      ({ deposit }) => cancelDeposit(deposit, { depositId: id, memberId: sari }),
      ({ deposit }) => settleDeposit(deposit, { depositId: id, actor: 'system:webhook' }),
    );
    expect(['paid', 'paid_late']).toContain(depositNamed(id)?.status);
    expect(await balance()).toMatchObject({ posted: amountRupiah });
    await expectWhole(1);
  });

  it('Hyperswitch #3408, webhook not resent: a receiver that dies before it has queued is told again, and works on it then', async () => {
    const id = await open();
    world.wallet.midtrans.pay(id);
    const webhook = { channel: 'midtrans' as const, ...world.wallet.midtrans.webhook(id, 'paid') };
    const receive = (life: Life) => receiveWebhook(world.wallet.depsOf(life).deposit, webhook);
    world.wallet.scheduler.start(receive, { death: { at: 1, after: true }, ended: () => {} });
    await world.wallet.scheduler.run();
    expect(world.wallet.messages).toEqual([]);
    await alone(({ deposit }) => receiveWebhook(deposit, webhook));
    await worked();
    expect(depositNamed(id)?.status).toBe('paid');
    await expectWhole(1);
  });

  it('Hyperswitch #8638, expiry without an event: what has expired says so in its timeline, with who ended it', async () => {
    const id = await open();
    world.wallet.clock.advance(hour);
    await expire(id);
    const events = await alone(({ deposit }) => deposit.deposits.events(id, 10));
    expect(events.at(-1)).toMatchObject({ status: 'expired', actor: 'system:timer', atMs: world.wallet.clock.now() });
  });

  it('Saleor dashboard #4474, double click on refund: one is made, the other is told that somebody has decided', async () => {
    const id = await paidDeposit();
    const outcomes = await atOnce<unknown>(refund(id), refund(id), refund(id, 'stf_fina'));
    const errors = outcomes.filter((outcome) => outcome instanceof Error);
    expect(errors).toHaveLength(2);
    expect(errors).toEqual(errors.map(() => expect.objectContaining({ code: 'deposits.decided-meanwhile' })));
    expect(world.wallet.midtrans.charges.get(id)?.refunds).toHaveLength(1);
    world.wallet.midtrans.confirmRefunds(id);
    await settle(id);
    expect(await balance()).toMatchObject({ posted: 0, held: 0 });
    expect(depositNamed(id)?.status).toBe('refunded');
    // The credit, the hold and its settlement.
    await expectWhole(3);
  });

  it('Saleor #19811, refund without a key: an answer that was lost leaves one refund, found by its key', async () => {
    const id = await paidDeposit();
    const midtrans = world.wallet.midtrans;
    const gateways = { midtrans: { ...midtrans, refund: losing((request: RefundRequest) => midtrans.refund(request)) } };
    const lost = ({ deposit, withdrawal }: Deps) =>
      refund(id)({ deposit: { ...deposit, gateways: { ...deposit.gateways, ...gateways } }, withdrawal });
    await expect(alone(lost)).rejects.toMatchObject({ code: 'payments.outcome-unknown' });
    expect(await balance()).toMatchObject({ posted: amountRupiah, available: 0 });
    await expect(alone(refund(id))).rejects.toMatchObject({ code: 'deposits.nothing-to-decide' });
    midtrans.confirmRefunds(id);
    await settle(id);
    await settle(id);
    expect(midtrans.charges.get(id)?.refunds).toHaveLength(1);
    expect(await balance()).toMatchObject({ posted: 0, held: 0 });
    await expectWhole(3);
  });

  it('a refund that was decided and never reached the gateway: looking again asks for it under its key, once', async () => {
    const id = await paidDeposit();
    const { midtrans } = world.wallet;
    const unreachable = { ...midtrans, refund: () => Promise.reject(paymentFault('payments.gateway-unavailable')) };
    const cut = ({ deposit, withdrawal }: Deps) =>
      refund(id)({ deposit: { ...deposit, gateways: { ...deposit.gateways, midtrans: unreachable } }, withdrawal });
    await expect(alone(cut)).rejects.toMatchObject({ code: 'payments.gateway-unavailable' });
    expect(await balance()).toMatchObject({ posted: amountRupiah, available: 0 });
    const refresh = ({ deposit }: Deps) => refreshDeposit(deposit, { depositId: id, staffId: 'stf_olivia' });
    await alone(refresh);
    await alone(refresh);
    expect(midtrans.charges.get(id)?.refunds).toHaveLength(1);
  });

  it('Vendure #3152, failed refund counted: what the bank did not take back is the member’s again, and may be refunded anew', async () => {
    const id = await paidDeposit();
    await alone(refund(id));
    const charge = world.wallet.midtrans.charges.get(id);
    if (charge === undefined) throw new Error('nothing was charged');
    charge.refunds = charge.refunds.map(({ refundKey, amountRupiah }) => ({ refundKey, amountRupiah, state: 'failed' }));
    await settle(id);
    expect(await balance()).toMatchObject({ posted: amountRupiah, held: 0, available: amountRupiah });
    expect(depositNamed(id)).toMatchObject({ status: 'paid', refunds: [{ state: 'failed' }], payments: [{ refundedRupiah: 0 }] });
  });

  it('Midaz #1974, idempotency: the same wish many times at once is one deposit, and another wish under its key is refused', async () => {
    const wish = { memberId: sari, idempotencyKey: 'wish-1', method: 'qris' as const, amountRupiah };
    const opening = async ({ deposit }: Deps) => (await openDeposit({ ...deposit, pause: world.wallet.scheduler.step }, wish)).answer;
    const [first, ...others] = await atOnce(opening, opening, opening, opening);
    expect(others).toEqual([first, first, first]);
    expect(world.wallet.midtrans.charges.size).toBe(1);
    const other = ({ deposit }: Deps) => openDeposit(deposit, { ...wish, amountRupiah: amountRupiah + 1 });
    await expect(alone(other)).rejects.toMatchObject({ code: 'deposits.key-reused' });
  });

  it('Midaz #1974, idempotency: a withdrawal that is sent many times at once is held once', async () => {
    await paidDeposit();
    const account = await alone(({ withdrawal }) =>
      addBankAccount(withdrawal, { memberId: sari, bank: 'bca', accountNumber: '1234567890', accountName: 'Sari Dewi' }),
    );
    const submitting = ({ withdrawal }: Deps) =>
      submitWithdrawal(withdrawal, { memberId: sari, key: 'w-1', amountRupiah: 100_000, bankAccountId: account.id });
    const [first, ...others] = await atOnce(submitting, submitting, submitting);
    expect(others).toEqual([first, first]);
    expect(await balance()).toMatchObject({ held: 100_000, available: amountRupiah - 100_000 });
  });
});

describe('what gateways are known to do', () => {
  it('a genuine signature of a refund fits a forged settlement: it is admitted, and credits nothing', async () => {
    const id = await open();
    await delivered(id);
    expect(depositNamed(id)?.status).toBe('pending');
    expect(await balance()).toMatchObject({ posted: 0 });
    await expectWhole(0);
  });

  it('a settlement becomes a denial minutes later: it is taken back, also from a member who has spent it', async () => {
    const id = await paidDeposit();
    await world.wallet
      .audit()
      .ledger.hold({ id: 'spent', account: memberBook(sari), amountRupiah: 100_000, reference: 'x', reason: 'x', actor: 'system:test' });
    world.wallet.midtrans.takeBack(id);
    await settle(id);
    await settle(id);
    expect(depositNamed(id)?.status).toBe('reversed');
    expect(await balance()).toMatchObject({ posted: 0, available: -100_000 });
  });

  it('a payment after the expiry leaves Xendit’s request as it is: the money is credited, and called late', async () => {
    const id = await open('ewallet-dana');
    world.wallet.clock.advance(hour);
    await expire(id);
    expect(depositNamed(id)?.status).toBe('expired');
    world.wallet.xendit.pay(id);
    await settle(id, 'system:webhook');
    expect(depositNamed(id)).toMatchObject({ status: 'paid_late', payments: [{ place: 'member' }] });
    expect(await balance()).toMatchObject({ posted: amountRupiah });
    await expectWhole(1);
  });

  it('codes outlive our deadline where nobody closes them: the timer asks the gateway to take no more', async () => {
    const id = await open();
    world.wallet.clock.advance(hour);
    await expire(id);
    expect(world.wallet.midtrans.charges.get(id)?.state).toBe('expired');
  });

  it('retries come a day after every idempotency window: wish and webhook are known for ever', async () => {
    const id = await paidDeposit();
    await delivered(id);
    world.wallet.clock.advance(40 * 24 * hour);
    expect(await open()).toBe(id);
    await delivered(id);
    expect(await balance()).toMatchObject({ posted: amountRupiah });
    await expectWhole(1);
  });

  it('Step Functions cuts milliseconds off: deadlines are whole seconds, and a timer that is early is sent back', async () => {
    world.wallet.clock.advance(437);
    const id = await open();
    const expiresAtMs = depositNamed(id)?.expiresAtMs ?? 0;
    expect(expiresAtMs % 1_000).toBe(0);
    world.wallet.clock.advance(expiresAtMs - 1 - world.wallet.clock.now());
    await expect(expire(id)).rejects.toThrow('has 1 ms left');
    expect(depositNamed(id)?.status).toBe('pending');
    world.wallet.clock.advance(1);
    expect(await expire(id)).toMatchObject({ status: 'expired' });
  });

  it('Xendit does not send again what timed out: a webhook is kept and acknowledged while the gateway itself is away', async () => {
    const id = await open();
    world.wallet.midtrans.pay(id);
    world.wallet.midtrans.failNext(paymentFault('payments.gateway-unavailable'));
    await alone(({ deposit }) => receiveWebhook(deposit, { channel: 'midtrans', ...world.wallet.midtrans.webhook(id, 'paid') }));
    const [queued] = world.wallet.messages;
    await expect(worked()).rejects.toMatchObject({ code: 'payments.gateway-unavailable' });
    expect(depositNamed(id)?.status).toBe('pending');
    if (queued !== undefined) world.wallet.messages.push(queued);
    await worked();
    expect(depositNamed(id)?.status).toBe('paid');
  });

  it('an answer of Xendit’s that was lost cannot be asked for: nobody charges again, and a payment of the lost charge is kept', async () => {
    const wish = { memberId: sari, idempotencyKey: 'wish-1', method: 'ewallet-dana', amountRupiah } as const;
    const charge = losing((request: ChargeRequest) => world.wallet.xendit.charge(request));
    const lost = ({ deposit }: Deps) => openDeposit({ ...deposit, gateways: { xendit: { ...world.wallet.xendit, charge } } }, wish);
    await expect(alone(lost)).rejects.toMatchObject({ code: 'payments.outcome-unknown' });
    const id = await open('ewallet-dana');
    expect(depositNamed(id)).toMatchObject({ status: 'failed', failure: 'charge-lost' });
    world.wallet.xendit.pay(id);
    await settle(id, 'system:webhook');
    expect(depositNamed(id)?.status).toBe('paid_late');
    expect(await balance()).toMatchObject({ posted: amountRupiah });
  });

  it('a status that lags behind its own webhook is asked for again, so that late money is not left to the reconciliation; a forgery is let go', async () => {
    const { midtrans, clock } = world.wallet;
    const id = await open();
    clock.advance(hour);
    await expire(id);
    const before = await midtrans.status({ depositId: id, gatewayTransactionId: null });
    midtrans.pay(id);
    await alone(({ deposit }) => receiveWebhook(deposit, { channel: 'midtrans', ...midtrans.webhook(id, 'paid') }));
    const [queued] = world.wallet.messages.splice(0);
    const news = queued !== undefined && 'news' in queued.message ? queued.message.news : undefined;
    if (news === undefined) throw new Error('nothing was queued');
    const lagging = { midtrans: { ...midtrans, status: async () => before } };
    const look = (looks: number, gateways?: object) =>
      alone(({ deposit }) => processPaymentWebhook({ ...deposit, ...(gateways && { gateways }) }, news, looks));
    await expect(look(1, lagging)).rejects.toMatchObject({ name: 'StatusBehind' });
    expect(depositNamed(id)?.status).toBe('expired');
    expect(await look(2)).toBe('settled');
    expect(depositNamed(id)?.status).toBe('paid_late');
    expect(await balance()).toMatchObject({ posted: amountRupiah });
    const other = await open('qris', 'wish-2');
    const forged = midtrans.webhook(other, 'paid');
    await alone(({ deposit }) => receiveWebhook(deposit, { channel: 'midtrans', ...forged }));
    await worked();
    expect(depositNamed(other)?.status).toBe('pending');
  });

  it('Xendit lists a payment after a while: of a charge whose answer was lost, its webhook alone knows the id, and is believed no further', async () => {
    const { xendit } = world.wallet;
    const wish = { memberId: sari, idempotencyKey: 'wish-1', method: 'ewallet-ovo', amountRupiah } as const;
    const charge = losing((request: ChargeRequest) => xendit.charge(request));
    const lost = ({ deposit }: Deps) => openDeposit({ ...deposit, gateways: { xendit: { ...xendit, charge } } }, wish);
    await expect(alone(lost)).rejects.toMatchObject({ code: 'payments.outcome-unknown' });
    const [id = ''] = xendit.charges.keys();
    xendit.pay(id);
    const asked: (string | null)[] = [];
    const unlisted: PaymentGateway['status'] = async (ref) => {
      asked.push(ref.gatewayTransactionId);
      return ref.gatewayTransactionId === null ? undefined : xendit.status(ref);
    };
    await alone(async ({ deposit }) => {
      const deps = { ...deposit, gateways: { xendit: { ...xendit, status: unlisted } } };
      await receiveWebhook(deps, { channel: 'xendit', ...xendit.webhook(id, 'paid') });
      for (const { message } of world.wallet.messages.splice(0)) if ('news' in message) await processPaymentWebhook(deps, message.news);
    });
    expect(asked).toEqual([xendit.charges.get(id)?.id]);
    expect(depositNamed(id)).toMatchObject({ status: 'paid', gatewayTransactionId: xendit.charges.get(id)?.id });
    expect(await balance()).toMatchObject({ posted: amountRupiah });
    await expectWhole(1);
  });
});
