/**
 * A member sets up an authenticator app, takes it away, or asks for other recovery codes.
 */
import { guessOf } from '../engine/guesses.ts';
import {
  checkSecondFactor,
  confirmSecondFactor,
  removeSecondFactor,
  renewRecoveryCodes,
  startSecondFactor,
  type Enrolment,
} from '../engine/second-factor.ts';
import { identityFault } from '../identity-faults.ts';
import { ownEntry, type MemberFlowDeps } from '../sign-in/deps.ts';
import type { PresentMember } from '../sign-in/present-account.ts';
import { tellSecondFactorChanged } from '../sign-in/tell-member.ts';
import { ownAccount, prove, type Owner, type Proof } from './own-account.ts';

/** Throws what `prove` throws, and `identity.second-factor-present`. */
export async function startOwnSecondFactor(deps: MemberFlowDeps, owner: Owner, proof: Proof): Promise<Enrolment> {
  const member = await ownAccount(deps, owner.memberId);
  if (member.secondFactor?.verified === true) throw identityFault('identity.second-factor-present');
  await prove(deps, owner, proof);
  return startSecondFactor(deps.engine, member, member.user.handle);
}

/** Throws `identity.code-wrong` and `identity.second-factor-present`. */
export async function confirmOwnSecondFactor(deps: MemberFlowDeps, owner: Owner, code: string): Promise<{ recoveryCodes: string[] }> {
  const { engine, audit, messenger } = deps;
  const member = await ownAccount(deps, owner.memberId);
  const recoveryCodes = await confirmSecondFactor(engine, member, code);
  if (recoveryCodes === undefined) throw identityFault('identity.code-wrong');
  await audit.append(ownEntry(member.id, owner.client, { action: 'second-factor.on' }));
  await tellSecondFactorChanged(messenger, member.user, { isOn: true, nowMs: engine.clock.now() });
  return { recoveryCodes };
}

/** Throws `identity.code-wrong` and `identity.locked`. */
export async function removeOwnSecondFactor(deps: MemberFlowDeps, owner: Owner, code: string): Promise<void> {
  const { engine, audit, messenger } = deps;
  const member = await checked(deps, owner, code);
  await removeSecondFactor(engine, member.id);
  await audit.append(ownEntry(member.id, owner.client, { action: 'second-factor.off' }));
  await tellSecondFactorChanged(messenger, member.user, { isOn: false, nowMs: engine.clock.now() });
}

/** Throws `identity.code-wrong` and `identity.locked`. */
export async function renewOwnRecoveryCodes(deps: MemberFlowDeps, owner: Owner, code: string): Promise<{ recoveryCodes: string[] }> {
  const member = await checked(deps, owner, code);
  const recoveryCodes = await renewRecoveryCodes(deps.engine, member.id);
  await deps.audit.append(ownEntry(member.id, owner.client, { action: 'recovery-codes.renewed' }));
  return { recoveryCodes };
}

/** The own account, whose second factor was just given. */
async function checked({ engine, audit }: MemberFlowDeps, { memberId, client }: Owner, code: string): Promise<PresentMember> {
  const guess = guessOf(engine, 'second-factor', { address: client.address, isTrusted: true });
  const member = await ownAccount({ engine }, memberId, guess);
  const answer = await checkSecondFactor(engine, member, { code });
  if (answer.outcome === 'locked') throw identityFault('identity.locked', { retryAfterSeconds: answer.seconds });
  if (answer.outcome === 'right') return member;
  await audit.append(ownEntry(memberId, client, { action: 'proof.refused', after: { for: 'second-factor' } }));
  throw identityFault('identity.code-wrong');
}
