/**
 * What deciding about patterns needs of the outside world, beside the patterns themselves.
 */
import type { AuditEntry } from '#shared/platform/audit/audit-record.ts';
import type { Pattern, Placement } from '../rollup/pattern.ts';
import type { Activity } from './activity.ts';

/** What somebody has decided: all of it is written, with its record in the audit log, or nothing. */
export interface IssueDecision {
  /** Each is written if the stored one still has the revision before this one's; one with revision 1 if there is none. */
  readonly patterns: readonly Pattern[];
  readonly placements?: readonly Placement[];
  /** Pattern `from` was merged into `into`. */
  readonly merges?: readonly { readonly into: string; readonly from: string }[];
  readonly activities: readonly Activity[];
  readonly audit: AuditEntry;
}

export interface IssueStore {
  /** False when one of the patterns was written since it was read. */
  commit(decision: IssueDecision): Promise<boolean>;
  /** Keeps what the scanner found out; the same finding again changes nothing. */
  note(finding: Activity): Promise<void>;
  /** Remembers that pattern `from` has become part of pattern `into`; the same again changes nothing. */
  noteMerge(merge: { readonly into: string; readonly from: string }): Promise<void>;
  /** Newest first, behind the one with the id `after`. */
  activities(patternId: string, request: { after?: string | undefined; limit: number }): Promise<Activity[]>;
  /** Ids of the patterns that were merged into this one, at most `mergedMax`. */
  mergedInto(patternId: string): Promise<string[]>;
  /** Remembers a pattern's latest spike. */
  markSpike(mark: SpikeMark): Promise<void>;
  /** The spikes there are, of these patterns. */
  spikes(patternIds: readonly string[]): Promise<SpikeMark[]>;
}

export interface SpikeMark {
  readonly patternId: string;
  /** ISO 8601: first instant of the hour. */
  readonly hour: string;
  readonly count: number;
  readonly expected: number;
  readonly foundAtMs: number;
}

/** Patterns that can be merged into one, and fingerprints that a decision places at most: a transaction takes 100 writes. */
export const issueLimits = {
  mergedMax: 64,
  mergedAtOnceMax: 10,
  placedAtOnceMax: 64,
  /** Attempts at a decision while the scanner writes the same pattern. */
  attemptsMax: 8,
  /** How long a spike is news. */
  spikeNewsHours: 24,
  /** How long a pattern is new. */
  newHours: 24,
  /** Patterns that a page of the list looks at. */
  patternsPerPageMax: 2_000,
  /** Patterns loaded side by side. */
  patternsPerLoad: 100,
  filterTextCharactersMax: 200,
} as const;
