import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { RollupQueue } from './ports.ts';

/** Roll this closed file up. */
export const rollupMessage = z.object({ fileId: z.string() });

export function sqsRollupQueue(client: SQSClient, url: string): RollupQueue {
  return {
    async request({ id }) {
      const message: z.infer<typeof rollupMessage> = { fileId: id };
      await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: JSON.stringify(message) }));
    },
  };
}
