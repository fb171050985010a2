/**
 * The audit log, newest first, filtered. A page reads a bounded number of records and days: where a rare match takes more, the page comes
 * back `partial` with what was found, and its cursor goes on from there.
 */
import * as z from 'zod';
import { cursorOf } from '#shared/platform/paging.ts';
import { auditId, auditLimits, placeOfAudit, type AuditRecord } from './audit-record.ts';
import type { auditRoutes, auditView } from './audit-routes.ts';
import { dayAfter, startOfDay } from './days.ts';
import type { AuditPosition, AuditReader } from './ports.ts';
import { walkAudit, type AuditStep, type AuditWindow } from './walk-audit.ts';

interface Deps {
  readonly audit: AuditReader;
}

interface Request {
  readonly actor?: string | undefined;
  readonly subject?: string | undefined;
  /** A whole action, or its beginning up to a dot. */
  readonly action?: string | undefined;
  /** Days in Asia/Jakarta, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

type Answer = z.input<(typeof auditRoutes)['list']['answer']>;

const cursors = cursorOf(
  'audit',
  z.object({ at: z.iso.datetime(), id: z.string().refine((id) => id === '' || placeOfAudit(id) !== undefined) }),
);

export async function listAudit({ audit }: Deps, request: Request): Promise<Answer> {
  const { actor, subject, from, to, cursor, limit } = request;
  const window: AuditWindow = {
    actor,
    subject,
    from: from && startOfDay(from),
    before: to && startOfDay(dayAfter(to)),
    after: cursor === undefined ? undefined : cursors.decode(cursor),
  };
  const { records, next, partial } = await page(walkAudit(audit, window), { limit, isWanted: wanted(request) });
  return { records: records.map(viewOf), nextCursor: next && cursors.encode(next), partial };
}

function wanted({ actor, subject, action }: Request): (record: AuditRecord) => boolean {
  return (record) =>
    (actor === undefined || record.actor === actor) &&
    (subject === undefined || record.subject === subject) &&
    (action === undefined || (action.endsWith('.') ? record.action.startsWith(action) : record.action === action));
}

interface Found {
  readonly records: AuditRecord[];
  readonly next: AuditPosition | null;
  readonly partial: boolean;
}

async function page(
  walk: AsyncIterable<AuditStep>,
  { limit, isWanted }: { limit: number; isWanted: (record: AuditRecord) => boolean },
): Promise<Found> {
  const records: AuditRecord[] = [];
  let stepsLeft: number = auditLimits.recordsPerPageMax;
  let daysLeft: number = auditLimits.daysPerPageMax;
  let last: AuditPosition | null = null;
  for await (const { record, position } of walk) {
    if (record !== undefined && isWanted(record)) {
      // One more than the page takes shows that there is another page.
      if (records.length === limit) return { records, next: last, partial: false };
      records.push(record);
    }
    last = position;
    stepsLeft -= 1;
    if (position.id === '') daysLeft -= 1;
    if (stepsLeft === 0 || daysLeft === 0) return { records, next: position, partial: records.length < limit };
  }
  return { records, next: null, partial: false };
}

function viewOf(record: AuditRecord): z.input<typeof auditView> {
  const { stream: _stream, seq: _seq, previousHash: _previous, ...view } = record;
  return { id: auditId(record), ...view };
}
