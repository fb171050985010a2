/**
 * Who decides, as the audit log writes it.
 */
import { saidBy, type StaffNames } from '#shared/identity/staff/decider.ts';
import type { AuditEntry } from '#shared/platform/audit/audit-record.ts';
import { required } from '#shared/platform/http/http-handler.ts';
import type { Caller, Client } from '#shared/platform/http/request.ts';

/** A person of the staff who asked for something. */
export interface Staff {
  readonly id: string;
  /** As they are called now. */
  readonly name?: string | undefined;
  readonly client: Pick<Client, 'address' | 'userAgent'>;
}

/** Who asks for a route that only staff may use. Throws `auth.forbidden` for somebody who was disabled a moment ago. */
export async function staffOf(
  staff: StaffNames,
  { caller, client }: { readonly caller: Caller | undefined; readonly client: Client },
): Promise<Staff> {
  const id = required(caller).subject;
  const { actorName } = await saidBy(staff, { staffId: id, client });
  return { id, name: actorName, client };
}

export function auditedBy({ id, name, client }: Staff): Pick<AuditEntry, 'actor' | 'actorName' | 'client'> {
  return { actor: `staff:${id}`, ...(name !== undefined && { actorName: name }), client };
}
