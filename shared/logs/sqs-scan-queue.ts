/**
 * Work of the Log Scanner in SQS: ranges to scan, plans to go on with.
 */
import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { ScanQueue } from './ports.ts';
import type { ContinuationMessage, RangeMessage } from './scan-messages.ts';

/** SQS's own bound. */
const messagesPerBatch = 10;

/** A client that gives up on a single request after 5 s. */
export const sqsClient = (): SQSClient =>
  new SQSClient({ maxAttempts: 5, requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true } });

export function sqsScanQueue(client: SQSClient, urls: { readonly ranges: string; readonly plans: string }): ScanQueue {
  return {
    async sendRanges(messages) {
      const batches = Array.from({ length: Math.ceil(messages.length / messagesPerBatch) }, (_, index) =>
        messages.slice(index * messagesPerBatch, (index + 1) * messagesPerBatch),
      );
      // A chunk is 13 batches: all of it at once.
      await Promise.all(batches.map((batch) => sendBatch(client, urls.ranges, batch)));
    },
    async sendContinuation(fileId) {
      const message: ContinuationMessage = { continue: fileId };
      await client.send(new SendMessageCommand({ QueueUrl: urls.plans, MessageBody: JSON.stringify(message) }));
    },
  };
}

async function sendBatch(client: SQSClient, queueUrl: string, messages: readonly RangeMessage[]): Promise<void> {
  const { Failed = [] } = await client.send(
    new SendMessageBatchCommand({
      QueueUrl: queueUrl,
      Entries: messages.map((message, index) => ({ Id: String(index), MessageBody: JSON.stringify(message) })),
    }),
  );
  // The plan is delivered again and sends the chunk again: better twice than not at all.
  if (Failed.length > 0)
    throw new Error(`${Failed.length} of ${messages.length} ranges were not taken: ${Failed[0]?.Code ?? ''} ${Failed[0]?.Message ?? ''}`);
}
