import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openClock, type DurableClock } from '#infra/local/clock/clock.ts';
import { startDynamodb, type DynamodbEngine } from '#infra/local/dynamodb/engine.ts';
import { awsJsonClient, type AwsCall } from '#infra/local/events/aws-json.ts';
import { startStreamMappings } from '#infra/local/events/stream-mappings.ts';
import type { Closable, InvokeOutcome, StackModel } from '#infra/local/ports.ts';
import { startSqs, type SqsEngine } from '#infra/local/sqs/engine.ts';
import { modelOf, type Sketch } from '#test/fakes/stack-model.ts';

interface Record_ {
  readonly eventName: string;
  readonly dynamodb: {
    readonly Keys: { readonly pk: { readonly S: string } };
    readonly SequenceNumber: string;
    readonly NewImage?: { readonly n?: { readonly N: string } };
  };
}

interface Event {
  readonly Records: readonly Record_[];
}

const tables = 32;
const folder = mkdtempSync(join(tmpdir(), 'xm-streams-'));
const warnings: string[] = [];
const log = { info: () => undefined, warn: (_room: string, message: string) => void warnings.push(message) };
const tableSketches: Record<string, Sketch> = Object.fromEntries(
  Array.from({ length: tables }, (_, index) => [
    `Table${index}`,
    {
      type: 'AWS::DynamoDB::GlobalTable',
      physicalName: `table-${index}`,
      properties: {
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
        StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
        Replicas: [{ Region: 'ap-southeast-3' }],
      },
    },
  ]),
);
let clock: DurableClock;
let dynamodb: DynamodbEngine;
let queues: SqsEngine;
let sqsUrl: string;
let sqs: AwsCall;
let used = 0;
const open: Closable[] = [];

beforeAll(async () => {
  clock = openClock({ database: new DatabaseSync(':memory:'), log });
  await clock.start();
  dynamodb = await startDynamodb({ directory: folder, model: modelOf(tableSketches), clock, log });
  const queueUrl = (name: string) => `http://127.0.0.1/000000000000/${name}`;
  queues = await startSqs({ directory: join(folder, 'sqs'), model: modelOf({}), queueUrl, clock, log });
  sqsUrl = queues.url;
  sqs = awsJsonClient(sqsUrl, 'AmazonSQS');
  await sqs('CreateQueue', { QueueName: 'discarded' });
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
  warnings.length = 0;
});

afterAll(async () => {
  await dynamodb.close();
  await queues.close();
  await clock.close();
  rmSync(folder, { recursive: true });
});

const succeeded: InvokeOutcome = { ok: true, payload: null };
const broken: InvokeOutcome = { ok: false, reason: 'error', errorType: 'Boom', errorMessage: 'boom' };

interface World {
  readonly mapping?: Record<string, unknown>;
  readonly answer?: (event: Event, call: number) => InvokeOutcome | Promise<InvokeOutcome>;
}

/** A table of its own with a mapping to a function. */
function world({ mapping = {}, answer = () => succeeded }: World = {}) {
  const name = `table-${used}`;
  const streamArn = `arn:aws:dynamodb:ap-southeast-3:000000000000:table/${name}/stream/2000-01-01T00:00:00.000`;
  const database = new DatabaseSync(':memory:');
  const events: Event[] = [];
  const running = { now: 0, most: 0 };
  const modelWith = (changes: Record<string, unknown>): StackModel =>
    modelOf({
      ...tableSketches,
      Consumer: { type: 'AWS::Lambda::Function' },
      Discarded: { type: 'AWS::SQS::Queue' },
      Mapping: {
        type: 'AWS::Lambda::EventSourceMapping',
        properties: { EventSourceArn: streamArn, FunctionName: 'consumer', StartingPosition: 'TRIM_HORIZON', ...mapping, ...changes },
      },
    });
  used++;
  const invoke = async (_arn: string, event: unknown) => {
    events.push(event as Event);
    running.most = Math.max(running.most, ++running.now);
    const outcome = await answer(event as Event, events.length);
    running.now--;
    return outcome;
  };
  return {
    streamArn,
    events,
    running,
    start: async (changes: Record<string, unknown> = {}) => {
      const mappings = await startStreamMappings({
        model: modelWith(changes),
        invoker: { invoke },
        clock,
        database,
        dynamodb,
        endpoints: { sqsUrl },
        log,
      });
      open.push(mappings);
      return mappings;
    },
    put: async (pk: string, n = 0) => {
      await dynamodb.call('PutItem', { TableName: name, Item: { pk: { S: pk }, n: { N: String(n) } } });
    },
    remove: async (pk: string) => {
      await dynamodb.call('DeleteItem', { TableName: name, Key: { pk: { S: pk } } });
    },
    keys: () => events.map(({ Records }) => Records.map(({ dynamodb: { Keys } }) => Keys.pk.S)),
  };
}

async function until(condition: () => boolean, limitMs = 10_000): Promise<void> {
  for (const deadline = Date.now() + limitMs; !condition();) {
    if (Date.now() > deadline) throw new Error(`waited ${limitMs} ms in vain`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const idle = () => new Promise((resolve) => setTimeout(resolve, 300));
const failing = (bad: (record: Record_) => boolean) => (event: Event) => (event.Records.some(bad) ? broken : succeeded);
const keyIs = (pk: string) => (record: Record_) => record.dynamodb.Keys.pk.S === pk;

async function reports(): Promise<Record<string, Record<string, unknown>>[]> {
  const answer = await sqs('ReceiveMessage', {
    QueueUrl: 'http://127.0.0.1/000000000000/discarded',
    MaxNumberOfMessages: 10,
    WaitTimeSeconds: 2,
  });
  const messages = (answer['Messages'] ?? []) as { Body: string; ReceiptHandle: string }[];
  for (const { ReceiptHandle } of messages)
    await sqs('DeleteMessage', { QueueUrl: 'http://127.0.0.1/000000000000/discarded', ReceiptHandle });
  return messages.map(({ Body }) => JSON.parse(Body) as Record<string, Record<string, unknown>>);
}

describe('a mapping from a stream to a function', () => {
  it('hands changes over as Lambda does', async () => {
    const { start, put, remove, events, streamArn } = world();
    await put('a', 1);
    await put('a', 2);
    await remove('a');
    await start();
    await until(() => events.length > 0);
    const records = events.flatMap(({ Records }) => Records);
    expect(records).toEqual([
      {
        eventID: expect.any(String),
        eventName: 'INSERT',
        eventVersion: '1.1',
        eventSource: 'aws:dynamodb',
        awsRegion: 'ap-southeast-3',
        eventSourceARN: streamArn,
        dynamodb: {
          ApproximateCreationDateTime: expect.any(Number),
          Keys: { pk: { S: 'a' } },
          NewImage: { pk: { S: 'a' }, n: { N: '1' } },
          SequenceNumber: expect.stringMatching(/^\d+$/),
          SizeBytes: expect.any(Number),
          StreamViewType: 'NEW_AND_OLD_IMAGES',
        },
      },
      expect.objectContaining({
        eventName: 'MODIFY',
        dynamodb: expect.objectContaining({ OldImage: { pk: { S: 'a' }, n: { N: '1' } }, NewImage: { pk: { S: 'a' }, n: { N: '2' } } }),
      }),
      expect.objectContaining({ eventName: 'REMOVE', dynamodb: expect.objectContaining({ OldImage: { pk: { S: 'a' }, n: { N: '2' } } }) }),
    ]);
  });

  it('leaves out puts that change nothing', async () => {
    const { start, put, keys } = world();
    await put('a', 1);
    await put('a', 1);
    await put('b', 1);
    await start();
    await until(() => keys().flat().includes('b'));
    expect(keys().flat()).toEqual(['a', 'b']);
  });

  it('takes at most BatchSize at once, in order', async () => {
    const { start, put, keys } = world({ mapping: { BatchSize: 2 } });
    for (const key of ['a', 'b', 'c', 'd', 'e']) await put(key);
    await start();
    await until(() => keys().flat().length === 5);
    expect(keys()).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  });

  it('gathers a batch while its window is open', async () => {
    const { start, put, keys } = world({ mapping: { MaximumBatchingWindowInSeconds: 1 } });
    await start();
    await put('a');
    await idle();
    expect(keys()).toEqual([]);
    await put('b');
    await until(() => keys().length > 0);
    expect(keys()).toEqual([['a', 'b']]);
  });

  it('from LATEST on gets what is written after the mapping was made, also what was written while it was down', async () => {
    const { start, put, keys } = world({ mapping: { StartingPosition: 'LATEST' } });
    await put('before');
    const first = await start();
    await first.close();
    await put('while down');
    await start();
    await put('after');
    await until(() => keys().flat().includes('after'));
    expect(keys().flat()).toEqual(['while down', 'after']);
  });

  it('goes on after its last batch when it starts again', async () => {
    const { start, put, keys } = world();
    await put('a');
    const first = await start();
    await until(() => keys().length === 1);
    await first.close();
    await put('b');
    await start();
    await until(() => keys().length === 2);
    await idle();
    expect(keys()).toEqual([['a'], ['b']]);
  });

  it('hands a batch over again when the process ends before the function does', async () => {
    const { start, put, keys } = world({ answer: (_event, call) => (call === 1 ? new Promise(() => {}) : succeeded) });
    await put('a');
    await start();
    await until(() => keys().length === 1);
    // Another process on the same cursors, while the first hangs for ever.
    open.length = 0;
    await start();
    await until(() => keys().length === 2);
    expect(keys()).toEqual([['a'], ['a']]);
  });

  it('keeps what its filter matches', async () => {
    const Pattern = JSON.stringify({ eventName: ['INSERT'], dynamodb: { NewImage: { n: { N: ['1', '3'] } } } });
    const { start, put, remove, keys } = world({ mapping: { FilterCriteria: { Filters: [{ Pattern }] } } });
    await put('a', 1);
    await put('b', 2);
    await put('a', 3);
    await remove('b');
    await put('c', 3);
    await start();
    await until(() => keys().flat().includes('c'));
    expect(keys().flat()).toEqual(['a', 'c']);
  });

  it('keeps an item in order while several lanes run side by side', async () => {
    const seen: [string, number][] = [];
    const answer = async (event: Event) => {
      for (const { dynamodb: change } of event.Records) seen.push([change.Keys.pk.S, Number(change.NewImage?.n?.N)]);
      await new Promise((resolve) => setTimeout(resolve, 20));
      return succeeded;
    };
    const { start, put, running } = world({ mapping: { ParallelizationFactor: 4, BatchSize: 2 }, answer });
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    for (let n = 1; n <= 5; n++) for (const key of names) await put(key, n);
    await start();
    await until(() => seen.length === 40);
    for (const key of names) expect(seen.filter(([pk]) => pk === key).map(([, n]) => n)).toEqual([1, 2, 3, 4, 5]);
    expect(running.most).toBeGreaterThan(1);
  });

  it('loses nothing when the number of lanes changes', async () => {
    const { start, put, keys } = world();
    await put('a');
    const first = await start({ ParallelizationFactor: 3 });
    await until(() => keys().length === 1);
    await first.close();
    for (const key of ['b', 'c', 'd', 'e']) await put(key);
    await start({ ParallelizationFactor: 2 });
    await until(() => new Set(keys().flat()).size === 5);
    expect([...new Set(keys().flat())].toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});

describe('when the function fails', () => {
  it('the batch is tried again until it succeeds, and nothing overtakes it', async () => {
    const { start, put, keys } = world({ mapping: { BatchSize: 2 }, answer: (_event, call) => (call < 3 ? broken : succeeded) });
    for (const key of ['a', 'b', 'c']) await put(key);
    await start();
    await until(() => keys().length === 4);
    expect(keys()).toEqual([['a', 'b'], ['a', 'b'], ['a', 'b'], ['c']]);
  });

  it('MaximumRetryAttempts gives up, tells the queue where the records are, and goes on', async () => {
    const mapping = {
      MaximumRetryAttempts: 2,
      BatchSize: 2,
      DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:ap-southeast-3:000000000000:discarded' } },
    };
    const { start, put, keys, events, streamArn } = world({ mapping, answer: failing(keyIs('bad')) });
    for (const key of ['bad', 'with it', 'good']) await put(key);
    await start();
    await until(() => keys().flat().includes('good'));
    expect(keys()).toEqual([['bad', 'with it'], ['bad', 'with it'], ['bad', 'with it'], ['good']]);
    const sequences = events[0]?.Records.map(({ dynamodb: { SequenceNumber } }) => SequenceNumber) ?? [];
    expect(await reports()).toEqual([
      {
        requestContext: {
          requestId: expect.any(String),
          functionArn: 'arn:aws:lambda:ap-southeast-3:000000000000:function:consumer',
          condition: 'RetryAttemptsExhausted',
          approximateInvokeCount: 3,
        },
        responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
        version: '1.0',
        timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
        DDBStreamBatchInfo: {
          shardId: expect.stringContaining('shardId-'),
          startSequenceNumber: sequences[0],
          endSequenceNumber: sequences[1],
          approximateArrivalOfFirstRecord: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
          approximateArrivalOfLastRecord: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
          batchSize: 2,
          streamArn,
        },
      },
    ]);
  });

  it('BisectBatchOnFunctionError finds the bad record without using up retries', async () => {
    const mapping = {
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:ap-southeast-3:000000000000:discarded' } },
    };
    const { start, put, keys } = world({ mapping, answer: failing(keyIs('bad')) });
    for (const key of ['a', 'b', 'bad', 'd']) await put(key);
    await start();
    await until(() => keys().length === 5);
    expect(keys()).toEqual([['a', 'b', 'bad', 'd'], ['a', 'b'], ['bad', 'd'], ['bad'], ['d']]);
    const [report] = await reports();
    expect(report?.['DDBStreamBatchInfo']).toMatchObject({ batchSize: 1 });
  });

  it('ReportBatchItemFailures tries again from the lowest failed record on', async () => {
    const answer = ({ Records }: Event, call: number): InvokeOutcome => ({
      ok: true,
      payload: {
        batchItemFailures:
          call === 1
            ? Records.filter((record) => keyIs('d')(record) || keyIs('b')(record))
                .toReversed()
                .map(({ dynamodb: { SequenceNumber } }) => ({ itemIdentifier: SequenceNumber }))
            : [],
      },
    });
    const { start, put, keys } = world({ mapping: { FunctionResponseTypes: ['ReportBatchItemFailures'] }, answer });
    for (const key of ['a', 'b', 'c', 'd']) await put(key);
    await start();
    await until(() => keys().length === 2);
    expect(keys()).toEqual([
      ['a', 'b', 'c', 'd'],
      ['b', 'c', 'd'],
    ]);
  });

  it('ReportBatchItemFailures with an identifier of nothing tries all again', async () => {
    const answer = (_event: Event, call: number): InvokeOutcome => ({
      ok: true,
      payload: call === 1 ? { batchItemFailures: [{ itemIdentifier: 'x' }] } : null,
    });
    const { start, put, keys } = world({ mapping: { FunctionResponseTypes: ['ReportBatchItemFailures'] }, answer });
    await put('a');
    await put('b');
    await start();
    await until(() => keys().length === 2);
    expect(keys()).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  it('a checkpoint within a batch outlives the process', async () => {
    const answer = ({ Records }: Event): InvokeOutcome => {
      const bad = Records.find(keyIs('b'));
      return { ok: true, payload: { batchItemFailures: bad === undefined ? [] : [{ itemIdentifier: bad.dynamodb.SequenceNumber }] } };
    };
    const { start, put, keys } = world({ mapping: { FunctionResponseTypes: ['ReportBatchItemFailures'] }, answer });
    await put('a');
    await put('b');
    const first = await start();
    await until(() => keys().length === 2);
    await first.close();
    const before = keys().length;
    await start();
    await until(() => keys().length > before);
    expect(keys()[before]).toEqual(['b']);
  });

  it('throttling does not count as a retry', async () => {
    const throttled: InvokeOutcome = {
      ok: false,
      reason: 'throttled',
      errorType: 'TooManyRequestsException',
      errorMessage: 'Rate Exceeded',
    };
    const { start, put, keys } = world({
      mapping: { MaximumRetryAttempts: 0 },
      answer: (_event, call) => (call < 4 ? throttled : succeeded),
    });
    await put('a');
    await start();
    await until(() => keys().length === 4);
    await idle();
    expect(warnings.some((warning) => warning.includes('given up'))).toBe(false);
  });

  it('MaximumRecordAgeInSeconds gives up what has become too old', async () => {
    const mapping = {
      MaximumRecordAgeInSeconds: 60,
      DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:ap-southeast-3:000000000000:discarded' } },
    };
    const { start, put, keys } = world({ mapping, answer: failing(keyIs('bad')) });
    await put('bad');
    await start();
    await until(() => keys().length >= 2);
    await clock.advance(120_000);
    await put('good');
    await until(() => keys().flat().includes('good'));
    const [report] = await reports();
    expect(report?.['requestContext']).toMatchObject({ condition: 'RecordAgeExceeded' });
  });
});

describe('a mapping is refused, by name, when', () => {
  it.each<[string, Record<string, unknown>, RegExp]>([
    ['it has a tumbling window', { TumblingWindowInSeconds: 30 }, /^Mapping .*TumblingWindowInSeconds/],
    ['it has no starting position', { StartingPosition: undefined }, /StartingPosition/],
    ['it starts at a time', { StartingPosition: 'AT_TIMESTAMP' }, /StartingPosition/],
    ['its age is too low', { MaximumRecordAgeInSeconds: 59 }, /MaximumRecordAgeInSeconds/],
    ['its factor is too high', { ParallelizationFactor: 11 }, /ParallelizationFactor/],
    [
      'its destination is no queue',
      { DestinationConfig: { OnFailure: { Destination: 'arn:aws:sns:r:0:t' } } },
      /is no queue of the template/,
    ],
    ['its table is not in the template', { EventSourceArn: 'arn:aws:dynamodb:r:0:table/none/stream/x' }, /no table/],
    ['its batch is too large', { BatchSize: 10_001 }, /BatchSize/],
  ])('%s', async (_name, changes, reason) => {
    await expect(world().start(changes)).rejects.toThrow(reason);
  });
});
