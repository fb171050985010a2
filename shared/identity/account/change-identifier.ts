/**
 * A member takes another address or number: it has to answer a code first.
 */
import type * as z from 'zod';
import { openCode } from '../engine/one-time.ts';
import type { challengeView } from '../routes/views.ts';
import type { MemberFlowDeps } from '../sign-in/deps.ts';
import { addressOf } from '../sign-in/identifier.ts';
import { presentChallenge, purposes, sendCode, sendNothing } from '../sign-in/sent-code.ts';
import { ownAccount } from './own-account.ts';

interface Request {
  readonly memberId: string;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
}

/** Does not tell whether somebody else has it: then nothing is sent, and no code opens the challenge. */
export async function changeIdentifier(
  { engine, messenger }: MemberFlowDeps,
  { memberId, email, phone }: Request,
): Promise<z.input<typeof challengeView>> {
  const identifier = email === undefined ? { field: 'phone' as const, value: phone ?? '' } : { field: 'email' as const, value: email };
  const [{ user }, holder] = await Promise.all([
    ownAccount({ engine }, memberId),
    engine.database.findHolder(identifier.field, identifier.value),
  ]);
  const opened = await openCode(engine, purposes.identifier, holder === undefined ? { memberId, ...identifier } : undefined);
  const sending = { address: addressOf(identifier), locale: user.locale, template: 'identifier-code' as const };
  await (holder === undefined ? sendCode(messenger, opened, sending) : sendNothing(messenger, opened, sending));
  return presentChallenge(opened);
}
