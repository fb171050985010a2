/**
 * A webhook as it is kept: once for each piece of news, however often it is delivered.
 */
import * as z from 'zod';

/** Where webhooks come in: one address each, since each is admitted in its own way. */
export const webhookChannels = ['midtrans', 'xendit', 'iris', 'xendit-payouts'] as const;
export type WebhookChannel = (typeof webhookChannels)[number];

/** What goes onto a queue: enough to find the webhook. */
export const webhookNewsSchema = z.object({ channel: z.enum(webhookChannels), eventId: z.string().min(1).max(128) });
export type WebhookNews = z.output<typeof webhookNewsSchema>;

const instantMs = z.int().nonnegative();

export const webhookSchema = z.object({
  ...webhookNewsSchema.shape,
  /** As it came. */
  rawBody: z.string(),
  /** What the adapter made of it: a `Notification` of payments, or a `PayoutNotification`. */
  notification: z.record(z.string(), z.unknown()),
  receivedAtMs: instantMs,
  /** How often it was delivered, and when it was worked on. */
  deliveries: z.int().positive(),
  processedAtMs: instantMs.nullable(),
});
export type Webhook = z.output<typeof webhookSchema>;
