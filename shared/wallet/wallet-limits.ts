/**
 * What a member may own and take in, as it is at a time.
 *
 * The ledger reads these in the decision that it commits, so that no two deposits pass a limit together. A change of the law is a further
 * entry with the instant from which it holds: what was booked before is judged by what held then.
 */
import { dayOf } from '#shared/platform/audit/days.ts';

const membershipLevels = ['unverified', 'verified'] as const;
export type MembershipLevel = (typeof membershipLevels)[number];

interface LevelLimits {
  /** Rupiah that an account may hold, what is set aside included. */
  readonly balanceRupiahMax: number;
  /** Rupiah that may come in within a calendar month of Asia/Jakarta. */
  readonly incomingRupiahPerMonthMax: number;
}

export interface DatedLimits {
  /** ISO 8601 in UTC; the limits hold from here on, until those of the next entry. */
  readonly validFrom: string;
  readonly levels: Readonly<Record<MembershipLevel, LevelLimits>>;
  /** Where they come from. */
  readonly source: string;
}

/** Oldest first. */
export const walletLimits: readonly DatedLimits[] = [
  {
    validFrom: '2022-06-30T17:00:00.000Z',
    levels: {
      unverified: { balanceRupiahMax: 2_000_000, incomingRupiahPerMonthMax: 20_000_000 },
      verified: { balanceRupiahMax: 20_000_000, incomingRupiahPerMonthMax: 40_000_000 },
    },
    source: 'Bank Indonesia, electronic money from 1 July 2022 on: unregistered and registered users.',
  },
];

/** What holds at an instant (milliseconds since the epoch). Throws for one before all entries. */
export function limitsAt(schedule: readonly DatedLimits[], nowMs: number): DatedLimits['levels'] {
  const valid = schedule.findLast(({ validFrom }) => Date.parse(validFrom) <= nowMs);
  if (valid === undefined) throw new RangeError(`No limits are configured for ${new Date(nowMs).toISOString()}`);
  return valid.levels;
}

/** `2026-11`: the month in Jakarta of an instant (ISO 8601 in UTC). */
export const monthOf = (instant: string): string => dayOf(instant).slice(0, 7);
