import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openClock, type DurableClock } from '#infra/local/clock/clock.ts';
import { startSqs, type SqsEngine } from '#infra/local/sqs/engine.ts';
import { modelOf } from '#test/fakes/stack-model.ts';
import { planMessage, rangeMessage } from '#shared/logs/scan-messages.ts';
import { sqsScanQueue } from '#shared/logs/sqs-scan-queue.ts';
import { sqsRedelivery } from '#shared/platform/sqs-redelivery.ts';

const quiet = { info: () => {}, warn: () => {} };
const urlOf = (name: string): string => `http://127.0.0.1:4513/000000000000/${name}`;
const urls = { ranges: urlOf('ranges'), plans: urlOf('plans') };

let directory: string;
let clock: DurableClock;
let engine: SqsEngine;
let client: SQSClient;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'xm-scan-queue-'));
  clock = openClock({ database: new DatabaseSync(':memory:'), log: quiet });
  await clock.start();
  const queue = { type: 'AWS::SQS::Queue', properties: {} };
  engine = await startSqs({ directory, model: modelOf({ ranges: queue, plans: queue }), queueUrl: urlOf, clock, log: quiet });
  client = new SQSClient({
    endpoint: engine.url,
    region: 'local',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    useQueueUrlAsEndpoint: false,
  });
});
afterAll(async () => {
  client.destroy();
  await engine.close();
  await clock.close();
  rmSync(directory, { recursive: true });
});

async function received(QueueUrl: string) {
  const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 900 }));
  return Messages.map(({ Body = '', ReceiptHandle = '' }) => ({ body: JSON.parse(Body) as unknown, receiptHandle: ReceiptHandle }));
}

describe('the scan queue', () => {
  it('delivers every range of a chunk', async () => {
    const sent = Array.from({ length: 128 }, (_, range) => ({ fileId: 'log_1', range, leaseSeconds: range % 2 === 0 ? 61 : null }));
    await sqsScanQueue(client, urls).sendRanges(sent);
    const all: unknown[] = [];
    for (let batch = await received(urls.ranges); batch.length > 0; batch = await received(urls.ranges))
      all.push(...batch.map(({ body }) => body));
    const ranges = all.map((body) => rangeMessage.parse(body)).toSorted((a, b) => a.range - b.range);
    expect(ranges).toEqual(sent);
  });

  it('delivers a plan to go on with, as plan-file reads it', async () => {
    await sqsScanQueue(client, urls).sendContinuation('log_1');
    expect((await received(urls.plans)).map(({ body }) => planMessage.parse(body))).toEqual([{ continue: 'log_1' }]);
  });

  it('fails when the queue does not take a message, so that the plan is delivered again', async () => {
    const refusing = {
      send: async () => ({ Failed: [{ Id: '0', Code: 'InternalError', Message: 'try again', SenderFault: false }] }),
    } as unknown as SQSClient;
    await expect(sqsScanQueue(refusing, urls).sendRanges([{ fileId: 'log_1', range: 0, leaseSeconds: null }])).rejects.toThrow(
      'InternalError try again',
    );
  });

  it('delivers a message again after the time it was given, not the queue’s', async () => {
    await sqsScanQueue(client, urls).sendContinuation('log_2');
    const [message] = await received(urls.plans);
    await sqsRedelivery(client, urls.plans)(
      { receiptHandle: message!.receiptHandle, messageId: '1', receiveCount: 1, remainingMs: () => 0 },
      60,
    );
    await clock.advance(59_000);
    expect(await received(urls.plans)).toEqual([]);
    await clock.advance(2_000);
    expect(await received(urls.plans)).toHaveLength(1);
  });
});
