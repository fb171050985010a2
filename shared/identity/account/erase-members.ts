/**
 * Erases the accounts whose time of grace is over. What stays is a tombstone: the id, that it was deleted, and when.
 *
 * It works on the engine's database and not through the engine: the sweep needs no better-auth.
 */
import type { AuditLog } from '#shared/platform/audit/ports.ts';
import type { Clock } from '#shared/platform/clock.ts';
import { movedTo } from '../administration/membership-status.ts';
import { equal, type AuthDatabase } from '../engine/auth-database.ts';
import type { CardStore } from '../kyc/ports.ts';
import type { MemberRecord } from '../member-record.ts';
import type { SubjectSessions } from '../subject-sessions.ts';
import type { DeletionQueue, ExportFiles, MemberBelongings } from './ports.ts';

export interface EraseDeps {
  readonly database: AuthDatabase<MemberRecord>;
  readonly sessions: Pick<SubjectSessions, 'endAll'>;
  readonly deletions: DeletionQueue;
  readonly belongings: MemberBelongings;
  readonly cards: Pick<CardStore, 'erase'>;
  readonly files: Pick<ExportFiles, 'remove'>;
  readonly audit: AuditLog;
  readonly clock: Clock;
}

/** Of one run; the next one goes on. */
const erasedPerRunMax = 100;
const system = 'system:sweep';

/**
 * Answers how many were erased. Safe to repeat: the queue is left with the last step. Somebody who cannot be erased keeps nobody else from it;
 * then it throws in the end.
 */
export async function eraseMembers(deps: EraseDeps): Promise<number> {
  const due = await deps.deletions.due(deps.clock.now(), erasedPerRunMax);
  const failures: unknown[] = [];
  for (const { memberId, deletionAtMs } of due) {
    try {
      await eraseMember(deps, memberId, deletionAtMs);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${due.length} members could not be erased`);
  return due.length;
}

/** The tombstone comes first: from then on nobody comes in, and nothing can be kept after all. Whatever else there is follows, again if need be. */
async function eraseMember(deps: EraseDeps, memberId: string, deletionAtMs: number): Promise<void> {
  const { database, sessions, deletions, belongings, cards, files, audit, clock } = deps;
  const forget = () => database.transact(() => Promise.resolve(), { also: [deletions.unscheduled(memberId, deletionAtMs)] });
  const { user } = await database.load(memberId);
  if (user?.deletionAtMs === deletionAtMs) {
    const where = [equal('id', memberId), equal('deletionAtMs', deletionAtMs)];
    await database.transact((records) => records.update({ model: 'user', where, update: tombstone(user, clock.now()) }));
  } else if (user?.membership.status !== 'deleted') {
    await forget();
    return;
  }
  await sessions.endAll(memberId);
  await cards.erase(memberId);
  await files.remove(memberId);
  await belongings.erase(memberId);
  await audit.append({ stream: `member:${memberId}`, subject: `member:${memberId}`, actor: system, action: 'deletion.done' });
  await forget();
}

/**
 * No personal data, and a handle that nobody can choose, which a hyphen sees to: somebody who had taken it before would keep the member from being
 * erased. The former handle is free again.
 */
function tombstone(user: MemberRecord, nowMs: number): Partial<MemberRecord> {
  return {
    handle: `deleted-${user.id}`,
    displayName: 'deleted',
    email: null,
    phone: null,
    lastSeenAtMs: null,
    deletionAtMs: null,
    kyc: 'none',
    membership: { ...movedTo(user.membership, { to: 'deleted', reason: 'deletion asked for', actor: system }, nowMs), before: null },
  };
}
