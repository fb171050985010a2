/**
 * Where payment gateways tell their news. Open routes: what admits a request is its signature.
 */
import * as z from 'zod';
import { route } from '#shared/platform/http/route.ts';
import { paymentLimits } from '#shared/payments/payment-limits.ts';
import type { WebhookChannel } from './webhook.ts';

const webhook = (channel: WebhookChannel, { operationId, summary }: { readonly operationId: string; readonly summary: string }) =>
  route({
    operationId,
    method: 'POST',
    path: `/api/webhooks/${channel}`,
    summary,
    bodyBytesMax: paymentLimits.webhookBytesMax,
    status: 200,
    answer: z.object({}),
    faults: ['webhooks.signature-wrong', 'webhooks.malformed'],
  });

export const webhookRoutes = {
  midtrans: webhook('midtrans', { operationId: 'receiveMidtransWebhook', summary: "News of Midtrans' payments, as it signs them" }),
  xendit: webhook('xendit', { operationId: 'receiveXenditWebhook', summary: "News of Xendit's payments, with its callback token" }),
  iris: webhook('iris', { operationId: 'receiveIrisWebhook', summary: "News of Iris' payouts, as it signs them" }),
  'xendit-payouts': webhook('xendit-payouts', {
    operationId: 'receiveXenditPayoutWebhook',
    summary: "News of Xendit's payouts, with its callback token",
  }),
} as const;
