/**
 * Deposits of everybody, newest first, filtered; or those whose money waits for a decision, oldest first.
 *
 * Statuses are by the clock: one that nobody has written down yet is found where the former one is.
 */
import * as z from 'zod';
import type { PaymentMethod } from '#shared/payments/payment.ts';
import { dayOf, isWithinDays } from '#shared/platform/audit/days.ts';
import { pageOfWalk, walkInPortions } from '#shared/platform/page-of-walk.ts';
import { cursorOf } from '#shared/platform/paging.ts';
import { dayBounds, dayPositionSchema, pageOverDays, type DayRead } from '../page-over-days.ts';
import { depositStatuses, statusAt, type Deposit, type DepositStatus } from './deposit.ts';
import { presentForDesk, type DeskDepositView } from './desk-views.ts';
import type { DepositStore, SettlingDeps } from './ports.ts';

interface Filter {
  readonly status?: DepositStatus | undefined;
  readonly method?: PaymentMethod | undefined;
  readonly memberId?: string | undefined;
  readonly amountMin?: number | undefined;
  readonly amountMax?: number | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

interface Request extends Filter {
  readonly review?: 'open' | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

interface Page {
  readonly deposits: DeskDepositView[];
  readonly nextCursor: string | null;
  readonly partial: boolean;
  readonly serverTime: string;
}

interface Found {
  readonly found: readonly Deposit[];
  readonly nextCursor: string | null;
  readonly partial: boolean;
}

const dayCursors = cursorOf('all-deposits', dayPositionSchema);
const keyCursors = cursorOf('all-deposits-by-key', z.string().max(120));

type Deps = Pick<SettlingDeps, 'deposits' | 'clock'>;

export async function listAllDeposits({ deposits, clock }: Deps, request: Request): Promise<Page> {
  const nowMs = clock.now();
  const { found, nextCursor, partial } = await find(deposits, request, nowMs);
  const views = found.map((deposit) => presentForDesk(deposit, nowMs));
  return { deposits: views, nextCursor, partial, serverTime: new Date(nowMs).toISOString() };
}

function find(deposits: DepositStore, request: Request, nowMs: number): Promise<Found> {
  const matches = (deposit: Deposit): boolean => isWanted(deposit, request, nowMs);
  if (request.review !== undefined) {
    const read = (behind: string | undefined, limit: number) => deposits.underReview({ behind, limit });
    return byKey({ ...request, read, keyOf: sortKeyOf, matches });
  }
  const { memberId } = request;
  if (memberId === undefined) return byDay(deposits, request, { nowMs, matches });
  const read = (before: string | undefined, limit: number) => deposits.ofMember(memberId, { before, limit });
  return byKey({ ...request, read, keyOf: ({ id }) => id, matches });
}

function isWanted(deposit: Deposit, { status, method, memberId, ...range }: Filter, nowMs: number): boolean {
  if (status !== undefined && statusAt(deposit, nowMs) !== status) return false;
  if (method !== undefined && deposit.method !== method) return false;
  if (memberId !== undefined && deposit.memberId !== memberId) return false;
  return isInRange(deposit, range);
}

function isInRange({ totalRupiah, createdAtMs }: Deposit, { amountMin = 0, amountMax = Infinity, ...days }: Filter): boolean {
  return totalRupiah >= amountMin && totalRupiah <= amountMax && isWithinDays(createdAtMs, days);
}

interface KeyedList {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly read: (behind: string | undefined, limit: number) => Promise<Deposit[]>;
  readonly keyOf: (deposit: Deposit) => string;
  readonly matches: (deposit: Deposit) => boolean;
}

/** Deposits that one page looks at, and how many it reads at once. */
const bounds = { entries: 1_000 };
const portionSize = 100;

async function byKey({ limit, cursor, read, keyOf, matches }: KeyedList): Promise<Found> {
  const after = cursor === undefined ? undefined : keyCursors.decode(cursor);
  const walk = walkInPortions({ read, size: portionSize, after, positionOf: keyOf, matches });
  const { found, behind, partial } = await pageOfWalk(walk, { limit, bounds });
  return { found, nextCursor: behind && keyCursors.encode(behind), partial };
}

interface Looking {
  readonly nowMs: number;
  readonly matches: (deposit: Deposit) => boolean;
}

async function byDay(deposits: DepositStore, { from, to, status, limit, cursor }: Request, { nowMs, matches }: Looking): Promise<Found> {
  const statuses = status === undefined ? depositStatuses : storedAs(status);
  const { found, behind, partial } = await pageOverDays((request) => ofDay(deposits, statuses, request), {
    ...dayBounds({ from, to, today: dayOf(new Date(nowMs).toISOString()) }),
    order: 'newest',
    after: cursor === undefined ? undefined : dayCursors.decode(cursor),
    limit,
    matches,
    keyOf: sortKeyOf,
  });
  return { found, nextCursor: behind && dayCursors.encode(behind), partial };
}

/** What expired a moment ago may still be written down as waiting. */
const storedAs = (status: DepositStatus): readonly DepositStatus[] =>
  status === 'expired' ? ['expired', 'pending', 'creating'] : [status];

async function ofDay(deposits: DepositStore, statuses: readonly DepositStatus[], request: DayRead): Promise<Deposit[]> {
  const lists = await Promise.all(statuses.map((status) => deposits.ofDay(status, request)));
  return lists
    .flat()
    .toSorted((one, other) => (sortKeyOf(one) < sortKeyOf(other) ? 1 : -1))
    .slice(0, request.limit);
}

/** As deposits of a day, and those under review, are sorted. */
const sortKeyOf = ({ createdAtMs, id }: Deposit): string => `${new Date(createdAtMs).toISOString()}#${id}`;
