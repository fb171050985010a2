/**
 * Works on a webhook about a payment: finds the deposit, tells its timeline, and asks the gateway how it really stands. What the webhook claims
 * decides nothing: a signature covers less than it says.
 */
import * as z from 'zod';
import { gatewayNames, chargeStates } from '#shared/payments/payment.ts';
import type { WebhookStore } from '../webhooks/ports.ts';
import type { Webhook, WebhookNews } from '../webhooks/webhook.ts';
import { depositEvent } from './deposit-event.ts';
import type { SettlingDeps } from './ports.ts';
import { depositIdOfRefund } from './refund-key.ts';
import { settleDeposit } from './settle-deposit.ts';

interface Deps extends SettlingDeps {
  readonly webhooks: WebhookStore;
}

/** What was about no deposit of ours is done with, and told. */
export type ProcessedWebhook = 'settled' | 'no-deposit' | 'done-before';

const notificationSchema = z.object({
  gateway: z.enum(gatewayNames),
  about: z.enum(['charge', 'refund']),
  depositId: z.string().nullable(),
  gatewayTransactionId: z.string().nullable(),
  refundKey: z.string().nullable(),
  claimedState: z.enum(chargeStates),
});
type Notification = z.output<typeof notificationSchema>;

/** Throws faults of payments when the gateway cannot be asked: the message comes again. */
export async function processPaymentWebhook(deps: Deps, news: WebhookNews): Promise<ProcessedWebhook> {
  const webhook = await deps.webhooks.get(news);
  if (webhook === undefined) throw new Error(`There is no webhook ${news.channel} ${news.eventId}`);
  if (webhook.processedAtMs !== null) return 'done-before';
  const notification = notificationSchema.parse(webhook.notification);
  const depositId = await depositIdOf(deps, notification);
  if (depositId !== undefined) await settle(deps, { depositId, webhook, notification });
  await deps.webhooks.processed(news, deps.clock.now());
  return depositId === undefined ? 'no-deposit' : 'settled';
}

/** By our own id; else by theirs; else by the key of a refund, which names the deposit. */
async function depositIdOf({ deposits }: Deps, notification: Notification): Promise<string | undefined> {
  const { gateway, depositId, gatewayTransactionId, refundKey } = notification;
  const named = depositId ?? depositIdOfRefund(refundKey ?? '');
  if (named !== undefined && (await deposits.get(named)) !== undefined) return named;
  return gatewayTransactionId === null ? undefined : deposits.idOfCharge(gateway, gatewayTransactionId);
}

interface Work {
  readonly depositId: string;
  readonly webhook: Webhook;
  readonly notification: Notification;
}

async function settle(deps: Deps, { depositId, webhook, notification }: Work): Promise<void> {
  const { about, claimedState, gateway, gatewayTransactionId } = notification;
  const event = depositEvent({
    atMs: webhook.receivedAtMs,
    kind: 'webhook',
    actor: `system:${gateway}`,
    detail: `Claims that the ${about} is ${claimedState}.`,
  });
  await deps.deposits.note(depositId, event, `w${webhook.eventId.slice(0, 16)}`);
  // Xendit cannot be asked by our id, and lists a payment only after a while: of a charge whose answer was lost, this is the one who knows.
  await settleDeposit(deps, { depositId, actor: 'system:webhook', named: { gateway, gatewayTransactionId } });
}
