/**
 * Writes the audit log in DynamoDB. A record is a conditional put of the number behind the last one of its stream: of two that want the
 * same number one wins, and the other follows it.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { QueryCommand, TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '#shared/platform/clock.ts';
import type { Table } from '#shared/platform/dynamodb.ts';
import { auditLimits, sealed, type AuditEntry, type AuditRecord } from './audit-record.ts';
import { dayOf } from './days.ts';
import { dayKey, itemOf, recordOf, streamOfPartition, streamPartition } from './dynamodb-audit-keys.ts';
import type { AuditLog } from './ports.ts';

export type TransactItems = NonNullable<TransactWriteCommandInput['TransactItems']>;

export interface DynamodbAuditLog extends AuditLog {
  /**
   * Writes a decision and its record in one transaction, so that there is never one without the other. `write` has to put all `items`
   * into its TransactWriteItems beside its own, and to let a `TransactionCanceledException` through unless an own condition failed. It is
   * called again, with other items, when nothing failed but the race for the stream's next number. Answers what `write` answers.
   */
  within<T>(entry: AuditEntry, write: (items: TransactItems, record: AuditRecord) => Promise<T>): Promise<T>;
}

export function dynamodbAuditLog(table: Table, clock: Clock): DynamodbAuditLog {
  /** The day that this process knows to be marked. */
  let markedDay: string | undefined;
  const within: DynamodbAuditLog['within'] = async (entry, write) => {
    for (let attempt = 1; ; attempt += 1) {
      const record = sealed(entry, await lastOf(table, entry.stream), clock.now());
      const day = dayOf(record.at);
      try {
        const answer = await write(itemsOf(table, record, { marksDay: day !== markedDay }), record);
        markedDay = day;
        return answer;
      } catch (error) {
        if (!isRace(error) || attempt >= auditLimits.appendAttemptsMax) throw error;
      }
      await waitBefore(table, attempt);
    }
  };
  return {
    within,
    append: (entry) =>
      within(entry, async (items, record) => {
        // A transaction also where one put would do: its request token makes the client's own retries harmless.
        await table.client.send(new TransactWriteCommand({ TransactItems: items }));
        return record;
      }),
  };
}

async function lastOf(table: Table, stream: string): Promise<AuditRecord | undefined> {
  const { Items = [] } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: 'pk = :stream',
      ExpressionAttributeValues: { ':stream': streamPartition(stream) },
      ScanIndexForward: false,
      Limit: 1,
      ConsistentRead: true,
    }),
  );
  return Items[0] && recordOf(Items[0]);
}

function itemsOf(table: Table, record: AuditRecord, { marksDay }: { marksDay: boolean }): TransactItems {
  const put = {
    TableName: table.name,
    Item: itemOf(record),
    ConditionExpression: 'attribute_not_exists(pk)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  };
  // The mark comes with the day's first record: reading then walks the days there are and not all of them.
  return [{ Put: put }, ...(marksDay ? [{ Put: { TableName: table.name, Item: dayKey(dayOf(record.at)) } }] : [])];
}

/** True when nothing but the race for a number, or for an item that another transaction held, made the transaction fail. */
function isRace(error: unknown): boolean {
  if (!(error instanceof TransactionCanceledException)) return false;
  const failed = (error.CancellationReasons ?? []).filter(({ Code }) => Code !== undefined && Code !== 'None');
  return (
    failed.length > 0 &&
    failed.every(
      ({ Code, Item }) =>
        Code === 'TransactionConflict' || (Code === 'ConditionalCheckFailed' && streamOfPartition(Item?.['pk']?.S ?? '') !== undefined),
    )
  );
}

/** Full jitter: whoever raced for one number does not race for the next one. */
async function waitBefore({ chance }: Table, attempt: number): Promise<void> {
  const { firstMs, mostMs } = auditLimits.appendWait;
  await sleep(chance.fraction() * Math.min(mostMs, firstMs * 2 ** attempt));
}
