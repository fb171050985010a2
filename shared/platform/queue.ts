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
   * Called for a failed message before it is reported, to have it delivered again sooner than the queue's visibility timeout says.
   * Its own failure is logged and changes nothing.
   */
  readonly retrySooner?: (delivery: Delivery) => Promise<void>;
}

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
      await work(options.message.parse(JSON.parse(record.body)), delivery);
    } catch (error) {
      const { messageId, receiveCount } = delivery;
      log.error('A message failed', { error: error as Error, messageId, receiveCount });
      await options
        .retrySooner?.(delivery)
        .catch((reason: unknown) => log.warn('The retry stays as late as the queue says', { error: reason as Error, messageId }));
      throw error;
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
