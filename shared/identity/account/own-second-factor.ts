/**
 * A member sets up an authenticator app, takes it away, or asks for other recovery codes.
 */
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
import { tellSecondFactorChanged } from '../sign-in/tell-member.ts';
import { ownAccount, prove, type Owner, type Proof } from './own-account.ts';

/** Throws what `prove` throws, and `identity.second-factor-present`. */
export async function startOwnSecondFactor(deps: MemberFlowDeps, owner: Owner, proof: Proof): Promise<Enrolment> {
  const member = await ownAccount(deps, owner.memberId);
  if (member.secondFactor?.verified === true) throw identityFault('identity.second-factor-present');
  await prove(deps, member, proof);
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
  const member = await ownAccount(deps, owner.memberId);
  await check(deps, member, code);
  await removeSecondFactor(engine, member.id);
  await audit.append(ownEntry(member.id, owner.client, { action: 'second-factor.off' }));
  await tellSecondFactorChanged(messenger, member.user, { isOn: false, nowMs: engine.clock.now() });
}

/** Throws `identity.code-wrong` and `identity.locked`. */
export async function renewOwnRecoveryCodes(deps: MemberFlowDeps, owner: Owner, code: string): Promise<{ recoveryCodes: string[] }> {
  const member = await ownAccount(deps, owner.memberId);
  await check(deps, member, code);
  const recoveryCodes = await renewRecoveryCodes(deps.engine, member.id);
  await deps.audit.append(ownEntry(member.id, owner.client, { action: 'recovery-codes.renewed' }));
  return { recoveryCodes };
}

async function check({ engine }: MemberFlowDeps, member: Awaited<ReturnType<typeof ownAccount>>, code: string): Promise<void> {
  const checked = await checkSecondFactor(engine, member, { code });
  if (checked.outcome === 'locked') throw identityFault('identity.locked', { retryAfterSeconds: checked.seconds });
  if (checked.outcome === 'wrong') throw identityFault('identity.code-wrong');
}
