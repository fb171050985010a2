/**
 * Comparisons in the wallet table: `RECONCILIATION#<gateway>` / `DAY#<day>`.
 */
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { queryUpTo, type Table } from '#shared/platform/dynamodb.ts';
import type { RunStore } from './ports.ts';

const runSchema = z.object({
  gateway: z.string(),
  day: z.iso.date(),
  lines: z.int(),
  booked: z.int(),
  findings: z.int(),
  atMs: z.int(),
});
const partitionOf = (gateway: string): string => `RECONCILIATION#${gateway}`;

export function dynamodbRunStore(table: Table): RunStore {
  return {
    async keep(run) {
      const Item = { pk: partitionOf(run.gateway), sk: `DAY#${run.day}`, ...runSchema.parse(run) };
      await table.client.send(new PutCommand({ TableName: table.name, Item }));
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
