/**
 * Reads the audit log in DynamoDB: by stream, by day, by actor.
 */
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { queryDown, queryUpTo, type Item, type Table } from '#shared/platform/dynamodb.ts';
import {
  daysPartition,
  indexOf,
  intactRecordOf,
  keyOfPosition,
  numberKey,
  recordOf,
  streamOfPartition,
  streamPartition,
} from './dynamodb-audit-keys.ts';
import type { AuditReader, AuditShelf, NewestAudit } from './ports.ts';

/** Sort below and above every key. */
const lowest = '!';
const highest = '~';

export function dynamodbAuditReader(table: Table): AuditReader {
  return {
    newest: (shelf, request) => newest(table, shelf, request),
    async ofStream(stream, { before, limit }) {
      const items = await queryUpTo(table, limit, {
        KeyConditionExpression: 'pk = :stream AND sk < :before',
        ExpressionAttributeValues: { ':stream': streamPartition(stream), ':before': before === undefined ? highest : numberKey(before) },
        ScanIndexForward: false,
        ConsistentRead: true,
      });
      return items.map((item) => recordOf(item));
    },
    async days({ since = lowest, until = highest, limit }) {
      if (since > until) return [];
      const items = await queryUpTo(table, limit, {
        KeyConditionExpression: 'pk = :days AND sk BETWEEN :since AND :until',
        ExpressionAttributeValues: { ':days': daysPartition, ':since': since, ':until': until },
        ScanIndexForward: false,
      });
      return items.map((item) => keySchema.parse(item).sk);
    },
    async links(stream, { behind, limit }) {
      const items = await queryUpTo(table, limit, {
        KeyConditionExpression: 'pk = :stream AND sk > :behind',
        ExpressionAttributeValues: {
          ':stream': streamPartition(stream),
          ':behind': behind === 'newest' ? lowest : numberKey(behind),
        },
        ScanIndexForward: behind !== 'newest',
        ConsistentRead: true,
      });
      const links = items.map((item) => ({ id: `${stream}/${Number(keySchema.parse(item).sk)}`, record: intactRecordOf(item) }));
      return behind === 'newest' ? links.toReversed() : links;
    },
    streams: () => streams(table),
  };
}

const keySchema = z.object({ pk: z.string(), sk: z.string() });

async function newest(table: Table, shelf: AuditShelf, { from = lowest, before = highest, after, limit }: NewestAudit) {
  const { name, partition } = indexOf(shelf);
  // Keys are an instant and more, so that the bare instant sorts before all of its records.
  const position = after === undefined ? highest : keyOfPosition(after);
  const items = await queryDown(table, { index: name, partition, from, below: position < before ? position : before, limit });
  return items.map((item) => recordOf(item));
}

/** Remembers the streams it has named: some 100 bytes each. */
async function* streams(table: Table): AsyncGenerator<string> {
  const named = new Set<string>();
  let startKey: Item | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await table.client.send(
      new ScanCommand({ TableName: table.name, ProjectionExpression: 'pk', ConsistentRead: true, ExclusiveStartKey: startKey }),
    );
    for (const { pk } of Items) {
      const stream = streamOfPartition(String(pk));
      if (stream === undefined || named.has(stream)) continue;
      named.add(stream);
      yield stream;
    }
    startKey = LastEvaluatedKey;
  } while (startKey !== undefined);
}
