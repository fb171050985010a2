/**
 * Transactions that may be tried again with what is read anew.
 */
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Table } from '#shared/platform/dynamodb.ts';

export type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

const passing = new Set(['ConditionalCheckFailed', 'TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);
/** Whoever was refused together does not come back together. */
const waitMsMax = 50;

/** Writes all of it or nothing. False, after a moment, when a condition did not hold or others were at the same items. */
export async function transact({ client, chance }: Table, items: readonly TransactItem[]): Promise<boolean> {
  try {
    await client.send(new TransactWriteCommand({ TransactItems: [...items] }));
    return true;
  } catch (error) {
    const reasons = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
    if (!reasons.some(({ Code = '' }) => passing.has(Code))) throw error;
    await sleep(chance.fraction() * waitMsMax);
    return false;
  }
}
