import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { type AttributeValue, DynamoDB } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type DurableClock, openClock } from '#infra/local/clock/clock.ts';
import { type DynamodbEngine, startDynamodb } from '#infra/local/dynamodb/engine.ts';
import { startExpiry } from '#infra/local/dynamodb/expiry.ts';
import { isExpiring, openMendedDatabase } from '#infra/local/dynamodb/mended-database.ts';
import { tableDefinitions } from '#infra/local/dynamodb/table-definitions.ts';
import { engineBinary } from '#infra/local/dynamodb/engine-process.ts';
import { modelOf, type Sketch } from '#test/fakes/stack-model.ts';
import { byOwner, noteKeys, notesTable } from './dynamodb-notes.ts';

const warnings: string[] = [];
const log = { info: () => {}, warn: (_: string, message: string) => void warnings.push(message) };
const streamed = (rest: Record<string, unknown> = {}) =>
  notesTable({ StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' }, ...rest });
const modelStream = 'arn:aws:dynamodb:ap-southeast-3:000000000000:table/notes/stream/2000-01-01T00:00:00.000';

let directory: string;
let clock: DurableClock;
let engine: DynamodbEngine | undefined;
let dynamodb: DynamoDB;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'xm-dynamodb-'));
  clock = openClock({ database: new DatabaseSync(':memory:'), log });
  await clock.start();
  warnings.length = 0;
});

afterEach(async () => {
  await engine?.close();
  engine = undefined;
  await clock.close();
  rmSync(directory, { recursive: true });
});

async function start(table: Sketch = notesTable(), rest: Record<string, Sketch> = {}): Promise<DynamodbEngine> {
  await engine?.close();
  engine = undefined;
  engine = await startDynamodb({ directory, model: modelOf({ Notes: table, ...rest }), clock, log });
  dynamodb = new DynamoDB({ endpoint: engine.url, region: 'ap-southeast-3', credentials: { accessKeyId: 'x', secretAccessKey: 'x' } });
  return engine;
}

const put = (name: string, attributes: Record<string, AttributeValue> = {}) =>
  dynamodb.putItem({ TableName: 'notes', Item: { pk: { S: name }, sk: { S: 's' }, ...attributes } });

async function names(): Promise<string[]> {
  const { Items = [] } = await dynamodb.scan({ TableName: 'notes', ConsistentRead: true });
  return Items.map((item) => item['pk']?.S ?? '').toSorted();
}

const inSeconds = (seconds: number): AttributeValue => ({ N: String(Math.floor(clock.now() / 1000) + seconds) });

interface StreamRecord {
  readonly eventName: string;
  readonly eventID: string;
  readonly awsRegion: string;
  readonly userIdentity?: { readonly principalId: string };
  readonly dynamodb: {
    readonly SequenceNumber: string;
    readonly ApproximateCreationDateTime: number;
    readonly Keys: { readonly pk: { readonly S: string } };
  };
}

/** Reads a table's stream from its oldest record, in the terms of the model. */
async function streamRecords(): Promise<StreamRecord[]> {
  const { StreamDescription } = await called<{
    StreamDescription: { StreamArn: string; Shards: { ShardId: string; SequenceNumberRange: object }[] };
  }>('DescribeStream', { StreamArn: modelStream });
  expect(StreamDescription.StreamArn).toBe(modelStream);
  const [shard] = StreamDescription.Shards;
  // A shard that ended would send readers looking for its children.
  expect(shard?.SequenceNumberRange).not.toHaveProperty('EndingSequenceNumber');
  const position = { StreamArn: modelStream, ShardId: shard?.ShardId, ShardIteratorType: 'TRIM_HORIZON' };
  const { ShardIterator } = await called<{ ShardIterator: string }>('GetShardIterator', position);
  return (await called<{ Records: StreamRecord[] }>('GetRecords', { ShardIterator })).Records;
}

async function called<Answer>(operation: string, input: object): Promise<Answer> {
  if (engine === undefined) throw new Error('the engine is not started');
  return (await engine.call(operation, input)) as Answer;
}

describe('tables of the template', () => {
  it('are there after the start, under the region and account of the model, and keep their items', async () => {
    await start(streamed());
    await put('a');
    await start(streamed());
    expect(await names()).toEqual(['a']);
    const { Table } = await dynamodb.describeTable({ TableName: 'notes' });
    expect(Table).toMatchObject({ TableArn: 'arn:aws:dynamodb:ap-southeast-3:000000000000:table/notes', LatestStreamArn: modelStream });
  });

  it('are found by ARN as well as by name', async () => {
    await start();
    const TableName = 'arn:aws:dynamodb:ap-southeast-3:000000000000:table/notes';
    await dynamodb.putItem({ TableName, Item: { pk: { S: 'a' }, sk: { S: 's' } } });
    await dynamodb.transactWriteItems({ TransactItems: [{ Put: { TableName, Item: { pk: { S: 'b' }, sk: { S: 's' } } } }] });
    await dynamodb.batchWriteItem({ RequestItems: { [TableName]: [{ PutRequest: { Item: { pk: { S: 'c' }, sk: { S: 's' } } } }] } });
    expect(await names()).toEqual(['a', 'b', 'c']);
  });

  it('gain, change and lose indexes when the template does, keeping their items', async () => {
    await start();
    await put('a', { owner: { S: 'mira' } });
    const owned = async () => {
      const { Items } = await dynamodb.query({
        TableName: 'notes',
        IndexName: 'byOwner',
        KeyConditionExpression: '#owner = :owner',
        ExpressionAttributeNames: { '#owner': 'owner' },
        ExpressionAttributeValues: { ':owner': { S: 'mira' } },
      });
      return Items;
    };
    await start(notesTable({ GlobalSecondaryIndexes: [byOwner] }));
    expect(await owned()).toHaveLength(1);
    await start(notesTable({ GlobalSecondaryIndexes: [{ ...byOwner, Projection: { ProjectionType: 'KEYS_ONLY' } }] }));
    expect(await owned()).toEqual([{ pk: { S: 'a' }, sk: { S: 's' }, owner: { S: 'mira' } }]);
    await start();
    const { Table } = await dynamodb.describeTable({ TableName: 'notes' });
    expect(Table?.GlobalSecondaryIndexes ?? []).toEqual([]);
  });

  it('gain, change and lose their stream and expiry', async () => {
    await start(notesTable({ TimeToLiveSpecification: { Enabled: false } }));
    await start(streamed({ TimeToLiveSpecification: { Enabled: true, AttributeName: 'until' } }));
    await put('a', { ttl: inSeconds(1) });
    await put('b', { until: inSeconds(1) });
    await clock.advance(60_000);
    expect(await names()).toEqual(['a']);
    await start(streamed());
    await clock.advance(60_000);
    expect(await names()).toEqual([]);
    await start(notesTable({ StreamSpecification: { StreamViewType: 'KEYS_ONLY' } }));
    expect((await dynamodb.describeTable({ TableName: 'notes' })).Table?.StreamSpecification?.StreamViewType).toBe('KEYS_ONLY');
    await start();
    expect((await dynamodb.describeTable({ TableName: 'notes' })).Table?.StreamSpecification).toBeUndefined();
  });

  it('refuse a change of keys, which would lose their items, and whatever would be ignored', async () => {
    await start();
    await expect(start(notesTable({ KeySchema: noteKeys.slice(0, 1) }))).rejects.toThrow(/^Notes: .*--fresh/);
    await expect(start(notesTable({ ImportSourceSpecification: {} }))).rejects.toThrow(/^Notes .*ImportSourceSpecification/);
    await expect(start(notesTable({ Replicas: [{ Region: 'a' }, { Region: 'b' }] }))).rejects.toThrow(/^Notes .*one region/);
  });
});

describe('expiry', () => {
  it('waits for the stack’s clock, and leaves alone what has more time, none, or an absurd one', async () => {
    await start();
    await put('goes', { ttl: inSeconds(60) });
    await put('stays', { ttl: inSeconds(3_600) });
    await put('mistake', { ttl: { N: '12' } });
    await put('text', { ttl: { S: '12' } });
    await put('endless');
    await clock.advance(30_000);
    expect(await names()).toHaveLength(5);
    await clock.advance(90_000);
    expect(await names()).toEqual(['endless', 'mistake', 'stays', 'text']);
  });

  it('spares an item whose time was moved on after it was found expired', async () => {
    const started = await start();
    await put('moved', { ttl: inSeconds(-10) });
    await put('gone', { ttl: inSeconds(-10) });
    const tables = tableDefinitions(modelOf({ Notes: notesTable() })).filter(isExpiring);
    const database = openMendedDatabase(join(directory, 'dynamodb.db'), tables);
    const expiry = startExpiry({
      // Between finding and deleting, somebody moves one item's time.
      call: async (operation, input) => {
        if (operation === 'TransactWriteItems') await put('moved', { ttl: inSeconds(600) });
        return started.call(operation, input);
      },
      database,
      tables,
      clock,
      log,
    });
    await expiry.sweep();
    expect(await names()).toEqual(['moved']);
    await expiry.close();
    database.close();
  });

  it('is marked in the stream as the service’s own deletion, unlike a client’s', async () => {
    await start(streamed());
    await put('expires', { ttl: inSeconds(1) });
    await put('deleted', { ttl: inSeconds(3_600) });
    await clock.advance(60_000);
    await dynamodb.deleteItem({ TableName: 'notes', Key: { pk: { S: 'deleted' }, sk: { S: 's' } } });
    const removals = (await streamRecords()).filter(({ eventName }) => eventName === 'REMOVE');
    expect(removals.map((record) => [record.dynamodb.Keys.pk.S, record.userIdentity?.principalId])).toEqual([
      ['expires', 'dynamodb.amazonaws.com'],
      ['deleted', undefined],
    ]);
  });

  it('finds what is due among a hundred thousand items without reading them, and stops the clock once a minute at most', async () => {
    await start();
    await put('seed', { ttl: inSeconds(1_000_000) });
    const database = new DatabaseSync(join(directory, 'dynamodb.db'), { timeout: 5_000 });
    const [row] = database.prepare('SELECT * FROM notes').all() as { pk: string; sk: string; item_json: string; item_size: number }[];
    const far = Number(inSeconds(1_000_000).N);
    const insert = database.prepare('INSERT INTO notes (pk, sk, item_json, item_size) VALUES (?, ?, ?, ?)');
    database.exec('BEGIN');
    for (let n = 0; n < 100_000; n++) {
      insert.run(
        `S:f${n}`,
        row?.sk ?? '',
        (row?.item_json ?? '').replace('seed', `f${n}`).replace(String(far), String(far + n)),
        row?.item_size ?? 0,
      );
    }
    database.exec('COMMIT');
    database.close();
    await put('due', { ttl: inSeconds(30) });
    const began = performance.now();
    await clock.advance(90_000);
    // Reading every item at both stops would take several times as long.
    expect(performance.now() - began).toBeLessThan(2_000);
    const { Item } = await dynamodb.getItem({ TableName: 'notes', Key: { pk: { S: 'due' }, sk: { S: 's' } } });
    expect(Item).toBeUndefined();
  });
});

describe('streams', () => {
  it('are read in the terms of the model, on the stack’s clock, with event ids of their own', async () => {
    await start(streamed());
    await clock.advance(3_600_000);
    await put('a');
    await put('b');
    const records = await streamRecords();
    expect(records.map(({ eventName, awsRegion }) => [eventName, awsRegion])).toEqual([
      ['INSERT', 'ap-southeast-3'],
      ['INSERT', 'ap-southeast-3'],
    ]);
    expect(new Set(records.map(({ eventID }) => eventID)).size).toBe(2);
    expect(Math.abs((records[0]?.dynamodb.ApproximateCreationDateTime ?? 0) - clock.now() / 1000)).toBeLessThan(5);
  });

  it('lose what every reader has passed, but never what one still needs', async () => {
    const consumer: Sketch = { type: 'AWS::Lambda::EventSourceMapping', properties: { EventSourceArn: modelStream } };
    const started = await start(streamed(), { Consumer: consumer });
    const items = Array.from({ length: 25 }, (_, n) => ({ PutRequest: { Item: { pk: { S: `n${n}` }, sk: { S: 's' } } } }));
    for (let batch = 0; batch < 60; batch++) await dynamodb.batchWriteItem({ RequestItems: { notes: items } });
    const oldest = async () => Number((await streamRecords())[0]?.dynamodb.SequenceNumber);
    started.trimStreams();
    expect(await oldest()).toBe(1);
    let needed: number | undefined;
    started.holdStream('notes', () => needed);
    started.trimStreams();
    expect(await oldest()).toBe(1);
    needed = 200;
    started.trimStreams();
    expect(await oldest()).toBe(200);
    needed = 1_500;
    started.trimStreams();
    // A thousand stay behind the readers for whoever looks at the stream by hand.
    expect(await oldest()).toBe(500);
    await put('last');
    expect(warnings).toEqual([]);
  });

  it('stay quick to write as they grow', async () => {
    await start(streamed());
    const items = Array.from({ length: 25 }, (_, n) => ({ PutRequest: { Item: { pk: { S: `n${n}` }, sk: { S: 's' } } } }));
    const timed = async () => {
      const began = performance.now();
      for (let batch = 0; batch < 20; batch++) await dynamodb.batchWriteItem({ RequestItems: { notes: items } });
      return performance.now() - began;
    };
    const first = await timed();
    for (let round = 0; round < 4; round++) await timed();
    expect(await timed()).toBeLessThan(first * 5 + 200);
  });
});

describe('batches', () => {
  const write = (name: string) => ({ PutRequest: { Item: { pk: { S: name }, sk: { S: 's' } } } });

  it('write and delete over several tables, and say so as a batch does', async () => {
    await start();
    await put('old');
    const answer = await dynamodb.batchWriteItem({
      RequestItems: { notes: [write('a'), write('b'), { DeleteRequest: { Key: { pk: { S: 'old' }, sk: { S: 's' } } } }] },
    });
    expect(answer.UnprocessedItems).toEqual({});
    expect(await names()).toEqual(['a', 'b']);
  });

  it('are refused in a batch’s own words', async () => {
    await start();
    const twice = dynamodb.batchWriteItem({ RequestItems: { notes: [write('a'), write('a')] } });
    await expect(twice).rejects.toThrow('Provided list of item keys contains duplicates');
    const nowhere = dynamodb.batchWriteItem({ RequestItems: { nowhere: [write('a'), write('b')] } });
    await expect(nowhere).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('take as much as DynamoDB does', async () => {
    await start();
    const large = Array.from({ length: 20 }, (_, n) => ({
      PutRequest: { Item: { pk: { S: `n${n}` }, sk: { S: 's' }, text: { S: 'x'.repeat(390_000) } } },
    }));
    await dynamodb.batchWriteItem({ RequestItems: { notes: large } });
    const { Count } = await dynamodb.scan({ TableName: 'notes', Select: 'COUNT', Limit: 2 });
    expect(Count).toBe(2);
  });
});

describe('the engine', () => {
  const enginePid = () => Number(readFileSync(join(directory, 'dynamodb.pid'), 'utf8'));
  /** One that is dead but not reaped has no command line. */
  const commandLine = (pid: number) => (existsSync(`/proc/${pid}/cmdline`) ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : '');
  const lives = (pid: number) => commandLine(pid) !== '';

  it('is started again when it dies, with every acknowledged write', async () => {
    await start();
    await put('a');
    process.kill(enginePid(), 'SIGKILL');
    await expect.poll(names, { timeout: 10_000 }).toEqual(['a']);
    expect(warnings).toEqual([expect.stringContaining('started again')]);
  });

  it('dies with a supervisor that is killed, and the next start has all that was acknowledged', async () => {
    const supervisor = new URL('dynamodb-supervisor.ts', import.meta.url).pathname;
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', supervisor, directory], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let acknowledged = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      acknowledged = Number(line);
      if (acknowledged >= 50) break;
    }
    const pid = enginePid();
    child.kill('SIGKILL');
    await once(child, 'exit');
    await expect.poll(() => lives(pid), { timeout: 5_000 }).toBe(false);
    await start();
    expect((await names()).length).toBeGreaterThanOrEqual(acknowledged);
  });

  it('of an earlier start is ended before its database is opened again', async () => {
    const file = join(directory, 'dynamodb.db');
    // Detached and without its guard: as after a kill -9 of the supervisor and the guard both.
    const stale = spawn(
      'sh',
      ['-c', `"$@" & echo $! > "${join(directory, 'dynamodb.pid')}"`, 'sh', engineBinary(), 'serve', '--port', '0', '--db-path', file],
      { stdio: 'ignore' },
    );
    await once(stale, 'exit');
    const pid = enginePid();
    onTestFinished(() => {
      if (commandLine(pid).includes(file)) process.kill(pid, 'SIGKILL');
    });
    await expect.poll(() => commandLine(pid)).toContain(file);
    await start();
    expect(lives(pid)).toBe(false);
    expect(enginePid()).not.toBe(pid);
  });

  it('never ends a process that is not its own', async () => {
    const bystander = spawn('sleep', ['60'], { stdio: 'ignore' });
    writeFileSync(join(directory, 'dynamodb.pid'), String(bystander.pid));
    await start();
    expect(lives(bystander.pid ?? 0)).toBe(true);
    bystander.kill();
  });

  it('says what to do where there is none', () => {
    expect(() => engineBinary({ DYNOXIDE_BIN: '/nowhere/dynoxide' })).toThrow('DYNOXIDE_BIN names /nowhere/dynoxide, which does not exist');
    expect(engineBinary({})).toMatch(/dynoxide$/);
  });
});
