/**
 * Ends the session of a refresh token. Says nothing about whether there was one.
 */
import { endSessionOf } from '../engine/sessions.ts';
import { ownEntry, type From, type MemberFlowDeps } from './deps.ts';

export async function signOut({ engine, audit }: MemberFlowDeps, refreshToken: string, client: From): Promise<void> {
  const ended = await endSessionOf(engine, refreshToken);
  if (ended === undefined) return;
  await audit.append(ownEntry(ended.subjectId, client, { action: 'session.ended', after: { sessionId: ended.sessionId } }));
}
