/**
 * What Midtrans says of a transaction, in answers and in notifications, and what that means here.
 * https://docs.midtrans.com/reference/transaction-status
 */
import * as z from 'zod';
import { gatewayAmount } from './amount.ts';
import { gatewayIdPattern, memberUrl } from './gateway-client.ts';
import { paymentLimits } from './payment-limits.ts';
import type { ChargeState } from './payment.ts';
import type { ChargeStatus, Payment, Refund } from './ports.ts';

export const midtransId = z.string().regex(gatewayIdPattern);
const shortText = z.string().max(200);
const digits = z.string().regex(/^\d{1,32}$/);

const refundSchema = z.object({
  refund_key: shortText,
  refund_amount: gatewayAmount,
  /** Only in the second of the two notifications, and from then on in the status. */
  bank_confirmed_at: shortText.optional(),
});

/** Known fields are typed, unknown ones left out. Amounts are whole rupiah or the answer is none. */
export const midtransTransaction = z.object({
  transaction_id: midtransId,
  order_id: midtransId,
  gross_amount: gatewayAmount,
  currency: z.literal('IDR').optional(),
  transaction_status: shortText,
  fraud_status: shortText.optional(),
  settlement_time: shortText.optional(),
  /** Both spellings are in their documentation. */
  expiry_time: shortText.optional(),
  expire_time: shortText.optional(),
  va_numbers: z
    .array(z.object({ bank: shortText, va_number: digits }))
    .max(10)
    .optional(),
  permata_va_number: digits.optional(),
  bill_key: digits.optional(),
  biller_code: digits.optional(),
  qr_string: z.string().max(paymentLimits.qrisCharactersMax).optional(),
  actions: z
    .array(z.object({ name: shortText, url: memberUrl }))
    .max(20)
    .optional(),
  refunds: z.array(refundSchema).max(paymentLimits.paymentsPerChargeMax).optional(),
  refund_amount: gatewayAmount.optional(),
});
export type MidtransTransaction = z.output<typeof midtransTransaction>;

/** The code that counts is in the body: HTTP says 200 to most. */
const coded = z.object({ status_code: z.string().regex(/^\d{3}$/) });

export function midtransCode(httpStatus: number, body: unknown): number {
  const { data } = coded.safeParse(body);
  return data === undefined ? httpStatus : Number(data.status_code);
}

const said = z.object({ status_message: z.string() });

/** What Midtrans says for a refusal, shortened. */
export function midtransReason(code: number, body: unknown): string {
  const message = said.safeParse(body).data?.status_message ?? '';
  return `${code} ${message}`.trim().slice(0, paymentLimits.reasonCharactersMax);
}

/** What the state depends on. */
interface StatusWords {
  readonly transaction_status: string;
  readonly fraud_status?: string | undefined;
  readonly settlement_time?: string | undefined;
}

/** By their word, whichever case it is written in: DANA's come in capitals. */
const states: Readonly<Record<string, ChargeState>> = {
  pending: 'pending',
  authorize: 'pending',
  settlement: 'paid',
  cancel: 'cancelled',
  expire: 'expired',
  failure: 'failed',
  refund: 'refunded',
  partial_refund: 'partially-refunded',
  chargeback: 'reversed',
};

/** Without a look at the refunds: what a notification claims. */
export function midtransState({ transaction_status, fraud_status, settlement_time }: StatusWords): ChargeState {
  const status = transaction_status.toLowerCase();
  // Denied minutes after the settlement, by some banks: the money is gone again.
  if (status === 'deny') return settlement_time === undefined ? 'failed' : 'reversed';
  if (status === 'capture') return captureState(fraud_status?.toLowerCase());
  // Paid, and under suspicion: not ours to decide by machine.
  if (status === 'settlement' && fraud_status !== undefined && fraud_status.toLowerCase() !== 'accept') return 'unknown';
  return Object.hasOwn(states, status) ? (states[status] ?? 'unknown') : 'unknown';
}

function captureState(fraudStatus: string | undefined): ChargeState {
  if (fraudStatus === 'accept') return 'paid';
  return fraudStatus === 'deny' ? 'failed' : 'pending';
}

export function midtransStatus(transaction: MidtransTransaction): ChargeStatus {
  const refunds = (transaction.refunds ?? []).map(refundOf);
  const state = confirmedState(midtransState(transaction), transaction, refunds);
  return {
    gateway: 'midtrans',
    depositId: transaction.order_id,
    gatewayTransactionId: transaction.transaction_id,
    state,
    amountRupiah: transaction.gross_amount,
    payments: wasPaid(state) ? [paymentOf(transaction)] : [],
    refunds,
    rawStatus: transaction.transaction_status,
  };
}

/** A refund counts once the bank has confirmed it. Where no refund is listed, their word is all there is. */
function confirmedState(state: ChargeState, { gross_amount }: MidtransTransaction, refunds: readonly Refund[]): ChargeState {
  if ((state !== 'refunded' && state !== 'partially-refunded') || refunds.length === 0) return state;
  const confirmed = refunds.reduce((sum, refund) => sum + (refund.state === 'confirmed' ? refund.amountRupiah : 0), 0);
  if (confirmed === 0) return 'paid';
  return confirmed >= gross_amount ? 'refunded' : 'partially-refunded';
}

const wasPaid = (state: ChargeState): boolean => ['paid', 'reversed', 'refunded', 'partially-refunded'].includes(state);

function paymentOf({ transaction_id, gross_amount, settlement_time }: MidtransTransaction): Payment {
  return { paymentId: transaction_id, amountRupiah: gross_amount, paidAtMs: wibMs(settlement_time) };
}

function refundOf({ refund_key, refund_amount, bank_confirmed_at }: z.output<typeof refundSchema>): Refund {
  return { refundKey: refund_key, amountRupiah: refund_amount, state: bank_confirmed_at === undefined ? 'pending' : 'confirmed' };
}

const wibOffsetMs = 7 * 3_600_000;
const wibForm = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/;

/** "2026-11-21 19:00:00", always of Jakarta, to milliseconds since the epoch. Null for no such day or time. */
export function wibMs(text: string | undefined): number | null {
  const [, day, time] = wibForm.exec(text ?? '') ?? [];
  const ms = Date.parse(`${day}T${time}Z`);
  // The parser carries 31 February over into March.
  if (Number.isNaN(ms) || !new Date(ms).toISOString().startsWith(`${day}T${time}`)) return null;
  return ms - wibOffsetMs;
}

/** The other way, for what they are sent: without the offset. */
export function wibText(ms: number): string {
  return new Date(ms + wibOffsetMs).toISOString().slice(0, 19).replace('T', ' ');
}
