/**
 * Deletions in the table of identity, and what has to go with an account.
 *
 * | what | pk | sk |
 * | --- | --- | --- |
 * | deletion that was asked for | `DELETIONS` | `<when>#<member id>` |
 * | when the data were exported last | `MEMBER#<id>` | `EXPORT` |
 */
import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { deleteAll, queryUpTo, type Table } from '#shared/platform/dynamodb.ts';
import { memberPartition } from '../dynamodb-identity-keys.ts';
import type { DeletionQueue, MemberBelongings } from './ports.ts';

const queue = 'DELETIONS';
const timeDigits = 13;
const exportKey = (memberId: string) => ({ pk: memberPartition(memberId), sk: 'EXPORT' });
/** Sorts by time: milliseconds have thirteen digits until the year 2286. */
const deletionKey = (memberId: string, atMs: number) => ({ pk: queue, sk: `${String(atMs).padStart(timeDigits, '0')}#${memberId}` });

const exportSchema = z.object({ exportedAtMs: z.int() });
const deletionSchema = z.object({ memberId: z.string(), deletionAtMs: z.int() });

/** An export counts for a week; after that its mark is of no use. */
const exportKeptSeconds = 8 * 86_400;

export function dynamodbDeletionQueue({ client, name }: Table): DeletionQueue {
  return {
    async exportedAt(memberId) {
      const { Item } = await client.send(new GetCommand({ TableName: name, Key: exportKey(memberId), ConsistentRead: true }));
      return Item && exportSchema.parse(Item).exportedAtMs;
    },
    async noteExport(memberId, atMs) {
      const ttl = Math.ceil(atMs / 1_000) + exportKeptSeconds;
      await client.send(new PutCommand({ TableName: name, Item: { ...exportKey(memberId), exportedAtMs: atMs, ttl } }));
    },
    scheduled: (memberId, deletionAtMs) => ({
      Put: { TableName: name, Item: { ...deletionKey(memberId, deletionAtMs), memberId, deletionAtMs } },
    }),
    unscheduled: (memberId, deletionAtMs) => ({ Delete: { TableName: name, Key: deletionKey(memberId, deletionAtMs) } }),
    async due(nowMs, limit) {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: name,
          KeyConditionExpression: 'pk = :queue AND sk < :next',
          ExpressionAttributeValues: { ':queue': queue, ':next': String(nowMs + 1).padStart(timeDigits, '0') },
          Limit: limit,
        }),
      );
      return Items.map((item) => deletionSchema.parse(item));
    },
  };
}

/** Items that one round takes away; rounds follow until there are none. */
const itemsPerRound = 500;

export function dynamodbMemberBelongings(table: Table): MemberBelongings {
  return {
    async erase(memberId) {
      for (;;) {
        const items = await queryUpTo(table, itemsPerRound, {
          KeyConditionExpression: 'pk = :member',
          ExpressionAttributeValues: { ':member': memberPartition(memberId) },
          ConsistentRead: true,
        });
        const keys = items.filter(({ sk }) => sk !== 'MEMBER').map(({ pk, sk }) => ({ pk, sk }));
        if (keys.length === 0) return;
        await deleteAll(table, keys);
      }
    },
  };
}
