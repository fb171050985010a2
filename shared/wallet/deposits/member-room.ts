/**
 * What a member may still take in, by the limits of now.
 */
import type { Clock } from '#shared/platform/clock.ts';
import type { Fault } from '#shared/platform/fault.ts';
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

/** What may come in, in rupiah, and the limit that is reached first. */
export interface Room {
  readonly roomRupiah: number;
  readonly limit: 'balance' | 'incoming';
}

/** Throws `deposits.account-closed` for a member who takes no money. The ledger judges once more when money comes. */
export async function roomOf({ ledger, levels, limits, clock }: RoomDeps, memberId: string): Promise<Room> {
  const [level, balance] = await Promise.all([levels.of(memberId), ledger.balanceOf(memberBook(memberId))]);
  if (level === undefined) throw depositFault('deposits.account-closed');
  const { balanceRupiahMax, incomingRupiahPerMonthMax } = limitsAt(limits, clock.now())[level];
  const toOwn = Math.max(0, balanceRupiahMax - balance.posted);
  const toComeIn = Math.max(0, incomingRupiahPerMonthMax - balance.incomingThisMonth);
  return toOwn <= toComeIn ? { roomRupiah: toOwn, limit: 'balance' } : { roomRupiah: toComeIn, limit: 'incoming' };
}

/** `pointer` is what asked for too much; nothing when no value of the request did. */
export function overLimit(room: Room, pointer: string): Fault {
  const detail = `At most ${room.roomRupiah} rupiah may come in now.`;
  return depositFault('deposits.over-limit', { errors: [{ pointer, detail }], extension: room });
}
