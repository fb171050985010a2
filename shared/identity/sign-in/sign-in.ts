/**
 * Sign-in by password. Six requests to DynamoDB, with the limit of the address that was counted before: the claim of the identifier, the subject, the session, and two
 * for the audit record. Whoever is not there takes the same way, up to a wrong password.
 */
import { guessOf } from '../engine/guesses.ts';
import { checkPassword, openedByPassword } from '../engine/passwords.ts';
import { findSubject } from '../engine/subjects.ts';
import { identityFault } from '../identity-faults.ts';
import { refusedAttempt } from '../refused-attempt.ts';
import { completeSignIn, type SignedIn } from './complete-sign-in.ts';
import { ownEntry, type From, type MemberFlowDeps } from './deps.ts';
import { identifierOf } from './identifier.ts';
import { isPresent, type LoadedMember } from './present-account.ts';

interface Request {
  readonly identifier: string;
  readonly password: string;
}

/** Throws `identity.credentials-wrong`, `identity.locked`, `identity.banned`. */
export async function signIn(deps: MemberFlowDeps, { identifier, password }: Request, client: From): Promise<SignedIn> {
  const { engine, audit } = deps;
  const { field, value } = identifierOf(identifier);
  const guess = guessOf(engine, 'password', { address: client.address, identifier: `${field} ${value}` });
  const member = await engine.database.load(await findSubject(engine, { field, value }), { guess });
  const checked = await checkPassword(engine, member, password);
  if (checked.outcome === 'locked') throw identityFault('identity.locked', { retryAfterSeconds: checked.seconds });
  const opening = checked.outcome === 'right' ? await openedBy(deps, member, client) : checked;
  if ('opened' in opening && opening.opened !== undefined) return opening.opened;
  if ('counted' in opening) await audit.append(ownEntry(member.id, client, refusedAttempt('password', opening.counted)));
  throw identityFault('identity.credentials-wrong');
}

function openedBy(deps: MemberFlowDeps, member: LoadedMember, client: From) {
  if (!isPresent(member)) throw new TypeError('A password was right for nobody');
  return openedByPassword(deps.engine, member, (failures) => completeSignIn(deps, { member, client, by: 'password', failures }));
}
