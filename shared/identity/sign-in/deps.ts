/**
 * What the flows of members have in common.
 */
import type { Messenger } from '#shared/messaging/ports.ts';
import type { AuditEntry } from '#shared/platform/audit/audit-record.ts';
import type { AuditLog } from '#shared/platform/audit/ports.ts';
import type { Client } from '#shared/platform/http/request.ts';
import type { Engine } from '../engine/engine.ts';
import type { MemberRecord } from '../member-record.ts';

export interface MemberFlowDeps {
  readonly engine: Engine<MemberRecord>;
  readonly audit: AuditLog;
  readonly messenger: Messenger;
}

/** Where a request comes from. */
export type From = Pick<Client, 'address' | 'userAgent'>;

/** Shards of what concerns nobody: one stream would take one record after the other. */
const nobodyPattern = /^nobody-(.+)$/;

/** What somebody tried who has proven nothing. */
const byAnybody = /^(?:sign-in\.(?:refused|locked)|code\.refused)$/;

/** A record of something that somebody did to the own account, or tried to do to one that is not there. */
export function ownEntry(memberId: string, client: From, event: Pick<AuditEntry, 'action' | 'before' | 'after'>): AuditEntry {
  const nobody = nobodyPattern.exec(memberId)?.[1];
  const who = nobody === undefined ? `member:${memberId}` : `anonymous:${Buffer.from(nobody, 'base64url').toString('hex').slice(0, 2)}`;
  return { stream: who, subject: who, actor: byAnybody.test(event.action) ? 'anonymous' : who, client, ...event };
}
