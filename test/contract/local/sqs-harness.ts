import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Message, SQS } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach } from 'vitest';
import { type DurableClock, openClock } from '#infra/local/clock/clock.ts';
import { startSqs, type SqsEngine } from '#infra/local/sqs/engine.ts';
import { modelOf, type Sketch } from '#test/fakes/stack-model.ts';

export const quiet = { info: () => {}, warn: () => {} };
export const queueUrl = (name: string) => `http://127.0.0.1:4513/000000000000/${name}`;
export const arn = (name: string) => `arn:aws:sqs:ap-southeast-3:000000000000:${name}`;
export const queue = (properties: Record<string, unknown> = {}): Sketch => ({ type: 'AWS::SQS::Queue', properties });

export let directory: string;
export let clock: DurableClock;
export let engine: SqsEngine;
export let sqs: SQS;

/** Gives each test a folder and a clock of its own. The test starts the engine. */
export function ownQueuesEachTest(): void {
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'xm-sqs-'));
    clock = openClock({ database: new DatabaseSync(':memory:'), log: quiet });
    await clock.start();
  });

  afterEach(async () => {
    await engine.close();
    await clock.close();
    rmSync(directory, { recursive: true });
  });
}

export async function start(sketches: Record<string, Sketch> = { Jobs: queue() }): Promise<void> {
  engine = await startSqs({ directory, model: modelOf(sketches), queueUrl, clock, log: quiet });
  sqs = new SQS({
    endpoint: engine.url,
    region: 'ap-southeast-3',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    useQueueUrlAsEndpoint: false,
    maxAttempts: 1,
  });
}

export async function restart(sketches?: Record<string, Sketch>): Promise<void> {
  await engine.close();
  await start(sketches);
}

export const send = (name: string, MessageBody: string, rest: object = {}) =>
  sqs.sendMessage({ QueueUrl: queueUrl(name), MessageBody, ...rest });
export const receive = async (name: string, rest: object = {}): Promise<Message[]> =>
  (await sqs.receiveMessage({ QueueUrl: queueUrl(name), MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'], ...rest }))
    .Messages ?? [];
export const bodies = async (name: string, rest: object = {}) => (await receive(name, rest)).map(({ Body }) => Body);
export const remove = (name: string, message: Message | undefined) =>
  sqs.deleteMessage({ QueueUrl: queueUrl(name), ReceiptHandle: message?.ReceiptHandle });
export const attributesOf = async (name: string): Promise<Readonly<Record<string, string>>> =>
  (await sqs.getQueueAttributes({ QueueUrl: queueUrl(name), AttributeNames: ['All'] })).Attributes ?? {};
export const change = (name: string, message: Message | undefined, VisibilityTimeout: number) =>
  sqs.changeMessageVisibility({ QueueUrl: queueUrl(name), ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout });

export async function depth(name: string) {
  const attributes = await attributesOf(name);
  return ['', 'NotVisible', 'Delayed'].map((state) => Number(attributes[`ApproximateNumberOfMessages${state}`]));
}
