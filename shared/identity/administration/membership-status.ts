/**
 * Membership: what a member is, why, by whose decision and until when.
 *
 * Standing (`basic`, `verified`, `premium`) is what the member has come to; a sanction (`suspended`, `banned`) covers it and gives it back when it
 * ends. Ends come true by the clock: whoever reads a membership asks `membershipAt`, and a sweep only writes down what is true already.
 */
import * as z from 'zod';
import { requestFault } from '#shared/platform/request-faults.ts';
import { identityFault } from '../identity-faults.ts';
import { membershipStatusSchema, type MembershipStatus } from '../member.ts';

const standings = ['basic', 'verified', 'premium'] as const;
const sanctions = ['suspended', 'banned'] as const;
type Standing = (typeof standings)[number];
type Sanction = (typeof sanctions)[number];

/** The only table of moves. A sanction is lifted to the very standing that it covered, and to no other. */
const moves: Readonly<Record<MembershipStatus, readonly MembershipStatus[]>> = {
  basic: ['verified', 'suspended', 'banned', 'deleted'],
  verified: ['basic', 'premium', 'suspended', 'banned', 'deleted'],
  premium: ['basic', 'verified', 'suspended', 'banned', 'deleted'],
  suspended: ['basic', 'verified', 'premium', 'banned', 'deleted'],
  banned: ['basic', 'verified', 'premium', 'suspended', 'deleted'],
  deleted: [],
};

/** Statuses that may end by themselves: a sanction in the standing it covers, premium in verified. */
const endingStatuses: readonly MembershipStatus[] = ['premium', ...sanctions];
/** What would end later than this is meant to have no end. */
const untilYearsMax = 10;
const yearMs = 366 * 86_400_000;

/** Who decided: `staff:stf_…`, `member:…` or `system`. */
const actorSchema = z.string().min(1);
const untilSchema = z.int().nonnegative().nullable();

export const membershipSchema = z.object({
  status: membershipStatusSchema,
  reason: z.string().nullable(),
  actor: actorSchema,
  sinceMs: z.int().nonnegative(),
  /** When it ends by itself, in milliseconds since the epoch. */
  untilMs: untilSchema,
  /** The standing that a sanction covers; null without one. It goes on to run out meanwhile. */
  before: z.object({ status: z.enum(standings), reason: z.string().nullable(), untilMs: untilSchema }).nullable(),
});

export type Membership = z.output<typeof membershipSchema>;

export interface MembershipDecision {
  readonly to: MembershipStatus;
  readonly reason: string;
  readonly actor: string;
  readonly untilMs?: number | undefined;
}

/** What everybody starts as. */
export function newMembership(actor: string, nowMs: number): Membership {
  return { status: 'basic', reason: null, actor, sinceMs: nowMs, untilMs: null, before: null };
}

/** The membership at an instant: what has run out by then has ended. */
export function membershipAt(membership: Membership, nowMs: number): Membership {
  const { untilMs } = membership;
  if (untilMs === null || untilMs > nowMs) return membership;
  const ended = { ...(membership.before ?? verifiedAgain), actor: 'system', sinceMs: untilMs, before: null };
  // Premium may have run out while a sanction covered it.
  return membershipAt(ended, nowMs);
}

/** Statuses that the membership may be moved to, now. */
export function movesOf(membership: Membership, nowMs: number): MembershipStatus[] {
  const { status, before } = membershipAt(membership, nowMs);
  const standingNow = before && standingAt(before, nowMs);
  return moves[status].filter((to) => standingNow === null || !isStanding(to) || to === standingNow.status);
}

/** Throws `identity.status-move-refused` where the table knows no such move, and `request.invalid` for an end that cannot be. */
export function movedTo(membership: Membership, decision: MembershipDecision, nowMs: number): Membership {
  const { to, reason, actor, untilMs = null } = decision;
  const current = membershipAt(membership, nowMs);
  if (!movesOf(current, nowMs).includes(to)) throw identityFault('identity.status-move-refused');
  if (untilMs !== null) checkEnd(to, untilMs, nowMs);
  const moved = { status: to, reason, actor, sinceMs: nowMs, untilMs, before: null };
  if (isSanction(to)) return { ...moved, before: current.before ?? standingOf(current) };
  // A standing that is given back runs out when it would have without the sanction.
  if (current.before !== null && isStanding(to)) return { ...moved, untilMs: untilMs ?? standingAt(current.before, nowMs).untilMs };
  return moved;
}

/** Verifies a basic member, also below a sanction, which stays. Any other standing is as good already. */
export function verified(membership: Membership, { reason, actor }: { reason: string; actor: string }, nowMs: number): Membership {
  const current = membershipAt(membership, nowMs);
  if (current.status === 'basic') return movedTo(current, { to: 'verified', reason, actor }, nowMs);
  if (current.before?.status !== 'basic') return current;
  return { ...current, before: { status: 'verified', reason, untilMs: null } };
}

/** Roles of the tokens that a member gets; none for whom may not come in at all. */
export function rolesOfMember(membership: Membership, nowMs: number): ('member' | 'suspended-member')[] {
  const { status } = membershipAt(membership, nowMs);
  if (status === 'banned' || status === 'deleted') return [];
  return [status === 'suspended' ? 'suspended-member' : 'member'];
}

const verifiedAgain = { status: 'verified', reason: null, untilMs: null } as const;

type CoveredStanding = NonNullable<Membership['before']>;

const standingAt = (standing: CoveredStanding, nowMs: number): CoveredStanding =>
  standing.untilMs !== null && standing.untilMs <= nowMs ? verifiedAgain : standing;

function standingOf({ status, reason, untilMs }: Membership): CoveredStanding | null {
  return isStanding(status) ? { status, reason, untilMs } : null;
}

function checkEnd(to: MembershipStatus, untilMs: number, nowMs: number): void {
  const detail = endRefused(to, untilMs - nowMs);
  if (detail !== undefined) throw requestFault('request.invalid', { errors: [{ pointer: '/until', detail }] });
}

function endRefused(to: MembershipStatus, fromNowMs: number): string | undefined {
  if (!endingStatuses.includes(to)) return `Only ${endingStatuses.join(', ')} can end by themselves.`;
  if (fromNowMs <= 0) return 'The end must lie ahead.';
  return fromNowMs > untilYearsMax * yearMs ? `The end must be within ${untilYearsMax} years; leave it out for none.` : undefined;
}

const isStanding = (status: MembershipStatus): status is Standing => standings.some((standing) => standing === status);
const isSanction = (status: MembershipStatus): status is Sanction => sanctions.some((sanction) => sanction === status);
