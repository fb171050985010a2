/**
 * Messages to people, by way of a queue: a request does not wait for a mail server, and one that is down loses nothing.
 */
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { messageSchema } from './message.ts';
import type { Messenger } from './ports.ts';

/** A client that gives up on a single request after 3 s: somebody waits for the answer. */
export const sqsMessageClient = (): SQSClient =>
  new SQSClient({ maxAttempts: 3, requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true } });

/** Needs `sqs:SendMessage`. Throws for a message that could never be sent: that is a mistake where it was made. */
export function sqsMessageQueue(client: SQSClient, queueUrl: string): Messenger {
  return {
    async send(message) {
      await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(messageSchema.parse(message)) }));
    },
  };
}
