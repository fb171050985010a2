/**
 * Who of the staff does something, as the audit log tells it.
 */
import type { AuditEntry } from '#shared/platform/audit/audit-record.ts';
import type { Client } from '#shared/platform/http/request.ts';
import { requestFault } from '#shared/platform/request-faults.ts';
import type { StaffRecord } from './staff-record.ts';

export interface Decider {
  readonly staffId: string;
  readonly client: Pick<Client, 'address' | 'userAgent'>;
}

export interface StaffNames {
  get(staffId: string): Promise<StaffRecord | undefined>;
}

/** The part of an audit entry that says who. Throws `auth.forbidden` for somebody who was disabled a moment ago: the authorizer may not know yet. */
export async function saidBy(
  staff: StaffNames,
  { staffId, client }: Decider,
): Promise<Pick<AuditEntry, 'actor' | 'actorName' | 'client'> & { actorName: string }> {
  const person = await staff.get(staffId);
  if (person?.status === 'disabled') throw requestFault('auth.forbidden');
  return { actor: `staff:${staffId}`, actorName: person?.name ?? staffId, client };
}
