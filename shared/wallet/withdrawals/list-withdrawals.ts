/**
 * Withdrawals: a member's own, and all of them as staff work them off.
 */
import * as z from 'zod';
import { dayOf, isWithinDays } from '#shared/platform/audit/days.ts';
import type { Clock } from '#shared/platform/clock.ts';
import { pageOfWalk, walkInPortions } from '#shared/platform/page-of-walk.ts';
import { cursorOf } from '#shared/platform/paging.ts';
import { dayBounds, dayPositionSchema, pageOverDays, type DayOrder, type DayRead } from '../page-over-days.ts';
import { endOfRank, withdrawalKeyOf, type WithdrawalStore } from './ports.ts';
import { presentToDesk, presentWithdrawal, type DeskWithdrawalView, type WithdrawalView } from './present-withdrawal.ts';
import { withdrawalStates, type Withdrawal, type WithdrawalState } from './withdrawal.ts';

interface Deps {
  readonly withdrawals: WithdrawalStore;
  readonly clock: Clock;
}

const idSchema = z.string().regex(/^wd_[0-9a-z]{22}$/);
const ownCursors = cursorOf('own-withdrawals', idSchema);
const deskCursors = cursorOf('withdrawals', dayPositionSchema);
const memberCursors = cursorOf('withdrawals-of-member', idSchema);

interface OwnRequest {
  readonly memberId: string;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export async function listOwnWithdrawals(
  { withdrawals }: Pick<Deps, 'withdrawals'>,
  { memberId, limit, cursor }: OwnRequest,
): Promise<{ withdrawals: WithdrawalView[]; nextCursor: string | null }> {
  const behind = cursor === undefined ? undefined : ownCursors.decode(cursor);
  const found = await withdrawals.ofMember(memberId, { behind, limit: limit + 1 });
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return { withdrawals: page.map(presentWithdrawal), nextCursor: last === undefined ? null : ownCursors.encode(last.id) };
}

interface DeskRequest {
  readonly state?: WithdrawalState | undefined;
  readonly memberId?: string | undefined;
  readonly riskMin?: number | undefined;
  /** Days in Jakarta on which they were made, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly order: DayOrder;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

interface DeskPage {
  readonly withdrawals: DeskWithdrawalView[];
  readonly nextCursor: string | null;
  readonly partial: boolean;
}

export async function listWithdrawals(deps: Deps, request: DeskRequest): Promise<DeskPage> {
  const { memberId } = request;
  return memberId === undefined ? listByDay(deps, request) : listOfMember(deps, { ...request, memberId });
}

async function listByDay({ withdrawals, clock }: Deps, request: DeskRequest): Promise<DeskPage> {
  const { state, riskMin = 0, order, limit, cursor } = request;
  const states = state === undefined ? withdrawalStates : [state];
  const read = async (day: DayRead): Promise<Withdrawal[]> => {
    const found = await Promise.all(states.map((one) => withdrawals.inState(one, day)));
    return inOrder(found.flat(), order).slice(0, day.limit);
  };
  const from = request.from ?? (state === 'submitted' ? await firstWaitingDay(withdrawals) : undefined);
  const { found, behind, partial } = await pageOverDays(read, {
    ...dayBounds({ from, to: request.to, today: dayOf(new Date(clock.now()).toISOString()) }),
    order,
    limit,
    after: cursor === undefined ? undefined : deskCursors.decode(cursor),
    matches: (one) => one.risk.score >= riskMin,
    keyOf: withdrawalKeyOf,
  });
  return { withdrawals: found.map(presentToDesk), nextCursor: behind && deskCursors.encode(behind), partial };
}

/**
 * The day on which what has waited longest was made, so that nothing drops out of the queue by its age; undefined when nothing waits. One read for each
 * score that something waits with, of which there are 21: they lie side by side, and each begins with its oldest.
 */
async function firstWaitingDay(withdrawals: WithdrawalStore): Promise<string | undefined> {
  let first: string | undefined;
  let behind: string | undefined;
  for (;;) {
    const [oldest] = await withdrawals.waiting({ riskMin: 0, behind, limit: 1 });
    if (oldest === undefined) return first;
    const day = dayOf(new Date(oldest.createdAtMs).toISOString());
    if (first === undefined || day < first) first = day;
    behind = endOfRank(oldest.risk.score);
  }
}

/** Withdrawals of a member that one page looks at, and that it reads at once. */
const memberBounds = { entries: 1_000 };
const portionSize = 100;

/** In the member's own list: among everybody's, a page would look at a thousand of others, and find none. */
async function listOfMember(
  { withdrawals }: Deps,
  { memberId, order, limit, cursor, ...filter }: DeskRequest & { readonly memberId: string },
): Promise<DeskPage> {
  const walk = walkInPortions({
    read: (behind: string | undefined, size) => withdrawals.ofMember(memberId, { order, behind, limit: size }),
    size: portionSize,
    after: cursor === undefined ? undefined : memberCursors.decode(cursor),
    positionOf: ({ id }) => id,
    matches: (one) => isWanted(one, filter),
  });
  const { found, behind, partial } = await pageOfWalk(walk, { limit, bounds: memberBounds });
  return { withdrawals: found.map(presentToDesk), nextCursor: behind && memberCursors.encode(behind), partial };
}

function isWanted(
  withdrawal: Withdrawal,
  { state, riskMin = 0, ...days }: Pick<DeskRequest, 'state' | 'riskMin' | 'from' | 'to'>,
): boolean {
  const isOfState = state === undefined || withdrawal.state === state;
  return isOfState && withdrawal.risk.score >= riskMin && isWithinDays(withdrawal.createdAtMs, days);
}

function inOrder(withdrawals: readonly Withdrawal[], order: DayOrder): Withdrawal[] {
  const sorted = withdrawals.toSorted((a, b) => (withdrawalKeyOf(a) < withdrawalKeyOf(b) ? -1 : 1));
  return order === 'oldest' ? sorted : sorted.toReversed();
}
