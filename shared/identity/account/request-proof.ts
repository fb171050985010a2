/**
 * Sends a code to the member, to prove by that it is still the same person.
 */
import type * as z from 'zod';
import { openCode } from '../engine/one-time.ts';
import type { challengeView } from '../routes/views.ts';
import type { MemberFlowDeps } from '../sign-in/deps.ts';
import { addressOfMember } from '../sign-in/identifier.ts';
import { presentChallenge, purposes, sendCode } from '../sign-in/sent-code.ts';
import { ownAccount } from './own-account.ts';

export async function requestProof({ engine, messenger }: MemberFlowDeps, memberId: string): Promise<z.input<typeof challengeView>> {
  const { user } = await ownAccount({ engine }, memberId);
  const address = addressOfMember(user);
  const opened = await openCode(engine, purposes.proof, { subjectId: memberId, data: { memberId, to: address.to } });
  await sendCode(messenger, opened, { address, locale: user.locale, template: 'proof-code' });
  return presentChallenge(opened);
}
