/**
 * Days of a list in the wallet table: partitions of `gsi3`, whose sort keys begin with the instant.
 */
import { queryUpTo, type Item, type Table } from '#shared/platform/dynamodb.ts';
import type { DayRead } from './page-over-days.ts';

/** Items of one partition in the order that is asked for. May lag behind what was written by a moment. */
export function readDay(table: Table, partition: string, { order, behind, limit }: DayRead): Promise<Item[]> {
  const range = behind === undefined ? '' : ` AND gsi3sk ${order === 'newest' ? '<' : '>'} :behind`;
  return queryUpTo(table, limit, {
    IndexName: 'gsi3',
    KeyConditionExpression: `gsi3pk = :partition${range}`,
    ExpressionAttributeValues: { ':partition': partition, ...(behind !== undefined && { ':behind': behind }) },
    ScanIndexForward: order === 'oldest',
  });
}
