/**
 * The second step of a sign-in.
 */
import type * as z from 'zod';
import { guessOf } from '../engine/guesses.ts';
import { tryTicket, useUp } from '../engine/one-time.ts';
import { checkSecondFactor } from '../engine/second-factor.ts';
import { openSession } from '../engine/sessions.ts';
import { identityFault } from '../identity-faults.ts';
import type { tokensView } from '../routes/views.ts';
import { refusedAttempt } from '../refused-attempt.ts';
import { refuseBanned, usedOnce } from './complete-sign-in.ts';
import { ownEntry, type From, type MemberFlowDeps } from './deps.ts';
import { isPresent, presentTokens } from './present-account.ts';
import { purposes } from './sent-code.ts';

interface Request {
  readonly ticket: string;
  readonly code: string;
}

/** Throws `identity.ticket-invalid`, `identity.code-wrong`, `identity.locked`, `identity.banned`. */
export async function signInSecondFactor(
  deps: MemberFlowDeps,
  { ticket, code }: Request,
  client: From,
): Promise<z.input<typeof tokensView>> {
  const { engine, audit } = deps;
  const proven = await tryTicket(engine, purposes.secondFactor, ticket);
  const member = proven && (await engine.database.load(proven.data.memberId, { guess: guessOf(engine, 'second-factor', client) }));
  if (member === undefined || !isPresent(member) || member.version !== proven?.data.version) throw identityFault('identity.ticket-invalid');
  await refuseBanned(deps, member, client);
  const checked = await checkSecondFactor(engine, member, { code });
  if (checked.outcome === 'locked') throw identityFault('identity.locked', { retryAfterSeconds: checked.seconds });
  if (checked.outcome === 'wrong') {
    await audit.append(ownEntry(member.id, client, refusedAttempt('second-factor', checked.counted)));
    throw identityFault('identity.code-wrong');
  }
  const opening = { subject: member, client, secondFactorAtMs: engine.clock.now(), work: useTicket };
  const tokens = await usedOnce(openSession(engine, opening), 'identity.ticket-invalid');
  const { how, recoveryCodesLeft } = checked;
  const after = { by: how, sessionId: tokens.sessionId, recoveryCodesLeft };
  await audit.append(ownEntry(member.id, client, { action: 'sign-in.ok', after }));
  return presentTokens(member, tokens, engine.clock.now());

  function useTicket(records: Parameters<typeof useUp>[0]): Promise<void> {
    return proven === undefined ? Promise.resolve() : useUp(records, proven);
  }
}
