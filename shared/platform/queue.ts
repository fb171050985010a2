/**
 * A Lambda function that works on messages of an SQS queue: each message succeeds or fails on its own.
 */
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import { log } from './log.ts';

/** What the queue knows of a delivery. */
export interface Delivery {
  readonly messageId: string;
  readonly receiptHandle: string;
  /** How often the message has been received, this time included. At least; a message can also be received twice at once. */
  readonly receiveCount: number;
  /** Milliseconds until the function is stopped. */
  remainingMs(): number;
}

export interface QueueOptions<Schema extends z.ZodType> {
  /** Of the body, which is JSON. A message it refuses fails on every delivery and so reaches the dead-letter queue. */
  readonly message: Schema;
  /**
   * Has a message delivered again after so many seconds, unless it is done by then. A queue's own visibility timeout has to be as long
   * as its function may run, which is far too long for most work. A failure of this is logged and changes nothing else.
   */
  readonly redeliver?: (delivery: Delivery, seconds: number) => Promise<void>;
  /** How long an attempt at this message may take before it is taken for lost; null for as long as the queue says. Needs `redeliver`. */
  readonly leaseSeconds?: (message: z.output<Schema>) => number | null;
}

/** Wait before the next delivery of a failed message: 5, 10, 20 … seconds, at most five minutes. */
const wait = { firstSeconds: 5, mostSeconds: 300 };

/** A handler that reports the messages that failed and only those. The queue's event source needs `ReportBatchItemFailures`. */
export function sqsHandler<Schema extends z.ZodType>(
  options: QueueOptions<Schema>,
  work: (message: z.output<Schema>, delivery: Delivery) => Promise<void>,
) {
  const processor = new BatchProcessor(EventType.SQS);
  return async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
    processPartialResponse(event, (record: SQSRecord) => attempt(record, context), processor, { context, throwOnFullBatchFailure: false });

  async function attempt(record: SQSRecord, context: Context): Promise<void> {
    const delivery = deliveryOf(record, context);
    try {
      const message = options.message.parse(JSON.parse(record.body));
      await redeliverAfter(delivery, options.leaseSeconds?.(message) ?? null);
      await work(message, delivery);
    } catch (error) {
      log.error('A message failed', { error: error as Error, messageId: delivery.messageId, receiveCount: delivery.receiveCount });
      await redeliverAfter(delivery, Math.min(wait.mostSeconds, wait.firstSeconds * 2 ** (delivery.receiveCount - 1)));
      throw error;
    }
  }

  async function redeliverAfter(delivery: Delivery, seconds: number | null): Promise<void> {
    if (seconds === null) return;
    try {
      await options.redeliver?.(delivery, seconds);
    } catch (error) {
      log.warn('The next delivery stays as late as the queue says', { error: error as Error, messageId: delivery.messageId });
    }
  }
}

function deliveryOf(record: SQSRecord, context: Context): Delivery {
  return {
    messageId: record.messageId,
    receiptHandle: record.receiptHandle,
    receiveCount: Number(record.attributes.ApproximateReceiveCount),
    remainingMs: () => context.getRemainingTimeInMillis(),
  };
}
