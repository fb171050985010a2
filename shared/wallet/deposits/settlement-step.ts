/**
 * The step: one change of a deposit that follows from what is known, with what it books; and what all steps are made of.
 */
import { createHash } from 'node:crypto';
import type { ChargeStatus } from '#shared/payments/ports.ts';
import type { Refusal } from '../decide-change.ts';
import type { LedgerChange } from '../posting.ts';
import type { Exception } from '../reconciliation/exception.ts';
import { changed, movedTo, type BookedPayment, type Deposit, type DepositStatus } from './deposit.ts';
import { gatewayStatusCharactersMax, type DepositEvent } from './deposit-event.ts';

/** What is known, and who wants to know. */
export interface Seen {
  /** Undefined when the gateway has no such charge, or when there is no gateway to ask. */
  readonly status: SeenCharge | undefined;
  /** Whoever asked has also asked for no more payments: the deposit ends unless money came. */
  readonly closing?: 'expired' | 'cancelled' | undefined;
  readonly actor: string;
  /** Of a person of the staff, as they are called now. */
  readonly actorName?: string | undefined;
  readonly nowMs: number;
}

/** What of a gateway's answer decides; a transfer that somebody has seen is said in the same words. */
export type SeenCharge = Pick<ChargeStatus, 'state' | 'payments' | 'refunds' | 'gatewayTransactionId' | 'rawStatus'>;

export interface Step {
  readonly after: Deposit;
  readonly event: DepositEvent;
  readonly change?: LedgerChange | undefined;
  readonly exception?: Exception | undefined;
  /** What is done instead when the ledger refuses the change. */
  readonly otherwise?: ((refusal: Refusal) => Step | undefined) | undefined;
}

export const endedIn = (deposit: Deposit, to: DepositStatus | null, changes: { readonly nowMs: number } & Partial<Deposit>): Deposit =>
  to === null ? changed(deposit, changes) : movedTo(deposit, to, changes);

export const withPayment = (deposit: Deposit, payment: BookedPayment): Deposit => ({
  ...deposit,
  payments: deposit.payments.map((one) => (one.paymentId === payment.paymentId ? payment : one)),
});

/** One for each payment, whatever characters the gateway's id is made of. */
export const postingIdOf = (what: string, { id }: Pick<Deposit, 'id'>, { paymentId }: Pick<BookedPayment, 'paymentId'>): string =>
  `${what}:${id}:${digestOf(paymentId)}`;

export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 24);

/** The part of a step's event that says who noticed what. */
export const eventOf = (kind: DepositEvent['kind'], { status, actor, actorName, nowMs }: Seen) => ({
  atMs: nowMs,
  kind,
  actor,
  actorName: actorName ?? null,
  gatewayStatus: status?.rawStatus.slice(0, gatewayStatusCharactersMax) ?? null,
});
