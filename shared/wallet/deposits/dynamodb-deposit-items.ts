/**
 * Deposits in the wallet table.
 *
 * | what | pk | sk | indexes |
 * | --- | --- | --- | --- |
 * | deposit | `DEPOSIT#<id>` | `DEPOSIT` | gsi1 `MEMBER#<member>#DEPOSITS` / id; gsi2 while open `DUE#<shard>` / `<due>#<id>`, while a person has to decide `DEPOSIT-REVIEWS` / `<created>#<id>`; gsi3 `DEPOSITS#<status>#<day>` / `<created>#<id>` |
 * | refunds that wait | `DEPOSIT#<id>` | `REFUNDS` | gsi2 while the machinery looks after one `REFUNDS-DUE` / `<due>#<id>` |
 * | timeline | `DEPOSIT#<id>` | `EVENT#<instant>#<version or name>` | |
 * | wish | `IDEMPOTENCY#<member>#<key>` | `IDEMPOTENCY` | |
 * | open deposits of a member | `MEMBER#<member>` | `DEPOSITS` | |
 * | charge | `CHARGE#<gateway>#<gateway's id>` | `CHARGE` | |
 * | amount of a transfer | `UNIQUE-AMOUNT#<bank account>#<rupiah>` | `RESERVATION` | |
 *
 * Nothing has a `ttl`, and nothing is deleted.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { dayOf } from '#shared/platform/audit/days.ts';
import type { Item } from '#shared/platform/dynamodb.ts';
import { depositLimits } from './deposit-limits.ts';
import {
  depositSchema,
  isOpen,
  isReversalOpen,
  paymentUnderReview,
  refundsDueMs,
  totalsOf,
  type Deposit,
  type DepositStatus,
} from './deposit.ts';
import { depositEventSchema, type DepositEvent } from './deposit-event.ts';
import type { Wish } from './ports.ts';
import { depositAnswer } from './present-deposit.ts';

export const depositPartition = (id: string): string => `DEPOSIT#${id}`;
export const depositKey = (id: string) => ({ pk: depositPartition(id), sk: 'DEPOSIT' });
export const eventPrefix = 'EVENT#';
export const wishKey = (memberId: string, key: string) => ({ pk: `IDEMPOTENCY#${memberId}#${key}`, sk: 'IDEMPOTENCY' });
export const openCountKey = (memberId: string) => ({ pk: `MEMBER#${memberId}`, sk: 'DEPOSITS' });
export const chargeKey = (gateway: string, transactionId: string) => ({ pk: `CHARGE#${gateway}#${transactionId}`, sk: 'CHARGE' });
export const reservationKey = (account: string, totalRupiah: number) => ({
  pk: `UNIQUE-AMOUNT#${account}#${totalRupiah}`,
  sk: 'RESERVATION',
});
export const memberDepositsPartition = (memberId: string): string => `MEMBER#${memberId}#DEPOSITS`;
export const duePartition = (shard: number): string => `DUE#${shard}`;
export const refundsDuePartition = 'REFUNDS-DUE';
export const reviewsPartition = 'DEPOSIT-REVIEWS';
export const dayPartition = (status: DepositStatus, day: string): string => `DEPOSITS#${status}#${day}`;

/** Within a day, and among those under review. */
const createdKey = ({ createdAtMs, id }: Pick<Deposit, 'createdAtMs' | 'id'>): string => `${iso(createdAtMs)}#${id}`;

export function depositItem(deposit: Deposit): Item {
  return {
    ...depositKey(deposit.id),
    ...depositSchema.parse(deposit),
    ...totalsOf(deposit),
    gsi1pk: memberDepositsPartition(deposit.memberId),
    gsi1sk: deposit.id,
    ...workIndexKeys(deposit),
    gsi3pk: dayPartition(deposit.status, dayOf(iso(deposit.createdAtMs))),
    gsi3sk: createdKey(deposit),
  };
}

export const depositOfItem = (item: Item): Deposit => depositSchema.parse(item);

function workIndexKeys(deposit: Deposit): Item {
  if (isOpen(deposit)) return { gsi2pk: duePartition(shardOf(deposit.id)), gsi2sk: `${iso(dueMs(deposit))}#${deposit.id}` };
  const needsPerson = paymentUnderReview(deposit) !== undefined || isReversalOpen(deposit);
  return needsPerson ? { gsi2pk: reviewsPartition, gsi2sk: createdKey(deposit) } : {};
}

/** Beside the deposit, which may be under review at the same time. Refunds are few, so they are due in one partition. */
export function refundsItem(deposit: Deposit): Item {
  const dueMs = refundsDueMs(deposit);
  const due = dueMs === undefined ? {} : { gsi2pk: refundsDuePartition, gsi2sk: `${iso(dueMs)}#${deposit.id}` };
  return { pk: depositPartition(deposit.id), sk: 'REFUNDS', depositId: deposit.id, ...due };
}

/** A charge that may be lost is asked for soon, a payment that did not come at the end. */
const dueMs = ({ status, createdAtMs, expiresAtMs }: Deposit): number =>
  status === 'creating' ? Math.min(createdAtMs + depositLimits.lostChargeMs, expiresAtMs) : expiresAtMs;

const shardOf = (id: string): number => (createHash('sha256').update(id).digest()[0] ?? 0) % depositLimits.dueShards;

/** `name` tells events of one instant apart; those of a change have its version. */
export const eventItem = (depositId: string, event: DepositEvent, name: string): Item => ({
  pk: depositPartition(depositId),
  sk: `${eventPrefix}${iso(event.atMs)}#${name}`,
  ...depositEventSchema.parse(event),
});
export const versionName = ({ version }: Pick<Deposit, 'version'>): string => `v${String(version).padStart(6, '0')}`;
export const eventOfItem = (item: Item): DepositEvent => depositEventSchema.parse(item);

const wishSchema = z.object({ hash: z.string(), depositId: z.string().default(''), answer: depositAnswer.nullable().default(null) });
/** Other wishes of the member stand under the same keys: their hash is another one, and that is all there is to know. */
export const wishOfItem = (item: Item): Wish => {
  const parsed = wishSchema.safeParse(item);
  return parsed.data ?? { hash: z.string().parse(item['hash']), depositId: '', answer: null };
};

const iso = (ms: number): string => new Date(ms).toISOString();
