import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { log } from '#shared/platform/log.ts';
import type { PayoutQueue } from './ports.ts';

export function sqsPayoutQueue(client: SQSClient, queueUrl: string): PayoutQueue {
  return {
    async wake(withdrawalId) {
      try {
        await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify({ withdrawalId }) }));
      } catch (error) {
        // It has been decided and written down: the sweep finds it within a minute.
        log.warn('A payout waits for the sweep', { error: error as Error, withdrawalId });
      }
    },
  };
}
