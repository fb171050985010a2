/**
 * Moves a member to another status, by decision of staff.
 */
import type { Messenger } from '#shared/messaging/ports.ts';
import type { AuditEntry } from '#shared/platform/audit/audit-record.ts';
import type { Clock } from '#shared/platform/clock.ts';
import { identityFault } from '../identity-faults.ts';
import type { MembershipStatus } from '../member.ts';
import type { MemberRecord } from '../member-record.ts';
import { saidBy, type Decider, type StaffNames } from '../staff/decider.ts';
import type { SubjectSessions } from '../subject-sessions.ts';
import { membershipAt, movedTo, rolesOfMember, type Membership } from './membership-status.ts';
import type { MemberDirectory, MembershipStore } from './ports.ts';
import { instantOrNull, presentMemberDetail, type MemberDetailView } from './present-member.ts';
import { tellMember } from './tell-member.ts';

interface Deps {
  readonly members: MemberDirectory;
  readonly memberships: MembershipStore;
  readonly sessions: SubjectSessions;
  readonly staff: StaffNames;
  readonly messenger: Messenger;
  readonly clock: Clock;
}

interface Request {
  readonly memberId: string;
  readonly to: MembershipStatus;
  readonly reason: string;
  /** ISO 8601; for ever without one. */
  readonly until?: string | undefined;
  /** The status that the decision was made on. */
  readonly from: MembershipStatus;
  readonly decider: Decider;
}

/** Throws `identity.status-changed-meanwhile` when the member is not what was decided on, also when that changes in this very moment. */
export async function changeStatus(deps: Deps, { memberId, to, reason, until, from, decider }: Request): Promise<MemberDetailView> {
  const { members, memberships, sessions, staff, clock } = deps;
  const nowMs = clock.now();
  const member = await members.get(memberId);
  if (member === undefined) throw identityFault('identity.member-not-found');
  if (membershipAt(member.membership, nowMs).status !== from) throw identityFault('identity.status-changed-meanwhile');
  const said = await saidBy(staff, decider);
  const untilMs = until === undefined ? undefined : Date.parse(until);
  const membership = movedTo(member.membership, { to, reason, actor: said.actor, untilMs }, nowMs);
  const entry = { ...said, ...statusEntry(member, membership, nowMs), reason };
  const change = { member, to: membership, endsTokens: changesRoles(member.membership, membership, nowMs) };
  if (!(await memberships.change(change, entry))) throw identityFault('identity.status-changed-meanwhile');
  // The ban stands already, and lets nobody refresh: what follows only tidies up.
  if (rolesOfMember(membership, nowMs).length === 0) await sessions.endAll(memberId);
  await tellMember(deps.messenger, member, membership);
  return presentMemberDetail({ ...member, membership }, await members.proofsOf(memberId), nowMs);
}

/** What changed, for the member's stream. */
export function statusEntry(
  member: MemberRecord,
  to: Membership,
  nowMs: number,
): Pick<AuditEntry, 'stream' | 'subject' | 'action' | 'before' | 'after'> {
  const stream = `member:${member.id}`;
  const before = stateOf(membershipAt(member.membership, nowMs));
  return { stream, subject: stream, action: 'member.status-changed', before, after: stateOf(to) };
}

const stateOf = ({ status, untilMs }: Membership) => ({ status, until: instantOrNull(untilMs) });

/** Tokens say the roles: where these stay the same, nobody has to sign in or refresh. */
function changesRoles(was: Membership, to: Membership, nowMs: number): boolean {
  // Not what it is now but what was written down: tokens from before a suspension ran out still say so.
  const issued = rolesOfMember({ ...was, untilMs: null }, nowMs);
  return issued.join() !== rolesOfMember(to, nowMs).join();
}
