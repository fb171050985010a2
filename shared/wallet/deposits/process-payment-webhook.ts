/**
 * Works on a webhook about a payment: finds the deposit, tells its timeline, and asks the gateway how it really stands. What the webhook claims
 * decides nothing: a signature covers less than it says.
 */
import * as z from 'zod';
import { gatewayNames, chargeStates } from '#shared/payments/payment.ts';
import type { WebhookStore } from '../webhooks/ports.ts';
import type { Webhook, WebhookNews } from '../webhooks/webhook.ts';
import { depositEvent } from './deposit-event.ts';
import { depositLimits } from './deposit-limits.ts';
import type { Deposit } from './deposit.ts';
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

/**
 * Throws faults of payments when the gateway cannot be asked, and at its first looks when the gateway does not say yet what its own webhook claims:
 * the message comes again. `looks` counts them, this one included.
 */
export async function processPaymentWebhook(
  deps: Deps,
  news: WebhookNews,
  looks: number = depositLimits.webhookLooksMax,
): Promise<ProcessedWebhook> {
  const webhook = await deps.webhooks.get(news);
  if (webhook === undefined) throw new Error(`There is no webhook ${news.channel} ${news.eventId}`);
  if (webhook.processedAtMs !== null) return 'done-before';
  const notification = notificationSchema.parse(webhook.notification);
  const depositId = await depositIdOf(deps, notification);
  const deposit = depositId === undefined ? undefined : await settle(deps, { depositId, webhook, notification });
  if (deposit !== undefined && looks < depositLimits.webhookLooksMax && isAhead(notification, deposit))
    throw new StatusBehind(`${deposit.id} is not ${notification.claimedState} yet, as its webhook claims`);
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

/** What a gateway asks with may lag behind what it tells with; or the claim is a forgery, which is found out by asking again. */
class StatusBehind extends Error {
  override readonly name = 'StatusBehind';
}

/** Whether news of money has not arrived in the deposit. */
function isAhead({ about, claimedState }: Notification, { payments, unclearReversal }: Deposit): boolean {
  if (about !== 'charge') return false;
  if (claimedState === 'paid') return payments.length === 0;
  return claimedState === 'reversed' && unclearReversal === null && payments.every(({ reversedRupiah }) => reversedRupiah === 0);
}

interface Work {
  readonly depositId: string;
  readonly webhook: Webhook;
  readonly notification: Notification;
}

async function settle(deps: Deps, { depositId, webhook, notification }: Work): Promise<Deposit> {
  const { about, claimedState, gateway, gatewayTransactionId } = notification;
  const event = depositEvent({
    atMs: webhook.receivedAtMs,
    kind: 'webhook',
    actor: `system:${gateway}`,
    detail: `Claims that the ${about} is ${claimedState}.`,
  });
  await deps.deposits.note(depositId, event, `w${webhook.eventId.slice(0, 16)}`);
  // Xendit cannot be asked by our id, and lists a payment only after a while: of a charge whose answer was lost, this is the one who knows.
  return settleDeposit(deps, { depositId, actor: 'system:webhook', named: { gateway, gatewayTransactionId } });
}
