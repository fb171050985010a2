/**
 * Members, newest first, filtered; or those that a text finds, by handle.
 *
 * The filter decides where ids come from (months of joining, a status, the queue of identity cards); the rest is read off the members. A page looks
 * at a bounded number of them: where few match, it comes back short, and its cursor goes on from there.
 */
import * as z from 'zod';
import type { Clock } from '#shared/platform/clock.ts';
import { pageOfWalk, walkLoaded } from '#shared/platform/page-of-walk.ts';
import { cursorOf } from '#shared/platform/paging.ts';
import { identityLimits, type MembershipStatus } from '../member.ts';
import type { MemberRecord } from '../member-record.ts';
import { findMembers } from './find-members.ts';
import { membershipAt } from './membership-status.ts';
import type { MemberDirectory, WaitingCards } from './ports.ts';
import { presentMember, type MemberView } from './present-member.ts';
import { isWithin, joinedWithin, walkMembers } from './walk-members.ts';

interface Deps {
  readonly members: MemberDirectory;
  readonly cards: WaitingCards;
  readonly clock: Clock;
}

interface Filter {
  readonly status?: MembershipStatus | undefined;
  /** Days of joining in Asia/Jakarta, both included. */
  readonly createdFrom?: string | undefined;
  readonly createdTo?: string | undefined;
  readonly kyc?: 'submitted' | undefined;
}

interface Request extends Filter {
  /** Beginning of a handle; or a whole id, e-mail address or phone number. */
  readonly q?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Members that one page looks at, and how many it loads at once. */
const bounds = { examinedMax: 1_000, loadedAtOnce: 100 };

const byTimeCursors = cursorOf('members', z.string().regex(/^\d{1,19}$/));
const byTextCursors = cursorOf(
  'members-found',
  z.object({ exact: z.int().min(0).max(9), handle: z.string().max(identityLimits.handleCharacters.max) }),
);

export async function listMembers(
  { members, cards, clock }: Deps,
  { q, limit, cursor, ...filter }: Request,
): Promise<{ members: MemberView[]; nextCursor: string | null }> {
  const nowMs = clock.now();
  const page = { limit, bounds: { entries: bounds.examinedMax } };
  const loading = {
    load: (ids: readonly string[]) => members.load(ids),
    matches: (member: MemberRecord) => matches(member, filter, nowMs),
  };
  const size = Object.values(filter).some((value) => value !== undefined) ? bounds.loadedAtOnce : Math.min(limit + 1, bounds.loadedAtOnce);
  if (q !== undefined) {
    const after = cursor === undefined ? undefined : byTextCursors.decode(cursor);
    const { found, behind } = await pageOfWalk(walkLoaded(findMembers(members, { q, after, size }), loading), page);
    return { members: found.map((member) => presentMember(member, nowMs)), nextCursor: behind && byTextCursors.encode(behind) };
  }
  const below = cursor === undefined ? undefined : byTimeCursors.decode(cursor);
  const window = joinedWithin({ from: filter.createdFrom, to: filter.createdTo, below });
  const { found, behind } = await pageOfWalk(
    walkLoaded(walkMembers({ members, cards }, { ...filter, window, nowMs, size }), loading),
    page,
  );
  return { members: found.map((member) => presentMember(member, nowMs)), nextCursor: behind && byTimeCursors.encode(behind) };
}

function matches(member: MemberRecord, { status, kyc, createdFrom, createdTo }: Filter, nowMs: number): boolean {
  if (status !== undefined && membershipAt(member.membership, nowMs).status !== status) return false;
  if (kyc !== undefined && member.kyc !== kyc) return false;
  return isWithin(member.id, joinedWithin({ from: createdFrom, to: createdTo }));
}
