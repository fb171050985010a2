/**
 * The queue by risk: what waits for staff, whatever its day. It is kept in that order, so that pages follow each other however many there are; what is
 * decided meanwhile is gone from them, and what comes in before a page that was read is on the first one.
 */
import * as z from 'zod';
import { isWithinDays } from '#shared/platform/audit/days.ts';
import { pageOfWalk, walkInPortions } from '#shared/platform/page-of-walk.ts';
import { cursorOf } from '#shared/platform/paging.ts';
import { waitingKeyOf, type WithdrawalStore } from './ports.ts';
import { presentToDesk, type DeskWithdrawalView } from './present-withdrawal.ts';
import type { Withdrawal } from './withdrawal.ts';

interface Deps {
  readonly withdrawals: Pick<WithdrawalStore, 'waiting'>;
}

interface Request {
  readonly memberId?: string | undefined;
  readonly riskMin?: number | undefined;
  /** Days in Jakarta on which they were made, both included; any day without them. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Withdrawals that one page looks at: where few match, it comes back short. */
const bounds = { entries: 1_000 };

const cursors = cursorOf('waiting-withdrawals', z.string().max(120));

export async function listWaiting(
  { withdrawals }: Deps,
  { riskMin = 0, limit, cursor, ...filter }: Request,
): Promise<{ withdrawals: DeskWithdrawalView[]; nextCursor: string | null; partial: boolean }> {
  const walk = walkInPortions({
    read: (behind: string | undefined, size) => withdrawals.waiting({ riskMin, behind, limit: size }),
    size: limit + 1,
    after: cursor === undefined ? undefined : cursors.decode(cursor),
    positionOf: waitingKeyOf,
    matches: (one) => matches(one, filter),
  });
  const { found, behind, partial } = await pageOfWalk(walk, { limit, bounds });
  return { withdrawals: found.map(presentToDesk), nextCursor: behind && cursors.encode(behind), partial };
}

function matches({ memberId, createdAtMs }: Withdrawal, { memberId: wanted, ...days }: Pick<Request, 'memberId' | 'from' | 'to'>): boolean {
  return (wanted === undefined || memberId === wanted) && isWithinDays(createdAtMs, days);
}
