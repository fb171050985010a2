import { describe, expect, it, vi } from 'vitest';
import type { SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { lambdaContext } from '#test/fakes/http-event.ts';
import { sqsHandler, type Delivery } from '#shared/platform/queue.ts';

vi.hoisted(() => {
  process.env['POWERTOOLS_LOG_LEVEL'] = 'SILENT';
});

const message = z.object({ job: z.string() });

function record(messageId: string, body: string, receiveCount = 1): SQSRecord {
  return {
    messageId,
    receiptHandle: `receipt-${messageId}`,
    body,
    attributes: { ApproximateReceiveCount: String(receiveCount) },
  } as SQSRecord;
}

describe('a queue handler', () => {
  it('reports the messages that failed and only those', async () => {
    const done: string[] = [];
    const handler = sqsHandler({ message }, async ({ job }) => {
      if (job === 'bad') throw new Error('no');
      done.push(job);
    });
    const Records = [record('1', '{"job":"a"}'), record('2', '{"job":"bad"}'), record('3', '{"job":"b"}')];
    expect(await handler({ Records }, lambdaContext())).toEqual({ batchItemFailures: [{ itemIdentifier: '2' }] });
    expect(done.toSorted()).toEqual(['a', 'b']);
  });

  it('reports a message that it cannot read, even when it is the only one, without calling the work', async () => {
    const handler = sqsHandler({ message }, () => expect.unreachable());
    for (const body of ['not json', '{"job":7}']) {
      expect(await handler({ Records: [record('1', body)] }, lambdaContext())).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }] });
    }
  });

  it('tells the work how often the message came and how long it may take', async () => {
    const seen: Delivery[] = [];
    const handler = sqsHandler({ message }, async (_, delivery) => void seen.push(delivery));
    await handler({ Records: [record('1', '{"job":"a"}', 3)] }, lambdaContext(1_234));
    expect(seen[0]).toMatchObject({ messageId: '1', receiptHandle: 'receipt-1', receiveCount: 3 });
    expect(seen[0]?.remainingMs()).toBe(1_234);
  });

  it('has a failed message delivered again soon, later each time, and reports it', async () => {
    const waits: number[] = [];
    const redeliver = async (_: Delivery, seconds: number) => void waits.push(seconds);
    const handler = sqsHandler({ message, redeliver }, () => Promise.reject(new Error('no')));
    for (const receiveCount of [1, 2, 3, 20]) {
      expect(await handler({ Records: [record('1', '{"job":"a"}', receiveCount)] }, lambdaContext())).toEqual({
        batchItemFailures: [{ itemIdentifier: '1' }],
      });
    }
    expect(waits).toEqual([5, 10, 20, 300]);
  });

  it('takes an attempt for lost after the message’s own time', async () => {
    const waits: number[] = [];
    const redeliver = async (_: Delivery, seconds: number) => void waits.push(seconds);
    const handler = sqsHandler({ message, redeliver, leaseSeconds: ({ job }) => (job === 'long' ? null : 60) }, async () => undefined);
    await handler({ Records: [record('1', '{"job":"short"}'), record('2', '{"job":"long"}')] }, lambdaContext());
    expect(waits).toEqual([60]);
  });

  it('does its work also when the queue refuses to change a delivery', async () => {
    const done: string[] = [];
    const redeliver = () => Promise.reject(new Error('refused'));
    const handler = sqsHandler({ message, redeliver, leaseSeconds: () => 60 }, async ({ job }) => void done.push(job));
    expect(await handler({ Records: [record('1', '{"job":"a"}')] }, lambdaContext())).toEqual({ batchItemFailures: [] });
    expect(done).toEqual(['a']);
  });
});
