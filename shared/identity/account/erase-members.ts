/**
 * Erases the accounts whose time of grace is over. What stays is a tombstone: the id, that it was deleted, and when.
 */
import { movedTo } from '../administration/membership-status.ts';
import { endAllSessions } from '../engine/sessions.ts';
import type { CardStore } from '../kyc/ports.ts';
import type { MemberRecord } from '../member-record.ts';
import type { MemberFlowDeps } from '../sign-in/deps.ts';
import type { DeletionQueue, ExportFiles, MemberBelongings } from './ports.ts';

export interface EraseDeps extends Pick<MemberFlowDeps, 'engine' | 'audit'> {
  readonly deletions: DeletionQueue;
  readonly belongings: MemberBelongings;
  readonly cards: Pick<CardStore, 'erase'>;
  readonly files: Pick<ExportFiles, 'remove'>;
}

/** Of one run; the next one goes on. */
const erasedPerRunMax = 100;
const system = 'system:sweep';

/** Answers how many were erased. Safe to repeat: the queue is left with the last step. */
export async function eraseMembers(deps: EraseDeps): Promise<number> {
  const due = await deps.deletions.due(deps.engine.clock.now(), erasedPerRunMax);
  for (const { memberId, deletionAtMs } of due) await eraseMember(deps, memberId, deletionAtMs);
  return due.length;
}

/** The tombstone comes first: from then on nobody comes in, and nothing can be kept after all. Whatever else there is follows, again if need be. */
async function eraseMember(
  { engine, audit, deletions, belongings, cards, files }: EraseDeps,
  memberId: string,
  deletionAtMs: number,
): Promise<void> {
  const forget = () => engine.transact(() => Promise.resolve(), [deletions.unscheduled(memberId, deletionAtMs)]);
  const { user } = await engine.database.load(memberId);
  if (user?.deletionAtMs === deletionAtMs) {
    const where = [
      { field: 'id', value: memberId },
      { field: 'deletionAtMs', value: deletionAtMs },
    ];
    await engine.transact((records) => records.update({ model: 'user', where, update: tombstone(user, engine.clock.now()) }));
  } else if (user?.membership.status !== 'deleted') {
    await forget();
    return;
  }
  await endAllSessions(engine, memberId);
  await cards.erase(memberId);
  await files.remove(memberId);
  await belongings.erase(memberId);
  await audit.append({ stream: `member:${memberId}`, subject: `member:${memberId}`, actor: system, action: 'deletion.done' });
  await forget();
}

/** No personal data, and a handle that nobody chose: the former one is free again. */
function tombstone(user: MemberRecord, nowMs: number) {
  return {
    handle: `deleted.${user.id}`,
    name: 'deleted',
    email: null,
    phone: null,
    lastSeenAtMs: null,
    deletionAtMs: null,
    kyc: 'none',
    membership: { ...movedTo(user.membership, { to: 'deleted', reason: 'deletion asked for', actor: system }, nowMs), before: null },
  };
}
