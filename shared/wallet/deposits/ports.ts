/**
 * What deposits need of the outside world.
 */
import type { AuditEntry } from '#shared/platform/audit/audit-record.ts';
import type { Clock } from '#shared/platform/clock.ts';
import type { PaymentGateways } from '#shared/payments/configured-gateways.ts';
import type { Refusal } from '../decide-change.ts';
import type { DayRead } from '../page-over-days.ts';
import type { LedgerChange } from '../posting.ts';
import type { Exception } from '../reconciliation/exception.ts';
import type { Deposit, DepositStatus } from './deposit.ts';
import type { DepositEvent } from './deposit-event.ts';
import type { DepositAnswer } from './present-deposit.ts';

/** What somebody wished for under a key, and what they were answered. Never forgotten. */
export interface Wish {
  readonly hash: string;
  readonly depositId: string;
  /** Null as long as nobody was answered. */
  readonly answer: DepositAnswer | null;
}

export interface Opening {
  readonly deposit: Deposit;
  readonly wishHash: string;
  readonly event: DepositEvent;
  /** Where nothing has to be charged, the answer is known at once. */
  readonly answer: DepositAnswer | null;
}

export type OpeningOutcome =
  | 'opened'
  /** The key stands for a wish already. */
  | 'key-known'
  | 'too-many-open'
  /** Another deposit has the amount that names this one to a bank account. */
  | 'amount-taken';

/** One change: the deposit, what is told of it, what is booked, who decided. All of it or nothing. */
export interface DepositChange {
  readonly before: Deposit;
  /** The next version of it. */
  readonly after: Deposit;
  readonly event: DepositEvent;
  readonly change?: LedgerChange | undefined;
  readonly exception?: Exception | undefined;
  /** An exception that is no longer one. Resolved by somebody else meanwhile, it makes the whole change stale. */
  readonly resolved?: Exception | undefined;
  readonly entry?: AuditEntry | undefined;
  /** To the wish that opened the deposit. */
  readonly answer?: DepositAnswer | undefined;
}

type CommitOutcome =
  | { readonly state: 'committed' }
  /** The deposit is not `before` any more: look again. */
  | { readonly state: 'stale' }
  | { readonly state: 'refused'; readonly refusal: Refusal };

export interface DepositStore {
  open(opening: Opening): Promise<OpeningOutcome>;
  wish(memberId: string, key: string): Promise<Wish | undefined>;
  commit(change: DepositChange): Promise<CommitOutcome>;
  /** Keeps what the wish that opened the deposit is answered, unless there is an answer; answers the one that is kept. */
  keepAnswer(deposit: Deposit, answer: DepositAnswer): Promise<DepositAnswer>;
  /** Tells the timeline something that changes nothing. The same `name` at the same instant is told once. */
  note(depositId: string, event: DepositEvent, name: string): Promise<void>;
  /** As it is, without delay. */
  get(id: string): Promise<Deposit | undefined>;
  /** By the gateway's id of the charge. */
  idOfCharge(gateway: string, gatewayTransactionId: string): Promise<string | undefined>;
  /** The first events, oldest first. */
  events(depositId: string, limit: number): Promise<DepositEvent[]>;
  /** Newest first, those older than the deposit `before`. May lag behind what was written by a moment. */
  ofMember(memberId: string, request: { readonly before?: string | undefined; readonly limit: number }): Promise<Deposit[]>;
  /** Of a status as it was written down, by the day of creation in Jakarta. May lag. */
  ofDay(status: DepositStatus, request: DayRead): Promise<Deposit[]>;
  /** With money in suspense that nobody has decided about, or a reversal that is unclear: oldest first, behind the sort key `behind`. May lag. */
  underReview(request: { readonly behind?: string | undefined; readonly limit: number }): Promise<Deposit[]>;
  /** Open deposits of a shard with something to do by then, the earliest first. May lag. */
  due(shard: number, request: { readonly untilMs: number; readonly limit: number }): Promise<string[]>;
  /** Deposits with a refund that is to be looked after by then, the earliest first. May lag. */
  refundsDue(request: { readonly untilMs: number; readonly limit: number }): Promise<string[]>;
}

/** What is asked and changed by whoever settles. */
export interface SettlingDeps {
  readonly deposits: DepositStore;
  readonly gateways: PaymentGateways;
  readonly clock: Clock;
}

/** Starts what ends a deposit at its time. */
export interface ExpiryTimers {
  /** Once for each deposit, however often it is called. */
  start(timer: { readonly depositId: string; readonly expiresAtMs: number }): Promise<void>;
}

/** Where manual transfers go to. */
export interface TransferAccount {
  readonly bank: 'bca' | 'bni' | 'bri' | 'mandiri' | 'permata' | 'cimb';
  readonly accountNumber: string;
  readonly accountName: string;
}
