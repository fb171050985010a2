/**
 * A member takes a withdrawal back, as long as nobody has decided about it.
 */
import type { Clock } from '#shared/platform/clock.ts';
import { releasedFor } from './booking.ts';
import type { WithdrawalStore } from './ports.ts';
import { presentWithdrawal, type WithdrawalView } from './present-withdrawal.ts';
import { eventOf } from './timeline.ts';
import { changed, type Withdrawal } from './withdrawal.ts';
import { alreadyDecided, requireOwn } from './read-withdrawal.ts';

interface Deps {
  readonly withdrawals: WithdrawalStore;
  readonly clock: Clock;
}

/** A first of two approvals may come in between; so many of them there cannot be. */
const attemptsMax = 3;

/** Cancelled before is cancelled. Throws `withdrawals.already-decided` when it is too late. */
export async function cancelWithdrawal(
  { withdrawals, clock }: Deps,
  request: { readonly memberId: string; readonly withdrawalId: string },
): Promise<WithdrawalView> {
  const actor = `member:${request.memberId}`;
  let withdrawal: Withdrawal | undefined;
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    withdrawal = await requireOwn(withdrawals, request);
    if (withdrawal.state === 'cancelled') return presentWithdrawal(withdrawal);
    if (withdrawal.state !== 'submitted') throw alreadyDecided(withdrawal);
    const to = changed(withdrawal, { state: 'cancelled' }, clock.now());
    const change = releasedFor(withdrawal, { reason: 'Cancelled by the member', actor });
    const outcome = await withdrawals.change({ from: withdrawal, to, event: eventOf(to, { what: 'cancelled', actor }), change });
    if (outcome.state === 'written') return presentWithdrawal(to);
  }
  throw alreadyDecided(withdrawal);
}
