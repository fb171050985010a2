/**
 * The sandbox's charges in Midtrans' words, signed as Midtrans signs.
 */
import { createHash } from 'node:crypto';
import { paidRupiah, refundedRupiah, type SandboxCharge, wasPaid } from './charge.ts';

const merchantId = 'G000000001';

/** Without an offset, and always Jakarta's. */
export function wib(ms: number): string {
  return new Date(ms + 7 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}

/** "2026-11-21 19:00:00 +0700" to milliseconds; undefined for anything else. */
export function fromWib(text: string): number | undefined {
  const [, day, time, sign, hours, minutes] = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) ([+-])(\d\d)(\d\d)$/.exec(text) ?? [];
  const ms = Date.parse(`${day}T${time}${sign}${hours}:${minutes}`);
  return Number.isNaN(ms) ? undefined : ms;
}

export function transactionStatus(charge: SandboxCharge): string {
  if (charge.takenBack !== null) return charge.takenBack === 'denied' ? 'deny' : 'chargeback';
  if (charge.refunds.length > 0) return refundedRupiah(charge) >= grossRupiah(charge) ? 'refund' : 'partial_refund';
  if (wasPaid(charge)) return 'settlement';
  return { open: 'pending', expired: 'expire', cancelled: 'cancel', failed: 'deny' }[charge.status];
}

const codes: Readonly<Record<string, string>> = { pending: '201', deny: '202', expire: '407' };

/** What the status API says; a notification of an expiry says 202. */
export const statusCode = (status: string): string => codes[status] ?? '200';

/** What was paid, once something was: a wrong amount shows. */
const grossRupiah = (charge: SandboxCharge): number =>
  wasPaid(charge) ? (charge.payments[0]?.amountRupiah ?? paidRupiah(charge)) : charge.amountRupiah;

/** The members of a transaction, for answers and notifications alike. */
export function transactionBody(charge: SandboxCharge): Record<string, unknown> {
  const [payment] = charge.payments;
  return {
    transaction_id: charge.id,
    order_id: charge.reference,
    merchant_id: merchantId,
    gross_amount: `${grossRupiah(charge)}.00`,
    currency: 'IDR',
    payment_type: charge.channel,
    transaction_time: wib(charge.createdMs),
    transaction_status: transactionStatus(charge),
    fraud_status: 'accept',
    expiry_time: wib(charge.expiresMs),
    ...accountOf(charge),
    ...(payment && { settlement_time: wib(payment.atMs) }),
    ...(charge.refunds.length > 0 && { refund_amount: `${refundedRupiah(charge)}.00`, refunds: charge.refunds.map(refundBody) }),
  };
}

function accountOf({ channel, bank, code }: SandboxCharge): object {
  if (channel === 'echannel') return { bill_key: code, biller_code: '70012' };
  if (bank === 'permata') return { permata_va_number: code };
  return bank === null ? {} : { va_numbers: [{ bank, va_number: code }] };
}

function refundBody({ key, amountRupiah, createdMs, confirmedMs }: SandboxCharge['refunds'][number], index: number): object {
  return {
    refund_chargeback_id: index + 1,
    refund_amount: `${amountRupiah}.00`,
    created_at: wib(createdMs),
    reason: '',
    refund_key: key,
    refund_method: 'online',
    ...(confirmedMs !== null && { bank_confirmed_at: wib(confirmedMs) }),
  };
}

export interface NotificationOptions {
  readonly serverKey: string;
  /** Instead of what is so: a forgery. */
  readonly claim?: Record<string, unknown>;
}

export function notificationBody(charge: SandboxCharge, { serverKey, claim = {} }: NotificationOptions): string {
  const transaction = { ...transactionBody(charge), ...claim } as ReturnType<typeof transactionBody>;
  const code = notificationCode(String(transaction['transaction_status']));
  const signed = `${charge.reference}${code}${String(transaction['gross_amount'])}${serverKey}`;
  return JSON.stringify({
    ...transaction,
    status_code: code,
    status_message: 'midtrans payment notification',
    signature_key: createHash('sha512').update(signed).digest('hex'),
  });
}

const notificationCode = (status: string): string => (status === 'expire' ? '202' : statusCode(status));
