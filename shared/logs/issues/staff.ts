/**
 * Who decides, as the audit log writes it.
 */
import type { AuditEntry } from '#shared/platform/audit/audit-record.ts';
import { required } from '#shared/platform/http/http-handler.ts';
import type { Caller, Client } from '#shared/platform/http/request.ts';

/** A person of the staff who asked for something. */
export interface Staff {
  readonly id: string;
  readonly client: Pick<Client, 'address' | 'userAgent'>;
}

/** Of a request to a route that only staff may use. */
export function staffOf({ caller, client }: { readonly caller: Caller | undefined; readonly client: Client }): Staff {
  return { id: required(caller).subject, client };
}

export function auditedBy({ id, client }: Staff): Pick<AuditEntry, 'actor' | 'client'> {
  return { actor: `staff:${id}`, client };
}
