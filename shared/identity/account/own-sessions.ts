/**
 * Where a member is signed in, and signing out there.
 */
import type * as z from 'zod';
import { endAllSessions, endSession, listSessions } from '../engine/sessions.ts';
import { identityFault } from '../identity-faults.ts';
import type { sessionView } from '../routes/views.ts';
import { ownEntry, type MemberFlowDeps } from '../sign-in/deps.ts';
import { presentSessions, signedInOf } from '../subject-sessions.ts';
import type { Owner } from './own-account.ts';

export async function listOwnSessions({ engine }: MemberFlowDeps, owner: Owner): Promise<{ sessions: z.input<typeof sessionView>[] }> {
  const sessions = await listSessions(engine, owner.memberId);
  return { sessions: presentSessions(sessions.map(signedInOf), owner.sessionId) };
}

/** Throws `identity.session-not-found`. */
export async function endOwnSession({ engine, audit }: MemberFlowDeps, owner: Owner, sessionId: string): Promise<void> {
  if (!(await endSession(engine, { subjectId: owner.memberId, sessionId }))) throw identityFault('identity.session-not-found');
  await audit.append(ownEntry(owner.memberId, owner.client, { action: 'session.ended', after: { sessionId } }));
}

/** The one that asks ends as well. */
export async function endOwnSessions({ engine, audit }: MemberFlowDeps, owner: Owner): Promise<void> {
  const ended = await endAllSessions(engine, owner.memberId);
  await audit.append(ownEntry(owner.memberId, owner.client, { action: 'session.all-ended', after: { sessions: ended } }));
}
