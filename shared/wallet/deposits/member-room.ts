/**
 * What a member may still take in, by the limits of now.
 */
import type { Clock } from '#shared/platform/clock.ts';
import { memberBook } from '../account.ts';
import type { Ledger, MembershipLevels } from '../ports.ts';
import { limitsAt, type DatedLimits } from '../wallet-limits.ts';
import { depositFault } from './deposit-faults.ts';

export interface RoomDeps {
  readonly ledger: Pick<Ledger, 'balanceOf'>;
  readonly levels: MembershipLevels;
  readonly limits: readonly DatedLimits[];
  readonly clock: Clock;
}

/** Rupiah. Throws `deposits.account-closed` for a member who takes no money. The ledger judges once more when money comes. */
export async function roomOf({ ledger, levels, limits, clock }: RoomDeps, memberId: string): Promise<number> {
  const [level, balance] = await Promise.all([levels.of(memberId), ledger.balanceOf(memberBook(memberId))]);
  if (level === undefined) throw depositFault('deposits.account-closed');
  const { balanceRupiahMax, incomingRupiahPerMonthMax } = limitsAt(limits, clock.now())[level];
  return Math.max(0, Math.min(balanceRupiahMax - balance.posted, incomingRupiahPerMonthMax - balance.incomingThisMonth));
}
