/**
 * What reconciliation needs of the outside world.
 */
import type { AuditEntry } from '#shared/platform/audit/audit-record.ts';
import type { Claim, PostingRecord } from '../posting.ts';
import type { Exception } from './exception.ts';
import type { ReconciliationRun } from './run.ts';

export interface ExceptionStore {
  /** Keeps what was found, unless it was found before: then nothing is changed, also when it was resolved since. */
  raise(exceptions: readonly Exception[]): Promise<void>;
  get(id: string): Promise<Exception | undefined>;
  /** Exceptions of a state, the last that was found first. */
  found(request: FoundRead): Promise<Exception[]>;
  /** Writes the resolution and its record, both or none. False when it was resolved by somebody else. */
  resolve(exception: Exception, entry: AuditEntry): Promise<boolean>;
}

interface FoundRead {
  readonly state: Exception['state'];
  /** Instants, ISO 8601: found from the one on, and before the other. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  /** `exceptionKeyOf` of the last one that was seen. */
  readonly behind?: string | undefined;
  readonly limit: number;
}

/** Sorts exceptions by when they were found. */
export const exceptionKeyOf = ({ createdAtMs, id }: Pick<Exception, 'createdAtMs' | 'id'>): string =>
  `${new Date(createdAtMs).toISOString()}#${id}`;

/** What was booked, as far as gateways report it. */
export interface Bookings {
  /** The posting that has each claim, in their order. */
  of(claims: readonly Claim[]): Promise<(PostingRecord | undefined)[]>;
  /** Everything on the day (of Jakarta) that touched the gateway's books. */
  ofDay(gateway: string, day: string): Promise<PostingRecord[]>;
}

export interface RunStore {
  /** In place of the one before. One that failed takes the place of no comparison. */
  keep(run: ReconciliationRun): Promise<void>;
  get(gateway: string, day: string): Promise<ReconciliationRun | undefined>;
  /** Latest day first. */
  latest(gateway: string, limit: number): Promise<ReconciliationRun[]>;
}
