/**
 * One withdrawal, for whoever it is the business of.
 */
import type { Fault } from '#shared/platform/fault.ts';
import type { WithdrawalStore } from './ports.ts';
import { presentWithdrawal, type WithdrawalView } from './present-withdrawal.ts';
import type { Withdrawal } from './withdrawal.ts';
import { withdrawalFault } from './withdrawal-faults.ts';

interface Own {
  readonly memberId: string;
  readonly withdrawalId: string;
}

export async function readOwnWithdrawal({ withdrawals }: { readonly withdrawals: WithdrawalStore }, own: Own): Promise<WithdrawalView> {
  return presentWithdrawal(await requireOwn(withdrawals, own));
}

/** Somebody else's is not there. */
export async function requireOwn(withdrawals: WithdrawalStore, { memberId, withdrawalId }: Own): Promise<Withdrawal> {
  const withdrawal = await withdrawals.get(withdrawalId);
  if (withdrawal?.memberId !== memberId) throw withdrawalFault('withdrawals.not-found');
  return withdrawal;
}

export async function requireWithdrawal(withdrawals: WithdrawalStore, withdrawalId: string): Promise<Withdrawal> {
  const withdrawal = await withdrawals.get(withdrawalId);
  if (withdrawal === undefined) throw withdrawalFault('withdrawals.not-found');
  return withdrawal;
}

/** Says by whom, and when. */
export function alreadyDecided(withdrawal: Withdrawal | undefined): Fault {
  return withdrawalFault('withdrawals.already-decided', { errors: [{ pointer: '/state', detail: decisionOf(withdrawal) }] });
}

function decisionOf(withdrawal: Withdrawal | undefined): string {
  if (withdrawal === undefined) return 'Others were always faster.';
  const { state, approvals, decidedBy, updatedAtMs } = withdrawal;
  if (state === 'cancelled') return `Cancelled by the member at ${instant(updatedAtMs)}.`;
  const by = decidedBy ?? approvals.at(-1);
  const named = by === undefined ? '' : ` by ${by.name} at ${instant(by.atMs)}`;
  return `It is ${state}, decided${named}.`;
}

const instant = (ms: number): string => new Date(ms).toISOString();
