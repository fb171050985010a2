import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll } from 'vitest';
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

export interface Event {
  readonly Records: readonly Record_[];
}

const tables = 32;
const folder = mkdtempSync(join(tmpdir(), 'xm-streams-'));
export const warnings: string[] = [];
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
export let clock: DurableClock;
let dynamodb: DynamodbEngine;
let queues: SqsEngine;
let sqsUrl: string;
let sqs: AwsCall;
let used = 0;
export const open: Closable[] = [];

/** Starts the engines for the tests of a file, and closes the mappings of each. */
export function enginesForAllTests(): void {
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
}

export const succeeded: InvokeOutcome = { ok: true, payload: null };
export const broken: InvokeOutcome = { ok: false, reason: 'error', errorType: 'Boom', errorMessage: 'boom' };

interface World {
  readonly mapping?: Record<string, unknown>;
  readonly answer?: (event: Event, call: number) => InvokeOutcome | Promise<InvokeOutcome>;
}

/** A table of its own with a mapping to a function. */
export function world({ mapping = {}, answer = () => succeeded }: World = {}) {
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

export async function until(condition: () => boolean, limitMs = 10_000): Promise<void> {
  for (const deadline = Date.now() + limitMs; !condition();) {
    if (Date.now() > deadline) throw new Error(`waited ${limitMs} ms in vain`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export const idle = () => new Promise((resolve) => setTimeout(resolve, 300));
export const failing = (bad: (record: Record_) => boolean) => (event: Event) => (event.Records.some(bad) ? broken : succeeded);
export const keyIs = (pk: string) => (record: Record_) => record.dynamodb.Keys.pk.S === pk;

export async function reports(): Promise<Record<string, Record<string, unknown>>[]> {
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
