/**
 * What follows from what a gateway says of a charge: one step at a time, each a change of the deposit with what it books. Pure, and the same
 * whoever asks and in whatever order: a step is left out when the deposit already has it, so that looking again does nothing again.
 */
import type { Payment } from '#shared/payments/ports.ts';
import { clearingBook, memberBook, suspenseBook } from '../account.ts';
import type { Refusal } from '../decide-change.ts';
import { exceptionOf, type Exception } from '../reconciliation/exception.ts';
import { posting } from '../posting.ts';
import { changed, isOpen, mayMove, movedTo, type BookedPayment, type Deposit, type DepositStatus, type PaymentIssue } from './deposit.ts';
import { depositEvent } from './deposit-event.ts';
import { bareRefundStep, refundStep } from './settle-refunds.ts';
import { isTakenBack, reversalStep } from './settle-reversals.ts';
import { eventOf, postingIdOf, type Seen, type Step } from './settlement-step.ts';

/** Undefined when there is nothing left to do. */
export function nextStep(deposit: Deposit, seen: Seen): Step | undefined {
  return (
    paymentStep(deposit, seen) ??
    refundStep(deposit, seen) ??
    reversalStep(deposit, seen) ??
    bareRefundStep(deposit, seen) ??
    unknownStep(deposit, seen) ??
    endStep(deposit, seen)
  );
}

/** Books one payment: with the member if it is as it was asked for, else in suspense. */
export function paymentStep(deposit: Deposit, seen: Seen): Step | undefined {
  const known = new Set(deposit.payments.map(({ paymentId }) => paymentId));
  const payment = seen.status?.payments.find(({ paymentId }) => !known.has(paymentId));
  if (payment === undefined) return undefined;
  const issue = issueOf(deposit, payment, seen);
  return issue === undefined ? creditStep(deposit, payment, seen) : suspenseStep(deposit, payment, { seen, issue });
}

function issueOf({ payments, totalRupiah }: Deposit, { paymentId, amountRupiah }: Payment, { status }: Seen): PaymentIssue | undefined {
  if (payments.length > 0) return 'paid-twice';
  if (amountRupiah !== totalRupiah) return 'amount-differs';
  return isTakenBack(paymentId, status) ? 'taken-back' : undefined;
}

function creditStep(deposit: Deposit, payment: Payment, seen: Seen): Step {
  const { nowMs } = seen;
  const isInTime = (payment.paidAtMs ?? nowMs) <= deposit.expiresAtMs;
  const to = isOpen(deposit) && isInTime ? 'paid' : 'paid_late';
  const change = posting({
    id: postingIdOf('deposit', deposit, payment),
    kind: 'deposit',
    moves: [{ from: clearingBook(deposit.gateway), to: memberBook(deposit.memberId), amountRupiah: payment.amountRupiah }],
    claim: { gateway: deposit.gateway, transactionId: payment.paymentId, kind: 'CREDIT' },
    reference: deposit.id,
    reason: to === 'paid' ? 'Deposit paid' : 'Deposit paid after its end',
    actor: seen.actor,
  });
  const booked = bookedPayment(payment, { nowMs, place: 'member', issue: null, postingId: change.id });
  return {
    after: movedTo(deposit, to, { nowMs, ...foundOut(deposit, seen), payments: [...deposit.payments, booked] }),
    event: depositEvent({ ...eventOf('payment', seen), status: to, amountRupiah: payment.amountRupiah, postingId: change.id }),
    change,
    otherwise: (refusal) => {
      const issue = issueOfRefusal(refusal);
      return issue && suspenseStep(deposit, payment, { seen, issue });
    },
  };
}

/** What a member may not take in is kept for them; anything else that is refused is somebody else's booking of the same. */
function issueOfRefusal({ reason }: Refusal): PaymentIssue | undefined {
  return reason === 'balance-limit' || reason === 'incoming-limit' || reason === 'account-closed' ? reason : undefined;
}

function suspenseStep(deposit: Deposit, payment: Payment, { seen, issue }: { readonly seen: Seen; readonly issue: PaymentIssue }): Step {
  const { nowMs } = seen;
  const change = posting({
    id: postingIdOf('suspense', deposit, payment),
    kind: 'deposit',
    moves: [{ from: clearingBook(deposit.gateway), to: suspenseBook, amountRupiah: payment.amountRupiah }],
    claim: { gateway: deposit.gateway, transactionId: payment.paymentId, kind: 'CREDIT' },
    reference: deposit.id,
    reason: `Kept until somebody has decided: ${issue}`,
    actor: seen.actor,
  });
  const booked = bookedPayment(payment, { nowMs, place: 'suspense', issue, postingId: change.id });
  const changes = { nowMs, ...foundOut(deposit, seen), payments: [...deposit.payments, booked] };
  const to = mayMove(deposit.status, 'paid_late') ? 'paid_late' : null;
  return {
    after: to === null ? changed(deposit, changes) : movedTo(deposit, to, changes),
    event: depositEvent({
      ...eventOf('payment', seen),
      status: to,
      amountRupiah: payment.amountRupiah,
      postingId: change.id,
      detail: issue,
    }),
    change,
    exception: exceptionFor(deposit, payment, { issue, nowMs }),
  };
}

/** Limits and closed accounts are between the member and us; that the two sides differ is for whoever reconciles. */
function exceptionFor(deposit: Deposit, payment: Payment, { issue, nowMs }: { issue: PaymentIssue; nowMs: number }): Exception | undefined {
  if (issue !== 'paid-twice' && issue !== 'amount-differs') return undefined;
  return exceptionOf(
    {
      kind: issue,
      gateway: deposit.gateway,
      reference: deposit.id,
      gatewayReference: payment.paymentId,
      amountRupiah: deposit.totalRupiah,
      gatewayAmountRupiah: payment.amountRupiah,
      detail: issue === 'paid-twice' ? 'A charge was paid more than once.' : 'Another amount was paid than was asked for.',
    },
    nowMs,
  );
}

/** Tells people, once, of a word that decides nothing here: a part that was charged back, a settlement under suspicion. */
function unknownStep(deposit: Deposit, seen: Seen): Step | undefined {
  const { status, nowMs } = seen;
  if (status?.state !== 'unknown' || status.gatewayTransactionId === null || deposit.unknownStatus === status.rawStatus) return undefined;
  const { id, gateway, totalRupiah } = deposit;
  const detail = `The gateway says ${status.rawStatus} of the charge, which no rule decides about.`;
  const gatewayReference = `${status.gatewayTransactionId} ${status.rawStatus}`;
  return {
    after: changed(deposit, { nowMs, unknownStatus: status.rawStatus }),
    event: depositEvent({ ...eventOf('trouble', seen), detail }),
    exception: exceptionOf({ kind: 'unclear', gateway, reference: id, gatewayReference, amountRupiah: totalRupiah, detail }, nowMs),
  };
}

/** Ends a deposit that nobody has paid. */
function endStep(deposit: Deposit, seen: Seen): Step | undefined {
  const to = isOpen(deposit) ? endOf(deposit, seen) : undefined;
  if (to === undefined) return undefined;
  const failure = to === 'failed' ? (seen.status?.rawStatus ?? null) : null;
  return {
    after: movedTo(deposit, to, { nowMs: seen.nowMs, ...foundOut(deposit, seen), failure }),
    event: depositEvent({ ...eventOf('status', seen), status: to }),
  };
}

function endOf({ expiresAtMs }: Deposit, { status, closing, nowMs }: Seen): DepositStatus | undefined {
  if (status?.state === 'failed') return 'failed';
  if (closing !== undefined) return closing;
  if (status?.state === 'cancelled') return 'cancelled';
  // A gateway's clock may be ahead of ours; the member was promised our deadline.
  return status?.state === 'expired' && nowMs >= expiresAtMs ? 'expired' : undefined;
}

/** Ids that the answer to the charge should have told, and did not. */
const foundOut = ({ gatewayTransactionId }: Deposit, { status }: Seen): Pick<Deposit, 'gatewayTransactionId'> => ({
  gatewayTransactionId: gatewayTransactionId ?? status?.gatewayTransactionId ?? null,
});

const bookedPayment = (
  { paymentId, amountRupiah, paidAtMs }: Payment,
  { nowMs, ...where }: Pick<BookedPayment, 'place' | 'issue' | 'postingId'> & { readonly nowMs: number },
): BookedPayment => ({ paymentId, amountRupiah, paidAtMs, bookedAtMs: nowMs, refundedRupiah: 0, reversedRupiah: 0, ...where });
