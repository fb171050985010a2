/**
 * Takes alerts to their channels. One that a channel refuses for good is logged and done with; one that fails is tried again, and in the end goes to the
 * dead-letter queue.
 */
import { snsClient } from '#shared/messaging/sns-sms-carrier.ts';
import { sqsMessageClient, sqsMessageQueue } from '#shared/messaging/sqs-message-queue.ts';
import { systemChance } from '#shared/platform/chance.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { documentClient } from '#shared/platform/dynamodb.ts';
import { requireEnv } from '#shared/platform/env.ts';
import { log } from '#shared/platform/log.ts';
import { sqsHandler } from '#shared/platform/queue.ts';
import { sqsRedelivery } from '#shared/platform/sqs-redelivery.ts';
import { deliverAlert } from '#shared/logs/alerts/deliver-alert.ts';
import { dynamodbAlertStore } from '#shared/logs/alerts/dynamodb-alert-store.ts';
import { dynamodbRuleStore } from '#shared/logs/alerts/dynamodb-rule-store.ts';
import { emailCarrier } from '#shared/logs/alerts/email-carrier.ts';
import { postToWebhook } from '#shared/logs/alerts/https-webhook-post.ts';
import { snsAlertCarrier } from '#shared/logs/alerts/sns-alert-carrier.ts';
import { alertMessage, sqsAlertClient } from '#shared/logs/alerts/sqs-alert-queue.ts';
import { slackCarrier, webhookCarrier } from '#shared/logs/alerts/webhook-carriers.ts';
import { webhookReachOf } from '#shared/logs/alerts/webhook-target.ts';

const env = requireEnv('LOGS_TABLE', 'ALERTS_QUEUE_URL', 'MESSAGES_QUEUE_URL', 'ALERT_TOPIC_ARN', 'BACKOFFICE_ORIGIN', 'WEBHOOK_REACH');
const table = { client: documentClient(), name: env.LOGS_TABLE, chance: systemChance };
const clock = systemClock;
const reach = webhookReachOf(env.WEBHOOK_REACH);
const posting = { post: (request: Parameters<typeof postToWebhook>[0]) => postToWebhook(request, reach), clock };
const deps = {
  alerts: dynamodbAlertStore(table),
  rules: dynamodbRuleStore(table, undefined),
  carriers: {
    slack: slackCarrier(posting),
    webhook: webhookCarrier(posting),
    sns: snsAlertCarrier(snsClient(), env.ALERT_TOPIC_ARN),
    email: emailCarrier(sqsMessageQueue(sqsMessageClient(), env.MESSAGES_QUEUE_URL)),
  },
  clock,
  origin: env.BACKOFFICE_ORIGIN,
};
const redeliver = sqsRedelivery(sqsAlertClient(), env.ALERTS_QUEUE_URL);

export const handler = sqsHandler({ message: alertMessage, redeliver }, async ({ alertId }) => {
  const outcome = await deliverAlert(deps, alertId);
  if (outcome === 'refused') log.warn('An alert was refused', { alertId });
  else log.info('Alert', { alertId, outcome });
});
