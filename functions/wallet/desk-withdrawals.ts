/**
 * Withdrawals, as staff see and decide about them.
 */
import { dynamodbStaffNames } from '#shared/identity/staff/dynamodb-staff-names.ts';
import { sqsMessageClient } from '#shared/messaging/sqs-message-queue.ts';
import { configuredPayouts, payoutVariables } from '#shared/payments/configured-payouts.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { documentClient } from '#shared/platform/dynamodb.ts';
import { requireEnv } from '#shared/platform/env.ts';
import { edgeHttpHandler } from '#shared/platform/http/http-handler.ts';
import { secretReader } from '#shared/platform/secret.ts';
import { configuredWithdrawals } from '#shared/wallet/withdrawals/configured-withdrawals.ts';
import { deskEndpoints } from '#shared/wallet/withdrawals/desk-endpoints.ts';
import { sqsPayoutQueue } from '#shared/wallet/withdrawals/sqs-payout-queue.ts';

const env = requireEnv(
  'WALLET_TABLE',
  ...payoutVariables,
  'IDENTITY_TABLE',
  'AUDIT_TABLE',
  'PAYOUT_NEWS_QUEUE_URL',
  'ORIGIN_KEY_SECRET_ID',
);
const client = documentClient();
const configured = configuredWithdrawals(env, client);
const deps = {
  ...configured,
  gateways: configuredPayouts(env, configured),
  staff: dynamodbStaffNames({ client, name: env.IDENTITY_TABLE }),
  payouts: sqsPayoutQueue(sqsMessageClient(), env.PAYOUT_NEWS_QUEUE_URL),
};

export const handler = edgeHttpHandler(secretReader(env.ORIGIN_KEY_SECRET_ID, systemClock), ...deskEndpoints(deps));
