/**
 * Somebody asks for a code, to sign in by or to set a new password by. The answer and what is done for it do not tell whether there is an account.
 */
import type * as z from 'zod';
import type { RateLimits } from '#shared/platform/rate-limit/ports.ts';
import { guessOf, isKnownHere } from '../engine/guesses.ts';
import { openCode } from '../engine/one-time.ts';
import { findSubject } from '../engine/subjects.ts';
import type { challengeView } from '../routes/views.ts';
import { withinSharedLimit } from '../within-shared-limit.ts';
import type { From, MemberFlowDeps } from './deps.ts';
import { addressOf, addressOfMember, identifierOf } from './identifier.ts';
import { codesTo } from './rate-rules.ts';
import { presentChallenge, purposes, sendCode, sendNothing } from './sent-code.ts';

interface Request {
  readonly identifier: string;
  readonly purpose: 'signIn' | 'password';
}

const templates = { signIn: 'sign-in-code', password: 'password-code' } as const;

/** Throws `request.rate-limited` where too many codes leave for one identifier, unless the account is known in the network that asks. */
export async function requestCode(
  { engine, messenger, limits }: MemberFlowDeps & { readonly limits: RateLimits },
  { identifier: text, purpose }: Request,
  client: From,
): Promise<z.input<typeof challengeView>> {
  const identifier = identifierOf(text);
  const guess = guessOf(engine, 'code', client);
  const member = await engine.database.load(await findSubject(engine, identifier), { guess });
  const { id: subjectId, user } = member;
  await withinSharedLimit(limits, codesTo(identifier.value), isKnownHere(member, engine.clock.now()));
  const address = user ? addressOfMember(user, identifier) : addressOf(identifier);
  const opened = await openCode(engine, purposes[purpose], { subjectId, data: user && { memberId: subjectId, to: address.to } });
  const template = templates[purpose];
  if (user) await sendCode(messenger, opened, { address, locale: user.locale, template });
  else await sendNothing(messenger, opened, { address, locale: 'id', template });
  return presentChallenge(opened);
}
