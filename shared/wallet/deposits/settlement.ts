/**
 * What follows from what a gateway says of a charge: one step at a time, each a change of the deposit with what it books. Pure, and the same
 * whoever asks and in whatever order: a step is left out when the deposit already has it, so that looking again does nothing again.
 */
import { createHash } from 'node:crypto';
import type { ChargeStatus, Payment, Refund } from '#shared/payments/ports.ts';
import { clearingBook, memberBook, suspenseBook } from '../account.ts';
import type { Refusal } from '../decide-change.ts';
import { exceptionOf, type Exception } from '../reconciliation/exception.ts';
import { posting, releasing, type LedgerChange } from '../posting.ts';
import {
  changed,
  isOpen,
  mayMove,
  movedTo,
  remainingRupiah,
  type BookedPayment,
  type Deposit,
  type DepositRefund,
  type DepositStatus,
  type PaymentIssue,
} from './deposit.ts';
import { depositEvent, type DepositEvent } from './deposit-event.ts';

/** What is known, and who wants to know. */
export interface Seen {
  /** Undefined when the gateway has no such charge, or when there is no gateway to ask. */
  readonly status: SeenCharge | undefined;
  /** Whoever asked has also asked for no more payments: the deposit ends unless money came. */
  readonly closing?: 'expired' | 'cancelled' | undefined;
  readonly actor: string;
  readonly nowMs: number;
}

/** What of a gateway's answer decides; a transfer that somebody has seen is said in the same words. */
export type SeenCharge = Pick<ChargeStatus, 'state' | 'payments' | 'refunds' | 'gatewayTransactionId' | 'rawStatus'>;

export interface Step {
  readonly after: Deposit;
  readonly event: DepositEvent;
  readonly change?: LedgerChange | undefined;
  readonly exception?: Exception | undefined;
  /** What is done instead when the ledger refuses the change. */
  readonly otherwise?: ((refusal: Refusal) => Step | undefined) | undefined;
}

/** Undefined when there is nothing left to do. */
export function nextStep(deposit: Deposit, seen: Seen): Step | undefined {
  return paymentStep(deposit, seen) ?? refundStep(deposit, seen) ?? reversalStep(deposit, seen) ?? endStep(deposit, seen);
}

/** Books one payment: with the member if it is as it was asked for, else in suspense. */
export function paymentStep(deposit: Deposit, seen: Seen): Step | undefined {
  const known = new Set(deposit.payments.map(({ paymentId }) => paymentId));
  const payment = seen.status?.payments.find(({ paymentId }) => !known.has(paymentId));
  if (payment === undefined) return undefined;
  const issue = issueOf(deposit, payment, seen);
  return issue === undefined ? creditStep(deposit, payment, seen) : suspenseStep(deposit, payment, { seen, issue });
}

function issueOf({ payments, totalRupiah }: Deposit, { amountRupiah }: Payment, { status }: Seen): PaymentIssue | undefined {
  if (payments.length > 0) return 'paid-twice';
  if (amountRupiah !== totalRupiah) return 'amount-differs';
  return isTakenBack(status) ? 'taken-back' : undefined;
}

/** `failed` after a payment is money that was taken back, too. */
const isTakenBack = (status: SeenCharge | undefined): boolean => status?.state === 'reversed' || status?.state === 'failed';

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

/** Books one refund that the bank has confirmed, or gives up one that failed. */
function refundStep(deposit: Deposit, seen: Seen): Step | undefined {
  for (const refund of seen.status?.refunds ?? []) {
    const known = deposit.refunds.find(({ refundKey }) => refundKey === refund.refundKey);
    const step = refundNewsStep(deposit, { refund, known, seen });
    if (step !== undefined) return step;
  }
  return undefined;
}

function refundNewsStep(deposit: Deposit, news: RefundNews): Step | undefined {
  const { refund, known, seen } = news;
  if (refund.state === 'confirmed' && known?.state !== 'confirmed') return confirmedRefund(deposit, news);
  return refund.state === 'failed' && known?.state === 'asked' ? failedRefund(deposit, known, seen) : undefined;
}

interface RefundNews {
  readonly refund: Refund;
  readonly known: DepositRefund | undefined;
  readonly seen: Seen;
}

function confirmedRefund(deposit: Deposit, { refund, known, seen }: RefundNews): Step | undefined {
  const payment = deposit.payments.find((one) =>
    known === undefined ? remainingRupiah(one) >= refund.amountRupiah : one.paymentId === known.paymentId,
  );
  // More went back than ever came: the reconciliation finds it, and nothing here could be booked.
  if (payment === undefined || remainingRupiah(payment) < refund.amountRupiah) return undefined;
  const { nowMs } = seen;
  const kept: DepositRefund = known ?? {
    refundKey: refund.refundKey,
    paymentId: payment.paymentId,
    amountRupiah: refund.amountRupiah,
    state: 'confirmed',
    holdId: null,
    askedAtMs: nowMs,
    askedBy: null,
  };
  const after = withPayment(deposit, { ...payment, refundedRupiah: payment.refundedRupiah + refund.amountRupiah });
  const refunds = [...deposit.refunds.filter(({ refundKey }) => refundKey !== refund.refundKey), { ...kept, state: 'confirmed' as const }];
  const to = after.payments.every((one) => remainingRupiah(one) === 0) && mayMove(deposit.status, 'refunded') ? 'refunded' : null;
  const make = (kind: 'refund' | 'reversal') => refundPosting(deposit, { payment, refund: kept, seen, kind });
  const step = (change: LedgerChange): Step => ({
    after: endedIn(after, to, { nowMs, refunds }),
    event: depositEvent({
      ...eventOf('refund', seen),
      status: to,
      amountRupiah: refund.amountRupiah,
      postingId: change.id,
      detail: refund.refundKey,
    }),
    change,
  });
  // Nobody set the money of a refund aside that was made at the gateway. It is gone, whether the member still has it or not.
  return { ...step(make('refund')), otherwise: ({ reason }) => (reason === 'insufficient' ? step(make('reversal')) : undefined) };
}

interface RefundBooking {
  readonly payment: BookedPayment;
  readonly refund: DepositRefund;
  readonly seen: Seen;
  readonly kind: 'refund' | 'reversal';
}

function refundPosting(deposit: Deposit, { payment, refund, seen, kind }: RefundBooking): LedgerChange {
  const { refundKey, amountRupiah, holdId } = refund;
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
    ...(holdId !== null && { settles: { account, holdId } }),
  });
}

/** The money that was set aside is the member's again. */
export function failedRefund(deposit: Deposit, refund: DepositRefund, seen: Seen): Step {
  const { nowMs, actor } = seen;
  const refunds = deposit.refunds.map((one) => (one.refundKey === refund.refundKey ? { ...one, state: 'failed' as const } : one));
  const { holdId } = refund;
  const why = { reference: deposit.id, reason: 'The refund failed at the gateway', actor };
  return {
    after: changed(deposit, { nowMs, refunds }),
    event: depositEvent({ ...eventOf('refund', seen), amountRupiah: refund.amountRupiah, detail: `${refund.refundKey} failed` }),
    ...(holdId !== null && { change: releasing({ id: holdId, account: memberBook(deposit.memberId), ...why }) }),
  };
}

/** Books what the gateway has taken back. Of several payments it does not say which one: that is for a person. */
function reversalStep(deposit: Deposit, seen: Seen): Step | undefined {
  if (!isTakenBack(seen.status)) return undefined;
  const left = deposit.payments.filter((payment) => remainingRupiah(payment) > 0);
  const [payment] = left;
  if (payment === undefined) return undefined;
  return left.length === 1 ? reversal(deposit, payment, seen) : unclearReversal(deposit, seen);
}

function reversal(deposit: Deposit, payment: BookedPayment, seen: Seen): Step {
  const { nowMs, actor } = seen;
  const amountRupiah = remainingRupiah(payment);
  const change = posting({
    id: postingIdOf('reversal', deposit, payment),
    kind: 'reversal',
    moves: [
      { from: payment.place === 'member' ? memberBook(deposit.memberId) : suspenseBook, to: clearingBook(deposit.gateway), amountRupiah },
    ],
    claim: { gateway: deposit.gateway, transactionId: payment.paymentId, kind: 'REVERSAL' },
    reference: deposit.id,
    reason: 'The gateway took the payment back',
    actor,
  });
  const after = withPayment(deposit, { ...payment, reversedRupiah: payment.reversedRupiah + amountRupiah });
  const to = mayMove(deposit.status, 'reversed') ? 'reversed' : null;
  return {
    after: endedIn(after, to, { nowMs }),
    event: depositEvent({ ...eventOf('reversal', seen), status: to, amountRupiah, postingId: change.id }),
    change,
  };
}

const unclear = 'One of several payments was taken back, and the gateway does not say which.';

/** Told once: looking again finds the note of it. */
function unclearReversal(deposit: Deposit, seen: Seen): Step | undefined {
  if (deposit.failure === unclear) return undefined;
  const { id, gateway, gatewayTransactionId } = deposit;
  const found = { kind: 'unclear', gateway, reference: id, gatewayReference: gatewayTransactionId, detail: unclear } as const;
  return {
    after: changed(deposit, { nowMs: seen.nowMs, failure: unclear }),
    event: depositEvent({ ...eventOf('trouble', seen), detail: unclear }),
    exception: exceptionOf(found, seen.nowMs),
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

const endedIn = (deposit: Deposit, to: DepositStatus | null, changes: { readonly nowMs: number } & Partial<Deposit>): Deposit =>
  to === null ? changed(deposit, changes) : movedTo(deposit, to, changes);

const withPayment = (deposit: Deposit, payment: BookedPayment): Deposit => ({
  ...deposit,
  payments: deposit.payments.map((one) => (one.paymentId === payment.paymentId ? payment : one)),
});

const bookedPayment = (
  { paymentId, amountRupiah, paidAtMs }: Payment,
  { nowMs, ...where }: Pick<BookedPayment, 'place' | 'issue' | 'postingId'> & { readonly nowMs: number },
): BookedPayment => ({ paymentId, amountRupiah, paidAtMs, bookedAtMs: nowMs, refundedRupiah: 0, reversedRupiah: 0, ...where });

/** One for each payment, whatever characters the gateway's id is made of. */
export const postingIdOf = (what: string, { id }: Pick<Deposit, 'id'>, { paymentId }: Pick<BookedPayment, 'paymentId'>): string =>
  `${what}:${id}:${digestOf(paymentId)}`;

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 24);

const eventOf = (kind: DepositEvent['kind'], { status, actor, nowMs }: Seen) => ({
  atMs: nowMs,
  kind,
  actor,
  gatewayStatus: status?.rawStatus ?? null,
});
