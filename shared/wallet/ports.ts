/**
 * The ledger, and what it needs of the outside world.
 */
import type { Found, LedgerWrite, Refusal } from './decide-change.ts';
import type { Balance, Entry } from './entry.ts';
import type { Hold } from './hold.ts';
import type { Claim, HoldRequest, LedgerChange, PostingRecord, PostingRequest, ReleaseRequest, SettlementRequest } from './posting.ts';
import type { Statement, StatementRequest } from './statement.ts';
import type { MembershipLevel } from './wallet-limits.ts';

/**
 * What became of a change. `repeated` is what `written` was when it happened: callers that only want it done need not tell them apart.
 * Faults: `ledger.id-taken` for an id that stands for something else, `ledger.busy` when others were always faster.
 */
export type LedgerOutcome =
  | { readonly state: 'written' | 'repeated'; readonly record: PostingRecord }
  | { readonly state: 'refused'; readonly refusal: Refusal };

/** Append-only double entry. Every method may be repeated with the same ids as often as one likes: it is done once. */
export interface Ledger {
  post(request: PostingRequest): Promise<LedgerOutcome>;
  hold(request: HoldRequest): Promise<LedgerOutcome>;
  settleHold(request: SettlementRequest): Promise<LedgerOutcome>;
  releaseHold(request: ReleaseRequest): Promise<LedgerOutcome>;
  balanceOf(book: string): Promise<BookBalance>;
  holdOf(account: string, holdId: string): Promise<Hold | undefined>;
  postingOf(id: string): Promise<PostingRecord | undefined>;
  statement(request: StatementRequest): Promise<Statement>;
}

/** Rupiah, as the member sees them; of a platform book, the sum over its accounts, each as it was when it was read. */
export interface BookBalance {
  readonly book: string;
  readonly posted: number;
  readonly held: number;
  /** `posted - held`; negative only after a reversal, and then nothing may leave the platform for this member. */
  readonly available: number;
  /** What came in this month in Jakarta as far as it counts; for members. */
  readonly incomingThisMonth: number;
}

/**
 * A ledger whose changes are committed together with what callers keep themselves: a deposit that becomes paid, a withdrawal that is
 * submitted. `Writes` is what a store takes into its transaction.
 */
export interface JoinedLedger<Writes> extends Ledger {
  /** One look: the writes to commit with one's own, or why there are none. `within` looks again when others were faster. */
  prepare(change: LedgerChange): Promise<Prepared<Writes>>;
  /**
   * `write` has to commit all `writes` with its own in one transaction, at most `callerItemsMax` of its own, and to let a failure through
   * unless a condition of its own failed. It is called again, with others, when nothing failed but the race for an account; and not at all
   * for a change that was made before or is refused.
   */
  within<T>(change: LedgerChange, write: (writes: Writes, record: PostingRecord) => Promise<T>): Promise<JoinedOutcome<T>>;
}

type Prepared<Writes> =
  | { readonly state: 'ready'; readonly writes: Writes; readonly record: PostingRecord }
  | { readonly state: 'repeated'; readonly record: PostingRecord }
  | { readonly state: 'refused'; readonly refusal: Refusal };

export type JoinedOutcome<T> =
  | { readonly state: 'written'; readonly record: PostingRecord; readonly answer: T }
  | { readonly state: 'repeated'; readonly record: PostingRecord }
  | { readonly state: 'refused'; readonly refusal: Refusal };

/** Which limits a member is under. */
export interface MembershipLevels {
  /** Undefined for one that takes no money: gone, or never there. */
  of(memberId: string): Promise<MembershipLevel | undefined>;
}

/** Where the ledger is kept. */
export interface LedgerStore extends LedgerReader {
  /** What a change depends on. Each item as it is; not all of one instant. */
  find(change: LedgerChange): Promise<Found>;
  /** All of it or nothing. False when something is no longer as it was found. */
  write(write: LedgerWrite): Promise<boolean>;
}

/** Sees every write that was answered before. */
export interface LedgerReader {
  posting(id: string): Promise<PostingRecord | undefined>;
  /** Those there are, in no order. */
  balances(accounts: readonly string[]): Promise<Balance[]>;
  hold(account: string, holdId: string): Promise<Hold | undefined>;
  /** Entries of an account in their order, the first ones behind a number. */
  entries(account: string, request: { readonly behind: number; readonly limit: number }): Promise<Entry[]>;
  /** The holds of an account in the order of their ids, open ones and closed ones, the first ones behind an id. */
  holds(account: string, request: { readonly behind?: string | undefined; readonly limit: number }): Promise<Hold[]>;
}

/** One stored thing as it is found; undefined where what is stored is nothing that the ledger wrote. */
export interface Link<T> {
  readonly id: string;
  readonly content: T | undefined;
}

/** Reads what is stored without believing it. */
export interface LedgerAudit {
  /** Every account there is, once, in no order. Reads the whole table: for commands. */
  accounts(): AsyncIterable<string>;
  /** Every posting and claim there is, in no order. Reads the whole table, too. */
  journal(): AsyncIterable<readonly JournalLink[]>;
  balanceLink(account: string): Promise<Link<Balance> | undefined>;
  /** `id` is the entry's number. */
  entryLinks(account: string, request: { readonly behind: number; readonly limit: number }): Promise<Link<Entry>[]>;
  holdLinks(account: string, request: { readonly behind?: string | undefined; readonly limit: number }): Promise<Link<Hold>[]>;
  /** Postings by their ids; those that are not there or not intact are left out. */
  postings(ids: readonly string[]): Promise<Map<string, PostingRecord>>;
  /** Who has each of these claims, in their order. */
  claimants(claims: readonly Claim[]): Promise<(string | undefined)[]>;
}

export type JournalLink =
  | ({ readonly what: 'posting' } & Link<PostingRecord>)
  | ({ readonly what: 'claim' } & Link<Claim & { readonly postingId: string }>);
