/**
 * Patterns in DynamoDB.
 */
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { getAll, queryDown, queryUpTo, type Item } from '#shared/platform/dynamodb.ts';
import type { LogsTable } from '../dynamodb-file-store.ts';
import {
  expiryOf,
  filePatternKey,
  filePatternPrefix,
  filePatternsPartition,
  indexName,
  listedKey,
  memberKey,
  patternKey,
  patternsPartition,
  placeKey,
} from '../dynamodb-keys.ts';
import { transact, type TransactItem } from './dynamodb-transaction.ts';
import {
  filePatternSchema,
  isListed,
  memberSchema,
  patternSchema,
  placementSchema,
  totalOf,
  type FilePattern,
  type Pattern,
  type Placement,
} from './pattern.ts';
import type { LatestRequest, PatternRef, PatternStore } from './ports.ts';

export function dynamodbPatternStore(table: LogsTable): PatternStore {
  const all = async <T>(keys: readonly Item[], schema: z.ZodType<T>): Promise<T[]> =>
    (await getAll(table, keys, { consistent: true })).map((item) => schema.parse(item));
  return {
    async pattern(id) {
      const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: patternKey(id), ConsistentRead: true }));
      return Item && patternSchema.parse(Item);
    },
    patterns: (ids) => all([...new Set(ids)].map(patternKey), patternSchema),
    placements: (fingerprints) => all([...new Set(fingerprints)].map(placeKey), placementSchema),
    members: (ids) => all([...new Set(ids)].map(memberKey), memberSchema),
    filePatterns: (keys) =>
      all(
        keys.map(({ patternId, fileId }) => filePatternKey(patternId, fileId)),
        filePatternSchema,
      ),
    latest: (request) => latest(table, request),
    async filesOf(patternId, { after, limit }) {
      const below = `${filePatternPrefix}${after ?? '~'}`;
      const items = await queryDown(table, { partition: patternKey(patternId).pk, from: filePatternPrefix, below, limit });
      return items.map((item) => filePatternSchema.parse(item));
    },
    async ofFile(fileId, limit) {
      const keys = await queryUpTo(table, limit, {
        IndexName: indexName,
        KeyConditionExpression: 'gsi1pk = :pk',
        ExpressionAttributeValues: { ':pk': filePatternsPartition(fileId) },
      });
      return all(
        keys.map(({ pk, sk }) => ({ pk, sk })),
        filePatternSchema,
      );
    },
    async addPattern(pattern) {
      const known = await putNew(table, patternItem(pattern));
      return known === undefined ? pattern : patternSchema.parse(known);
    },
    async place(placement) {
      const known = await putNew(table, placeItem(placement));
      return known === undefined ? placement : placementSchema.parse(known);
    },
    commit: ({ patterns = [], placements = [], filePatterns = [] }) =>
      transact(table, [
        ...patterns.map((pattern) => patternWrite(table, pattern)),
        ...placements.map((placement) => ({ Put: { TableName: table.name, Item: placeItem(placement) } })),
        ...filePatterns.map((one) => filePatternWrite(table, one)),
      ]),
  };
}

async function latest(table: LogsTable, { from, to, after, limit }: LatestRequest): Promise<PatternRef[]> {
  const below = after === undefined ? `${to ?? '9'}~` : listedKey(after.lastSeen, after.id);
  const items = await queryDown(table, { index: indexName, partition: patternsPartition, from: from ?? '0', below, limit });
  return items
    .map((item) => indexEntry.parse(item).gsi1sk)
    .map((key) => ({ lastSeen: key.slice(0, key.indexOf('#')), id: key.slice(key.indexOf('#') + 1) }));
}

const indexEntry = z.object({ gsi1sk: z.string() });

/** Undefined when the item is new; what is there otherwise. */
async function putNew(table: LogsTable, item: Item): Promise<Item | undefined> {
  try {
    await table.client.send(new PutCommand({ TableName: table.name, Item: item, ConditionExpression: 'attribute_not_exists(pk)' }));
    return undefined;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    const { pk, sk } = item;
    const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: { pk, sk }, ConsistentRead: true }));
    if (Item === undefined) throw error;
    return Item;
  }
}

function patternItem(pattern: Pattern): Item {
  const listed = isListed(pattern) && { gsi1pk: patternsPartition, gsi1sk: listedKey(pattern.lastSeen, pattern.id) };
  return { ...patternKey(pattern.id), ...patternSchema.parse(pattern), ...listed };
}

export const placeItem = (placement: Placement): Item => ({ ...placeKey(placement.fingerprint), ...placementSchema.parse(placement) });

export function patternWrite(table: LogsTable, pattern: Pattern): TransactItem {
  return {
    Put: {
      TableName: table.name,
      Item: patternItem(pattern),
      ConditionExpression: pattern.revision === 1 ? 'attribute_not_exists(pk)' : 'revision = :before',
      ...(pattern.revision > 1 && { ExpressionAttributeValues: { ':before': pattern.revision - 1 } }),
    },
  };
}

function filePatternWrite(table: LogsTable, inFile: FilePattern): TransactItem {
  const key = filePatternKey(inFile.patternId, inFile.fileId);
  if (totalOf(inFile.counts) === 0) return { Delete: { TableName: table.name, Key: key } };
  return {
    Put: {
      TableName: table.name,
      Item: {
        ...key,
        ...filePatternSchema.parse(inFile),
        gsi1pk: filePatternsPartition(inFile.fileId),
        gsi1sk: inFile.patternId,
        ttl: expiryOf(inFile.fileId, table.retentionDays),
      },
    },
  };
}
