/**
 * Gives a payment back the way it came. First the money is set aside and the wish is written down, then the gateway is asked, under a key of the
 * wish's own; what it answers later settles or gives back what was set aside.
 */
import type { PaymentMethod } from '#shared/payments/payment.ts';
import { memberBook } from '../account.ts';
import { holding } from '../posting.ts';
import { askForRefund } from './ask-for-refund.ts';
import { decide, decidedOn, spendablePaymentOf, type DecidingDeps, type DecisionRequest } from './decide-deposit.ts';
import { depositFault } from './deposit-faults.ts';
import { changed, newRefund, refundableRupiah, type BookedPayment, type Deposit, type DepositRefund } from './deposit.ts';
import { depositEvent } from './deposit-event.ts';
import { depositLimits } from './deposit-limits.ts';
import { detailOf } from './read-any-deposit.ts';
import { refundKeyOf } from './refund-key.ts';
import type { Step } from './settlement-step.ts';
import type { DeskDepositDetail } from './desk-views.ts';

interface Request extends DecisionRequest {
  readonly paymentId: string;
  /** All that is left of the payment without it. */
  readonly amountRupiah?: number | undefined;
}

/** What came by a bank account cannot go back by itself. */
const isRefundable = (method: PaymentMethod): boolean => method === 'qris' || method.startsWith('ewallet-');

/** Throws `deposits.refund-refused` when the gateway refuses; faults of payments when it may have been asked: then it is asked again by itself. */
export async function refundPayment(deps: DecidingDeps, request: Request): Promise<DeskDepositDetail> {
  const deposit = await decidedOn(deps, request);
  const payment = spendablePaymentOf(deposit, request.paymentId);
  const left = refundableRupiah(deposit, payment);
  const amountRupiah = request.amountRupiah ?? left;
  if (left === 0) throw depositFault('deposits.nothing-to-decide');
  if (!isRefundable(deposit.method)) throw refused(`The method ${deposit.method} takes no refunds.`);
  if (amountRupiah > left) throw refused(`At most ${left} rupiah of this payment are left.`);
  const refund = await askedFor(deps, deposit, { payment, amountRupiah, request });
  const step = askingStep(deps, deposit, { refund, request });
  const asked = await decide(deps, { request, deposit, step, action: 'deposit.refunded' });
  const { deposit: after, refusal } = await askForRefund(deps, asked, { refund, reason: request.reason });
  if (refusal !== undefined) throw refused(`The gateway refuses: ${refusal}`);
  return detailOf(deps, after);
}

const refused = (detail: string) => depositFault('deposits.refund-refused', { errors: [{ pointer: '/amountRupiah', detail }] });

interface Wanted {
  readonly payment: BookedPayment;
  readonly amountRupiah: number;
  readonly request: Request;
}

/** Money in suspense is nobody's to spend, so nothing has to be set aside. */
async function askedFor({ clock, staff }: DecidingDeps, { id, refunds }: Deposit, wanted: Wanted): Promise<DepositRefund> {
  const { payment, amountRupiah, request } = wanted;
  const nowMs = clock.now();
  const { staffId } = request.decider;
  const refundKey = refundKeyOf(id, refunds.length + 1);
  return newRefund({
    refundKey,
    paymentId: payment.paymentId,
    amountRupiah,
    holdId: payment.place === 'member' ? `refund:${refundKey}` : null,
    askedAtMs: nowMs,
    askedBy: staffId,
    askedByName: (await staff.get(staffId))?.name ?? null,
    dueAtMs: nowMs + depositLimits.refundTries.firstMs,
  });
}

interface Asking {
  readonly refund: DepositRefund;
  readonly request: Request;
}

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
