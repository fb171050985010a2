/**
 * Notes in DynamoDB, below the member they are about.
 */
import * as z from 'zod';
import { queryUpTo } from '#shared/platform/dynamodb.ts';
import { decide, type DecisionTables } from '../dynamodb-decisions.ts';
import { memberPartition, noteKey, notePrefix } from '../dynamodb-identity-keys.ts';
import type { NoteStore } from './ports.ts';

const noteSchema = z.object({
  id: z.string(),
  text: z.string(),
  authorId: z.string(),
  authorName: z.string(),
  createdAtMs: z.int().nonnegative(),
});

export function dynamodbNoteStore(tables: DecisionTables): NoteStore {
  const { identity } = tables;
  const table = { client: tables.client, name: identity, chance: tables.chance };
  return {
    async add(memberId, note, entry) {
      const Item = { ...noteKey(memberId, note.id), ...noteSchema.parse(note) };
      const put = { Put: { TableName: identity, Item, ConditionExpression: 'attribute_not_exists(pk)' } };
      const failed = await decide(tables, entry, [put]);
      if (failed.length > 0) throw new Error(`There is a note ${note.id} already`);
    },
    async newest(memberId, { before, limit }) {
      // Both bounds are included: one more for the note that the page before ended with.
      const items = await queryUpTo(table, limit + (before === undefined ? 0 : 1), {
        KeyConditionExpression: 'pk = :member AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: {
          ':member': memberPartition(memberId),
          ':from': notePrefix,
          ':to': `${notePrefix}${before ?? behindAnyId}`,
        },
        ScanIndexForward: false,
        ConsistentRead: true,
      });
      return items
        .map((item) => noteSchema.parse(item))
        .filter(({ id }) => id !== before)
        .slice(0, limit);
    },
  };
}

const behindAnyId = '~';
