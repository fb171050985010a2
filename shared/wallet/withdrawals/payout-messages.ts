/**
 * What has a payout looked at: a withdrawal that may go on, or a webhook that tells of one.
 */
import * as z from 'zod';
import { webhookNewsSchema } from '../webhooks/webhook.ts';

export const payoutMessage = z.union([z.object({ withdrawalId: z.string().min(1).max(64) }), webhookNewsSchema]);
