import type { AuditEntry } from '#shared/platform/audit/audit-record.ts';
import type { Counted } from './engine/guesses.ts';

/**
 * What the audit log keeps of a wrong attempt that was counted. One that makes the next wait is the lock's own record: attempts that meet the lock
 * leave none, so nobody makes records at will.
 */
export function refusedAttempt(why: 'password' | 'second-factor', { seconds, closes }: Counted): Pick<AuditEntry, 'action' | 'after'> {
  const locks = seconds > 0 || closes;
  const after = { why, ...(seconds > 0 && { seconds }), ...(closes && { closedToUnknownNetworks: true }) };
  return { action: locks ? 'sign-in.locked' : 'sign-in.refused', after };
}
