/**
 * Takes the webhooks of payment gateways in, and answers at once; what they are about is worked on from queues.
 */
import { configuredAdmissions, admissionVariables } from '#shared/payments/configured-admissions.ts';
import { systemChance } from '#shared/platform/chance.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { documentClient } from '#shared/platform/dynamodb.ts';
import { requireEnv } from '#shared/platform/env.ts';
import { httpHandler, on } from '#shared/platform/http/http-handler.ts';
import { log } from '#shared/platform/log.ts';
import { sqsMessageClient } from '#shared/messaging/sqs-message-queue.ts';
import { dynamodbWebhookStore } from '#shared/wallet/webhooks/dynamodb-webhook-store.ts';
import { receiveWebhook } from '#shared/wallet/webhooks/receive-webhook.ts';
import { sqsWebhookQueue } from '#shared/wallet/webhooks/sqs-webhook-queue.ts';
import { webhookRoutes } from '#shared/wallet/webhooks/webhook-routes.ts';
import { webhookChannels } from '#shared/wallet/webhooks/webhook.ts';

const env = requireEnv('WALLET_TABLE', 'PAYMENT_NEWS_QUEUE_URL', 'PAYOUT_NEWS_QUEUE_URL', ...admissionVariables);
const [clock, chance, sqs] = [systemClock, systemChance, sqsMessageClient()];
const payments = sqsWebhookQueue(sqs, env.PAYMENT_NEWS_QUEUE_URL);
const payouts = sqsWebhookQueue(sqs, env.PAYOUT_NEWS_QUEUE_URL);
const deps = {
  admissions: configuredAdmissions(env, { clock, chance }),
  webhooks: dynamodbWebhookStore({ client: documentClient(), chance, name: env.WALLET_TABLE }),
  queues: { midtrans: payments, xendit: payments, iris: payouts, 'xendit-payouts': payouts },
  clock,
  // A metric counts these lines: see infra/capabilities/deposits.ts.
  onRefused: (refusal: { readonly channel: string; readonly reason: string }) => log.warn('A webhook was refused', refusal),
};
const signatureHeaders = ['x-callback-token', 'iris-signature'] as const;

export const handler = httpHandler(
  ...webhookChannels.map((channel) =>
    on(webhookRoutes[channel], async ({ client, bytes }) => {
      const headers = Object.fromEntries(signatureHeaders.map((name) => [name, client.header(name)]));
      await receiveWebhook(deps, { channel, rawBody: bytes(), headers });
      return {};
    }),
  ),
);
