/**
 * The audit log, newest first, filtered. A page reads a bounded number of records and days: where a rare match takes more, the page comes
 * back `partial` with what was found, and its cursor goes on from there.
 */
import * as z from 'zod';
import { pageOfWalk, type Stretch } from '#shared/platform/page-of-walk.ts';
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
  const { found, behind, partial } = await pageOfWalk(matching(walkAudit(audit, window), wanted(request)), {
    limit,
    bounds: { steps: auditLimits.recordsPerPageMax, days: auditLimits.daysPerPageMax },
  });
  return { records: found.map(viewOf), nextCursor: behind && cursors.encode(behind), partial };
}

function wanted({ actor, subject, action }: Request): (record: AuditRecord) => boolean {
  return (record) =>
    (actor === undefined || record.actor === actor) &&
    (subject === undefined || record.subject === subject) &&
    (action === undefined || (action.endsWith('.') ? record.action.startsWith(action) : record.action === action));
}

async function* matching(
  walk: AsyncIterable<AuditStep>,
  isWanted: (record: AuditRecord) => boolean,
): AsyncGenerator<Stretch<AuditRecord, AuditPosition, 'steps' | 'days'>> {
  for await (const { record, position } of walk) {
    const found = record !== undefined && isWanted(record) ? [{ entry: record, position }] : [];
    yield { found, behind: position, cost: { steps: 1, days: position.id === '' ? 1 : 0 } };
  }
}

function viewOf(record: AuditRecord): z.input<typeof auditView> {
  const { stream: _stream, seq: _seq, previousHash: _previous, ...view } = record;
  return { id: auditId(record), ...view };
}
