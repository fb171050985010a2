/**
 * What the verification of identity cards needs of the outside world.
 */
import type { AuditEntry } from '#shared/platform/audit/audit-record.ts';
import type { MembershipChange } from '../administration/ports.ts';
import type { MemberRecord } from '../member-record.ts';
import type { KycCard, SealedData } from './kyc-card.ts';
import type { KycData } from './kyc-data.ts';

/** Seals data for one member; sealed data of one member do not open as another's. */
export interface CardVault {
  seal(memberId: string, data: KycData): Promise<SealedData>;
  open(memberId: string, sealed: SealedData): Promise<KycData>;
}

/** What is needed to tell whose a card is. */
export interface SealedCards {
  get(memberId: string): Promise<Pick<KycCard, 'state' | 'sealed'> | undefined>;
}

export interface CardStore {
  get(memberId: string): Promise<KycCard | undefined>;
  /**
   * Keeps a card that waits for a decision, in place of one that was rejected, with its record. `settled` when there is one that waits or was
   * approved, or the member's own state says so; `nik-taken` when another member's card has the same number.
   */
  submit(card: KycCard, member: MemberRecord, entry: AuditEntry): Promise<'kept' | 'settled' | 'nik-taken'>;
  /** Writes decision, membership and record at once. A rejected card's number is free again. False when card or member have changed meanwhile. */
  decide(card: KycCard, change: MembershipChange, entry: AuditEntry): Promise<boolean>;
  /** Takes the card and the claim on its number away, for a member who is erased. */
  erase(memberId: string): Promise<void>;
}
