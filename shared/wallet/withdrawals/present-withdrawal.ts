/**
 * Withdrawals and bank accounts as the API shows them.
 */
import type * as z from 'zod';
import type { BankAccount } from './bank-account.ts';
import type { TimelineEvent } from './timeline.ts';
import type { bankAccountView, deskWithdrawalView, timelineView, withdrawalView } from './views.ts';
import { isAnswerLost, payoutRupiah, type Withdrawal, type WithdrawalState } from './withdrawal.ts';

export type WithdrawalView = z.input<typeof withdrawalView>;
export type DeskWithdrawalView = z.input<typeof deskWithdrawalView>;
export type BankAccountView = z.input<typeof bankAccountView>;

/** As the member sees it. That nothing is under way for the moment is the staff's business. */
export function presentWithdrawal(withdrawal: Withdrawal): WithdrawalView {
  const { id, amountRupiah, feeRupiah, destination, state, reason, createdAtMs, updatedAtMs, completedAtMs } = withdrawal;
  const { bankAccountId, bank, accountNumber, accountName } = destination;
  const isStalled = state === 'stalled';
  return {
    id,
    state: isStalled ? 'approved' : state,
    amountRupiah,
    feeRupiah,
    payoutRupiah: payoutRupiah(withdrawal),
    destination: { bankAccountId, bank, accountNumber, accountName },
    reason: isStalled ? null : reason,
    createdAt: instant(createdAtMs),
    updatedAt: instant(updatedAtMs),
    completedAt: instantOrNull(completedAtMs),
  };
}

export function presentToDesk(withdrawal: Withdrawal): DeskWithdrawalView {
  const { memberId, destination, state, channel, approvals, decidedBy, attempt, nextAskAtMs } = withdrawal;
  const { holderName, nameCheck, checkedAgainst } = destination;
  const view = presentWithdrawal(withdrawal);
  return {
    ...view,
    memberId,
    state,
    reason: withdrawal.reason,
    destination: { ...view.destination, holderName, nameCheck, checkedAgainst },
    channel,
    risk: withdrawal.risk,
    approvalsNeeded: withdrawal.approvalsNeeded,
    approvals: approvals.map(decisionView),
    decidedBy: decidedBy && decisionView(decidedBy),
    attempt: attempt && {
      id: attempt.id,
      number: attempt.number,
      startedAt: instant(attempt.startedAtMs),
      gatewayPayoutId: attempt.gatewayPayoutId,
      gatewayStatus: attempt.rawStatus,
    },
    nextAskAt: instantOrNull(nextAskAtMs),
    actions: actionsOf[state].filter((action) => action !== 'found' || isAnswerLost(withdrawal)),
  };
}

/** What staff may do about it. */
const actionsOf: Readonly<Record<WithdrawalState, readonly DeskWithdrawalView['actions'][number][]>> = {
  submitted: ['approve', 'reject'],
  approved: ['refresh'],
  sent: ['refresh'],
  stalled: ['retry', 'found', 'give-up', 'refresh'],
  completed: ['refresh'],
  failed: ['refresh'],
  reversed: [],
  rejected: [],
  cancelled: [],
};

export function presentEvent({ atMs, what, actor, actorName, detail }: TimelineEvent): z.input<typeof timelineView> {
  return { at: instant(atMs), what, actor, actorName, detail };
}

export function presentBankAccount({ id, bank, accountNumber, accountName, nameCheck, createdAtMs }: BankAccount): BankAccountView {
  return { id, bank, accountNumber, accountName, nameCheck, createdAt: instant(createdAtMs) };
}

const decisionView = ({ staffId, name, atMs }: { staffId: string; name: string; atMs: number }) => ({ staffId, name, at: instant(atMs) });

const instant = (ms: number): string => new Date(ms).toISOString();
const instantOrNull = (ms: number | null): string | null => (ms === null ? null : instant(ms));
