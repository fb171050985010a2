import { ChangeMessageVisibilityCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { QueueOptions } from './queue.ts';

/** `redeliver` of a queue handler. Needs `sqs:ChangeMessageVisibility` on the queue. */
export function sqsRedelivery(client: SQSClient, queueUrl: string): NonNullable<QueueOptions<never>['redeliver']> {
  return async ({ receiptHandle }, seconds) => {
    await client.send(new ChangeMessageVisibilityCommand({ QueueUrl: queueUrl, ReceiptHandle: receiptHandle, VisibilityTimeout: seconds }));
  };
}
