/**
 * Where somebody is signed in: members and staff alike, whose id is the subject.
 */
import type * as z from 'zod';
import type { AuditEntry } from '#shared/platform/audit/audit-record.ts';
import type { SessionRecord } from './engine/auth-database.ts';
import type { sessionView } from './routes/views.ts';

export interface SignedIn {
  readonly id: string;
  readonly createdAtMs: number;
  readonly lastUsedAtMs: number;
  readonly expiresAtMs: number;
  readonly address: string;
  readonly userAgent: string;
}

/** Ending a session ends its access tokens, too, within a minute. */
export interface SubjectSessions {
  /** Those that have not expired, the one used last first. */
  list(subject: string): Promise<SignedIn[]>;
  /** Ends one and keeps the record, both or none. False when there is no such session. */
  end(subject: string, sessionId: string, entry: AuditEntry): Promise<boolean>;
  /** Ends all there are and keeps the record. Without one it belongs to a decision that has been kept already. */
  endAll(subject: string, entry?: AuditEntry): Promise<void>;
}

/** A session as the engine keeps it. */
export const signedInOf = ({ id, createdAt, updatedAt, expiresAt, endsAt, ipAddress, userAgent }: SessionRecord): SignedIn => ({
  id,
  createdAtMs: createdAt,
  lastUsedAtMs: updatedAt,
  expiresAtMs: Math.min(expiresAt, endsAt),
  address: ipAddress ?? '',
  userAgent: userAgent ?? '',
});

export function presentSessions(sessions: readonly SignedIn[], currentId?: string): z.input<typeof sessionView>[] {
  const instant = (ms: number): string => new Date(ms).toISOString();
  return sessions.map(({ id, createdAtMs, lastUsedAtMs, expiresAtMs, address, userAgent }) => ({
    id,
    createdAt: instant(createdAtMs),
    lastUsedAt: instant(lastUsedAtMs),
    expiresAt: instant(expiresAtMs),
    address,
    userAgent,
    current: id === currentId,
  }));
}
