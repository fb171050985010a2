/**
 * Comparisons in the wallet table: `RECONCILIATION#<gateway>` / `DAY#<day>`.
 */
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { queryUpTo, type Table } from '#shared/platform/dynamodb.ts';
import type { RunStore } from './ports.ts';
import { runSchema } from './run.ts';

const partitionOf = (gateway: string): string => `RECONCILIATION#${gateway}`;
const keyOf = (gateway: string, day: string) => ({ pk: partitionOf(gateway), sk: `DAY#${day}` });

/** Nothing was compared on the day, or not with success. */
const inPlaceOfNone = {
  ConditionExpression: 'attribute_not_exists(pk) OR #state = :failed',
  ExpressionAttributeNames: { '#state': 'state' },
  ExpressionAttributeValues: { ':failed': 'failed' },
} as const;

export function dynamodbRunStore(table: Table): RunStore {
  const { client, name } = table;
  return {
    async keep(run) {
      const Item = { ...keyOf(run.gateway, run.day), ...runSchema.parse(run) };
      try {
        await client.send(new PutCommand({ TableName: name, Item, ...(run.state === 'failed' && inPlaceOfNone) }));
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },
    async get(gateway, day) {
      const { Item } = await client.send(new GetCommand({ TableName: name, Key: keyOf(gateway, day), ConsistentRead: true }));
      return Item && runSchema.parse(Item);
    },
    async latest(gateway, limit) {
      const items = await queryUpTo(table, limit, {
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': partitionOf(gateway) },
        ScanIndexForward: false,
      });
      return items.map((item) => runSchema.parse(item));
    },
  };
}
