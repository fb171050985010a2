/**
 * Sends messages to people. One that is refused for good is logged and done with; one that fails is delivered again, and in the end goes
 * to the dead-letter queue. What a message says is logged nowhere: it may be a code.
 */
import { deliverMessage } from '#shared/messaging/deliver-message.ts';
import { messageSchema } from '#shared/messaging/message.ts';
import { sesClient, sesEmailCarrier } from '#shared/messaging/ses-email-carrier.ts';
import { snsClient, snsSmsCarrier } from '#shared/messaging/sns-sms-carrier.ts';
import { sqsMessageClient } from '#shared/messaging/sqs-message-queue.ts';
import { whatsappCarrier } from '#shared/messaging/whatsapp-carrier.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { requireEnv } from '#shared/platform/env.ts';
import { log } from '#shared/platform/log.ts';
import { sqsHandler } from '#shared/platform/queue.ts';
import { secretReader } from '#shared/platform/secret.ts';
import { sqsRedelivery } from '#shared/platform/sqs-redelivery.ts';

const env = requireEnv('MESSAGES_QUEUE_URL', 'SENDER_EMAIL', 'WHATSAPP_URL', 'WHATSAPP_TOKEN_SECRET_ID');
const whatsappToken = secretReader(env.WHATSAPP_TOKEN_SECRET_ID, systemClock);
const deps = {
  email: sesEmailCarrier(sesClient(), env.SENDER_EMAIL),
  sms: snsSmsCarrier(snsClient()),
  whatsapp: env.WHATSAPP_URL === 'off' ? undefined : whatsappCarrier({ url: env.WHATSAPP_URL, token: whatsappToken }),
  clock: systemClock,
};
const redeliver = sqsRedelivery(sqsMessageClient(), env.MESSAGES_QUEUE_URL);

export const handler = sqsHandler({ message: messageSchema, redeliver }, async (message, { messageId }) => {
  const report = await deliverMessage(deps, message);
  const line = { messageId, template: message.template, locale: message.locale, ...report };
  if (report.outcome === 'refused') log.warn('A message was refused', line);
  else log.info('Message', line);
});
