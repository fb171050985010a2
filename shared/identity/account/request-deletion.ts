/**
 * A member wants to leave: the account is erased after a time of grace, in which it can still be kept.
 */
import { identityFault } from '../identity-faults.ts';
import { ownEntry, type MemberFlowDeps } from '../sign-in/deps.ts';
import { tellDeletion } from '../sign-in/tell-member.ts';
import { ownAccount, prove, readAccount, type AccountView, type Owner, type Proof } from './own-account.ts';
import type { DeletionQueue } from './ports.ts';

export interface DeletionDeps extends MemberFlowDeps {
  readonly deletions: DeletionQueue;
}

const dayMs = 86_400_000;
const graceMs = 14 * dayMs;
const exportedWithinMs = 7 * dayMs;

/** Asking again does not begin the grace anew. Throws what `prove` throws, and `identity.export-first`. */
export async function requestDeletion(deps: DeletionDeps, owner: Owner, proof: Proof): Promise<{ deletionAt: string }> {
  const { engine, deletions, audit, messenger } = deps;
  const nowMs = engine.clock.now();
  const [member, exportedAt = -Infinity] = await Promise.all([ownAccount(deps, owner.memberId), deletions.exportedAt(owner.memberId)]);
  const { user } = member;
  if (user.deletionAtMs !== null) return { deletionAt: new Date(user.deletionAtMs).toISOString() };
  if (exportedAt < nowMs - exportedWithinMs) throw identityFault('identity.export-first');
  await prove(deps, owner, proof);
  const deletionAtMs = nowMs + graceMs;
  const where = [{ field: 'id', value: user.id }];
  const after = { deletionAt: new Date(deletionAtMs).toISOString() };
  await audit.within(ownEntry(user.id, owner.client, { action: 'deletion.requested', after }), (also) =>
    engine.transact((records) => records.update({ model: 'user', where, update: { deletionAtMs } }), {
      also: [deletions.scheduled(user.id, deletionAtMs), ...also],
    }),
  );
  await tellDeletion(messenger, user, deletionAtMs);
  return after;
}

/** Keeps the account after all. Nothing happens when nobody asked for its deletion. */
export async function cancelDeletion(deps: DeletionDeps, owner: Owner): Promise<AccountView> {
  const { engine, deletions, audit } = deps;
  const { user } = await ownAccount(deps, owner.memberId);
  if (user.deletionAtMs !== null) {
    const where = [
      { field: 'id', value: user.id },
      { field: 'deletionAtMs', value: user.deletionAtMs },
    ];
    const scheduled = deletions.unscheduled(user.id, user.deletionAtMs);
    await audit.within(ownEntry(user.id, owner.client, { action: 'deletion.cancelled' }), (also) =>
      engine.transact((records) => records.update({ model: 'user', where, update: { deletionAtMs: null } }), {
        also: [scheduled, ...also],
      }),
    );
  }
  return readAccount(deps, user.id);
}
