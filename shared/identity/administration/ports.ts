/**
 * What the administration of members needs of the outside world.
 */
import type { AuditEntry } from '#shared/platform/audit/audit-record.ts';
import type { KycState, MembershipStatus } from '../member.ts';
import type { MemberRecord } from '../member-record.ts';
import type { Membership } from './membership-status.ts';

/** Ids, both included, 18 digits each. */
export interface IdWindow {
  readonly from: string;
  readonly to: string;
}

/** Where members are found. Lists of ids may lag behind the members themselves by a moment; members are read as they are. */
export interface MemberDirectory {
  /** Ids of those who joined in a month of UTC (`2026-11`), newest first. */
  joinedIn(month: string, window: IdWindow, limit: number): Promise<string[]>;
  /** Ids by status as written down; not for `basic`, which nearly everybody is. Newest first. */
  withStatus(status: MembershipStatus, window: IdWindow, limit: number): Promise<string[]>;
  /** Whose status has run out, which nobody has written down yet; the oldest ends first. */
  ended(nowMs: number, limit: number): Promise<MembershipEnd[]>;
  /** Handles that begin alike, in lower case and in order, behind `after`. `prefix` has two characters at least. */
  handles(request: { readonly prefix: string; readonly after?: string | undefined; readonly limit: number }): Promise<FoundHandle[]>;
  /** Who holds an address or a number. */
  holderOf(claim: { readonly email: string } | { readonly phone: string }): Promise<string | undefined>;
  /** The members there are, in no order. */
  load(ids: readonly string[]): Promise<MemberRecord[]>;
  get(id: string): Promise<MemberRecord | undefined>;
  /** What somebody can prove to be the member by. */
  proofsOf(id: string): Promise<{ hasPassword: boolean; hasSecondFactor: boolean }>;
}

export interface FoundHandle {
  readonly id: string;
  /** In lower case. */
  readonly handle: string;
}

/** The queue of identity cards that wait for a decision. */
export interface WaitingCards {
  /** Ids of the members, newest first. */
  waiting(window: IdWindow, limit: number): Promise<string[]>;
}

/** When a status ends by itself. */
interface MembershipEnd {
  readonly memberId: string;
  /** Milliseconds since the epoch. */
  readonly untilMs: number;
}

export interface MembershipChange {
  /** As it was when it was decided on. */
  readonly member: MemberRecord;
  readonly to: Membership;
  /** What becomes of the identity card's state; as it is unless stated. */
  readonly kyc?: KycState | undefined;
  /** True when tokens that were issued so far say what the member may no longer do, or not do. */
  readonly endsTokens: boolean;
}

export interface MembershipStore {
  /** Writes the change and its record, both or none. False when membership or card have been changed since they were decided on. */
  change(change: MembershipChange, entry: AuditEntry): Promise<boolean>;
  /** Takes an end out of the queue whose member is no more. */
  forgetEnd(end: MembershipEnd): Promise<void>;
}

export interface MemberNote {
  readonly id: string;
  readonly text: string;
  readonly authorId: string;
  readonly authorName: string;
  readonly createdAtMs: number;
}

export interface NoteStore {
  /** Writes the note and its record, both or none. */
  add(memberId: string, note: MemberNote, entry: AuditEntry): Promise<void>;
  /** Newest first, those older than the note `before`, or all. */
  newest(memberId: string, request: { readonly before?: string | undefined; readonly limit: number }): Promise<MemberNote[]>;
}
