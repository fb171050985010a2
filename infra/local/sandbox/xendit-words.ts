/**
 * The sandbox's charges in Xendit's words.
 */
import { refundedRupiah, type SandboxCharge, type SandboxPayment, wasPaid } from './charge.ts';

const businessId = '5f0000000000000000000001';

const at = (ms: number): string => new Date(ms).toISOString();

/** Money that comes after the expiry leaves the request expired. */
export function requestStatus(charge: SandboxCharge): string {
  if (charge.status === 'open') return wasPaid(charge) ? 'SUCCEEDED' : 'REQUIRES_ACTION';
  return { expired: 'EXPIRED', cancelled: 'CANCELED', failed: 'FAILED' }[charge.status];
}

export function requestBody(charge: SandboxCharge): object {
  return {
    ...requestWords(charge),
    channel_properties: charge.channel === 'QRIS' ? {} : { expires_at: at(charge.expiresMs) },
    actions: actionsOf(charge),
    status: requestStatus(charge),
    ...(wasPaid(charge) && { latest_payment_id: charge.payments.at(-1)?.id }),
    created: at(charge.createdMs),
    updated: at(charge.updatedMs),
  };
}

/** What a request and each of its payments say alike. */
function requestWords({ reference, id, amountRupiah, channel }: SandboxCharge): object {
  return {
    business_id: businessId,
    reference_id: reference,
    payment_request_id: id,
    type: 'PAY',
    country: 'ID',
    currency: 'IDR',
    request_amount: amountRupiah,
    capture_method: 'AUTOMATIC',
    channel_code: channel,
  };
}

function actionsOf({ channel, bank, code }: SandboxCharge): object[] {
  if (channel === 'OVO') return [];
  if (bank !== null) return [{ type: 'PRESENT_TO_CUSTOMER', descriptor: 'VIRTUAL_ACCOUNT_NUMBER', value: code }];
  if (channel === 'QRIS') return [{ type: 'PRESENT_TO_CUSTOMER', descriptor: 'QR_STRING', value: code }];
  return [{ type: 'REDIRECT_CUSTOMER', descriptor: 'WEB_URL', value: code }];
}

export function paymentBody(charge: SandboxCharge, payment: SandboxPayment): object {
  return {
    payment_id: payment.id,
    ...requestWords(charge),
    captures: [
      { capture_id: payment.id.replace('py-', 'cptr-'), capture_amount: payment.amountRupiah, capture_timestamp: at(payment.atMs) },
    ],
    status: charge.takenBack === 'denied' ? 'FAILED' : 'SUCCEEDED',
    created: at(payment.atMs),
    updated: at(charge.updatedMs),
  };
}

/** The account's book: money in, and money taken back. */
export function transactionBodies(charge: SandboxCharge): object[] {
  const common = { reference_id: charge.reference, currency: 'IDR', product_data: { payment_request_id: charge.id } };
  const payments = charge.payments.map((payment) => ({
    ...common,
    id: payment.id.replace('py-', 'txn_'),
    product_id: payment.id,
    type: 'PAYMENT',
    status: charge.takenBack === 'denied' ? 'REVERSED' : 'SUCCESS',
    amount: payment.amountRupiah,
    cashflow: 'MONEY_IN',
    created: at(payment.atMs),
  }));
  const [first] = charge.payments;
  if (charge.takenBack !== 'chargeback' || first === undefined) return payments;
  const back = { ...common, id: `${first.id.replace('py-', 'txn_')}b`, product_id: first.id, type: 'CHARGEBACK', status: 'SUCCESS' };
  return [...payments, { ...back, amount: first.amountRupiah, cashflow: 'MONEY_OUT', created: at(charge.updatedMs) }];
}

export function refundBody(charge: SandboxCharge, refund: SandboxCharge['refunds'][number]): object {
  return {
    id: refund.id,
    payment_request_id: charge.id,
    payment_id: charge.payments[0]?.id ?? null,
    invoice_id: null,
    amount: refund.amountRupiah,
    channel_code: charge.channel,
    currency: 'IDR',
    status: refund.confirmedMs === null ? 'PENDING' : 'SUCCEEDED',
    reason: 'REQUESTED_BY_CUSTOMER',
    reference_id: refund.key,
    failure_code: null,
    created: at(refund.createdMs),
    updated: at(refund.confirmedMs ?? refund.createdMs),
  };
}

/** The news of the charge's present state; undefined where Xendit tells none. */
export function webhookBody(charge: SandboxCharge, nowMs: number): string | undefined {
  const event = eventOf(charge);
  if (event === undefined) return undefined;
  return JSON.stringify({ event: event.name, business_id: businessId, created: at(nowMs), api_version: 'v3', data: event.data });
}

function eventOf(charge: SandboxCharge): { name: string; data: object } | undefined {
  const payment = charge.payments.at(-1);
  const refund = charge.refunds.at(-1);
  if (charge.takenBack !== null && payment !== undefined) return { name: 'payment.failure', data: paymentBody(charge, payment) };
  if (refund !== undefined) return refund.confirmedMs === null ? undefined : { name: 'refund.succeeded', data: refundBody(charge, refund) };
  if (payment !== undefined) return { name: 'payment.capture', data: paymentBody(charge, payment) };
  if (charge.status === 'expired') return { name: 'payment_request.expiry', data: requestBody(charge) };
  // A cancelled request is nothing that they tell: it was asked for.
  return charge.status === 'failed' ? { name: 'payment.failure', data: requestBody(charge) } : undefined;
}

/** A capture that never was. */
export function forgedCapture(charge: SandboxCharge, nowMs: number): string {
  const payment: SandboxPayment = { id: charge.id.replace('pr-', 'py-'), amountRupiah: charge.amountRupiah, atMs: nowMs };
  const data = paymentBody({ ...charge, takenBack: null, updatedMs: nowMs }, payment);
  return JSON.stringify({ event: 'payment.capture', business_id: businessId, created: at(nowMs), api_version: 'v3', data });
}

export const unrefundedRupiah = (charge: SandboxCharge): number =>
  charge.payments.reduce((sum, { amountRupiah }) => sum + amountRupiah, 0) - refundedRupiah(charge);
