/**
 * Gives a payment back the way it came. First the money is set aside and the wish is written down, then the gateway is asked, under a key of the
 * wish's own; what it answers later settles or gives back what was set aside.
 */
import type { PaymentMethod } from '#shared/payments/payment.ts';
import { memberBook } from '../account.ts';
import { holding } from '../posting.ts';
import { decide, decidedOn, paymentOf, type DecidingDeps, type DecisionRequest } from './decide-deposit.ts';
import { depositFault } from './deposit-faults.ts';
import { changed, refundableRupiah, type BookedPayment, type Deposit, type DepositRefund } from './deposit.ts';
import { depositEvent } from './deposit-event.ts';
import type { SettlingDeps } from './ports.ts';
import { detailOf } from './read-any-deposit.ts';
import { refundKeyOf } from './refund-key.ts';
import { chargeRefOf, depositOf, gatewayOf, settleDeposit } from './settle-deposit.ts';
import { failedRefund, type Step } from './settlement.ts';
import type { DeskDepositDetail } from './desk-views.ts';

interface Request extends DecisionRequest {
  readonly paymentId: string;
  /** All that is left of the payment without it. */
  readonly amountRupiah?: number | undefined;
}

/** What came by a bank account cannot go back by itself. */
const isRefundable = (method: PaymentMethod): boolean => method === 'qris' || method.startsWith('ewallet-');

/** Throws `deposits.refund-refused` when the gateway refuses; faults of payments when it may have been asked: look again, and refresh. */
export async function refundPayment(deps: DecidingDeps, request: Request): Promise<DeskDepositDetail> {
  const deposit = await decidedOn(deps, request);
  const payment = paymentOf(deposit, request.paymentId);
  const left = refundableRupiah(deposit, payment);
  const amountRupiah = request.amountRupiah ?? left;
  if (left === 0) throw depositFault('deposits.nothing-to-decide');
  if (!isRefundable(deposit.method)) throw refused(`The method ${deposit.method} takes no refunds.`);
  if (amountRupiah > left) throw refused(`At most ${left} rupiah of this payment are left.`);
  const refund: DepositRefund = {
    refundKey: refundKeyOf(deposit.id, deposit.refunds.length + 1),
    paymentId: payment.paymentId,
    amountRupiah,
    state: 'asked',
    holdId: payment.place === 'member' ? `refund:${refundKeyOf(deposit.id, deposit.refunds.length + 1)}` : null,
    askedAtMs: deps.clock.now(),
    askedBy: request.decider.staffId,
  };
  const asked = await decide(deps, {
    request,
    deposit,
    step: askingStep(deps, deposit, { refund, payment, request }),
    action: 'deposit.refunded',
  });
  return detailOf(deps, await askForRefund(deps, asked, { refund, reason: request.reason }));
}

const refused = (detail: string) => depositFault('deposits.refund-refused', { errors: [{ pointer: '/amountRupiah', detail }] });

interface Asking {
  readonly refund: DepositRefund;
  readonly payment: BookedPayment;
  readonly request: Request;
}

/** Money in suspense is nobody's to spend, so nothing has to be set aside. */
function askingStep({ clock }: DecidingDeps, deposit: Deposit, { refund, request }: Asking): Step {
  const nowMs = clock.now();
  const { amountRupiah, refundKey, holdId } = refund;
  const actor = `staff:${request.decider.staffId}`;
  const why = { reference: deposit.id, reason: request.reason, actor };
  return {
    after: changed(deposit, { nowMs, refunds: [...deposit.refunds, refund] }),
    event: depositEvent({ atMs: nowMs, kind: 'decision', actor, amountRupiah, detail: `Refund ${refundKey}.` }),
    ...(holdId !== null && { change: holding({ id: holdId, account: memberBook(deposit.memberId), amountRupiah, ...why }) }),
  };
}

/** Asks the gateway for a refund that is decided. Throws `deposits.refund-refused` when it refuses, and what was set aside is given back. */
export async function askForRefund(
  deps: SettlingDeps,
  deposit: Deposit,
  { refund, reason }: { readonly refund: DepositRefund; readonly reason: string },
): Promise<Deposit> {
  const gateway = gatewayOf(deps, deposit);
  if (gateway === undefined) return deposit;
  const { refundKey, amountRupiah } = refund;
  const outcome = await gateway.refund({ ...chargeRefOf(deposit), refundKey, amountRupiah, reason });
  // The bank may have confirmed at once; if not, a webhook or the next look will tell.
  if (outcome.kind === 'accepted') return settleDeposit(deps, { depositId: deposit.id, actor: `system:${gateway.name}` });
  await giveBack(deps, deposit.id, { refundKey, actor: `system:${gateway.name}` });
  throw refused(`The gateway refuses: ${outcome.reason}`);
}

async function giveBack(deps: SettlingDeps, depositId: string, { refundKey, actor }: { refundKey: string; actor: string }): Promise<void> {
  const deposit = await depositOf(deps, depositId);
  const refund = deposit.refunds.find((one) => one.refundKey === refundKey);
  if (refund?.state !== 'asked') return;
  const { otherwise: _otherwise, ...change } = failedRefund(deposit, refund, { status: undefined, actor, nowMs: deps.clock.now() });
  const outcome = await deps.deposits.commit({ before: deposit, ...change });
  if (outcome.state === 'stale') await giveBack(deps, depositId, { refundKey, actor });
}
