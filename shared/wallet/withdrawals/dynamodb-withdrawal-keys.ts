/**
 * Withdrawals in the wallet table.
 *
 * | what | pk | sk | index |
 * | --- | --- | --- | --- |
 * | withdrawal | `WITHDRAWAL#<id>` | `WITHDRAWAL` | gsi1 `MEMBER#<memberId>#WITHDRAWALS`, `<id>` |
 * | | | | gsi2, while staff are to decide: `WITHDRAWALS-WAITING`, `<100 - risk, 3 digits>#<createdAt>#<id>` |
 * | | | | gsi2, while work is due: `PAYOUTS-DUE#<shard>`, `<nextAskAt>#<id>` |
 * | | | | gsi3 `WITHDRAWALS#<state>#<day>`, `<createdAt>#<id>` |
 * | timeline | `WITHDRAWAL#<id>` | `EVENT#<at>#<version, 6 digits>` | |
 * | payout | `PAYOUT#<channel>#<the gateway's id>` | `PAYOUT` | |
 * | bank account | `MEMBER#<memberId>` | `BANK-ACCOUNT#<id>` | |
 * | its number | `MEMBER#<memberId>` | `BANK-ACCOUNT-NUMBER#<bank>#<number>` | |
 *
 * Days are those of Asia/Jakarta. Nothing is deleted: a bank account that was removed says so. What waits has no work due, so that both may be in one
 * index. The waiting ones are one partition: it takes a thousand of them a second, and people decide about each.
 */
import { createHash } from 'node:crypto';
import { dayOf } from '#shared/platform/audit/days.ts';
import type { Item } from '#shared/platform/dynamodb.ts';
import type { Bank } from '#shared/payments/payment.ts';
import { waitingKeyOf, withdrawalKeyOf } from './ports.ts';
import { timelineEventSchema, type TimelineEvent } from './timeline.ts';
import { withdrawalSchema, type PayoutChannel, type Withdrawal, type WithdrawalState } from './withdrawal.ts';
import { withdrawalLimits } from './withdrawal-limits.ts';

export const eventPrefix = 'EVENT#';
export const withdrawalPartition = (id: string): string => `WITHDRAWAL#${id}`;
export const withdrawalKey = (id: string) => ({ pk: withdrawalPartition(id), sk: 'WITHDRAWAL' });
export const memberListPartition = (memberId: string): string => `MEMBER#${memberId}#WITHDRAWALS`;
export const dayPartition = (state: WithdrawalState, day: string): string => `WITHDRAWALS#${state}#${day}`;
export const waitingPartition = 'WITHDRAWALS-WAITING';
export const duePartition = (shard: number): string => `PAYOUTS-DUE#${shard}`;
export const payoutKey = (channel: PayoutChannel, gatewayPayoutId: string) => ({
  pk: `PAYOUT#${channel}#${gatewayPayoutId}`,
  sk: 'PAYOUT',
});

const bankAccountPrefix = 'BANK-ACCOUNT#';
export const bankAccountRange = { partition: (memberId: string): string => `MEMBER#${memberId}`, prefix: bankAccountPrefix } as const;
export const bankAccountKey = (memberId: string, id: string) => ({
  pk: bankAccountRange.partition(memberId),
  sk: `${bankAccountPrefix}${id}`,
});
export const bankNumberKey = (memberId: string, { bank, accountNumber }: { readonly bank: Bank; readonly accountNumber: string }) => ({
  pk: bankAccountRange.partition(memberId),
  sk: `BANK-ACCOUNT-NUMBER#${bank}#${accountNumber}`,
});

export function withdrawalItem(withdrawal: Withdrawal): Item {
  const { id, memberId, state, createdAtMs } = withdrawal;
  return {
    ...withdrawalKey(id),
    gsi1pk: memberListPartition(memberId),
    gsi1sk: id,
    ...workKeys(withdrawal),
    gsi3pk: dayPartition(state, dayOf(instant(createdAtMs))),
    gsi3sk: withdrawalKeyOf(withdrawal),
    ...withdrawalSchema.parse(withdrawal),
  };
}

/** Whose turn it is: staff's, or the payouts'. */
function workKeys(withdrawal: Withdrawal): Item {
  const { id, state, nextAskAtMs } = withdrawal;
  if (state === 'submitted') return { gsi2pk: waitingPartition, gsi2sk: waitingKeyOf(withdrawal) };
  return nextAskAtMs === null ? {} : { gsi2pk: duePartition(shardOf(id)), gsi2sk: `${instant(nextAskAtMs)}#${id}` };
}

export const withdrawalOf = (item: Item): Withdrawal => withdrawalSchema.parse(item);

export function eventItem(withdrawalId: string, event: TimelineEvent): Item {
  const sk = `${eventPrefix}${instant(event.atMs)}#${String(event.version).padStart(6, '0')}`;
  return { pk: withdrawalPartition(withdrawalId), sk, ...timelineEventSchema.parse(event) };
}

export const instant = (ms: number): string => new Date(ms).toISOString();

function shardOf(id: string): number {
  const [byte = 0] = createHash('sha256').update(id).digest();
  return byte % withdrawalLimits.dueShards;
}
