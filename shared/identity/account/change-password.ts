/**
 * A member sets a password, the first one as well.
 */
import { refuseBreached, writePassword } from '../engine/passwords.ts';
import { endAllSessions } from '../engine/sessions.ts';
import { usedOnce } from '../sign-in/complete-sign-in.ts';
import { ownEntry, type MemberFlowDeps } from '../sign-in/deps.ts';
import { tellPasswordChanged } from '../sign-in/tell-member.ts';
import { ownAccount, prove, type Owner, type Proof } from './own-account.ts';

/** Ends all other sessions. Throws what `prove` throws, and `identity.password-breached`. */
export async function changePassword(deps: MemberFlowDeps, owner: Owner, request: Proof & { readonly newPassword: string }): Promise<void> {
  const { engine, audit, messenger } = deps;
  await refuseBreached(engine, request.newPassword, '/newPassword');
  await prove(deps, owner, request);
  // Read again: a proof may have hashed the former password anew.
  const member = await ownAccount(deps, owner.memberId);
  const passwordHash = await engine.passwords.hash(request.newPassword);
  const entry = ownEntry(member.id, owner.client, { action: 'password.changed' });
  await usedOnce(
    audit.within(entry, (also) => engine.transact((records) => writePassword(records, member, passwordHash), { also })),
    'identity.credentials-wrong',
  );
  await engine.database.forgetFailures(member.id, 'password');
  await endAllSessions(engine, member.id, owner.sessionId);
  await tellPasswordChanged(messenger, member.user, engine.clock.now());
}
