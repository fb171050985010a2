/**
 * Progress of ranges in DynamoDB: one item a chunk, one attribute a range.
 *
 * An attribute that is set again to the same value changes nothing, and the answer to the write is the whole chunk: no counter that
 * a second delivery would raise, and no read that could miss another worker's result.
 *
 * When a range was begun is in an item beside it, for a write costs by the size of the whole item: a chunk with its results has tens of kilobytes,
 * 128 times have two.
 */
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Clock } from '#shared/platform/clock.ts';
import { getAll, queryUpTo, type Item } from '#shared/platform/dynamodb.ts';
import type { LogsTable } from './dynamodb-file-store.ts';
import { begunKey, begunPrefix, chunkKey, chunkPrefix, expiryOf, fileKey } from './dynamodb-keys.ts';
import { chunkOfRange } from './file-layout.ts';
import { limits } from './limits.ts';
import type { ProgressStore } from './ports.ts';
import { leaseSchema, rangeResultSchema, type ChunkProgress } from './range-progress.ts';

export function dynamodbProgressStore(table: LogsTable, clock: Clock): ProgressStore {
  const set = (change: Change) => setAttribute(table, clock.now(), change);
  return {
    begin: (fileId, range) => begin(table, clock.now(), { fileId, range }),
    begun: (fileId) => begun(table, fileId),
    async record(fileId, range, result) {
      const change = { fileId, range, name: resultName(range), value: result };
      if (result.failure === null) return set(change);
      try {
        // A worker that comes late and fails must not undo what another one finished.
        return await set({ ...change, condition: 'attribute_not_exists(#name) OR attribute_type(#name.failure, :map)' });
      } catch (error) {
        const kept = error instanceof ConditionalCheckFailedException ? await chunk(table, fileId, chunkOfRange(range)) : undefined;
        if (kept === undefined) throw error;
        return kept;
      }
    },
    async lease(fileId, range, lease) {
      await set({ fileId, range, name: leaseName(range), value: lease });
    },
    chunk: (fileId, number) => chunk(table, fileId, number),
    async load(asked) {
      const named = new Map(asked.map(({ fileId }) => [fileKey(fileId).pk, fileId]));
      const keys = asked.map(({ fileId, chunk }) => chunkKey(fileId, chunk));
      const items = await getAll(table, keys, { consistent: false });
      return items.map((item) => ({ fileId: named.get(String(item['pk'])) ?? '', progress: chunkOf(item) }));
    },
    chunks: (fileId) => chunks(table, fileId),
  };
}

interface Change {
  readonly fileId: string;
  readonly range: number;
  readonly name: string;
  readonly value: unknown;
  readonly condition?: string;
}

async function setAttribute(table: LogsTable, nowMs: number, { fileId, range, name, value, condition }: Change): Promise<ChunkProgress> {
  const { Attributes } = await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: chunkKey(fileId, chunkOfRange(range)),
      UpdateExpression: 'SET #name = :value, touchedAtMs = :now, #ttl = :ttl',
      ...(condition !== undefined && { ConditionExpression: condition }),
      ExpressionAttributeNames: { '#name': name, '#ttl': 'ttl' },
      ExpressionAttributeValues: {
        ':value': value,
        ':now': nowMs,
        ':ttl': expiryOf(fileId, table.retentionDays),
        ...(condition !== undefined && { ':map': 'M' }),
      },
      ReturnValues: 'ALL_NEW',
    }),
  );
  return chunkOf(Attributes);
}

async function begin(table: LogsTable, nowMs: number, { fileId, range }: { fileId: string; range: number }): Promise<void> {
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: begunKey(fileId, chunkOfRange(range)),
      UpdateExpression: 'SET #name = :now, #ttl = :ttl',
      ExpressionAttributeNames: { '#name': begunName(range), '#ttl': 'ttl' },
      ExpressionAttributeValues: { ':now': nowMs, ':ttl': expiryOf(fileId, table.retentionDays) },
    }),
  );
}

async function begun(table: LogsTable, fileId: string): Promise<Map<number, number>> {
  const items = await queryUpTo(table, chunksMax, {
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':pk': begunKey(fileId, 0).pk, ':prefix': begunPrefix },
  });
  const found = new Map<number, number>();
  for (const item of items)
    for (const [range, atMs] of numbered(item, { prefix: begunPrefixOfRange, schema: z.int() })) found.set(range, atMs);
  return found;
}

async function chunk(table: LogsTable, fileId: string, number: number): Promise<ChunkProgress | undefined> {
  const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: chunkKey(fileId, number), ConsistentRead: true }));
  return Item && chunkOf(Item);
}

async function chunks(table: LogsTable, fileId: string): Promise<ChunkProgress[]> {
  const found: ChunkProgress[] = [];
  let startKey: Item | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': chunkKey(fileId, 0).pk, ':prefix': chunkPrefix },
        ConsistentRead: true,
        ExclusiveStartKey: startKey,
      }),
    );
    found.push(...Items.map(chunkOf));
    startKey = LastEvaluatedKey;
  } while (startKey !== undefined);
  return found;
}

const chunksMax = limits.rangesMax / limits.rangesPerChunk;
const begunPrefixOfRange = 'range';
const begunName = (range: number): string => `${begunPrefixOfRange}${range}`;
const resultName = (range: number): string => `result${range}`;
const leaseName = (range: number): string => `lease${range}`;

const chunkItem = z.looseObject({ sk: z.string().startsWith(chunkPrefix), touchedAtMs: z.int() });

function chunkOf(item: Item | undefined): ChunkProgress {
  const { sk, touchedAtMs, ...attributes } = chunkItem.parse(item);
  return {
    chunk: Number(sk.slice(chunkPrefix.length)),
    results: numbered(attributes, { prefix: 'result', schema: rangeResultSchema }),
    leases: numbered(attributes, { prefix: 'lease', schema: leaseSchema }),
    touchedAtMs,
  };
}

/** Attributes `<prefix><range>` by range, ascending. */
function numbered<T>(attributes: Item, { prefix, schema }: { prefix: string; schema: z.ZodType<T> }): Map<number, T> {
  const entries = Object.entries(attributes)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value]): [number, T] => [Number(name.slice(prefix.length)), schema.parse(value)]);
  return new Map(entries.toSorted(([a], [b]) => a - b));
}
