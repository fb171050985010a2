/**
 * A new password for somebody who has forgotten the old one.
 */
import type { RecordsInTransaction } from '../engine/better-auth-realm.ts';
import { useUp } from '../engine/one-time.ts';
import { refuseBreached, writePassword } from '../engine/passwords.ts';
import { endAllSessions } from '../engine/sessions.ts';
import { identityFault } from '../identity-faults.ts';
import { usedOnce } from './complete-sign-in.ts';
import { ownEntry, type From, type MemberFlowDeps } from './deps.ts';
import { isPresent } from './present-account.ts';
import { requireCode } from './require-code.ts';
import { purposes, stillReaches } from './sent-code.ts';
import { tellPasswordChanged } from './tell-member.ts';

interface Request {
  readonly challengeId: string;
  readonly code: string;
  readonly password: string;
}

/** Ends all sessions and every wait for wrong passwords. Throws `identity.code-wrong`, `identity.password-breached`. */
export async function resetPassword(deps: MemberFlowDeps, request: Request, client: From): Promise<void> {
  const { engine, audit, messenger } = deps;
  // Before the code is looked at: a password that is refused costs no attempt.
  await refuseBreached(engine, request.password);
  const { challengeId, code } = request;
  const proven = await requireCode(deps, purposes.password, { challengeId, code, client });
  const member = await engine.database.load(proven.data.memberId);
  if (!isPresent(member) || !stillReaches(proven.data, member.user)) throw identityFault('identity.code-wrong');
  const passwordHash = await engine.passwords.hash(request.password);
  const change = async (records: RecordsInTransaction): Promise<void> => {
    await useUp(records, proven);
    await writePassword(records, member, passwordHash);
  };
  const entry = ownEntry(member.id, client, { action: 'password.reset' });
  await usedOnce(audit.within(entry, (also) => engine.transact(change, { also })));
  await engine.database.forgetFailures(member.id, 'password');
  await endAllSessions(engine, member.id);
  await tellPasswordChanged(messenger, member.user, engine.clock.now());
}
