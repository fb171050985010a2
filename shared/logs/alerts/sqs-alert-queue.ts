import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { AlertQueue } from './ports.ts';

/** What the queue of deliveries carries. */
export const alertMessage = z.object({ alertId: z.string() });

/** SQS takes ten messages at a time. */
const perBatch = 10;

export const sqsAlertClient = (): SQSClient =>
  new SQSClient({ maxAttempts: 5, requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true } });

/** Needs `sqs:SendMessage`. */
export function sqsAlertQueue(client: SQSClient, queueUrl: string): AlertQueue {
  return {
    async deliver(alertIds) {
      for (let from = 0; from < alertIds.length; from += perBatch) {
        const batch = alertIds.slice(from, from + perBatch);
        const { Failed = [] } = await client.send(
          new SendMessageBatchCommand({
            QueueUrl: queueUrl,
            Entries: batch.map((alertId, index) => ({ Id: String(index), MessageBody: JSON.stringify({ alertId }) })),
          }),
        );
        if (Failed.length > 0) throw new Error(`The queue of alerts took all but ${Failed.length} messages: ${Failed[0]?.Code}`);
      }
    },
  };
}
