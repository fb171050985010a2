/**
 * What the flows of staff have in common.
 */
import type { Messenger } from '#shared/messaging/ports.ts';
import type { AuditEntry } from '#shared/platform/audit/audit-record.ts';
import type { AuditLog } from '#shared/platform/audit/ports.ts';
import type { Client } from '#shared/platform/http/request.ts';
import type { Guess, LoadedSubject } from '../../engine/auth-database.ts';
import type { Engine } from '../../engine/engine.ts';
import { identityFault } from '../../identity-faults.ts';
import type { InvitationStore, StaffStore } from '../ports.ts';
import type { StaffRecord } from '../staff-record.ts';

export interface DeskDeps {
  readonly engine: Engine<StaffRecord>;
  readonly staff: StaffStore;
  readonly invitations: InvitationStore;
  readonly audit: AuditLog;
  readonly messenger: Messenger;
  /** Of the backoffice: links lead there, and its pages alone may use the session's cookie. */
  readonly backofficeOrigin: string;
}

/** Where a request comes from. */
export type From = Pick<Client, 'address' | 'userAgent'>;

export type LoadedStaff = LoadedSubject<StaffRecord>;
export type PresentStaff = LoadedStaff & { readonly user: StaffRecord };

/** True for an account that there is and that may come in. */
export const mayComeIn = (person: LoadedStaff | undefined): person is PresentStaff => person?.user?.status === 'active';

/** The account of whoever calls. Throws `identity.session-ended` for one that has gone since the token was made. */
export async function loadSelf(
  { engine }: DeskDeps,
  { subject, sessionId }: { subject: string; sessionId: string },
  guess?: Guess,
): Promise<PresentStaff> {
  const person = await engine.database.load(subject, { sessionId, guess });
  if (!mayComeIn(person)) throw identityFault('identity.session-ended');
  return person;
}

type Event = Pick<AuditEntry, 'action' | 'before' | 'after'>;

/** A record of something that somebody did to the own account. */
export function ownEntry({ id, name }: Pick<StaffRecord, 'id' | 'name'>, client: From, event: Event): AuditEntry {
  const stream = `staff:${id}`;
  return { stream, subject: stream, actor: stream, actorName: name, client, ...event };
}

const nobodyPattern = /^nobody-(.+)$/;

/**
 * A record of an attempt by who knows whom. Attempts at accounts that are not there share 256 streams: a single one would take one record after
 * the other.
 */
export function attemptEntry(id: string, client: From, event: Event): AuditEntry {
  const nobody = nobodyPattern.exec(id)?.[1];
  const who = nobody === undefined ? `staff:${id}` : `anonymous:${Buffer.from(nobody, 'base64url').toString('hex').slice(0, 2)}`;
  return { stream: who, subject: who, actor: 'anonymous', client, ...event };
}
