/**
 * A page of a list that is kept by day, in Asia/Jakarta: newest first, or oldest first for a queue that is worked off.
 */
import { dayAfter, dayBefore } from '#shared/platform/audit/days.ts';
import { pageOfWalk, walkInPortions, type FoundPage, type Stretch } from '#shared/platform/page-of-walk.ts';
import * as z from 'zod';

const dayListLimits = {
  /** Days that a list goes back to when nobody says how far. */
  daysDefault: 90,
  /** Days that one page walks through, and entries that it looks at: where few match, it comes back short. */
  page: { days: 93, entries: 1_000 },
  /** Days whose first entries are read side by side. */
  daysAtOnceMax: 8,
} as const;

export type DayOrder = 'newest' | 'oldest';

/** Behind an entry of a day, or before everything of it. */
export const dayPositionSchema = z.object({ day: z.iso.date(), key: z.string().max(120).nullable() });
type DayPosition = z.output<typeof dayPositionSchema>;

export interface DayRead {
  readonly day: string;
  readonly order: DayOrder;
  /** Of the last entry that was seen. */
  readonly behind: string | undefined;
  readonly limit: number;
}

export interface DayPage<Entry> {
  /** First and last day, both included. */
  readonly from: string;
  readonly to: string;
  readonly order: DayOrder;
  readonly after: DayPosition | undefined;
  readonly limit: number;
  readonly matches: (entry: Entry) => boolean;
  /** What entries of a day are sorted by. */
  readonly keyOf: (entry: Entry) => string;
}

export function pageOverDays<Entry>(
  read: (request: DayRead) => Promise<Entry[]>,
  page: DayPage<Entry>,
): Promise<FoundPage<Entry, DayPosition>> {
  return pageOfWalk(walkDays(read, page), { limit: page.limit, bounds: dayListLimits.page });
}

async function* walkDays<Entry>(
  read: (request: DayRead) => Promise<Entry[]>,
  page: DayPage<Entry>,
): AsyncGenerator<Stretch<Entry, DayPosition, 'days' | 'entries'>> {
  const days = daysOf(page);
  let walked = 0;
  for (const group of groupsOf(days.slice(0, dayListLimits.page.days))) {
    const openings = await Promise.all(group.map((day) => read(openingOf(page, day))));
    for (const [place, opening] of openings.entries()) {
      const day = group[place] ?? '';
      walked += 1;
      const next = days[walked];
      for await (const stretch of walkDay(read, page, { day, opening }))
        // Behind the last of a day stands the first of the next one.
        yield stretch.behind === null
          ? { ...stretch, behind: next === undefined ? null : { day: next, key: null }, cost: { ...stretch.cost, days: 1 } }
          : stretch;
    }
  }
}

/** The bounds of a list that may say neither: up to today, and not all the way back. */
export function dayBounds({ from, to, today }: { from: string | undefined; to: string | undefined; today: string }) {
  const last = to ?? today;
  return { from: from ?? new Date(Date.parse(last) - dayListLimits.daysDefault * 86_400_000).toISOString().slice(0, 10), to: last };
}

function daysOf<Entry>({ from, to, order, after }: DayPage<Entry>): string[] {
  const first = order === 'newest' ? (after?.day ?? to) : (after?.day ?? from);
  const days: string[] = [];
  // One more than is walked through: where the next page begins.
  const within = (day: string): boolean => day >= from && day <= to && days.length <= dayListLimits.page.days;
  for (let day = first; within(day); day = order === 'newest' ? dayBefore(day) : dayAfter(day)) days.push(day);
  return days;
}

/** The first day alone, then two, four, eight side by side: a busy day costs one read, and quiet months are soon walked through. */
function* groupsOf(days: readonly string[]): Generator<readonly string[]> {
  for (let index = 0, width = 1; index < days.length; index += width, width = Math.min(width * 2, dayListLimits.daysAtOnceMax)) {
    yield days.slice(index, index + width);
  }
}

function openingOf<Entry>({ order, after, limit }: DayPage<Entry>, day: string): DayRead {
  const behind = after?.day === day ? (after.key ?? undefined) : undefined;
  return { day, order, behind, limit: limit + 1 };
}

/** A day whose first entries have been read. */
function walkDay<Entry>(
  read: (request: DayRead) => Promise<Entry[]>,
  { order, limit, keyOf, matches }: DayPage<Entry>,
  { day, opening }: { readonly day: string; readonly opening: readonly Entry[] },
): AsyncGenerator<Stretch<Entry, DayPosition, 'entries'>> {
  return walkInPortions({
    read: async (behind: DayPosition | undefined, size) =>
      behind === undefined ? opening : read({ day, order, behind: behind.key ?? undefined, limit: size }),
    size: limit + 1,
    after: undefined,
    positionOf: (entry) => ({ day, key: keyOf(entry) }),
    matches,
  });
}
