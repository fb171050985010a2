/**
 * Takes payouts on, from a queue: sends what was approved, and asks for what a webhook tells of. A gateway that cannot be asked lets the message
 * come again.
 */
import { sqsMessageClient } from '#shared/messaging/sqs-message-queue.ts';
import { configuredPayouts, payoutVariables } from '#shared/payments/configured-payouts.ts';
import { documentClient } from '#shared/platform/dynamodb.ts';
import { requireCountEnv, requireEnv } from '#shared/platform/env.ts';
import { log } from '#shared/platform/log.ts';
import { sqsHandler } from '#shared/platform/queue.ts';
import { sqsRedelivery } from '#shared/platform/sqs-redelivery.ts';
import { dynamodbExceptionStore } from '#shared/wallet/reconciliation/dynamodb-exception-store.ts';
import { dynamodbWebhookStore } from '#shared/wallet/webhooks/dynamodb-webhook-store.ts';
import { advancePayout } from '#shared/wallet/withdrawals/advance-payout.ts';
import { configuredWithdrawals } from '#shared/wallet/withdrawals/configured-withdrawals.ts';
import { payoutMessage } from '#shared/wallet/withdrawals/payout-messages.ts';
import { processPayoutWebhook } from '#shared/wallet/withdrawals/process-payout-webhook.ts';

const env = requireEnv('WALLET_TABLE', ...payoutVariables, 'PAYOUT_NEWS_QUEUE_URL');
const receivesMax = requireCountEnv('RECEIVES_MAX');
const configured = configuredWithdrawals(env, documentClient());
const { table } = configured;
const deps = {
  ...configured,
  gateways: configuredPayouts(env, configured),
  webhooks: dynamodbWebhookStore(table),
  exceptions: dynamodbExceptionStore(table),
};
const redeliver = sqsRedelivery(sqsMessageClient(), env.PAYOUT_NEWS_QUEUE_URL);

export const handler = sqsHandler({ message: payoutMessage, redeliver }, async (message, { receiveCount }) => {
  if ('withdrawalId' in message) {
    const withdrawal = await advancePayout(deps, message.withdrawalId);
    log.info('Payout', { withdrawalId: message.withdrawalId, state: withdrawal?.state });
    return;
  }
  const outcome = await processPayoutWebhook(deps, message, { isLast: receiveCount >= receivesMax });
  log.info('Webhook', { ...message, outcome });
});
