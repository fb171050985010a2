/**
 * Remembered requests in the wallet table: `IDEMPOTENCY#<memberId>#<key>` / `WITHDRAWAL`, put once and kept for ever.
 */
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { TransactItems } from '#shared/platform/audit/dynamodb-audit-log.ts';
import type { Table } from '#shared/platform/dynamodb.ts';
import { rememberedSchema, type Remembered } from './remembered-request.ts';

/** For the transaction that does what was asked. Its condition fails when the key has been used. */
export function rememberingPut(tableName: string, remembered: Remembered): TransactItems[number] {
  const Item = { ...keyOf(remembered), ...rememberedSchema.parse(remembered) };
  return { Put: { TableName: tableName, Item, ConditionExpression: 'attribute_not_exists(pk)' } };
}

export async function rememberedIn(table: Table, request: Pick<Remembered, 'memberId' | 'key'>): Promise<Remembered | undefined> {
  const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: keyOf(request), ConsistentRead: true }));
  return Item && rememberedSchema.parse(Item);
}

const keyOf = ({ memberId, key }: Pick<Remembered, 'memberId' | 'key'>) => ({ pk: `IDEMPOTENCY#${memberId}#${key}`, sk: 'WITHDRAWAL' });
