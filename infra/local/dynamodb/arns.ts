/**
 * The engine's ARNs carry a region and stream labels of its own. Clients see those of the model, in both directions.
 */
import { createHash } from 'node:crypto';
import { streamLabel } from '../template/resource-types.ts';

const enginePrefix = 'arn:aws:dynamodb:dynoxide:000000000000:table/';

export interface Translation {
  readonly region: string;
  readonly accountId: string;
  /** Milliseconds that the stack's clock is ahead of the engine's, which is the machine's. */
  readonly offsetMs: () => number;
}

type Json = Readonly<Record<string, unknown>>;

/** What the engine is to be asked: tables by name and streams by its own ARN. The same object when nothing changes. */
export function toEngine(input: Json): Json {
  const { TableName, StreamArn, ResourceArn, RequestItems, TransactItems } = input;
  const changes: Json = {
    ...(isArn(TableName) ? { TableName: tableOf(TableName) } : {}),
    ...(isArn(ResourceArn) ? { ResourceArn: enginePrefix + tableOf(ResourceArn) } : {}),
    ...(isArn(StreamArn) ? { StreamArn: engineStreamArn(tableOf(StreamArn)) } : {}),
    ...(isRecord(RequestItems) && Object.keys(RequestItems).some(isArn) ? { RequestItems: byTableName(RequestItems) } : {}),
    ...(Array.isArray(TransactItems) && TransactItems.some(namesTableByArn) ? { TransactItems: TransactItems.map(withTableName) } : {}),
  };
  return Object.keys(changes).length === 0 ? input : { ...input, ...changes };
}

/** The engine looks at the table alone: any label will do. */
function engineStreamArn(tableName: string): string {
  return `${enginePrefix}${tableName}/stream/${streamLabel}`;
}

/** Operations whose answers carry ARNs, or records of a stream. Others pass untouched: items are none of this module's business. */
const answersWithArns = new Set([
  'CreateTable',
  'DeleteTable',
  'DescribeStream',
  'DescribeTable',
  'GetRecords',
  'ListStreams',
  'UpdateTable',
]);

export function carriesArns(operation: string): boolean {
  return answersWithArns.has(operation);
}

/** The engine's answer in terms of the model. */
export function fromEngine(operation: string, answer: Json, translation: Translation): Json {
  if (operation === 'GetRecords')
    return { ...answer, Records: ((answer['Records'] ?? []) as Json[]).map((record) => streamRecord(record, translation)) };
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, entry]) => (key === bogusEnd ? [] : [[key, scalar(key, entry) ?? walk(entry)]])),
    );
  };
  const scalar = (key: string, value: unknown): unknown => {
    if (typeof value !== 'string') return undefined;
    if (key === 'LatestStreamLabel' || key === 'StreamLabel') return streamLabel;
    return value.startsWith(enginePrefix) ? modelArn(value, translation) : value;
  };
  return walk(answer) as Json;
}

/** The engine has one shard a stream and says it ends where it stands, which would make readers look for its children. */
const bogusEnd = 'EndingSequenceNumber';

function streamRecord(record: Json, { region, offsetMs }: Translation): Json {
  const change = record['dynamodb'] as Json;
  const writtenAtSeconds = Number(change['ApproximateCreationDateTime']) + Math.floor(offsetMs() / 1000);
  return {
    ...record,
    // Unique among all tables, as event ids are; the engine counts them per table.
    eventID: createHash('md5')
      .update(JSON.stringify([change['Keys'], change['SequenceNumber'], writtenAtSeconds]))
      .digest('hex'),
    awsRegion: region,
    dynamodb: { ...change, ApproximateCreationDateTime: writtenAtSeconds },
  };
}

function modelArn(engineArn: string, { region, accountId }: Translation): string {
  const rest = engineArn.slice(enginePrefix.length).replace(/\/stream\/.*$/, `/stream/${streamLabel}`);
  return `arn:aws:dynamodb:${region}:${accountId}:table/${rest}`;
}

function isArn(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('arn:aws:dynamodb:');
}

function tableOf(arn: string): string {
  return arn.split(':table/')[1]?.split('/')[0] ?? arn;
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}

/** Batches name tables as keys. */
function byTableName(requests: Json): Json {
  return Object.fromEntries(Object.entries(requests).map(([table, body]) => [isArn(table) ? tableOf(table) : table, body]));
}

/** A part of a transaction: `{ Put: { TableName, … } }` and its like. */
function namesTableByArn(item: unknown): boolean {
  return isRecord(item) && Object.values(item).some((body) => isRecord(body) && isArn(body['TableName']));
}

function withTableName(item: unknown): unknown {
  if (!isRecord(item)) return item;
  const named = ([part, body]: [string, unknown]) => [
    part,
    isRecord(body) && isArn(body['TableName']) ? { ...body, TableName: tableOf(body['TableName']) } : body,
  ];
  return Object.fromEntries(Object.entries(item).map(named)) as unknown;
}
