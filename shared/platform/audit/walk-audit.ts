/**
 * Records newest first, from wherever the fewest have to be read: the subject's own stream, the actor's records, or all of the days
 * there are.
 */
import { auditId, auditLimits, hasOwnStream, placeOfAudit, type AuditRecord } from './audit-record.ts';
import { dayBefore, dayOf, startOfDay } from './days.ts';
import type { AuditPosition, AuditReader, NewestAudit } from './ports.ts';

export interface AuditWindow {
  readonly actor?: string | undefined;
  readonly subject?: string | undefined;
  /** ISO 8601 in UTC; the first is included, the second is not. */
  readonly from?: string | undefined;
  readonly before?: string | undefined;
  readonly after?: AuditPosition | undefined;
}

/** One step back in time: a record, or nothing but the start of a day that has been walked through. */
export interface AuditStep {
  readonly record?: AuditRecord;
  /** Where to go on behind this step. */
  readonly position: AuditPosition;
}

/** Walks until the window ends; whoever follows stops when they have seen enough. What it passes is in the window, and no more is promised. */
export function walkAudit(audit: AuditReader, window: AuditWindow): AsyncGenerator<AuditStep> {
  if (window.subject !== undefined && hasOwnStream(window.subject)) return walkStream(audit, window.subject, window);
  return window.actor === undefined ? walkDays(audit, window) : walkActor(audit, window.actor, window);
}

async function* walkStream(audit: AuditReader, stream: string, window: AuditWindow): AsyncGenerator<AuditStep> {
  const { from = earliest, before = latest, after } = window;
  for await (const record of recordsOf(audit, stream, after && placeOfAudit(after.id)?.seq)) {
    // A stream is in the order of time: nothing behind this one is in the window.
    if (record.at < from) return;
    yield record.at < before ? stepOf(record) : { position: positionOf(record) };
  }
}

async function* recordsOf(audit: AuditReader, stream: string, beforeSeq: number | undefined): AsyncGenerator<AuditRecord> {
  let before = beforeSeq;
  for (const limit of portions()) {
    const records = await audit.ofStream(stream, { before, limit });
    yield* records;
    before = records.at(-1)?.seq;
    if (records.length < limit) return;
  }
}

/** Sort below and above every instant. */
const earliest = '0';
const latest = '9';

async function* walkActor(audit: AuditReader, actor: string, window: AuditWindow): AsyncGenerator<AuditStep> {
  yield* steps((request) => audit.newest({ actor }, request), window);
}

async function* walkDays(audit: AuditReader, window: AuditWindow): AsyncGenerator<AuditStep> {
  const { from, before, after } = window;
  const since = from && dayOf(from);
  let until = after === undefined ? before && dayOf(instantBefore(before)) : dayOf(after.at);
  while (true) {
    const days = await audit.days({ since, until, limit: auditLimits.daysAtOnce });
    for (const day of days) {
      yield* steps((request) => audit.newest({ day }, request), window);
      yield { position: { at: startOfDay(day), id: '' } };
    }
    const last = days.at(-1);
    if (last === undefined || days.length < auditLimits.daysAtOnce) return;
    until = dayBefore(last);
  }
}

const instantBefore = (instant: string): string => new Date(Date.parse(instant) - 1).toISOString();

async function* steps(read: (request: NewestAudit) => Promise<AuditRecord[]>, window: AuditWindow): AsyncGenerator<AuditStep> {
  let { after } = window;
  for (const limit of portions()) {
    const records = await read({ from: window.from, before: window.before, after, limit });
    for (const record of records) yield stepOf(record);
    const last = records.at(-1);
    if (last === undefined || records.length < limit) return;
    after = positionOf(last);
  }
}

/** Growing reads: a page is mostly filled by the first, and a rare match needs many. */
function* portions(): Generator<number> {
  for (let limit: number = auditLimits.recordsPerReadMin; ; limit = Math.min(auditLimits.recordsPerReadMax, limit * 2)) yield limit;
}

const positionOf = (record: AuditRecord): AuditPosition => ({ at: record.at, id: auditId(record) });
const stepOf = (record: AuditRecord): AuditStep => ({ record, position: positionOf(record) });
