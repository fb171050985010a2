/**
 * A Lambda function that follows a DynamoDB stream: each record succeeds or fails on its own, and a record that failed comes again together
 * with those behind it.
 */
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import * as z from 'zod';
import { log } from './log.ts';

type Image = NonNullable<NonNullable<DynamoDBRecord['dynamodb']>['NewImage']>;

/** What became of one item. */
export interface ItemChange {
  /** As the stream writes attributes; undefined for an item that was not there before, or is not there any more. */
  readonly before: Image | undefined;
  readonly after: Image | undefined;
}

/** An attribute of an image. */
export const textAttribute = z.object({ S: z.string() }).transform(({ S }) => S);
export const numberAttribute = z.object({ N: z.string() }).transform(({ N }) => Number(N));

/** A handler that reports the records that failed. The event source needs `ReportBatchItemFailures`. */
export function streamHandler(work: (change: ItemChange) => Promise<void>) {
  const processor = new BatchProcessor(EventType.DynamoDBStreams);
  return async (event: DynamoDBStreamEvent, context: Context): Promise<DynamoDBBatchResponse> =>
    processPartialResponse(event, attempt, processor, { context, throwOnFullBatchFailure: false });

  async function attempt({ dynamodb, eventID }: DynamoDBRecord): Promise<void> {
    try {
      await work({ before: dynamodb?.OldImage, after: dynamodb?.NewImage });
    } catch (error) {
      log.error('A change of the table could not be followed', { error: error as Error, eventId: eventID });
      throw error;
    }
  }
}
