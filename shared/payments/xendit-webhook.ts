/**
 * Webhooks of Xendit's payments. A fixed token admits them: whoever has seen one can send another, so that the status decides here as well.
 * https://docs.xendit.co/apidocs/payment-webhook-notification https://docs.xendit.co/apidocs/refund-webhook-notification
 */
import * as z from 'zod';
import type { ChargeState } from './payment.ts';
import type { Notification, WebhookOutcome, WebhookRequest } from './ports.ts';
import { eventIdOf, isSameSecret, isTooLarge, refusedWebhook, webhookJson } from './webhook-body.ts';
import { xenditId, xenditRequestState } from './xendit-answers.ts';

const word = z.string().max(100);
const envelope = z.object({ event: word, data: z.looseObject({}) });

const chargeNews = z.object({
  payment_request_id: xenditId,
  payment_id: xenditId.optional(),
  reference_id: xenditId,
  status: word,
});

/** Their schema has the payment request, their example does not; the reference is our key, or nothing we know. */
const refundNews = z
  .object({ id: xenditId, payment_request_id: xenditId.nullish(), reference_id: xenditId.nullish(), status: word })
  .refine(({ payment_request_id, reference_id }) => (payment_request_id ?? reference_id ?? null) !== null);

const chargeEvents = new Set(['payment.capture', 'payment.authorization', 'payment.failure', 'payment.expiry', 'payment_request.expiry']);
const refundEvents = new Set(['refund.succeeded', 'refund.failed']);

/** Token first: nothing of what a stranger sends is parsed. */
export function isXenditsOwn({ headers }: WebhookRequest, token: string): boolean {
  return isSameSecret(headers['x-callback-token'], token);
}

export function xenditWebhook(request: WebhookRequest, token: string): WebhookOutcome<Notification> {
  if (isTooLarge(request.rawBody)) return refusedWebhook('too-large');
  if (!isXenditsOwn(request, token)) return refusedWebhook('signature');
  const news = envelope.safeParse(webhookJson(request.rawBody)).data;
  if (news === undefined) return refusedWebhook('malformed');
  if (chargeEvents.has(news.event)) return chargeNotification(news.event, news.data);
  if (refundEvents.has(news.event)) return refundNotification(news.event, news.data);
  return refusedWebhook('not-ours');
}

function chargeNotification(event: string, body: unknown): WebhookOutcome<Notification> {
  const { data } = chargeNews.safeParse(body);
  if (data === undefined) return refusedWebhook('malformed');
  const { payment_request_id, payment_id, reference_id, status } = data;
  return {
    kind: 'admitted',
    notification: {
      gateway: 'xendit',
      about: 'charge',
      eventId: eventIdOf('xendit', event, payment_request_id, payment_id, status),
      depositId: reference_id,
      gatewayTransactionId: payment_request_id,
      refundKey: null,
      claimedState: claimedState(status),
    },
  };
}

const claimedState = (status: string): ChargeState => (status === 'SUCCEEDED' ? 'paid' : xenditRequestState(status));

/** Their example has the whole event once more inside `data`; their schema has the refund there. */
function refundNotification(event: string, body: Readonly<Record<string, unknown>>): WebhookOutcome<Notification> {
  const { data } = refundNews.safeParse('event' in body ? body['data'] : body);
  if (data === undefined) return refusedWebhook('malformed');
  return {
    kind: 'admitted',
    notification: {
      gateway: 'xendit',
      about: 'refund',
      eventId: eventIdOf('xendit', event, data.id, data.status),
      depositId: null,
      gatewayTransactionId: data.payment_request_id ?? null,
      refundKey: data.reference_id ?? null,
      // In part or in whole: the webhook does not say.
      claimedState: event === 'refund.succeeded' ? 'refunded' : 'paid',
    },
  };
}
