import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  BatchWriteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startDynamoDb, type DynamoDbRoom } from '#infra/local/dynamodb/engine.ts';
import { trim } from '#infra/local/dynamodb/streams.ts';
import type { StackLog, StackModel } from '#infra/local/ports.ts';
import { openDurable } from '#infra/local/state-database.ts';
import { stackModel } from '#test/fakes/stack-model.ts';

const log: StackLog = { info: () => {}, warn: () => {} };
const keys = [
  { AttributeName: 'pk', KeyType: 'HASH' },
  { AttributeName: 'sk', KeyType: 'RANGE' },
];
const byOwner = { IndexName: 'byOwner', KeySchema: [{ AttributeName: 'owner', KeyType: 'HASH' }], Projection: { ProjectionType: 'ALL' } };

let dataDirectory: string;
let room: DynamoDbRoom | undefined;
let nowMs: number;
let shifted: ((offsetMs: number) => void | Promise<void>)[];

beforeEach(() => {
  dataDirectory = mkdtempSync(join(tmpdir(), 'xm-dynamodb-'));
  nowMs = Date.UTC(2026, 0, 1);
  shifted = [];
});

afterEach(async () => {
  await room?.close();
  room = undefined;
  rmSync(dataDirectory, { recursive: true, force: true });
});

describe('tables of the template', () => {
  it('are there after the start, and a second start finds their items', async () => {
    await start(notes());
    await put('a', {});
    await restart(notes());
    expect(await get('a')).toBeDefined();
  });

  it('gain and lose indexes when the template changes, keeping their items', async () => {
    await start(notes());
    await put('a', { owner: { S: 'mira' } });
    await restart(notes({ GlobalSecondaryIndexes: [byOwner], owner: true }));
    const found = await client().send(
      new QueryCommand({
        TableName: 'notes',
        IndexName: 'byOwner',
        KeyConditionExpression: '#owner = :owner',
        ExpressionAttributeNames: { '#owner': 'owner' },
        ExpressionAttributeValues: { ':owner': { S: 'mira' } },
      }),
    );
    expect(found.Items).toHaveLength(1);
    await restart(notes());
    const { Table } = await client().send(new DescribeTableCommand({ TableName: 'notes' }));
    expect(Table?.GlobalSecondaryIndexes ?? []).toEqual([]);
  });

  it('refuse a change of keys, which would lose their items, and name the resource', async () => {
    await start(notes());
    await expect(restart(notes({ KeySchema: keys.slice(0, 1) }))).rejects.toThrow(/Notes \(AWS::DynamoDB::GlobalTable\).*--fresh/);
  });

  it('refuse a property that would be ignored although it matters', async () => {
    await expect(start(notes({ ImportSourceSpecification: {} }))).rejects.toThrow(/Notes .*ImportSourceSpecification/);
  });
});

describe('expiry', () => {
  it('waits for the local clock and then deletes, but not what has been given more time', async () => {
    await start(notes());
    const soon = nowMs / 1000 + 60;
    await put('goes', { ttl: { N: String(soon) } });
    await put('stays', { ttl: { N: String(soon + 3_600) } });
    await put('mistake', { ttl: { N: '12' } });
    await put('endless', {});
    await advance(59_000);
    expect(await names()).toEqual(['endless', 'goes', 'mistake', 'stays']);
    await advance(1_000);
    expect(await names()).toEqual(['endless', 'mistake', 'stays']);
  });

  it('deletes thousands that fall due together', async () => {
    await start(notes());
    const ttl = { N: String(nowMs / 1000 + 1) };
    for (let batch = 0; batch < 48; batch += 1) {
      const puts = Array.from({ length: 25 }, (_, index) => ({
        PutRequest: { Item: { pk: { S: `n${batch}-${index}` }, sk: { S: 's' }, ttl } },
      }));
      await client().send(new BatchWriteItemCommand({ RequestItems: { notes: puts } }));
    }
    await advance(2_000);
    expect(await names()).toEqual([]);
  });
});

describe('stream records', () => {
  it('that every cursor has passed are let go, the newest never', async () => {
    await start(notes({ StreamSpecification: { StreamViewType: 'NEW_IMAGE' } }));
    for (const name of ['a', 'b', 'c', 'd']) await put(name, {});
    const database = openDurable(join(dataDirectory, 'dynamodb', 'tables.db'));
    const count = (): unknown => database.prepare('SELECT COUNT(*) AS n FROM _stream_records').get()?.['n'];
    const tables = [{ name: 'notes', ttlAttribute: undefined, streamed: true }];
    trim({ database, tables, oldestNeeded: () => 3n });
    expect(count()).toBe(2);
    trim({ database, tables, oldestNeeded: () => 1_000n });
    expect(count()).toBe(1);
    trim({ database, tables, oldestNeeded: () => undefined });
    expect(count()).toBe(1);
    database.close();
  });
});

describe('kill -9 of the supervisor', () => {
  it('loses no acknowledged write and leaves no engine behind', async () => {
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', new URL('dynamodb-engine-process.ts', import.meta.url).pathname, dataDirectory],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    let acknowledged = 0;
    let enginePid = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.startsWith('engine ')) enginePid = Number(line.slice(7));
      else acknowledged = Number(line);
      if (acknowledged >= 50) break;
    }
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await exited;
    await vi.waitFor(() => expect(() => process.kill(enginePid, 0)).toThrow('ESRCH'), 5_000);
    await start(notes());
    expect((await names()).length).toBeGreaterThanOrEqual(acknowledged);
  });
});

async function start(model: StackModel): Promise<void> {
  const clock = { now: () => nowMs, onShift: (listener: (typeof shifted)[number]) => void shifted.push(listener) };
  room = await startDynamoDb({ model, dataDirectory, clock, log });
}

async function restart(model: StackModel): Promise<void> {
  await room?.close();
  room = undefined;
  await start(model);
}

async function advance(milliseconds: number): Promise<void> {
  nowMs += milliseconds;
  for (const listener of shifted) await listener(milliseconds);
}

function notes({ owner = false, ...properties }: Record<string, unknown> = {}): StackModel {
  const attributes = [...keys.map(({ AttributeName }) => AttributeName), ...(owner ? ['owner'] : [])];
  const declared = {
    AttributeDefinitions: attributes.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: keys,
    BillingMode: 'PAY_PER_REQUEST',
    TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
    ...properties,
  };
  return stackModel([{ logicalId: 'Notes', type: 'AWS::DynamoDB::GlobalTable', physicalName: 'notes', properties: declared }]);
}

function client(): DynamoDBClient {
  return new DynamoDBClient({ endpoint: room?.url ?? '', region: 'local', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
}

async function put(name: string, attributes: Record<string, { S: string } | { N: string }>): Promise<void> {
  await client().send(new PutItemCommand({ TableName: 'notes', Item: { pk: { S: name }, sk: { S: 's' }, ...attributes } }));
}

async function get(name: string): Promise<unknown> {
  return (await client().send(new GetItemCommand({ TableName: 'notes', Key: { pk: { S: name }, sk: { S: 's' } } }))).Item;
}

async function names(): Promise<string[]> {
  const { Items } = await client().send(new ScanCommand({ TableName: 'notes' }));
  return (Items ?? []).map((item) => item['pk']?.S ?? '').toSorted();
}
