/**
 * Files in DynamoDB.
 */
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { getAll, queryUpTo, type Item, type Table } from '#shared/platform/dynamodb.ts';
import { expiryOf, fileKey, filesPartition, indexName, keyOfHash, rollupsPartition, secondIndexName } from './dynamodb-keys.ts';
import { logFileSchema, type LogFile } from './log-file.ts';
import { hashOfFileId, objectHash } from './log-ids.ts';
import type { FileStore, IdsRequest } from './ports.ts';

export interface LogsTable extends Table {
  readonly retentionDays: number;
}

export function dynamodbFileStore(table: LogsTable): FileStore {
  return {
    add: (file) => add(table, file),
    ofObject: async (object) => fileOf(await read(table, keyOfHash(objectHash(object)))),
    async get(fileId) {
      // Also bounds what a caller can make a key of.
      if (hashOfFileId(fileId) === undefined) return undefined;
      // The key knows the object alone; an id with another time was made up.
      const file = fileOf(await read(table, fileKey(fileId)));
      return file?.id === fileId ? file : undefined;
    },
    async load(fileIds) {
      const items = await getAll(table, [...new Set(fileIds)].map(fileKey), { consistent: true });
      return items.flatMap((item) => fileOf(item) ?? []);
    },
    ids: (request) => ids(table, request),
    beginScanning: (fileId) =>
      ifHolds(async () => {
        await table.client.send(
          new UpdateCommand({
            TableName: table.name,
            Key: fileKey(fileId),
            UpdateExpression: 'SET #status = :scanning, gsi1pk = :partition',
            ConditionExpression: '#status = :planned',
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: { ':scanning': 'scanning', ':planned': 'planned', ':partition': filesPartition('scanning') },
          }),
        );
      }).then(() => undefined),
    chunksQueued: (fileId, chunks) =>
      ifHolds(async () => {
        await table.client.send(
          new UpdateCommand({
            TableName: table.name,
            Key: fileKey(fileId),
            UpdateExpression: 'SET chunksQueued = :chunks',
            ConditionExpression: 'chunksQueued < :chunks',
            ExpressionAttributeValues: { ':chunks': chunks },
          }),
        );
      }).then(() => undefined),
    chunkDone: (fileId, chunk) => chunkDone(table, fileId, chunk),
    close: (file) => close(table, file),
    rolledUp: (file) => rolledUp(table, file),
    awaitingRollup: (limit) => awaitingRollup(table, limit),
  };
}

async function add(table: LogsTable, file: LogFile): Promise<LogFile> {
  const { chunksDone: _, ...attributes } = file;
  const item = {
    ...fileKey(file.id),
    ...attributes,
    gsi1pk: filesPartition(file.status),
    gsi1sk: file.id,
    ttl: expiryOf(file.id, table.retentionDays),
  };
  try {
    await table.client.send(
      new PutCommand({
        TableName: table.name,
        Item: item,
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return file;
  } catch (error) {
    const known = error instanceof ConditionalCheckFailedException ? await read(table, fileKey(file.id)) : undefined;
    if (known === undefined) throw error;
    return parseFile(known);
  }
}

async function ids(table: LogsTable, { status, order, after, limit }: IdsRequest): Promise<string[]> {
  const found: string[] = [];
  let startKey: Item | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        IndexName: indexName,
        KeyConditionExpression: `gsi1pk = :partition${after === undefined ? '' : ` AND gsi1sk ${order === 'newest' ? '<' : '>'} :after`}`,
        ExpressionAttributeValues: { ':partition': filesPartition(status), ...(after !== undefined && { ':after': after }) },
        ScanIndexForward: order === 'oldest',
        Limit: limit - found.length,
        ExclusiveStartKey: startKey,
      }),
    );
    found.push(...Items.map((item) => indexEntry.parse(item).gsi1sk));
    startKey = LastEvaluatedKey;
  } while (startKey !== undefined && found.length < limit);
  return found;
}

async function chunkDone(table: LogsTable, fileId: string, chunk: number): Promise<LogFile | undefined> {
  let counted: Item | undefined;
  await ifHolds(async () => {
    const { Attributes } = await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: fileKey(fileId),
        UpdateExpression: 'ADD chunksDone :chunk, revision :one',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: { ':chunk': new Set([chunk]), ':one': 1 },
        ReturnValues: 'ALL_NEW',
      }),
    );
    counted = Attributes;
  });
  return fileOf(counted);
}

function close(table: LogsTable, file: LogFile): Promise<boolean> {
  const { status, failure, counts, recordsFrom, recordsTo, linesBeforeChunk, closedAtMs } = file;
  const changed = {
    status,
    failure,
    counts,
    recordsFrom,
    recordsTo,
    linesBeforeChunk,
    closedAtMs,
    rolledUpAtMs: null,
    gsi1pk: filesPartition(status),
    gsi2pk: rollupsPartition,
    gsi2sk: file.id,
  };
  const names = Object.keys(changed);
  return ifHolds(async () => {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: fileKey(file.id),
        UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')} ADD revision :one`,
        ConditionExpression: 'revision = :revision',
        ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: {
          ':revision': file.revision,
          ':one': 1,
          ...Object.fromEntries(Object.entries(changed).map(([name, value]) => [`:${name}`, value])),
        },
      }),
    );
  });
}

async function rolledUp(table: LogsTable, file: LogFile): Promise<void> {
  await ifHolds(async () => {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: fileKey(file.id),
        UpdateExpression: 'SET rolledUpAtMs = :at REMOVE gsi2pk, gsi2sk',
        ConditionExpression: 'revision = :revision',
        ExpressionAttributeValues: { ':at': file.rolledUpAtMs, ':revision': file.revision },
      }),
    );
  });
}

async function awaitingRollup(table: LogsTable, limit: number): Promise<string[]> {
  const items = await queryUpTo(table, limit, {
    IndexName: secondIndexName,
    KeyConditionExpression: 'gsi2pk = :partition',
    ExpressionAttributeValues: { ':partition': rollupsPartition },
  });
  return items.map((item) => z.string().parse(item['gsi2sk']));
}

/** False where the write's condition does not hold. */
async function ifHolds(write: () => Promise<void>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

async function read(table: LogsTable, key: { pk: string; sk: string }): Promise<Item | undefined> {
  const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true }));
  return Item;
}

const indexEntry = z.object({ gsi1sk: z.string().refine((id) => hashOfFileId(id) !== undefined) });

const fileOf = (item: Item | undefined): LogFile | undefined => item && parseFile(item);

/** DynamoDB has no empty set: before the first chunk is done there is no attribute. */
const parseFile = (item: Item): LogFile =>
  logFileSchema.parse({ ...item, chunksDone: [...chunkSet.parse(item['chunksDone'])].toSorted((a, b) => a - b) });
const chunkSet = z.set(z.int()).default(new Set());
