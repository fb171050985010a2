/**
 * What every DynamoDB adapter needs: a client with the house's time limits, and batches that are complete when they resolve.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  QueryCommand,
  type BatchWriteCommandInput,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { Chance } from './chance.ts';

export type Item = Record<string, unknown>;

export interface Table {
  readonly client: DynamoDBDocumentClient;
  readonly name: string;
  readonly chance: Chance;
}

/** DynamoDB's own bounds. */
const itemsPerBatchWrite = 25;
const keysPerBatchGet = 100;
/** Attempts at what a batch left over; the waits between them add up to about 10 s. */
const batchAttemptsMax = 10;
const backOff = { firstMs: 50, mostMs: 2_000 };

/** A client that gives up on a single request after 5 s and on throttling after eight attempts. */
export function documentClient(): DynamoDBDocumentClient {
  const client = new DynamoDBClient({
    maxAttempts: 8,
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
  });
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}

/** Puts all items, in batches side by side. An item that comes twice in one call is put once, as it came last. */
export async function putAll(table: Table, items: readonly Item[]): Promise<void> {
  const unique = [...new Map(items.map((item) => [`${String(item['pk'])} ${String(item['sk'])}`, item])).values()];
  await Promise.all(slices(unique, itemsPerBatchWrite).map((batch) => putBatch(table, batch)));
}

/** Deletes whatever stands at these keys, each named once, a few side by side. Single requests: they cost the same, and need no further grant. */
export async function deleteAll({ client, name }: Table, keys: readonly Item[]): Promise<void> {
  for (const batch of slices(keys, itemsPerBatchWrite))
    await Promise.all(batch.map((Key) => client.send(new DeleteCommand({ TableName: name, Key }))));
}

/** The items there are, in no order. `consistent` sees every write that was answered before. */
export async function getAll(table: Table, keys: readonly Item[], { consistent }: { consistent: boolean }): Promise<Item[]> {
  const found = await Promise.all(slices(keys, keysPerBatchGet).map((batch) => getBatch(table, batch, consistent)));
  return found.flat();
}

/** The first items that a query finds, as many as `limit` if there are: an answer of DynamoDB ends at 1 MB, whatever was asked for. */
export async function queryUpTo(table: Table, limit: number, input: Omit<QueryCommandInput, 'TableName' | 'Limit'>): Promise<Item[]> {
  const found: Item[] = [];
  let startKey: Item | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await table.client.send(
      new QueryCommand({ TableName: table.name, ...input, Limit: limit - found.length, ExclusiveStartKey: startKey }),
    );
    found.push(...Items);
    startKey = LastEvaluatedKey;
  } while (startKey !== undefined && found.length < limit);
  return found;
}

interface Descent {
  /** Whose keys are named after it; the table's own without one. */
  readonly index?: string | undefined;
  readonly partition: string;
  /** Lowest sort key, included. */
  readonly from: string;
  /** The sort key that the list goes on behind; what has it is not read again. */
  readonly below: string;
  readonly limit: number;
}

/**
 * Items of a partition, the highest sort key first. A key condition takes two bounds, both included, and a second condition on the sort key is refused:
 * what stands at the upper one comes along, and is left out. Bounds the wrong way round, which DynamoDB refuses too, have nothing between them.
 */
export async function queryDown(table: Table, { index = '', partition, from, below, limit }: Descent): Promise<Item[]> {
  if (from > below) return [];
  const items = await queryUpTo(table, limit + 1, {
    ...(index !== '' && { IndexName: index }),
    KeyConditionExpression: `${index}pk = :partition AND ${index}sk BETWEEN :from AND :below`,
    ExpressionAttributeValues: { ':partition': partition, ':from': from, ':below': below },
    ScanIndexForward: false,
  });
  return items.filter((item) => item[`${index}sk`] !== below).slice(0, limit);
}

type WriteRequests = NonNullable<BatchWriteCommandInput['RequestItems']>[string];

async function putBatch(table: Table, items: readonly Item[]): Promise<void> {
  let requests: WriteRequests = items.map((Item) => ({ PutRequest: { Item } }));
  for (let attempt = 1; requests.length > 0; attempt += 1) {
    const { UnprocessedItems } = await table.client.send(new BatchWriteCommand({ RequestItems: { [table.name]: requests } }));
    requests = leftOver(UnprocessedItems?.[table.name]);
    if (requests.length > 0) await waitBefore(table, attempt);
  }
}

async function getBatch(table: Table, keys: readonly Item[], consistent: boolean): Promise<Item[]> {
  const found: Item[] = [];
  let left = [...keys];
  for (let attempt = 1; left.length > 0; attempt += 1) {
    const answer = await table.client.send(
      new BatchGetCommand({ RequestItems: { [table.name]: { Keys: left, ConsistentRead: consistent } } }),
    );
    const items = answer.Responses?.[table.name] ?? [];
    found.push(...items);
    left = leftOver(answer.UnprocessedKeys?.[table.name]?.Keys);
    // A batch that is cut at 16 MB is no sign of load: only one that got nothing waits.
    if (left.length > 0 && items.length === 0) await waitBefore(table, attempt);
  }
  return found;
}

const leftOver = <T>(rest: readonly T[] | undefined): T[] => [...(rest ?? [])];

/** Full jitter: whoever was refused together does not come back together. */
async function waitBefore({ chance, name }: Table, attempt: number): Promise<void> {
  if (attempt >= batchAttemptsMax) throw new Error(`The table ${name} left items of a batch over ${batchAttemptsMax} times`);
  await sleep(chance.fraction() * Math.min(backOff.mostMs, backOff.firstMs * 2 ** attempt));
}

function slices<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));
}
