/**
 * Sign-in by password. Six requests to DynamoDB, with the limit of the address that was counted before: the claim of the identifier, the subject, the session, and two
 * for the audit record. Whoever is not there takes the same way, up to a wrong password.
 */
import { checkPassword, openedByPassword } from '../engine/passwords.ts';
import { findSubject } from '../engine/subjects.ts';
import { identityFault } from '../identity-faults.ts';
import { completeSignIn, type SignedIn } from './complete-sign-in.ts';
import { ownEntry, type From, type MemberFlowDeps } from './deps.ts';
import { identifierOf } from './identifier.ts';
import { isPresent } from './present-account.ts';

interface Request {
  readonly identifier: string;
  readonly password: string;
}

/** Throws `identity.credentials-wrong`, `identity.locked`, `identity.banned`. */
export async function signIn(deps: MemberFlowDeps, { identifier, password }: Request, client: From): Promise<SignedIn> {
  const { engine, audit } = deps;
  const member = await engine.database.load(await findSubject(engine, identifierOf(identifier)));
  const checked = await checkPassword(engine, member, password);
  if (checked.outcome === 'locked') {
    await audit.append(ownEntry(member.id, client, { action: 'sign-in.locked', after: { seconds: checked.seconds } }));
    throw identityFault('identity.locked', { retryAfterSeconds: checked.seconds });
  }
  if (checked.outcome === 'right' && isPresent(member)) {
    const signedIn = await openedByPassword(engine, member, (failures) =>
      completeSignIn(deps, { member, client, by: 'password', failures }),
    );
    if (signedIn !== undefined) return signedIn;
  }
  await audit.append(ownEntry(member.id, client, { action: 'sign-in.refused', after: { why: 'password' } }));
  throw identityFault('identity.credentials-wrong');
}
