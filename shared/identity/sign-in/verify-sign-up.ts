/**
 * The code has come back: the member is made, and signed in.
 */
import type * as z from 'zod';
import { newMembership } from '../administration/membership-status.ts';
import { RecordRefused } from '../engine/auth-database.ts';
import { useUp, type OneTime } from '../engine/one-time.ts';
import { openSession } from '../engine/sessions.ts';
import { createSubject, newSubjectId } from '../engine/subjects.ts';
import { identityFault } from '../identity-faults.ts';
import type { MemberRecord } from '../member-record.ts';
import type { tokensView } from '../routes/views.ts';
import { ownEntry, type From, type MemberFlowDeps } from './deps.ts';
import { isPresent, presentTokens } from './present-account.ts';
import { requireCode } from './require-code.ts';
import { purposes } from './sent-code.ts';

type SignUpData = z.output<typeof purposes.signUp.data>;

/** Ids of one millisecond collide once in 65,536. */
const idAttemptsMax = 3;

/** Throws `identity.code-wrong`, also when the address has got an account meanwhile, and `identity.handle-taken`. */
export async function verifySignUp(
  deps: MemberFlowDeps,
  given: { readonly challengeId: string; readonly code: string },
  client: From,
): Promise<z.input<typeof tokensView>> {
  const { engine } = deps;
  const proven = await requireCode(deps, purposes.signUp, { ...given, client });
  const id = await makeMember(deps, proven, client);
  const member = await engine.database.load(id);
  if (!isPresent(member)) throw identityFault('identity.code-wrong');
  const tokens = await openSession(engine, { subject: member, client });
  return presentTokens(member, tokens, engine.clock.now());
}

async function makeMember({ engine, audit }: MemberFlowDeps, proven: OneTime<SignUpData>, client: From): Promise<string> {
  const { passwordHash, ...profile } = proven.data;
  for (let attempt = 1; ; attempt += 1) {
    const user = newMember(newSubjectId(engine), profile, engine.clock.now());
    const entry = ownEntry(user.id, client, { action: 'member.signed-up', after: { handle: profile.handle } });
    try {
      await audit.within(entry, (also) =>
        createSubject(engine, { user, passwordHash }, { work: (records) => useUp(records, proven), also }),
      );
      return user.id;
    } catch (error) {
      if (!(error instanceof RecordRefused)) throw error;
      if (error.field === 'handle') throw identityFault('identity.handle-taken', { cause: error });
      if (error.reason !== 'exists' || attempt >= idAttemptsMax) throw identityFault('identity.code-wrong', { cause: error });
    }
  }
}

function newMember(id: string, profile: Omit<SignUpData, 'passwordHash'>, nowMs: number): MemberRecord {
  return {
    id,
    ...profile,
    createdAtMs: nowMs,
    lastSeenAtMs: null,
    deletionAtMs: null,
    membership: newMembership(`member:${id}`, nowMs),
    kyc: 'none',
  };
}
