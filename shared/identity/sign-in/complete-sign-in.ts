/**
 * Somebody has proven to be a member by one factor: tokens follow, or the question for the second one.
 */
import type * as z from 'zod';
import { membershipAt } from '../administration/membership-status.ts';
import { RecordRefused, type Together } from '../engine/auth-database.ts';
import type { RecordsInTransaction } from '../engine/better-auth-realm.ts';
import { forgotten } from '../engine/guesses.ts';
import { openTicket } from '../engine/one-time.ts';
import { openSession } from '../engine/sessions.ts';
import { identityFault } from '../identity-faults.ts';
import type { secondFactorNeeded, tokensView } from '../routes/views.ts';
import { ownEntry, type From, type MemberFlowDeps } from './deps.ts';
import { presentTokens, type PresentMember } from './present-account.ts';
import { purposes } from './sent-code.ts';

interface Proven {
  readonly member: PresentMember;
  readonly client: From;
  readonly by: 'password' | 'code';
  /** Of `openedByPassword`. */
  readonly failures?: Together['failures'];
  /** Part of the transaction that follows: uses up what was proven by. */
  readonly work?: (records: RecordsInTransaction) => Promise<unknown>;
}

export type SignedIn = z.input<typeof tokensView> | z.input<typeof secondFactorNeeded>;

/** Throws `identity.banned`, and `identity.code-wrong` when the code was used up meanwhile. */
export async function completeSignIn(
  deps: MemberFlowDeps,
  { member, client, by, work, failures = forgotten(member) }: Proven,
): Promise<SignedIn> {
  const { engine, audit } = deps;
  await refuseBanned(deps, member, client);
  if (member.secondFactor?.verified === true) {
    const { ticket } = await usedOnce(
      engine.transact(
        async (records) => {
          await work?.(records);
          return openTicket(engine, purposes.secondFactor, { data: { memberId: member.id, version: member.version }, records });
        },
        { failures },
      ),
    );
    return { next: 'second-factor', ticket };
  }
  const tokens = await usedOnce(openSession(engine, { subject: member, client, failures, ...(work && { work }) }));
  await audit.append(ownEntry(member.id, client, { action: 'sign-in.ok', after: { by, sessionId: tokens.sessionId } }));
  return presentTokens(member, tokens, engine.clock.now());
}

/** Throws `identity.banned`. Whoever can prove to be the member is told. */
export async function refuseBanned({ engine, audit }: MemberFlowDeps, member: PresentMember, client: From): Promise<void> {
  if (membershipAt(member.user.membership, engine.clock.now()).status !== 'banned') return;
  await audit.append(ownEntry(member.id, client, { action: 'sign-in.refused', after: { why: 'banned' } }));
  throw identityFault('identity.banned');
}

/** A code or ticket that somebody else used up a moment ago is a wrong one. What too many wrong passwords refuse is for `openedByPassword`. */
export async function usedOnce<T>(
  transaction: Promise<T>,
  code: 'identity.code-wrong' | 'identity.ticket-invalid' | 'identity.credentials-wrong' = 'identity.code-wrong',
): Promise<T> {
  try {
    return await transaction;
  } catch (error) {
    if (error instanceof RecordRefused && error.model !== 'failures') throw identityFault(code, { cause: error });
    throw error;
  }
}
