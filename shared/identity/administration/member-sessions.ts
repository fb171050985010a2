/**
 * A member's sessions, as staff see and end them.
 */
import { identityFault } from '../identity-faults.ts';
import { saidBy, type Decider, type StaffNames } from '../staff/decider.ts';
import { presentSessions, type SubjectSessions } from '../subject-sessions.ts';
import type { MemberDirectory } from './ports.ts';
import { requireMember } from './read-member.ts';

interface Deps {
  readonly members: MemberDirectory;
  readonly sessions: SubjectSessions;
  readonly staff: StaffNames;
}

interface Request {
  readonly memberId: string;
  readonly decider: Decider;
}

export async function listMemberSessions({ members, sessions }: Pick<Deps, 'members' | 'sessions'>, memberId: string) {
  await requireMember(members, memberId);
  return { sessions: presentSessions(await sessions.list(memberId)) };
}

export async function endMemberSession(deps: Deps, { memberId, sessionId, decider }: Request & { sessionId: string }): Promise<undefined> {
  await requireMember(deps.members, memberId);
  const entry = await entryOf(deps, { memberId, decider });
  const ended = await deps.sessions.end(memberId, sessionId, { ...entry, action: 'session.ended', after: { sessionId } });
  if (!ended) throw identityFault('identity.session-not-found');
}

export async function endMemberSessions(deps: Deps, { memberId, decider }: Request): Promise<undefined> {
  await requireMember(deps.members, memberId);
  const entry = await entryOf(deps, { memberId, decider });
  await deps.sessions.endAll(memberId, { ...entry, action: 'session.all-ended' });
}

async function entryOf({ staff }: Deps, { memberId, decider }: Request) {
  const stream = `member:${memberId}`;
  return { ...(await saidBy(staff, decider)), stream, subject: stream };
}
