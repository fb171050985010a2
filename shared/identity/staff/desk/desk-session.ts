/**
 * A session of staff goes on, ends, and is given a fresh second factor.
 */
import { guessOf } from '../../engine/guesses.ts';
import { endSessionOf, refreshSession, stepUpSession, type IssuedTokens } from '../../engine/sessions.ts';
import { identityFault } from '../../identity-faults.ts';
import { loadSelf, mayComeIn, ownEntry, type DeskDeps, type From, type PresentStaff } from './deps.ts';
import { requireSecondFactor } from './desk-sign-in.ts';

/** Throws `identity.session-ended`, also for a former token: then somebody has a copy, and the session has been ended. */
export async function deskRefresh(
  { engine, staff, audit }: DeskDeps,
  refreshToken: string,
  client: From,
): Promise<{ readonly person: PresentStaff; readonly tokens: IssuedTokens }> {
  const refreshed = await refreshSession(engine, { refreshToken, client });
  if (refreshed.outcome === 'reused') {
    const { subjectId, sessionId } = refreshed;
    const name = (await staff.get(subjectId))?.name ?? subjectId;
    await audit.append(ownEntry({ id: subjectId, name }, client, { action: 'session.reuse-detected', after: { sessionId } }));
  }
  if (refreshed.outcome !== 'refreshed' || !mayComeIn(refreshed.subject)) throw identityFault('identity.session-ended');
  return { person: refreshed.subject, tokens: refreshed.tokens };
}

/** Says nothing about whether there was a session. */
export async function deskSignOut({ engine, staff, audit }: DeskDeps, refreshToken: string, client: From): Promise<void> {
  const ended = await endSessionOf(engine, refreshToken);
  if (ended === undefined) return;
  const { subjectId, sessionId } = ended;
  const name = (await staff.get(subjectId))?.name ?? subjectId;
  await audit.append(ownEntry({ id: subjectId, name }, client, { action: 'session.ended', after: { sessionId } }));
}

interface Caller {
  readonly subject: string;
  readonly sessionId: string;
}

/** A code of the app, not a recovery code: whoever has found the paper decides nothing. Throws `identity.code-wrong`, `identity.locked`. */
export async function deskStepUp(
  deps: DeskDeps,
  { caller, code }: { readonly caller: Caller; readonly code: string },
  client: From,
): Promise<{ readonly person: PresentStaff; readonly accessToken: string; readonly secondFactorAtMs: number }> {
  const { engine, audit } = deps;
  const guess = guessOf(engine, 'second-factor', { address: client.address, isTrusted: true });
  const person = await loadSelf(deps, caller, guess);
  await requireSecondFactor(deps, { person, code, appOnly: true }, client);
  const stepped = await stepUpSession(engine, { subject: person, sessionId: caller.sessionId });
  await audit.append(ownEntry(person.user, client, { action: 'session.stepped-up', after: { sessionId: caller.sessionId } }));
  return { person, ...stepped };
}
