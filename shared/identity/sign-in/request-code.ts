/**
 * Somebody asks for a code, to sign in by or to set a new password by. The answer and what is done for it do not tell whether there is an account.
 */
import type * as z from 'zod';
import { openCode } from '../engine/one-time.ts';
import { findSubject } from '../engine/subjects.ts';
import type { challengeView } from '../routes/views.ts';
import type { MemberFlowDeps } from './deps.ts';
import { addressOf, addressOfMember, identifierOf } from './identifier.ts';
import { presentChallenge, purposes, sendCode, sendNothing } from './sent-code.ts';

interface Request {
  readonly identifier: string;
  readonly purpose: 'signIn' | 'password';
}

const templates = { signIn: 'sign-in-code', password: 'password-code' } as const;

export async function requestCode(
  { engine, messenger }: MemberFlowDeps,
  { identifier: text, purpose }: Request,
): Promise<z.input<typeof challengeView>> {
  const identifier = identifierOf(text);
  const { id: memberId, user } = await engine.database.load(await findSubject(engine, identifier));
  const address = user ? addressOfMember(user, identifier) : addressOf(identifier);
  const opened = await openCode(engine, purposes[purpose], user && { memberId, to: address.to });
  const template = templates[purpose];
  if (user) await sendCode(messenger, opened, { address, locale: user.locale, template });
  else await sendNothing(messenger, opened, { address, locale: 'id', template });
  return presentChallenge(opened);
}
