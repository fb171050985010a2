/**
 * Ids of members, newest first, from wherever a filter finds them with the least to read.
 */
import type { Candidate } from '#shared/platform/page-of-walk.ts';
import type { MembershipStatus } from '../member.ts';
import type { IdWindow, MemberDirectory, WaitingCards } from './ports.ts';

export interface MemberSources {
  readonly members: MemberDirectory;
  readonly cards: WaitingCards;
}

interface Walk {
  readonly status?: MembershipStatus | undefined;
  readonly kyc?: 'submitted' | undefined;
  readonly window: IdWindow;
  readonly nowMs: number;
  /** Ids that are read at once. */
  readonly size: number;
}

/** Nobody joined before there was an XM: the walk through the months ends here. */
const firstMonth = '2026-01';
/** Months that are read side by side once the newest one did not fill a page. */
const monthsAtOnceMax = 8;
/** Statuses that have run out and were not written down yet; the sweep keeps them few. */
const endedMax = 200;
const idDigits = 18;

/** Batches of ids, newest first. */
export async function* walkMembers(sources: MemberSources, walk: Walk): AsyncGenerator<Candidate<string>[]> {
  for await (const ids of idsOf(sources, walk)) yield ids.map((id) => ({ id, position: id }));
}

function idsOf({ members, cards }: MemberSources, walk: Walk): AsyncGenerator<string[]> {
  const { status, kyc, window, size } = walk;
  if (kyc !== undefined) return inPortions((rest) => cards.waiting(rest, size), window, size);
  if (status === undefined || status === 'basic') return byMonth(members, walk);
  return withEnded(
    members,
    walk,
    inPortions((rest) => members.withStatus(status, rest, size), window, size),
  );
}

/** Who joined between two days of Asia/Jakarta, both included, and before the member `below`. */
export function joinedWithin({
  from,
  to,
  below,
}: {
  from?: string | undefined;
  to?: string | undefined;
  below?: string | undefined;
}): IdWindow {
  const first = from === undefined ? 0n : idAt(startOfDay(from));
  const last = to === undefined ? BigInt('9'.repeat(idDigits)) : idAt(startOfDay(to) + dayMs) - 1n;
  const before = below === undefined ? last : BigInt(below) - 1n;
  return { from: padded(first), to: padded(before < last ? before : last) };
}

const dayMs = 86_400_000;
const startOfDay = (day: string): number => Date.parse(`${day}T00:00:00+07:00`);
const idAt = (ms: number): bigint => BigInt(Math.max(0, ms)) << 16n;
const padded = (id: bigint): string => String(id < 0n ? 0n : id).padStart(idDigits, '0');
const before = (id: string): string => padded(BigInt(id) - 1n);
export const isWithin = (id: string, { from, to }: IdWindow): boolean => id >= from && id <= to;

/** Reads on where the former portion ended, until one comes short. */
async function* inPortions(read: (rest: IdWindow) => Promise<string[]>, window: IdWindow, size: number): AsyncGenerator<string[]> {
  let rest = window;
  while (rest.from <= rest.to) {
    const ids = await read(rest);
    if (ids.length > 0) yield ids;
    const last = ids.at(-1);
    if (last === undefined || ids.length < size) return;
    rest = { from: window.from, to: before(last) };
  }
}

/** The newest month alone, then two, four, eight side by side: a busy month costs one read, and quiet years are soon walked through. */
async function* byMonth(members: MemberDirectory, { window, nowMs, size }: Walk): AsyncGenerator<string[]> {
  const months = monthsOf(window, nowMs);
  for (let index = 0, width = 1; index < months.length; index += width, width = Math.min(width * 2, monthsAtOnceMax)) {
    const group = months.slice(index, index + width);
    const openings = await Promise.all(group.map((month) => members.joinedIn(month, window, size)));
    for (const [at, ids] of openings.entries()) {
      if (ids.length > 0) yield ids;
      const last = ids.at(-1);
      if (last === undefined || ids.length < size) continue;
      yield* inPortions((rest) => members.joinedIn(group[at] ?? '', rest, size), { from: window.from, to: before(last) }, size);
    }
  }
}

/** Months of UTC that the window touches, newest first, from this one back to the first. */
function monthsOf(window: IdWindow, nowMs: number): string[] {
  const monthAt = (ms: number): string => new Date(ms).toISOString().slice(0, 7);
  const timeOf = (id: string): number => Number(BigInt(id) >> 16n);
  const newest = monthAt(Math.min(nowMs, timeOf(window.to)));
  const from = monthAt(timeOf(window.from));
  const oldest = from > firstMonth ? from : firstMonth;
  const months: string[] = [];
  for (let month = newest; month >= oldest; month = monthBefore(month)) months.push(month);
  return months;
}

const monthBefore = (month: string): string => new Date(Date.parse(`${month}-01T00:00:00Z`) - 1).toISOString().slice(0, 7);

/**
 * Adds those whose former status has run out: they are something else by now, and the index does not know it yet.
 */
async function* withEnded(members: MemberDirectory, { window, nowMs }: Walk, listed: AsyncIterable<string[]>): AsyncGenerator<string[]> {
  const ended = await members.ended(nowMs, endedMax);
  let rest = ended
    .map(({ memberId }) => memberId)
    .filter((id) => isWithin(id, window))
    .toSorted()
    .toReversed();
  for await (const ids of listed) {
    const last = ids.at(-1) ?? '';
    const upTo = rest.filter((id) => id >= last);
    rest = rest.filter((id) => id < last);
    yield [...new Set([...ids, ...upTo])].toSorted().toReversed();
  }
  if (rest.length > 0) yield rest;
}
