/**
 * A member takes another address or number: it has to answer a code first.
 */
import type * as z from 'zod';
import { openCode } from '../engine/one-time.ts';
import type { challengeView } from '../routes/views.ts';
import type { MemberFlowDeps } from '../sign-in/deps.ts';
import { addressOf } from '../sign-in/identifier.ts';
import { presentChallenge, purposes, sendCode, sendNothing } from '../sign-in/sent-code.ts';
import { prove, type Owner, type Proof } from './own-account.ts';

interface Request {
  readonly owner: Owner;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
}

/**
 * Whoever takes another address can set another password, so this wants a proof. Does not tell whether somebody else has the address: then
 * nothing is sent, and no code opens the challenge. Throws what `prove` throws.
 */
export async function changeIdentifier(
  deps: MemberFlowDeps,
  { owner, email, phone }: Request,
  proof: Proof,
): Promise<z.input<typeof challengeView>> {
  const identifier = email === undefined ? { field: 'phone' as const, value: phone ?? '' } : { field: 'email' as const, value: email };
  const { engine, messenger } = deps;
  const { user } = await prove(deps, owner, proof);
  const { memberId } = owner;
  const holder = await engine.database.findHolder(identifier.field, identifier.value);
  const opened = await openCode(engine, purposes.identifier, {
    subjectId: memberId,
    data: holder === undefined ? { memberId, ...identifier } : undefined,
  });
  const sending = { address: addressOf(identifier), locale: user.locale, template: 'identifier-code' as const };
  await (holder === undefined ? sendCode(messenger, opened, sending) : sendNothing(messenger, opened, sending));
  return presentChallenge(opened);
}
