/**
 * What reconciliation needs of the outside world.
 */
import type { AuditEntry } from '#shared/platform/audit/audit-record.ts';
import type { DayRead } from '../page-over-days.ts';
import type { Exception } from './exception.ts';

export interface ExceptionStore {
  /** Keeps what was found, unless it was found before: then nothing is changed, also when it was resolved since. */
  raise(exceptions: readonly Exception[]): Promise<void>;
  get(id: string): Promise<Exception | undefined>;
  /** Exceptions of a state by the day in Jakarta on which they were found. */
  found(state: Exception['state'], request: DayRead): Promise<Exception[]>;
  /** Writes the resolution and its record, both or none. False when it was resolved by somebody else. */
  resolve(exception: Exception, entry: AuditEntry): Promise<boolean>;
}

/** Sort key within a day. */
export const exceptionKeyOf = ({ createdAtMs, id }: Pick<Exception, 'createdAtMs' | 'id'>): string =>
  `${new Date(createdAtMs).toISOString()}#${id}`;
