/**
 * The own account: who asks is known, what is asked for has still to be proven now and then.
 */
import type * as z from 'zod';
import { requestFault } from '#shared/platform/request-faults.ts';
import type { Guess } from '../engine/auth-database.ts';
import { guessOf } from '../engine/guesses.ts';
import { useUpNow } from '../engine/one-time.ts';
import { checkPassword } from '../engine/passwords.ts';
import { identityFault } from '../identity-faults.ts';
import type { accountView } from '../routes/views.ts';
import { ownEntry, type From, type MemberFlowDeps } from '../sign-in/deps.ts';
import { isPresent, presentAccount, type PresentMember } from '../sign-in/present-account.ts';
import { requireCode } from '../sign-in/require-code.ts';
import { purposes, stillReaches } from '../sign-in/sent-code.ts';

/** Who asks, in which session and from where. */
export interface Owner {
  readonly memberId: string;
  readonly sessionId: string;
  readonly client: From;
}

export type AccountView = z.input<typeof accountView>;

/** Throws `auth.unauthenticated` for somebody whose account has been erased since the token was issued. */
export async function ownAccount({ engine }: Pick<MemberFlowDeps, 'engine'>, memberId: string, guess?: Guess): Promise<PresentMember> {
  const member = await engine.database.load(memberId, { guess });
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

/**
 * The own account, for what wants more than a token. Throws `identity.credentials-wrong`, `identity.locked` or `identity.code-wrong` unless the proof
 * is good, and keeps a record of a wrong one. Uses a code up.
 */
export async function prove(deps: Pick<MemberFlowDeps, 'engine' | 'audit'>, owner: Owner, proof: Proof): Promise<PresentMember> {
  const { engine, audit } = deps;
  const { memberId, client } = owner;
  if (proof.password === undefined) return proveByCode(deps, owner, proof);
  const guess = guessOf(engine, 'password', { address: client.address, identifier: 'own', isTrusted: true });
  const member = await ownAccount(deps, memberId, guess);
  const checked = await checkPassword(engine, member, proof.password);
  if (checked.outcome === 'locked') throw identityFault('identity.locked', { retryAfterSeconds: checked.seconds });
  if (checked.outcome === 'right') return member;
  await audit.append(ownEntry(member.id, client, { action: 'proof.refused', after: { for: 'password' } }));
  throw identityFault('identity.credentials-wrong');
}

async function proveByCode(
  deps: Pick<MemberFlowDeps, 'engine' | 'audit'>,
  { memberId, client }: Owner,
  { challengeId = '', code = '' }: Proof,
): Promise<PresentMember> {
  const member = await ownAccount(deps, memberId);
  const proven = await requireCode(deps, purposes.proof, { challengeId, code, client, action: 'proof.refused' });
  const isTheirs = proven.data.memberId === memberId && stillReaches(proven.data, member.user);
  if (!isTheirs || !(await useUpNow(deps.engine, proven))) throw identityFault('identity.code-wrong');
  return member;
}
