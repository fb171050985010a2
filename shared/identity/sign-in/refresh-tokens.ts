/**
 * A refresh token for a new pair.
 */
import type * as z from 'zod';
import { membershipAt } from '../administration/membership-status.ts';
import { refreshSession } from '../engine/sessions.ts';
import { identityFault } from '../identity-faults.ts';
import type { tokensView } from '../routes/views.ts';
import { ownEntry, type From, type MemberFlowDeps } from './deps.ts';
import { isPresent, presentTokens } from './present-account.ts';

/** Throws `identity.session-ended`, also for a former token, which ends the session; `identity.banned`. */
export async function refreshTokens(
  { engine, audit }: MemberFlowDeps,
  refreshToken: string,
  client: From,
): Promise<z.input<typeof tokensView>> {
  const refreshed = await refreshSession(engine, { refreshToken, client });
  if (refreshed.outcome === 'reused') {
    const { subjectId, sessionId } = refreshed;
    await audit.append(ownEntry(subjectId, client, { action: 'session.reuse-detected', after: { sessionId } }));
  }
  const nowMs = engine.clock.now();
  if (refreshed.outcome === 'barred' && isPresent(refreshed.subject)) {
    const { status } = membershipAt(refreshed.subject.user.membership, nowMs);
    throw identityFault(status === 'banned' ? 'identity.banned' : 'identity.session-ended');
  }
  if (refreshed.outcome !== 'refreshed' || !isPresent(refreshed.subject)) throw identityFault('identity.session-ended');
  return presentTokens(refreshed.subject, refreshed.tokens, nowMs);
}
