import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openClock, type DurableClock } from '#infra/local/clock/clock.ts';
import { awsJsonClient, type AwsCall } from '#infra/local/events/aws-json.ts';
import { startSqsMappings } from '#infra/local/events/sqs-mappings.ts';
import type { AccessRequest, Closable, InvokeOutcome, Resource } from '#infra/local/ports.ts';
import { startSqs, type SqsEngine } from '#infra/local/sqs/engine.ts';
import { modelOf, testRegion, type Sketch } from '#test/fakes/stack-model.ts';

interface Event {
  readonly Records: readonly { readonly messageId: string; readonly body: string; readonly attributes: Readonly<Record<string, string>> }[];
}

const directory = mkdtempSync(join(tmpdir(), 'xm-mappings-'));
let clock: DurableClock;
let engine: SqsEngine;
let sqsUrl: string;
let sqs: AwsCall;
const open: Closable[] = [];
const warnings: string[] = [];
const log = { info: () => undefined, warn: (_room: string, message: string) => void warnings.push(message) };
let queues = 0;

beforeAll(async () => {
  clock = openClock({ database: new DatabaseSync(':memory:'), log });
  await clock.start();
  engine = await startSqs({ directory, model: modelOf({}), queueUrl: (name) => `http://127.0.0.1/000000000000/${name}`, clock, log });
  sqsUrl = engine.url;
  sqs = awsJsonClient(sqsUrl, 'AmazonSQS');
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
  warnings.length = 0;
});

afterAll(async () => {
  await engine.close();
  await clock.close();
  rmSync(directory, { recursive: true });
});

const failed = (reason: 'error' | 'throttled'): InvokeOutcome => ({ ok: false, reason, errorType: 'Boom', errorMessage: 'boom' });
const succeeded: InvokeOutcome = { ok: true, payload: null };

interface World {
  readonly mapping?: Record<string, unknown>;
  readonly visibilitySeconds?: number;
  readonly fifo?: boolean;
  readonly answer?: (event: Event, call: number) => InvokeOutcome | Promise<InvokeOutcome>;
  readonly grants?: (lambda: Resource, request: AccessRequest) => boolean;
}

/** A queue, a function and the mapping between them. */
async function world({ mapping = {}, visibilitySeconds = 30, fifo = false, answer = () => succeeded, grants }: World = {}) {
  const name = `queue-${++queues}${fifo ? '.fifo' : ''}`;
  const fifoAttributes = fifo ? { FifoQueue: 'true', ContentBasedDeduplication: 'true' } : {};
  await sqs('CreateQueue', { QueueName: name, Attributes: { VisibilityTimeout: String(visibilitySeconds), ...fifoAttributes } });
  const sketches: Record<string, Sketch> = {
    Queue: { type: 'AWS::SQS::Queue', physicalName: name, properties: { VisibilityTimeout: visibilitySeconds } },
    Consumer: { type: 'AWS::Lambda::Function', properties: { Timeout: Math.min(visibilitySeconds, 3) } },
  };
  const queueArn = modelOf(sketches).resources.get('Queue')?.arn;
  const model = modelOf({
    ...sketches,
    Mapping: { type: 'AWS::Lambda::EventSourceMapping', properties: { EventSourceArn: queueArn, FunctionName: 'consumer', ...mapping } },
  });
  const QueueUrl = `http://127.0.0.1/000000000000/${name}`;
  const events: Event[] = [];
  const running = { now: 0, most: 0 };
  const invoke = async (_arn: string, event: unknown) => {
    events.push(event as Event);
    running.most = Math.max(running.most, ++running.now);
    const outcome = await answer(event as Event, events.length);
    running.now--;
    return outcome;
  };
  const start = () => {
    const mappings = startSqsMappings({
      model,
      invoker: { invoke },
      endpoints: { sqsUrl },
      log,
      ...(grants === undefined ? {} : { grants }),
    });
    open.push(mappings);
    return mappings;
  };
  return {
    start,
    events,
    running,
    queueArn,
    bodies: () => events.flatMap(({ Records }) => Records.map(({ body }) => body)),
    send: async (bodies: readonly string[]) => {
      for (let from = 0; from < bodies.length; from += 10) {
        const entries = bodies.slice(from, from + 10).map((MessageBody, index) => ({
          Id: String(index),
          MessageBody,
          MessageGroupId: fifo ? MessageBody.slice(0, 1) : undefined,
        }));
        await sqs('SendMessageBatch', { QueueUrl, Entries: entries });
      }
    },
    sendOne: (message: object) => sqs('SendMessage', { QueueUrl, ...message }),
    left: async () => {
      const answer = await sqs('GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] });
      const counts = answer['Attributes'] as Record<string, string>;
      return Number(counts['ApproximateNumberOfMessages']) + Number(counts['ApproximateNumberOfMessagesNotVisible']);
    },
  };
}

async function until(condition: () => boolean | Promise<boolean>, limitMs = 10_000): Promise<void> {
  for (const deadline = Date.now() + limitMs; !(await condition());) {
    if (Date.now() > deadline) throw new Error(`waited ${limitMs} ms in vain`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe('a mapping from a queue to a function', () => {
  it('hands messages over as Lambda does, and deletes them afterwards', async () => {
    const { start, sendOne, events, queueArn, left } = await world();
    start();
    await sendOne({
      MessageBody: '{"päyload":1}',
      MessageAttributes: { kind: { DataType: 'String', StringValue: 'x' }, raw: { DataType: 'Binary', BinaryValue: 'AQI=' } },
    });
    await until(() => events.length === 1);
    const [record] = events[0]?.Records ?? [];
    expect(record).toEqual({
      messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      receiptHandle: expect.any(String),
      body: '{"päyload":1}',
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: expect.stringMatching(/^\d{13}$/),
        SenderId: expect.any(String),
        ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
      },
      messageAttributes: {
        kind: { stringValue: 'x', stringListValues: [], binaryListValues: [], dataType: 'String' },
        raw: { binaryValue: 'AQI=', stringListValues: [], binaryListValues: [], dataType: 'Binary' },
      },
      md5OfMessageAttributes: expect.stringMatching(/^[0-9a-f]{32}$/),
      md5OfBody: createHash('md5').update('{"päyload":1}').digest('hex'),
      eventSource: 'aws:sqs',
      eventSourceARN: queueArn,
      awsRegion: testRegion,
    });
    await until(async () => (await left()) === 0);
  });

  it('takes at most BatchSize at once and leaves nothing behind', async () => {
    const { start, send, events, bodies, left } = await world({ mapping: { BatchSize: 3 } });
    const sent = Array.from({ length: 20 }, (_, index) => `m${index}`);
    await send(sent);
    start();
    await until(async () => (await left()) === 0);
    expect(Math.max(...events.map(({ Records }) => Records.length))).toBe(3);
    expect(bodies().toSorted()).toEqual(sent.toSorted());
  });

  it('gathers larger batches while its window is open', async () => {
    const { start, send, events } = await world({ mapping: { BatchSize: 100, MaximumBatchingWindowInSeconds: 1 } });
    start();
    await send(Array.from({ length: 25 }, (_, index) => `early ${index}`));
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(events).toEqual([]);
    await send(['late']);
    await until(() => events.length > 0);
    expect(events.map(({ Records }) => Records.length)).toEqual([26]);
  });

  it('does not wait for the window once the batch is full', async () => {
    const { start, send, events } = await world({ mapping: { BatchSize: 20, MaximumBatchingWindowInSeconds: 60 } });
    start();
    await send(Array.from({ length: 20 }, (_, index) => `m${index}`));
    await until(() => events.length === 1, 3_000);
    expect(events[0]?.Records).toHaveLength(20);
  });

  it('runs as many batches side by side as its MaximumConcurrency, and no more', async () => {
    const answer = async () => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      return succeeded;
    };
    const { start, send, running, left } = await world({ mapping: { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 3 } }, answer });
    await send(Array.from({ length: 15 }, (_, index) => `m${index}`));
    start();
    await until(async () => (await left()) === 0);
    expect(running.most).toBe(3);
  });

  it('leaves the messages of a failed or throttled invocation to their visibility timeout', async () => {
    const outcomes = [failed('error'), failed('throttled'), succeeded];
    const { start, send, events, left } = await world({
      visibilitySeconds: 900,
      answer: (_event, call) => outcomes[call - 1] ?? succeeded,
    });
    await send(['again']);
    start();
    for (const times of [1, 2]) {
      await until(() => events.length === times);
      await clock.advance(899_000);
      expect(events).toHaveLength(times);
      await clock.advance(1_000);
    }
    await until(async () => (await left()) === 0);
    const counts = events.map(({ Records }) => Records[0]?.attributes['ApproximateReceiveCount']);
    expect(counts).toEqual(['1', '2', '3']);
    expect(warnings[0]).toContain('Boom');
  });

  it('deletes what succeeded and redelivers what the function names', async () => {
    const answer = ({ Records }: Event, call: number): InvokeOutcome => ({
      ok: true,
      payload: {
        batchItemFailures:
          call === 1 ? Records.filter(({ body }) => body === 'bad').map(({ messageId }) => ({ itemIdentifier: messageId })) : [],
      },
    });
    const mapping = { FunctionResponseTypes: ['ReportBatchItemFailures'] };
    const { start, send, events, left } = await world({ mapping, visibilitySeconds: 900, answer });
    await send(['good', 'bad', 'fine']);
    start();
    await until(async () => (await left()) === 1);
    await clock.advance(900_000);
    await until(async () => (await left()) === 0);
    expect(events.map(({ Records }) => Records.map(({ body }) => body).toSorted())).toEqual([['bad', 'fine', 'good'], ['bad']]);
  });

  it('redelivers everything when the function names no item of the batch', async () => {
    const payloads = [{ batchItemFailures: [{ itemIdentifier: '' }] }, null];
    const mapping = { FunctionResponseTypes: ['ReportBatchItemFailures'] };
    const { start, send, events, left } = await world({
      mapping,
      visibilitySeconds: 900,
      answer: (_event, call) => ({ ok: true, payload: payloads[call - 1] }),
    });
    await send(['a', 'b']);
    start();
    await until(() => events.length === 1);
    await clock.advance(900_000);
    await until(async () => (await left()) === 0);
    const [first, ...again] = events.map(({ Records }) => Records.map(({ body }) => body));
    expect([first?.toSorted(), again.flat().toSorted()]).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  it('does not look at the answer without ReportBatchItemFailures', async () => {
    const { start, send, events, left } = await world({
      answer: () => ({ ok: true, payload: { batchItemFailures: [{ itemIdentifier: '' }] } }),
    });
    await send(['a']);
    start();
    await until(async () => (await left()) === 0);
    expect(events).toHaveLength(1);
  });

  it('deletes what its filter drops without invoking the function', async () => {
    const mapping = { FilterCriteria: { Filters: [{ Pattern: '{"body":{"kind":["wanted"]}}' }] } };
    const { start, send, bodies, left } = await world({ mapping });
    await send(['{"kind":"other"}', '{"kind":"wanted"}', 'no json']);
    start();
    await until(async () => (await left()) === 0);
    expect(bodies()).toEqual(['{"kind":"wanted"}']);
  });

  it('keeps the order within a group of a FIFO queue, also past a failure', async () => {
    const answer = ({ Records }: Event, call: number): InvokeOutcome => {
      const from = call === 1 ? 1 : Records.length;
      return { ok: true, payload: { batchItemFailures: Records.slice(from).map(({ messageId }) => ({ itemIdentifier: messageId })) } };
    };
    const mapping = { BatchSize: 3, FunctionResponseTypes: ['ReportBatchItemFailures'] };
    const { start, send, bodies, left } = await world({ mapping, fifo: true, visibilitySeconds: 900, answer });
    await send(['a1', 'a2', 'a3', 'a4']);
    start();
    await until(async () => (await left()) === 3);
    await clock.advance(900_000);
    await until(async () => (await left()) === 0);
    expect([...new Set(bodies())]).toEqual(['a1', 'a2', 'a3', 'a4']);
  });

  it('splits what would be too large for one event', async () => {
    const { start, send, events, left } = await world({
      mapping: { BatchSize: 50, MaximumBatchingWindowInSeconds: 1 },
      visibilitySeconds: 60,
    });
    const large = 'x'.repeat(250_000);
    for (let index = 0; index < 26; index++) await send([`${index}${large}`]);
    start();
    await until(async () => (await left()) === 0);
    expect(events.length).toBeGreaterThan(1);
    expect(Math.max(...events.map((event) => JSON.stringify(event).length))).toBeLessThan(6 * 1024 * 1024);
  });

  it('does not poll when it is switched off', async () => {
    const { start, send, events, left } = await world({ mapping: { Enabled: false } });
    await send(['a']);
    start();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect([events.length, await left()]).toEqual([0, 1]);
  });
});

describe('closing', () => {
  it('waits for the function that runs and deletes its messages', async () => {
    const answer = async () => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      return succeeded;
    };
    const { start, send, events, left } = await world({ answer });
    const mappings = start();
    await send(['a']);
    await until(() => events.length === 1);
    await mappings.close();
    expect(await left()).toBe(0);
    await send(['b']);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(events).toHaveLength(1);
  });

  it('waits for them also when no more may run side by side', async () => {
    const answer = async () => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      return succeeded;
    };
    const { start, send, running, left } = await world({ mapping: { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } }, answer });
    const mappings = start();
    await send(['a', 'b', 'c']);
    await until(() => running.now === 2);
    await mappings.close();
    expect([running.now, await left()]).toEqual([0, 1]);
  });

  it('does not wait for a long poll', async () => {
    const { start } = await world();
    const mappings = start();
    await new Promise((resolve) => setTimeout(resolve, 100));
    const began = Date.now();
    await mappings.close();
    expect(Date.now() - began).toBeLessThan(1_000);
  });
});

describe('a mapping is refused, by name, when', () => {
  it.each<[string, World, RegExp]>([
    ['a property is unknown here', { mapping: { ProvisionedPollerConfig: {} } }, /^Mapping .*ProvisionedPollerConfig/],
    ['its batch needs a window', { mapping: { BatchSize: 11 } }, /BatchSize: above 10/],
    ['its batch is out of bounds', { mapping: { BatchSize: 10_001 } }, /BatchSize/],
    ['a FIFO queue has a window', { fifo: true, mapping: { MaximumBatchingWindowInSeconds: 1 } }, /not for a FIFO/],
    ['its concurrency is 1', { mapping: { ScalingConfig: { MaximumConcurrency: 1 } } }, /MaximumConcurrency/],
    ['its source is of another service', { mapping: { EventSourceArn: 'arn:aws:kinesis:r:0:stream/s' } }, /kinesis/],
    ['its queue is not in the template', { mapping: { EventSourceArn: 'arn:aws:sqs:r:0:other' } }, /no queue/],
    ['its function is not in the template', { mapping: { FunctionName: 'other' } }, /no function other/],
    ['its filter is no pattern', { mapping: { FilterCriteria: { Filters: [{ Pattern: '{"body":"x"}' }] } } }, /Mapping .*as a list/],
    [
      'the role may not read the queue',
      { grants: (_lambda, { action }) => action !== 'sqs:DeleteMessage' },
      /Consumer.* sqs:DeleteMessage/,
    ],
  ])('%s', async (_name, given, reason) => {
    const { start } = await world(given);
    expect(start).toThrow(reason);
  });

  it('the queue shows messages again while the function still runs', async () => {
    const { start } = await world({ visibilitySeconds: 2 });
    const model = modelOf({
      Queue: { type: 'AWS::SQS::Queue', properties: { VisibilityTimeout: 30 } },
      Consumer: { type: 'AWS::Lambda::Function', properties: { Timeout: 31 } },
      Mapping: {
        type: 'AWS::Lambda::EventSourceMapping',
        properties: { EventSourceArn: `arn:aws:sqs:${testRegion}:000000000000:queue`, FunctionName: 'consumer' },
      },
    });
    expect(start).not.toThrow();
    expect(() => startSqsMappings({ model, invoker: { invoke: async () => succeeded }, endpoints: { sqsUrl }, log })).toThrow(
      /after 30 s.*31 s/,
    );
  });
});
