/**
 * What the administration of staff needs of the outside world.
 */
import type { AuditEntry } from '#shared/platform/audit/audit-record.ts';
import type { AlsoWritten } from '../engine/auth-database.ts';
import type { EnrolmentLink } from './enrolment-link.ts';
import type { Invitation } from './invitation.ts';
import type { StaffRecord } from './staff-record.ts';

/** Commits a transaction of its own with further parts, all or nothing. May be called again when only the place of the record was taken. */
type WriteAlongside = (parts: readonly AlsoWritten[]) => Promise<void>;

export interface StaffStore {
  get(id: string): Promise<StaffRecord | undefined>;
  /** The account that an address signs in to. */
  byEmail(email: string): Promise<StaffRecord | undefined>;
  /** The accounts there are, in no order. */
  load(ids: readonly string[]): Promise<StaffRecord[]>;
  /** Ids, newest first, those behind one or all. */
  ids(request: { readonly behind?: string | undefined; readonly limit: number }): Promise<string[]>;
  /** How many owners can come in. */
  owners(): Promise<number>;
  /**
   * Writes roles and status with the record, ends the tokens that say otherwise, all or nothing. `last-owner` when nobody would be left to decide;
   * `meanwhile` when somebody else changed the account.
   */
  change(was: StaffRecord, to: Pick<StaffRecord, 'roles' | 'status'>, entry: AuditEntry): Promise<'changed' | 'last-owner' | 'meanwhile'>;
  /** Takes the second factor away and leaves a link to enrol anew in its place, with the record; ends all tokens. */
  resetSecondFactor(link: EnrolmentLink, entry: AuditEntry): Promise<void>;
  enrolmentLink(staffId: string): Promise<EnrolmentLink | undefined>;
  /** Uses the link up in the transaction of `write`, with the record. False when it was used or replaced; then nothing is written. */
  useEnrolmentLink(link: Pick<EnrolmentLink, 'staffId' | 'secretHash'>, entry: AuditEntry, write: WriteAlongside): Promise<boolean>;
}

export interface InvitationStore {
  get(id: string): Promise<Invitation | undefined>;
  load(ids: readonly string[]): Promise<Invitation[]>;
  /** Ids, newest first, those behind one or all. */
  ids(request: { readonly behind?: string | undefined; readonly limit: number }): Promise<string[]>;
  /** Keeps an invitation with its record; an open one of the same address is withdrawn. `exists` when somebody has an account with the address. */
  add(invitation: Invitation, entry: AuditEntry): Promise<'added' | 'exists'>;
  /** False when it was accepted or withdrawn before. */
  withdraw(invitation: Invitation, entry: AuditEntry): Promise<boolean>;
  /**
   * Closes the invitation in the transaction of `write`, which makes the account, with the record; counts a new owner. False when it was accepted or
   * withdrawn; then nothing is written.
   */
  accept(acceptance: Acceptance, write: WriteAlongside): Promise<boolean>;
}

interface Acceptance {
  readonly invitation: Invitation;
  readonly staffId: string;
  readonly entry: AuditEntry;
}
