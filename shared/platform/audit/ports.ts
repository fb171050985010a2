/**
 * What writes and reads the audit log.
 */
import type { AuditEntry, AuditRecord } from './audit-record.ts';

/** Written once, read for ever: there is no way to change or remove a record. */
export interface AuditLog {
  /**
   * Puts a record behind the last one of its stream. For events that change nothing, such as a sign-in that was refused; a decision of staff and its
   * record are written together by the store that keeps what was decided.
   */
  append(entry: AuditEntry): Promise<AuditRecord>;
  /**
   * Writes a change and its record together, so that neither stands without the other. `write` puts `also`, which is in the words of the database
   * that keeps the log, into the transaction that it writes; it is called again when nothing failed but the race for the stream's next number.
   */
  within<T>(entry: AuditEntry, write: (also: readonly object[]) => Promise<T>): Promise<T>;
}

/** Where records of several streams stand together in the order of time. */
export type AuditShelf = { readonly day: string } | { readonly actor: string };

/** A place in a list, newest first: behind the record with this id, or behind everything of an earlier instant when it is empty. */
export interface AuditPosition {
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly id: string;
}

export interface NewestAudit {
  /** ISO 8601 in UTC; the first is included, the second is not. */
  readonly from?: string | undefined;
  readonly before?: string | undefined;
  readonly after?: AuditPosition | undefined;
  readonly limit: number;
}

/** One stored record of a chain, as it is found. */
export interface AuditLink {
  readonly id: string;
  /** Undefined when what is stored there is nothing that `append` wrote. */
  readonly record: AuditRecord | undefined;
}

export interface AuditReader {
  /** Records of a shelf, newest first. May lag behind what was written by a moment. */
  newest(shelf: AuditShelf, request: NewestAudit): Promise<AuditRecord[]>;
  /** Records of a stream, newest first, those before a number or all. */
  ofStream(stream: string, request: { readonly before?: number | undefined; readonly limit: number }): Promise<AuditRecord[]>;
  /** Days in Asia/Jakarta that have records, latest first; both bounds are included. */
  days(request: { readonly since?: string | undefined; readonly until?: string | undefined; readonly limit: number }): Promise<string[]>;
  /** Links of a chain in its order: the newest ones, or the first ones behind a number. */
  links(stream: string, request: { readonly behind: number | 'newest'; readonly limit: number }): Promise<AuditLink[]>;
  /** Every stream there is, once, in no order. Reads the whole table: for commands. */
  streams(): AsyncIterable<string>;
}
