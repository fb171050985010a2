import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { ExportQueue } from './ports.ts';

export const exportMessage = z.object({ exportId: z.string() });

/** Needs `sqs:SendMessage`. */
export const sqsExportQueue = (client: SQSClient, queueUrl: string): ExportQueue => ({
  request: async (exportId) =>
    void (await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify({ exportId }) }))),
});
