/**
 * Notifications of Midtrans' payments. Their signature covers the order, the status code and the amount, and nothing else.
 * https://docs.midtrans.com/reference/handle-notifications
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Notification, WebhookOutcome, WebhookRequest } from './ports.ts';
import { midtransId, midtransState } from './midtrans-transaction.ts';
import { eventIdOf, isSameSecret, isTooLarge, refusedWebhook, webhookJson } from './webhook-body.ts';

const word = z.string().max(100);

const notificationSchema = z.object({
  order_id: midtransId,
  transaction_id: midtransId,
  status_code: z.string().regex(/^\d{3}$/),
  /** As it was written: it is signed so. */
  gross_amount: z.string().max(40),
  signature_key: z.string().max(200),
  transaction_status: word,
  fraud_status: word.optional(),
  settlement_time: word.optional(),
  refunds: z
    .array(z.object({ refund_key: word, bank_confirmed_at: word.optional() }))
    .max(100)
    .optional(),
});
type MidtransNotification = z.output<typeof notificationSchema>;

export function midtransWebhook({ rawBody }: WebhookRequest, serverKey: string): WebhookOutcome<Notification> {
  if (isTooLarge(rawBody)) return refusedWebhook('too-large');
  const { data } = notificationSchema.safeParse(webhookJson(rawBody));
  if (data === undefined) return refusedWebhook('malformed');
  if (serverKey === '' || !isSameSecret(data.signature_key.toLowerCase(), midtransSignature(data, serverKey)))
    return refusedWebhook('signature');
  return { kind: 'admitted', notification: notificationOf(data) };
}

/** Hexadecimal SHA-512 of the three with the server key behind them. */
export function midtransSignature(
  { order_id, status_code, gross_amount }: Pick<MidtransNotification, 'order_id' | 'status_code' | 'gross_amount'>,
  serverKey: string,
): string {
  return createHash('sha512').update(`${order_id}${status_code}${gross_amount}${serverKey}`).digest('hex');
}

function notificationOf(data: MidtransNotification): Notification {
  const refunds = (data.refunds ?? []).map(({ refund_key, bank_confirmed_at }) => [refund_key, bank_confirmed_at]);
  const { order_id, transaction_id, status_code, gross_amount, transaction_status, fraud_status } = data;
  return {
    gateway: 'midtrans',
    about: /refund/i.test(transaction_status) ? 'refund' : 'charge',
    eventId: eventIdOf('midtrans', order_id, transaction_id, status_code, gross_amount, transaction_status, fraud_status, refunds),
    depositId: order_id,
    gatewayTransactionId: transaction_id,
    refundKey: null,
    claimedState: midtransState(data),
  };
}
