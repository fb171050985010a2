/**
 * Works on webhooks about payments, from a queue. A gateway that cannot be asked lets the message come again.
 */
import { dynamodbMemberDirectory } from '#shared/identity/administration/dynamodb-member-directory.ts';
import { sqsMessageClient } from '#shared/messaging/sqs-message-queue.ts';
import { systemChance } from '#shared/platform/chance.ts';
import { documentClient } from '#shared/platform/dynamodb.ts';
import { requireEnv } from '#shared/platform/env.ts';
import { log } from '#shared/platform/log.ts';
import { sqsHandler } from '#shared/platform/queue.ts';
import { sqsRedelivery } from '#shared/platform/sqs-redelivery.ts';
import { configuredDeposits, depositVariables } from '#shared/wallet/deposits/configured-deposits.ts';
import { processPaymentWebhook } from '#shared/wallet/deposits/process-payment-webhook.ts';
import { dynamodbWebhookStore } from '#shared/wallet/webhooks/dynamodb-webhook-store.ts';
import { webhookNewsSchema } from '#shared/wallet/webhooks/webhook.ts';

const env = requireEnv(...depositVariables, 'PAYMENT_NEWS_QUEUE_URL');
const [client, chance] = [documentClient(), systemChance];
const members = dynamodbMemberDirectory({ client, chance, name: env.IDENTITY_TABLE });
const deps = {
  ...configuredDeposits(env, { client, members }),
  webhooks: dynamodbWebhookStore({ client, chance, name: env.WALLET_TABLE }),
};
const redeliver = sqsRedelivery(sqsMessageClient(), env.PAYMENT_NEWS_QUEUE_URL);

export const handler = sqsHandler({ message: webhookNewsSchema, redeliver }, async (news, { receiveCount }) => {
  const outcome = await processPaymentWebhook(deps, news, receiveCount);
  log.info('Webhook', { ...news, outcome });
});
