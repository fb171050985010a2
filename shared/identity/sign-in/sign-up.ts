/**
 * Somebody wants to become a member: a code goes to the address or number, and nothing is made before it comes back.
 */
import type * as z from 'zod';
import { openCode } from '../engine/one-time.ts';
import { refuseBreached } from '../engine/passwords.ts';
import { nobodyWith } from '../engine/subjects.ts';
import { identityFault } from '../identity-faults.ts';
import type { challengeView } from '../routes/views.ts';
import type { MemberFlowDeps } from './deps.ts';
import { addressOf, identifierOf } from './identifier.ts';
import { presentChallenge, purposes, sendCode } from './sent-code.ts';

interface Request {
  readonly handle: string;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly password?: string | undefined;
  readonly displayName?: string | undefined;
  readonly locale: 'id' | 'en';
}

/**
 * An address that has an account is told so, by message and to nobody else: the answer is the same. A taken handle is told at once, since
 * handles are public. Throws `identity.handle-taken`, `identity.password-breached`.
 */
export async function signUp({ engine, messenger }: MemberFlowDeps, request: Request): Promise<z.input<typeof challengeView>> {
  const { handle, email = null, phone = null, password, locale, displayName = handle } = request;
  const identifier = identifierOf(email ?? phone ?? '');
  const [holderOfHandle, holder] = await Promise.all([
    engine.database.findHolder('handle', handle),
    engine.database.findHolder(identifier.field, identifier.value),
  ]);
  if (holderOfHandle !== undefined) throw identityFault('identity.handle-taken');
  const passwordHash = password === undefined ? undefined : await hashOf(engine, password);
  const data = { handle, displayName, email, phone, locale, passwordHash };
  const address = addressOf(identifier);
  if (holder === undefined) {
    const opened = await openCode(engine, purposes.signUp, { subjectId: nobodyWith(engine, identifier), data });
    await sendCode(messenger, opened, { address, locale, template: 'sign-up-code' });
    return presentChallenge(opened);
  }
  const opened = await openCode(engine, purposes.signUp, { subjectId: holder, data: undefined });
  await messenger.send({ ...address, locale, template: 'sign-up-existing', values: {} });
  return presentChallenge(opened);
}

async function hashOf(engine: MemberFlowDeps['engine'], password: string): Promise<string> {
  await refuseBreached(engine, password);
  return engine.passwords.hash(password);
}
