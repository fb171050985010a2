/**
 * Works on a webhook about a payout: finds the withdrawal, and asks the gateway how it really stands. What the webhook claims decides nothing.
 */
import * as z from 'zod';
import { gatewayNames } from '#shared/payments/payment.ts';
import { payoutStates } from '#shared/payments/payout.ts';
import { exceptionOf } from '../reconciliation/exception.ts';
import type { ExceptionStore } from '../reconciliation/ports.ts';
import type { WebhookStore } from '../webhooks/ports.ts';
import type { WebhookNews } from '../webhooks/webhook.ts';
import { advancePayout, type AdvanceDeps } from './advance-payout.ts';
import { withdrawalIdOf, type PayoutChannel } from './withdrawal.ts';

export interface WebhookDeps extends AdvanceDeps {
  readonly webhooks: WebhookStore;
  readonly exceptions: Pick<ExceptionStore, 'raise'>;
}

const notificationSchema = z.object({
  gateway: z.enum(gatewayNames),
  withdrawalId: z.string().nullable(),
  gatewayPayoutId: z.string(),
  claimedState: z.enum(payoutStates),
});

export type ProcessedPayoutWebhook = 'advanced' | 'no-withdrawal' | 'done-before';

/** The news may come before the answer that told the payout's id was written down; by then it is. */
class PayoutUnknown extends Error {
  constructor({ channel, eventId }: WebhookNews) {
    super(`The payout of the webhook ${channel} ${eventId} is not known yet`);
  }
}

/**
 * Throws when the gateway cannot be asked, and while nobody knows the payout: the message comes again. At the last delivery a payout that nobody
 * knows becomes an exception.
 */
export async function processPayoutWebhook(
  deps: WebhookDeps,
  news: WebhookNews,
  { isLast }: { readonly isLast: boolean },
): Promise<ProcessedPayoutWebhook> {
  const { webhooks, withdrawals, exceptions, clock } = deps;
  const webhook = await webhooks.get(news);
  if (webhook === undefined) throw new Error(`There is no webhook ${news.channel} ${news.eventId}`);
  if (webhook.processedAtMs !== null) return 'done-before';
  const { gateway, withdrawalId, gatewayPayoutId, claimedState } = notificationSchema.parse(webhook.notification);
  const channel: PayoutChannel = gateway === 'midtrans' ? 'iris' : 'xendit';
  const named = withdrawalId === null ? await withdrawals.ofPayout(channel, gatewayPayoutId) : withdrawalIdOf(withdrawalId);
  const withdrawal = named === undefined ? undefined : await advancePayout(deps, named);
  if (withdrawal === undefined) {
    if (!isLast) throw new PayoutUnknown(news);
    const detail = `A webhook claims that this payout is ${claimedState}, and nothing here is known of it.`;
    await exceptions.raise([
      exceptionOf({ kind: 'missing-here', gateway: channel, gatewayReference: gatewayPayoutId, detail }, clock.now()),
    ]);
  }
  await webhooks.processed(news, clock.now());
  return withdrawal === undefined ? 'no-withdrawal' : 'advanced';
}
