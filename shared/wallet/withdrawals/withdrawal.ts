/**
 * The withdrawal: money of a member on its way to a bank account, from the moment it is set aside.
 *
 * Its amount is held when it is submitted. Staff approve it, two people above a threshold; then it is sent to a payout gateway under its own id, and
 * what becomes of it there is what becomes of it here. The hold is closed once: settled when the bank has the money, released when it never will.
 */
import * as z from 'zod';
import { banks } from '#shared/payments/payment.ts';
import { amountRupiahSchema } from '../amount.ts';
import { checkedNames, nameChecks } from './name-check.ts';
import { riskSignals } from './risk.ts';
import { withdrawalLimits } from './withdrawal-limits.ts';

export const withdrawalStates = [
  'submitted',
  'approved',
  'sent',
  'stalled',
  'completed',
  'failed',
  'reversed',
  'rejected',
  'cancelled',
] as const;
export type WithdrawalState = (typeof withdrawalStates)[number];

/**
 * Which state may follow which. Everything else is refused, whoever asks.
 *
 * - `submitted`: held, and waits for staff. One approval of two leaves it so.
 * - `approved`: about to be sent; a gateway that cannot be reached leaves it so.
 * - `sent`: a gateway has it.
 * - `stalled`: approved, and nothing is under way: the gateway failed in a way that passes, its answer was lost for good, or the member
 *   owes. Staff try again, say what they found, or give up.
 * - `completed`: the bank has it. Not the last word: a bank may give it back.
 */
const moves: Readonly<Record<WithdrawalState, readonly WithdrawalState[]>> = {
  submitted: ['approved', 'rejected', 'cancelled'],
  approved: ['sent', 'stalled', 'failed'],
  sent: ['completed', 'stalled', 'failed'],
  stalled: ['approved', 'sent', 'failed', 'completed'],
  completed: ['reversed'],
  failed: [],
  reversed: [],
  rejected: [],
  cancelled: [],
};

const mayBecome = (from: WithdrawalState, to: WithdrawalState): boolean => moves[from].includes(to);

/** States in which the member's money is set aside. */
export const isOpen = (state: WithdrawalState): boolean => ['submitted', 'approved', 'sent', 'stalled'].includes(state);

/** Where payouts go out; the names under which the ledger books them. */
export const payoutChannels = ['iris', 'xendit'] as const;
export type PayoutChannel = (typeof payoutChannels)[number];

const instantMs = z.int().nonnegative();
const staffDecision = z.object({ staffId: z.string(), name: z.string(), atMs: instantMs });

/** A bank account as it was when the withdrawal was made: later changes of the book change nothing of it. */
const destinationSchema = z.object({
  bankAccountId: z.string().startsWith('bnk_'),
  bank: z.enum(banks),
  accountNumber: z.string().regex(/^\d{5,20}$/),
  /** As the member says, and as the bank says. */
  accountName: z.string(),
  holderName: z.string().nullable(),
  nameCheck: z.enum(nameChecks),
  checkedAgainst: z.enum(checkedNames),
});

/** One try at a gateway. Sent again under the same id, it is the same payout. */
const attemptSchema = z.object({
  /** The withdrawal's id for the first, then `wd_…-2`. */
  id: z.string(),
  number: z.int().min(1).max(withdrawalLimits.attemptsMax),
  startedAtMs: instantMs,
  /** Null as long as no answer told it. */
  gatewayPayoutId: z.string().nullable(),
  /** The gateway's own word, or `refusedStatus`; null as long as no answer told it. */
  rawStatus: z.string().nullable(),
});

export const withdrawalSchema = z.object({
  id: z.string().regex(/^wd_[0-9a-z]{22}$/),
  memberId: z.string(),
  /** What leaves the member's balance. */
  amountRupiah: amountRupiahSchema,
  /** The part of it that the platform keeps; the bank account gets the rest. */
  feeRupiah: z.int().nonnegative(),
  destination: destinationSchema,
  channel: z.enum(payoutChannels),
  state: z.enum(withdrawalStates),
  /** How many different people have to approve: as the rules were when it was made. */
  approvalsNeeded: z.int().min(1).max(2),
  approvals: z.array(staffDecision).max(2),
  risk: z.object({ score: z.int().min(0).max(100), signals: z.array(z.enum(riskSignals)) }),
  /** The one that is under way or was the last; null before the first, and while the next one has not begun. */
  attempt: attemptSchema.nullable(),
  attemptsMade: z.int().nonnegative(),
  /** Why it was rejected, has failed or stands still. */
  reason: z.string().nullable(),
  /** Who of the staff ended it or tried it again last. */
  decidedBy: staffDecision.nullable(),
  createdAtMs: instantMs,
  updatedAtMs: instantMs,
  /** When the bank had it. */
  completedAtMs: instantMs.nullable(),
  /** When the gateway is to be asked next, or the payout to be sent; null while nothing is due. */
  nextAskAtMs: instantMs.nullable(),
  /** Questions since the last change of state: the later, the rarer. */
  asks: z.int().nonnegative(),
  /** Counts the changes: each is made onto the one before. */
  version: z.int().positive(),
});
export type Withdrawal = z.output<typeof withdrawalSchema>;
export type StaffDecision = z.output<typeof staffDecision>;

/** Of an attempt that the gateway has refused: there is no payout. */
export const refusedStatus = 'refused';

/** Its last attempt may have been paid: it was sent, no answer told what became of it, and the gateway cannot be asked. */
export const isAnswerLost = ({ state, attempt }: Pick<Withdrawal, 'state' | 'attempt'>): boolean =>
  state === 'stalled' && attempt !== null && attempt.gatewayPayoutId === null && attempt.rawStatus === null;

/** What the bank account gets. */
export const payoutRupiah = ({ amountRupiah, feeRupiah }: Pick<Withdrawal, 'amountRupiah' | 'feeRupiah'>): number =>
  amountRupiah - feeRupiah;

/** The withdrawal of an attempt's id. */
export const withdrawalIdOf = (attemptId: string): string => attemptId.replace(/-\d+$/, '');

export const attemptIdOf = (withdrawalId: string, number: number): string => (number === 1 ? withdrawalId : `${withdrawalId}-${number}`);

/** The next version of a withdrawal. Throws for a move that the table does not have: whoever asks has to have looked. */
export function changed(withdrawal: Withdrawal, to: Partial<Withdrawal>, nowMs: number): Withdrawal {
  const { state, version, updatedAtMs } = withdrawal;
  if (to.state !== undefined && to.state !== state && !mayBecome(state, to.state))
    throw new RangeError(`A withdrawal that is ${state} does not become ${to.state}`);
  return { ...withdrawal, ...to, version: version + 1, updatedAtMs: Math.max(nowMs, updatedAtMs) };
}
