/**
 * What leaving needs of the outside world.
 */
import type { AlsoWritten } from '../engine/auth-database.ts';

/** Files with all data of one member, which go by themselves after a week. */
export interface ExportFiles {
  /** Answers where the member can fetch it, for a while. */
  put(memberId: string, content: string): Promise<{ readonly url: string; readonly expiresAtMs: number }>;
  /** Nothing happens when there is none. */
  remove(memberId: string): Promise<void>;
}

/** Whose account is to be erased, and when. */
export interface DeletionQueue {
  /** When the data were exported last. */
  exportedAt(memberId: string): Promise<number | undefined>;
  noteExport(memberId: string, atMs: number): Promise<void>;
  /** Parts of the transaction that changes `deletionAtMs` of the member. */
  scheduled(memberId: string, deletionAtMs: number): AlsoWritten;
  unscheduled(memberId: string, deletionAtMs: number): AlsoWritten;
  /** What is due, the oldest first. */
  due(nowMs: number, limit: number): Promise<{ readonly memberId: string; readonly deletionAtMs: number }[]>;
}

/** What stands with a member beside the account itself. */
export interface MemberBelongings {
  /** Takes sessions, secrets, notes and marks away, and leaves the account. Safe to repeat. */
  erase(memberId: string): Promise<void>;
}
