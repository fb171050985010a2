/**
 * What withdrawals need of the outside world.
 */
import type { AuditEntry } from '#shared/platform/audit/audit-record.ts';
import type { AccountHolders, PayoutGateway } from '#shared/payments/ports.ts';
import type { Refusal } from '../decide-change.ts';
import type { Remembered } from './remembered-request.ts';
import type { DayOrder, DayRead } from '../page-over-days.ts';
import type { LedgerChange } from '../posting.ts';
import type { Exception } from '../reconciliation/exception.ts';
import type { BankAccount } from './bank-account.ts';
import type { TimelineEvent } from './timeline.ts';
import type { PayoutChannel, Withdrawal, WithdrawalState } from './withdrawal.ts';

/** One step of a withdrawal, with everything that belongs to it: all of it or nothing. */
export interface WithdrawalChange {
  /** What it was decided on. */
  readonly from: Withdrawal;
  readonly to: Withdrawal;
  readonly event: TimelineEvent;
  readonly change?: LedgerChange | undefined;
  /** For what people decide. */
  readonly entry?: AuditEntry | undefined;
  readonly exceptions?: readonly Exception[] | undefined;
}

type ChangeOutcome =
  | { readonly state: 'written' }
  /** It is no longer what it was decided on. */
  | { readonly state: 'meanwhile' }
  | { readonly state: 'refused'; readonly refusal: Refusal };

type SubmitOutcome =
  | { readonly state: 'submitted' }
  /** The key stands for another request, or for this one: `remembered` tells. */
  | { readonly state: 'key-used' }
  | { readonly state: 'refused'; readonly refusal: Refusal };

export interface WithdrawalStore {
  /** Keeps a new withdrawal, sets its money aside and remembers the request, or none of it. */
  submit(
    submission: { readonly withdrawal: Withdrawal; readonly event: TimelineEvent; readonly change: LedgerChange },
    remembered: Remembered,
  ): Promise<SubmitOutcome>;
  remembered(memberId: string, key: string): Promise<Remembered | undefined>;
  change(change: WithdrawalChange): Promise<ChangeOutcome>;
  get(id: string): Promise<Withdrawal | undefined>;
  /** In the order they happened. */
  timeline(id: string): Promise<TimelineEvent[]>;
  /** Those behind this id, or all; newest first unless another order is asked for. May lag by a moment, like all lists. */
  ofMember(memberId: string, request: MemberRead): Promise<Withdrawal[]>;
  /** By the day in Jakarta on which they were made. */
  inState(state: WithdrawalState, request: DayRead): Promise<Withdrawal[]>;
  /** Those that wait for staff, the riskiest first and of equal risk the oldest. */
  waiting(request: WaitingRead): Promise<Withdrawal[]>;
  /** Ids of those with work that is due, the most overdue of each shard first. */
  due(nowMs: number, perShardMax: number): Promise<string[]>;
  /** The withdrawal that a gateway's payout is of. */
  ofPayout(channel: PayoutChannel, gatewayPayoutId: string): Promise<string | undefined>;
}

interface MemberRead {
  readonly order?: DayOrder;
  /** Of the last one that was seen. */
  readonly behind?: string | undefined;
  readonly limit: number;
}

export interface WaitingRead {
  readonly riskMin: number;
  /** `waitingKeyOf` of the last one that was seen. */
  readonly behind: string | undefined;
  readonly limit: number;
}

/** Sort key within a day. */
export const withdrawalKeyOf = ({ createdAtMs, id }: Pick<Withdrawal, 'createdAtMs' | 'id'>): string =>
  `${new Date(createdAtMs).toISOString()}#${id}`;

/** What those that wait are sorted by: the higher the score the lower the key. Neither part changes while they wait. */
export const waitingKeyOf = ({ risk, ...withdrawal }: Pick<Withdrawal, 'createdAtMs' | 'id' | 'risk'>): string =>
  `${riskRankOf(risk.score)}#${withdrawalKeyOf(withdrawal)}`;

/** Three digits: 000 for a score of 100. */
const riskRankOf = (score: number): string => String(100 - score).padStart(3, '0');

/** Sorts behind the keys of all that wait with the score: a tilde is behind every character of an instant. */
export const endOfRank = (score: number): string => `${riskRankOf(score)}#~`;

export interface BankAccountBook {
  /** All that the member keeps, oldest first. */
  of(memberId: string): Promise<BankAccount[]>;
  get(memberId: string, id: string): Promise<BankAccount | undefined>;
  /** False when the member keeps that very account already. */
  add(account: BankAccount): Promise<boolean>;
  /** False when it is not there. Withdrawals to it are not changed. */
  remove(account: BankAccount): Promise<boolean>;
}

/** The name on the member's identity card, once it was approved. */
export interface CardNames {
  of(memberId: string): Promise<string | undefined>;
}

/** Who holds an account, by the channels through which payouts would go out. */
export type PayoutChannels = ReadonlyMap<PayoutChannel, AccountHolders>;

/** Where payouts go out. A channel that is not configured is not there. */
export type PayoutGateways = ReadonlyMap<PayoutChannel, PayoutGateway>;

/** Has payouts looked at soon. Loses nothing when it fails: the sweep finds whatever is due. */
export interface PayoutQueue {
  wake(withdrawalId: string): Promise<void>;
}
