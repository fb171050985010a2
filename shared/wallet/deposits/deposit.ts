/**
 * The deposit: money that a member wants to pay in, and what became of it.
 *
 * Its status says how it stands with the wish; `payments` say what money really came, and where it is. A payment is never without a place:
 * with the member, or in suspense until a person of the staff has decided.
 */
import * as z from 'zod';
import { gatewayNames, paymentMethods } from '#shared/payments/payment.ts';
import { amountRupiahSchema } from '../amount.ts';
import { instructionsSchema } from './instructions.ts';

export const depositStatuses = [
  /** Stored, and on its way to the gateway. */
  'creating',
  'pending',
  'paid',
  /** Money came otherwise than it was asked for: after the end, another amount, or more than the member may take in. */
  'paid_late',
  'expired',
  'cancelled',
  'failed',
  /** The gateway has taken the money back. */
  'reversed',
  'refunded',
] as const;
export type DepositStatus = (typeof depositStatuses)[number];

/** The only table of moves. None leads back. */
const moves: Readonly<Record<DepositStatus, readonly DepositStatus[]>> = {
  creating: ['pending', 'paid', 'paid_late', 'expired', 'cancelled', 'failed'],
  pending: ['paid', 'paid_late', 'expired', 'cancelled', 'failed'],
  expired: ['paid_late'],
  cancelled: ['paid_late'],
  failed: ['paid_late'],
  paid: ['reversed', 'refunded'],
  paid_late: ['reversed', 'refunded'],
  reversed: [],
  refunded: [],
};

const instantMs = z.int().nonnegative();
const rupiah = z.int().nonnegative();

export const paymentIssues = [
  'amount-differs',
  'paid-twice',
  'balance-limit',
  'incoming-limit',
  'account-closed',
  /** It was taken back before it was booked. */
  'taken-back',
] as const;
export type PaymentIssue = (typeof paymentIssues)[number];

/** Money that came in once. */
const bookedPaymentSchema = z.object({
  /** Of the gateway; a bank's reference for a transfer. What the credit claims for ever. */
  paymentId: z.string().min(1).max(128),
  amountRupiah: amountRupiahSchema,
  paidAtMs: instantMs.nullable(),
  bookedAtMs: instantMs,
  place: z.enum(['member', 'suspense']),
  /** Why it was not simply given to the member. */
  issue: z.enum(paymentIssues).nullable(),
  postingId: z.string(),
  /** What of it went back since: by us, or by the gateway. */
  refundedRupiah: rupiah,
  reversedRupiah: rupiah,
});
export type BookedPayment = z.output<typeof bookedPaymentSchema>;

const depositRefundSchema = z.object({
  /** Ours, or the gateway's own for one that was made there. */
  refundKey: z.string().min(1).max(100),
  paymentId: z.string(),
  amountRupiah: amountRupiahSchema,
  /** `asked` until the bank has confirmed. */
  state: z.enum(['asked', 'confirmed', 'failed']),
  /** What sets the money of the member aside meanwhile. */
  holdId: z.string().nullable(),
  askedAtMs: instantMs,
  askedBy: z.string().nullable(),
  askedByName: z.string().nullable().default(null),
  /** How often the machinery has gone to the gateway for it since, and when it does so next; null when it does not any more. */
  tries: z.int().nonnegative().default(0),
  dueAtMs: instantMs.nullable().default(null),
});
export type DepositRefund = z.output<typeof depositRefundSchema>;

/** A refund as somebody asks for it; or, with nobody, as it is found at the gateway. */
export function newRefund(
  refund: Pick<DepositRefund, 'refundKey' | 'paymentId' | 'amountRupiah' | 'askedAtMs'> & Partial<DepositRefund>,
): DepositRefund {
  return { state: 'asked', holdId: null, askedBy: null, askedByName: null, tries: 0, dueAtMs: null, ...refund };
}

export const depositSchema = z.object({
  id: z.string().regex(/^dep_[0-9a-z]{22}$/),
  memberId: z.string().regex(/^\d{1,19}$/),
  status: z.enum(depositStatuses),
  method: z.enum(paymentMethods),
  gateway: z.enum([...gatewayNames, 'manual']),
  /** What the member wished for. */
  amountRupiah: amountRupiahSchema,
  /** What a transfer adds to it, and what is to be paid. */
  uniqueCode: z.int().min(1).max(999).nullable(),
  totalRupiah: amountRupiahSchema,
  idempotencyKey: z.string(),
  createdAtMs: instantMs,
  /** A whole second: Step Functions cuts milliseconds off, and would be early. */
  expiresAtMs: instantMs,
  updatedAtMs: instantMs,
  /** When it left `creating` and `pending`. */
  endedAtMs: instantMs.nullable(),
  /** While it is `creating`: until when somebody is charging, and whether an earlier charge may have been made. */
  charging: z.object({ untilMs: instantMs, isUncertain: z.boolean() }).nullable(),
  gatewayTransactionId: z.string().nullable(),
  instructions: instructionsSchema.nullable(),
  payments: z.array(bookedPaymentSchema),
  refunds: z.array(depositRefundSchema),
  /** The gateway took something back of so many payments, and did not say which; until a person has said it, nothing else is done with them. */
  unclearReversal: z.object({ payments: z.int().positive(), isDecided: z.boolean() }).nullable().default(null),
  /** The gateway's last word that no rule decides about, once people have been told of it. */
  unknownStatus: z.string().nullable().default(null),
  /** Why it failed, in the gateway's word or ours. */
  failure: z.string().max(200).nullable(),
  /** Grows with every change, so that none is made on something that is not so any more. */
  version: z.int().positive(),
});
export type Deposit = z.output<typeof depositSchema>;

export const isOpen = ({ status }: Pick<Deposit, 'status'>): boolean => status === 'creating' || status === 'pending';

/** The status at an instant: nobody waits for a timer to know that time is over. */
export function statusAt({ status, expiresAtMs }: Pick<Deposit, 'status' | 'expiresAtMs'>, nowMs: number): DepositStatus {
  return (status === 'creating' || status === 'pending') && nowMs >= expiresAtMs ? 'expired' : status;
}

export const mayMove = (from: DepositStatus, to: DepositStatus): boolean => moves[from].includes(to);

/** The deposit in another status. Throws for a move that the table does not have: that is a bug of whoever asks. */
export function movedTo(
  deposit: Deposit,
  to: DepositStatus,
  { nowMs, ...changes }: { readonly nowMs: number } & Partial<Deposit>,
): Deposit {
  if (!mayMove(deposit.status, to)) throw new TypeError(`A deposit that is ${deposit.status} does not become ${to}`);
  const ends = isOpen(deposit) && !isOpen({ status: to });
  return changed({ ...deposit, status: to, ...(ends && { endedAtMs: nowMs, charging: null }) }, { nowMs, ...changes });
}

/** The deposit with other contents in the same status. */
export function changed(deposit: Deposit, { nowMs, ...changes }: { readonly nowMs: number } & Partial<Deposit>): Deposit {
  return { ...deposit, ...changes, updatedAtMs: Math.max(nowMs, deposit.updatedAtMs), version: deposit.version + 1 };
}

/** What of a payment is still here. */
export const remainingRupiah = ({ amountRupiah, refundedRupiah, reversedRupiah }: BookedPayment): number =>
  amountRupiah - refundedRupiah - reversedRupiah;

/** What of a payment nobody has asked to be refunded yet. */
export function refundableRupiah({ refunds }: Pick<Deposit, 'refunds'>, payment: BookedPayment): number {
  const asked = refunds.filter(({ paymentId, state }) => paymentId === payment.paymentId && state === 'asked');
  return remainingRupiah(payment) - asked.reduce((sum, { amountRupiah }) => sum + amountRupiah, 0);
}

/** The payment that waits for a decision: money in suspense that nobody has decided about. */
export const paymentUnderReview = (deposit: Pick<Deposit, 'payments' | 'refunds'>): BookedPayment | undefined =>
  deposit.payments.find((payment) => payment.place === 'suspense' && refundableRupiah(deposit, payment) > 0);

/** When the machinery looks after a refund next, in milliseconds since the epoch; undefined when none waits for that. */
export function refundsDueMs({ refunds }: Pick<Deposit, 'refunds'>): number | undefined {
  const due = refunds.flatMap(({ state, dueAtMs }) => (state === 'asked' && dueAtMs !== null ? [dueAtMs] : []));
  return due.length === 0 ? undefined : Math.min(...due);
}

/** Whether a person has to say which payment was taken back. */
export const isReversalOpen = ({ unclearReversal }: Pick<Deposit, 'unclearReversal'>): boolean => unclearReversal?.isDecided === false;

const sumOf = (payments: readonly BookedPayment[], amount: (payment: BookedPayment) => number): number =>
  payments.reduce((sum, payment) => sum + amount(payment), 0);

/** What the member has of it, what waits in suspense, what went back. */
export function totalsOf({ payments }: Pick<Deposit, 'payments'>) {
  return {
    creditedRupiah: sumOf(
      payments.filter(({ place }) => place === 'member'),
      remainingRupiah,
    ),
    suspenseRupiah: sumOf(
      payments.filter(({ place }) => place === 'suspense'),
      remainingRupiah,
    ),
    refundedRupiah: sumOf(payments, ({ refundedRupiah }) => refundedRupiah),
    reversedRupiah: sumOf(payments, ({ reversedRupiah }) => reversedRupiah),
  };
}
