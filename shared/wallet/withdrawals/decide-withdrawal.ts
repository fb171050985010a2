/**
 * Staff decide about a withdrawal: approve it, reject it, try it again, give it up. Of two who decide at once one is told who was faster.
 */
import type { AuditEntry } from '#shared/platform/audit/audit-record.ts';
import type { Clock } from '#shared/platform/clock.ts';
import { saidBy, type Decider, type StaffNames } from '#shared/identity/staff/decider.ts';
import { releasedFor } from './booking.ts';
import type { PayoutQueue, WithdrawalChange, WithdrawalStore } from './ports.ts';
import { alreadyDecided, requireWithdrawal } from './read-withdrawal.ts';
import { eventOf, type TimelineKind } from './timeline.ts';
import { changed, isAnswerLost, type StaffDecision, type Withdrawal } from './withdrawal.ts';
import { withdrawalFault } from './withdrawal-faults.ts';
import { withdrawalLimits } from './withdrawal-limits.ts';

export interface DecideDeps {
  readonly withdrawals: WithdrawalStore;
  readonly payouts: PayoutQueue;
  readonly staff: StaffNames;
  readonly clock: Clock;
}

export type DeskDecision = 'approve' | 'reject' | 'retry' | 'found' | 'give-up';

export interface DecisionRequest {
  readonly withdrawalId: string;
  readonly decision: DeskDecision;
  /** All but approvals need one. */
  readonly reason?: string | undefined;
  /** Of what was found. */
  readonly gatewayPayoutId?: string | undefined;
  readonly decider: Decider;
}

/** Another approval, or news of the gateway, may come in between. */
const attemptsMax = 3;

export async function decideWithdrawal(deps: DecideDeps, request: DecisionRequest): Promise<Withdrawal> {
  const { withdrawals, payouts, staff, clock } = deps;
  const said = await saidBy(staff, request.decider);
  let withdrawal: Withdrawal | undefined;
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    withdrawal = await requireWithdrawal(withdrawals, request.withdrawalId);
    const by = { staffId: request.decider.staffId, name: said.actorName, atMs: clock.now() };
    const step = stepOf[request.decision](withdrawal, { by, reason: request.reason, gatewayPayoutId: request.gatewayPayoutId });
    const change = withRecord({ withdrawal, step, said, reason: request.reason });
    const outcome = await withdrawals.change(change);
    if (outcome.state === 'refused') throw new Error(`${request.decision} of ${withdrawal.id} was refused: ${outcome.refusal.reason}`);
    if (outcome.state === 'meanwhile') continue;
    if (step.to.nextAskAtMs !== null) await payouts.wake(withdrawal.id);
    return step.to;
  }
  throw alreadyDecided(withdrawal);
}

interface Decided {
  readonly by: StaffDecision;
  readonly reason: string | undefined;
  readonly gatewayPayoutId: string | undefined;
}

interface Step extends Pick<WithdrawalChange, 'change'> {
  readonly to: Withdrawal;
  readonly what: TimelineKind;
}

const stepOf: Readonly<Record<DeskDecision, (withdrawal: Withdrawal, decided: Decided) => Step>> = {
  approve,
  reject: (withdrawal, decided) => ended(withdrawal, decided, { from: 'submitted', to: 'rejected', what: 'rejected' }),
  retry,
  found,
  'give-up': (withdrawal, decided) => ended(withdrawal, decided, { from: 'stalled', to: 'failed', what: 'given-up' }),
};

/** Whoever approved it once is not the second of two. */
function approve(withdrawal: Withdrawal, { by }: Decided): Step {
  if (withdrawal.state !== 'submitted') throw alreadyDecided(withdrawal);
  if (withdrawal.approvals.some(({ staffId }) => staffId === by.staffId)) throw withdrawalFault('withdrawals.second-person-needed');
  const approvals = [...withdrawal.approvals, by];
  if (approvals.length < withdrawal.approvalsNeeded) return { to: changed(withdrawal, { approvals }, by.atMs), what: 'first-approval' };
  return { to: changed(withdrawal, { approvals, state: 'approved', nextAskAtMs: by.atMs, asks: 0 }, by.atMs), what: 'approved' };
}

function retry(withdrawal: Withdrawal, { by }: Decided): Step {
  if (withdrawal.state !== 'stalled') throw alreadyDecided(withdrawal);
  if (withdrawal.attemptsMade >= withdrawalLimits.attemptsMax) throw withdrawalFault('withdrawals.attempts-spent');
  const to = { state: 'approved', attempt: null, reason: null, decidedBy: by, nextAskAtMs: by.atMs, asks: 0 } as const;
  return { to: changed(withdrawal, to, by.atMs), what: 'tried-again' };
}

/** The gateway's answer was lost, and a person has found the payout there. What became of it the gateway is asked, as ever. */
function found(withdrawal: Withdrawal, { by, gatewayPayoutId }: Decided): Step {
  const { attempt } = withdrawal;
  if (!isAnswerLost(withdrawal) || attempt === null || gatewayPayoutId === undefined) throw alreadyDecided(withdrawal);
  const known = { ...attempt, gatewayPayoutId };
  const to = { state: 'sent', attempt: known, reason: null, decidedBy: by, nextAskAtMs: by.atMs, asks: 0 } as const;
  return { to: changed(withdrawal, to, by.atMs), what: 'found' };
}

interface End {
  readonly from: Withdrawal['state'];
  readonly to: 'rejected' | 'failed';
  readonly what: TimelineKind;
}

/** The member has the money back. */
function ended(withdrawal: Withdrawal, { by, reason = '' }: Decided, { from, to, what }: End): Step {
  if (withdrawal.state !== from) throw alreadyDecided(withdrawal);
  return {
    to: changed(withdrawal, { state: to, reason, decidedBy: by, nextAskAtMs: null }, by.atMs),
    what,
    change: releasedFor(withdrawal, { reason, actor: `staff:${by.staffId}` }),
  };
}

interface Recorded {
  readonly withdrawal: Withdrawal;
  readonly step: Step;
  readonly said: Pick<AuditEntry, 'actor' | 'client'> & { readonly actorName: string };
  readonly reason: string | undefined;
}

/** In the member's own stream: it is their money. */
function withRecord({ withdrawal, step: { to, what, change }, said, reason }: Recorded): WithdrawalChange {
  const { id, memberId, amountRupiah } = withdrawal;
  const stream = `member:${memberId}`;
  const stateOf = ({ state, approvals }: Withdrawal) => ({ withdrawal: id, state, approvals: approvals.length, amountRupiah });
  return {
    from: withdrawal,
    to,
    event: eventOf(to, { what, actor: said.actor, actorName: said.actorName, detail: reason }),
    change,
    entry: {
      ...said,
      stream,
      subject: stream,
      action: `withdrawal.${what}`,
      reason,
      before: stateOf(withdrawal),
      after: stateOf(to),
    },
  };
}
