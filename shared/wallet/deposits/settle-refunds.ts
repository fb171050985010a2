/**
 * What becomes of refunds: booked when the bank has confirmed them, given up when they failed or when their payment is gone otherwise.
 */
import type { Refund } from '#shared/payments/ports.ts';
import { clearingBook, memberBook, suspenseBook } from '../account.ts';
import { posting, releasing, type LedgerChange } from '../posting.ts';
import { changed, mayMove, newRefund, remainingRupiah, type BookedPayment, type Deposit, type DepositRefund } from './deposit.ts';
import { depositEvent } from './deposit-event.ts';
import { digestOf, endedIn, eventOf, withPayment, type Seen, type Step } from './settlement-step.ts';

/** Books one refund that the bank has confirmed, or gives up one that failed. */
export function refundStep(deposit: Deposit, seen: Seen): Step | undefined {
  for (const refund of seen.status?.refunds ?? []) {
    const known = deposit.refunds.find(({ refundKey }) => refundKey === refund.refundKey);
    const step = refundNewsStep(deposit, { refund, known, seen });
    if (step !== undefined) return step;
  }
  return undefined;
}

/** Gives up a refund for which its payment has not enough left: the gateway has taken it back, or it was refunded there. */
export function bareRefundStep(deposit: Deposit, seen: Seen): Step | undefined {
  const bare = deposit.refunds.find(({ state, paymentId, amountRupiah }) => {
    const payment = deposit.payments.find((one) => one.paymentId === paymentId);
    return state === 'asked' && (payment === undefined || remainingRupiah(payment) < amountRupiah);
  });
  return bare && failedRefund(deposit, bare, { seen, why: 'is given up: the money has gone back otherwise' });
}

function refundNewsStep(deposit: Deposit, news: RefundNews): Step | undefined {
  const { refund, known, seen } = news;
  if (refund.state === 'confirmed' && known?.state !== 'confirmed') return confirmedRefund(deposit, news);
  return refund.state === 'failed' && known?.state === 'asked' ? failedRefund(deposit, known, { seen, why: 'failed' }) : undefined;
}

interface RefundNews {
  readonly refund: Refund;
  readonly known: DepositRefund | undefined;
  readonly seen: Seen;
}

function confirmedRefund(deposit: Deposit, { refund, known, seen }: RefundNews): Step | undefined {
  const payment = refundedPayment(deposit, refund, known);
  // More went back than ever came, or it is part of what was taken back: nothing here is left to be booked, and the reconciliation compares.
  if (payment === undefined) return undefined;
  // What is set aside is set aside for the payment that it was asked of.
  const isElsewhere = known?.state === 'asked' && known.holdId !== null && known.paymentId !== payment.paymentId;
  if (isElsewhere) return failedRefund(deposit, known, { seen, why: 'was made of another payment' });
  const { nowMs } = seen;
  const { refundKey, amountRupiah } = refund;
  const { paymentId } = payment;
  const kept: DepositRefund = { ...(known ?? newRefund({ refundKey, paymentId, amountRupiah, askedAtMs: nowMs })), paymentId };
  const after = withPayment(deposit, { ...payment, refundedRupiah: payment.refundedRupiah + amountRupiah });
  const confirmed = { ...kept, state: 'confirmed' as const, dueAtMs: null };
  const refunds = [...deposit.refunds.filter((one) => one.refundKey !== refundKey), confirmed];
  const to = after.payments.every((one) => remainingRupiah(one) === 0) && mayMove(deposit.status, 'refunded') ? 'refunded' : null;
  const make = (kind: 'refund' | 'reversal') => refundPosting(deposit, { payment, refund: kept, seen, kind });
  const step = (change: LedgerChange): Step => ({
    after: endedIn(after, to, { nowMs, refunds }),
    event: depositEvent({ ...eventOf('refund', seen), status: to, amountRupiah, postingId: change.id, detail: refundKey }),
    change,
  });
  // Nobody set the money of a refund aside that was made at the gateway. It is gone, whether the member still has it or not.
  return { ...step(make('refund')), otherwise: ({ reason }) => (reason === 'insufficient' ? step(make('reversal')) : undefined) };
}

/** Gateways refund charges, not payments: what one payment has not enough left for went back of another, unless the payment was taken back whole. */
function refundedPayment({ payments }: Deposit, { amountRupiah }: Refund, known: DepositRefund | undefined): BookedPayment | undefined {
  const asked = payments.find(({ paymentId }) => paymentId === known?.paymentId);
  const others = asked !== undefined && asked.reversedRupiah > 0 ? [] : payments;
  return [...(asked ? [asked] : []), ...others].find((one) => remainingRupiah(one) >= amountRupiah);
}

interface RefundBooking {
  readonly payment: BookedPayment;
  readonly refund: DepositRefund;
  readonly seen: Seen;
  readonly kind: 'refund' | 'reversal';
}

function refundPosting(deposit: Deposit, { payment, refund, seen, kind }: RefundBooking): LedgerChange {
  const { refundKey, amountRupiah, state, holdId } = refund;
  const account = memberBook(deposit.memberId);
  return posting({
    id: `${kind}:${deposit.id}:${digestOf(refundKey)}`,
    kind,
    moves: [{ from: payment.place === 'member' ? account : suspenseBook, to: clearingBook(deposit.gateway), amountRupiah }],
    // Keys that staff give at a gateway are unique within a charge alone.
    claim: { gateway: deposit.gateway, transactionId: `${deposit.id}:${digestOf(refundKey)}`, kind: 'REFUND' },
    reference: deposit.id,
    reason: 'Deposit refunded',
    actor: seen.actor,
    // One that was given up, and is confirmed all the same, has nothing set aside any more.
    ...(holdId !== null && state === 'asked' && { settles: { account, holdId } }),
  });
}

/** The money that was set aside is the member's again. `why` ends the sentence that the key begins. */
export function failedRefund(deposit: Deposit, refund: DepositRefund, { seen, why }: { readonly seen: Seen; readonly why: string }): Step {
  const { nowMs, actor } = seen;
  const { refundKey, holdId, amountRupiah } = refund;
  const failed = { ...refund, state: 'failed' as const, dueAtMs: null };
  const refunds = deposit.refunds.map((one) => (one.refundKey === refundKey ? failed : one));
  const booked = { reference: deposit.id, reason: 'The refund failed at the gateway', actor };
  return {
    after: changed(deposit, { nowMs, refunds }),
    event: depositEvent({ ...eventOf('refund', seen), amountRupiah, detail: `${refundKey} ${why}` }),
    ...(holdId !== null && { change: releasing({ id: holdId, account: memberBook(deposit.memberId), ...booked }) }),
  };
}
