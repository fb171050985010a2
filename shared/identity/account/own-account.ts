/**
 * The own account: who asks is known, what is asked for has still to be proven now and then.
 */
import type * as z from 'zod';
import { requestFault } from '#shared/platform/request-faults.ts';
import { tryCode, useUpNow } from '../engine/one-time.ts';
import { checkPassword } from '../engine/passwords.ts';
import { identityFault } from '../identity-faults.ts';
import type { accountView } from '../routes/views.ts';
import type { From, MemberFlowDeps } from '../sign-in/deps.ts';
import { isPresent, presentAccount, type PresentMember } from '../sign-in/present-account.ts';
import { purposes, stillReaches } from '../sign-in/sent-code.ts';

/** Who asks, in which session and from where. */
export interface Owner {
  readonly memberId: string;
  readonly sessionId: string;
  readonly client: From;
}

export type AccountView = z.input<typeof accountView>;

/** Throws `auth.unauthenticated` for somebody whose account has been erased since the token was issued. */
export async function ownAccount({ engine }: Pick<MemberFlowDeps, 'engine'>, memberId: string): Promise<PresentMember> {
  const member = await engine.database.load(memberId);
  if (!isPresent(member)) throw requestFault('auth.unauthenticated');
  return member;
}

export async function readAccount(deps: Pick<MemberFlowDeps, 'engine'>, memberId: string): Promise<AccountView> {
  return presentAccount(await ownAccount(deps, memberId), deps.engine.clock.now());
}

/** A password, or a code that was sent for this. */
export interface Proof {
  readonly password?: string | undefined;
  readonly challengeId?: string | undefined;
  readonly code?: string | undefined;
}

/** Throws `identity.credentials-wrong`, `identity.locked` or `identity.code-wrong` unless the proof is good. Uses a code up. */
export async function prove({ engine }: Pick<MemberFlowDeps, 'engine'>, member: PresentMember, proof: Proof): Promise<void> {
  if (proof.password === undefined) {
    const { challengeId = '', code = '' } = proof;
    const proven = await tryCode(engine, purposes.proof, { challengeId, code });
    const isTheirs = proven?.data.memberId === member.id && stillReaches(proven.data, member.user);
    if (!isTheirs || !(await useUpNow(engine, proven))) throw identityFault('identity.code-wrong');
    return;
  }
  const checked = await checkPassword(engine, member, proof.password);
  if (checked.outcome === 'locked') throw identityFault('identity.locked', { retryAfterSeconds: checked.seconds });
  if (checked.outcome === 'wrong') throw identityFault('identity.credentials-wrong');
}
