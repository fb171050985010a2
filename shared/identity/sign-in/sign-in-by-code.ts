/**
 * Sign-in by a code that was sent.
 */
import { guessOf } from '../engine/guesses.ts';
import { useUp } from '../engine/one-time.ts';
import { identityFault } from '../identity-faults.ts';
import { completeSignIn, type SignedIn } from './complete-sign-in.ts';
import type { From, MemberFlowDeps } from './deps.ts';
import { isPresent } from './present-account.ts';
import { requireCode } from './require-code.ts';
import { purposes, stillReaches } from './sent-code.ts';

interface Request {
  readonly challengeId: string;
  readonly code: string;
}

/** Throws `identity.code-wrong`, `identity.banned`. */
export async function signInByCode(deps: MemberFlowDeps, given: Request, client: From): Promise<SignedIn> {
  const { engine } = deps;
  const proven = await requireCode(deps, purposes.signIn, { ...given, client });
  const member = await engine.database.load(proven.data.memberId, { guess: guessOf(engine, 'code', client) });
  if (!isPresent(member) || !stillReaches(proven.data, member.user)) throw identityFault('identity.code-wrong');
  return completeSignIn(deps, { member, client, by: 'code', work: (records) => useUp(records, proven) });
}
