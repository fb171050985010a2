/**
 * A page of a list that is kept by day, in Asia/Jakarta: newest first, or oldest first for a queue that is worked off.
 */
import { dayAfter, dayBefore } from '#shared/platform/audit/days.ts';
import * as z from 'zod';

const dayListLimits = {
  /** Days that a list goes back to when nobody says how far. */
  daysDefault: 90,
  /** Days that one page walks through, and entries that it looks at: where few match, it comes back short. */
  daysPerPageMax: 93,
  examinedMax: 1_000,
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

export interface FoundPage<Entry> {
  readonly found: Entry[];
  /** Where the next page begins; null behind the last. */
  readonly behind: DayPosition | null;
  /** True when the walk stopped to stay within its bounds, and not because the page was full or the list at its end. */
  readonly partial: boolean;
}

interface Taken<Entry> {
  readonly entry: Entry;
  readonly position: DayPosition;
}

/** Looks for one match too many, to know that there is more. */
export async function pageOverDays<Entry>(read: (request: DayRead) => Promise<Entry[]>, page: DayPage<Entry>): Promise<FoundPage<Entry>> {
  const taken: Taken<Entry>[] = [];
  const days = daysOf(page);
  const walked = days.slice(0, dayListLimits.daysPerPageMax);
  let examined = 0;
  for (const group of groupsOf(walked)) {
    const openings = await Promise.all(group.map((day) => read(requestOf(page, day))));
    for (const [place, opening] of openings.entries()) {
      const day = group[place] ?? '';
      for await (const batch of batchesOf(read, page, { day, opening })) {
        taken.push(...matchesOf(batch, page, day));
        if (taken.length > page.limit) return fullPage(taken, page.limit);
        examined += batch.length;
        if (examined >= dayListLimits.examinedMax) return endedPage(taken, { day, key: lastKey(batch, page) });
      }
    }
  }
  const next = days[walked.length];
  return endedPage(taken, next === undefined ? null : { day: next, key: null });
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
  const within = (day: string): boolean => day >= from && day <= to && days.length <= dayListLimits.daysPerPageMax;
  for (let day = first; within(day); day = order === 'newest' ? dayBefore(day) : dayAfter(day)) days.push(day);
  return days;
}

/** The first day alone, then two, four, eight side by side: a busy day costs one read, and quiet months are soon walked through. */
function* groupsOf(days: readonly string[]): Generator<readonly string[]> {
  for (let index = 0, width = 1; index < days.length; index += width, width = Math.min(width * 2, dayListLimits.daysAtOnceMax)) {
    yield days.slice(index, index + width);
  }
}

function requestOf<Entry>({ order, after, limit }: DayPage<Entry>, day: string): DayRead {
  const behind = after?.day === day ? (after.key ?? undefined) : undefined;
  return { day, order, behind, limit: limit + 1 };
}

async function* batchesOf<Entry>(
  read: (request: DayRead) => Promise<Entry[]>,
  page: DayPage<Entry>,
  { day, opening }: { readonly day: string; readonly opening: Entry[] },
): AsyncGenerator<Entry[]> {
  for (let batch = opening; ;) {
    if (batch.length > 0) yield batch;
    if (batch.length <= page.limit) return;
    batch = await read({ ...requestOf(page, day), behind: lastKey(batch, page) });
  }
}

const matchesOf = <Entry>(batch: readonly Entry[], { matches, keyOf }: DayPage<Entry>, day: string): Taken<Entry>[] =>
  batch.filter((entry) => matches(entry)).map((entry) => ({ entry, position: { day, key: keyOf(entry) } }));

const lastKey = <Entry>(batch: readonly Entry[], { keyOf }: DayPage<Entry>): string => {
  const last = batch.at(-1);
  if (last === undefined) throw new RangeError('An empty batch has no last entry');
  return keyOf(last);
};

const fullPage = <Entry>(taken: readonly Taken<Entry>[], limit: number): FoundPage<Entry> => ({
  found: taken.slice(0, limit).map(({ entry }) => entry),
  behind: taken[limit - 1]?.position ?? null,
  partial: false,
});

const endedPage = <Entry>(taken: readonly Taken<Entry>[], behind: DayPosition | null): FoundPage<Entry> => ({
  found: taken.map(({ entry }) => entry),
  behind,
  partial: behind !== null,
});
