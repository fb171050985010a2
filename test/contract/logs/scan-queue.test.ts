import type { SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planMessage, rangeMessage } from '#shared/logs/scan-messages.ts';
import { sqsScanQueue } from '#shared/logs/sqs-scan-queue.ts';
import { sqsRedelivery } from '#shared/platform/sqs-redelivery.ts';
import { startQueues, type Queues } from '../platform/sqs-engine.ts';

let queues: Queues;
let urls: { readonly ranges: string; readonly plans: string };
beforeAll(async () => {
  queues = await startQueues('ranges', 'plans');
  urls = { ranges: queues.urlOf('ranges'), plans: queues.urlOf('plans') };
});
afterAll(() => queues.stop());

describe('the scan queue', () => {
  it('delivers every range of a chunk', async () => {
    const sent = Array.from({ length: 128 }, (_, range) => ({ fileId: 'log_1', range, leaseSeconds: range % 2 === 0 ? 61 : null }));
    await sqsScanQueue(queues.client, urls).sendRanges(sent);
    const all: unknown[] = [];
    for (let batch = await queues.receive('ranges'); batch.length > 0; batch = await queues.receive('ranges'))
      all.push(...batch.map(({ body }) => body));
    const ranges = all.map((body) => rangeMessage.parse(body)).toSorted((a, b) => a.range - b.range);
    expect(ranges).toEqual(sent);
  });

  it('delivers a plan to go on with, as plan-file reads it', async () => {
    await sqsScanQueue(queues.client, urls).sendContinuation('log_1');
    expect((await queues.receive('plans')).map(({ body }) => planMessage.parse(body))).toEqual([{ continue: 'log_1' }]);
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
    await sqsScanQueue(queues.client, urls).sendContinuation('log_2');
    const [message] = await queues.receive('plans');
    await sqsRedelivery(queues.client, urls.plans)(
      { receiptHandle: message!.receiptHandle, messageId: '1', receiveCount: 1, remainingMs: () => 0 },
      60,
    );
    await queues.clock.advance(59_000);
    expect(await queues.receive('plans')).toEqual([]);
    await queues.clock.advance(2_000);
    expect(await queues.receive('plans')).toHaveLength(1);
  });
});
