/**
 * What Xendit says of payment requests, payments, refunds and transactions, and what they mean together.
 *
 * A payment request is not the whole story: money that comes after its expiry leaves it `EXPIRED`, and a refund leaves it `SUCCEEDED`. So
 * the payments themselves decide, with the transactions of the account, which also tell a second payment and one that was taken back.
 * https://docs.xendit.co/apidocs/get-payment-request https://docs.xendit.co/docs/delayed-webhooks
 */
import * as z from 'zod';
import { gatewayAmount } from './amount.ts';
import { gatewayIdPattern, memberUrl } from './gateway-client.ts';
import { paymentLimits } from './payment-limits.ts';
import type { ChargeState } from './payment.ts';
import type { ChargeStatus, Payment, Refund } from './ports.ts';

export const xenditId = z.string().regex(gatewayIdPattern);
const word = z.string().max(100);
const rupiah = z.literal('IDR');

const linkDescriptors = new Set(['WEB_URL', 'DEEPLINK_URL']);
const action = z
  .object({ type: word, descriptor: word, value: z.string().max(2_000) })
  .refine(({ descriptor, value }) => !linkDescriptors.has(descriptor) || memberUrl.safeParse(value).success, 'not an address');

export const xenditRequest = z.object({
  payment_request_id: xenditId,
  reference_id: xenditId,
  currency: rupiah,
  request_amount: gatewayAmount.optional(),
  status: word,
  latest_payment_id: xenditId.nullish(),
  failure_code: word.nullish(),
  channel_properties: z.object({ expires_at: z.iso.datetime({ offset: true }).nullish() }).nullish(),
  actions: z
    .array(action)
    .max(20)
    .nullish()
    .transform((actions) => actions ?? []),
});
export type XenditRequest = z.output<typeof xenditRequest>;

export const xenditPayment = z.object({
  payment_id: xenditId,
  payment_request_id: xenditId,
  currency: rupiah,
  request_amount: gatewayAmount.optional(),
  status: word,
  captures: z
    .array(z.object({ capture_amount: gatewayAmount, capture_timestamp: z.iso.datetime({ offset: true }).optional() }))
    .max(paymentLimits.paymentsPerChargeMax)
    .nullish(),
  updated: z.iso.datetime({ offset: true }).optional(),
});
export type XenditPayment = z.output<typeof xenditPayment>;

const transaction = z.object({
  type: word,
  status: word,
  product_id: word,
  reference_id: word.nullish(),
  currency: rupiah,
  amount: gatewayAmount,
  created: z.iso.datetime({ offset: true }),
  product_data: z.object({ payment_request_id: xenditId.nullish() }).nullish(),
});
export type XenditTransaction = z.output<typeof transaction>;
export const xenditTransactions = z.object({ data: z.array(transaction).max(paymentLimits.paymentsPerChargeMax) });

const refund = z.object({
  id: word,
  reference_id: word.nullish(),
  currency: rupiah,
  amount: gatewayAmount,
  status: word,
});
export const xenditRefund = refund;
export const xenditRefunds = z.object({ data: z.array(refund).max(paymentLimits.paymentsPerChargeMax) });

/** Everything that was asked about one charge. */
export interface XenditFindings {
  readonly request: XenditRequest;
  readonly latest: XenditPayment | undefined;
  /** Of this payment request. */
  readonly transactions: readonly XenditTransaction[];
  readonly refunds: readonly Refund[];
}

const requestStates: Readonly<Record<string, ChargeState>> = {
  ACCEPTING_PAYMENTS: 'pending',
  REQUIRES_ACTION: 'pending',
  AUTHORIZED: 'pending',
  CANCELED: 'cancelled',
  EXPIRED: 'expired',
  FAILED: 'failed',
};

export function xenditRequestState(status: string): ChargeState {
  return Object.hasOwn(requestStates, status) ? (requestStates[status] ?? 'unknown') : 'unknown';
}

export function xenditStatus(findings: XenditFindings): ChargeStatus {
  const { request, refunds } = findings;
  const payments = paymentsOf(findings);
  return {
    gateway: 'xendit',
    depositId: request.reference_id,
    gatewayTransactionId: request.payment_request_id,
    state: stateOf(findings, payments),
    amountRupiah: request.request_amount ?? null,
    payments: payments.toSorted((one, other) => (one.paidAtMs ?? 0) - (other.paidAtMs ?? 0)),
    refunds,
    rawStatus: request.status,
  };
}

function paymentsOf({ latest, transactions }: XenditFindings): Payment[] {
  // A chargeback does not say of which payment it is: beside one, those that are named may not be all.
  const isNamed = !transactions.some(isChargeback);
  const seen = transactions
    .filter(({ type, status }) => type === 'PAYMENT' && (status === 'SUCCESS' || isTakenBack(status)))
    .map((found) => paymentOf(found, isNamed));
  // The list of transactions may lag behind the payment itself.
  const isListed = latest !== undefined && seen.some(({ paymentId }) => paymentId === latest.payment_id);
  return latest?.status === 'SUCCEEDED' && !isListed ? [...seen, paymentFrom(latest)] : seen;
}

const paymentOf = ({ product_id, amount, created, status }: XenditTransaction, isNamed: boolean): Payment => ({
  paymentId: product_id,
  amountRupiah: amount,
  paidAtMs: Date.parse(created),
  ...(isNamed && isTakenBack(status) && { isReversed: true }),
});

function paymentFrom({ payment_id, captures, request_amount, updated }: XenditPayment): Payment {
  const captured = captures?.reduce((sum, { capture_amount }) => sum + capture_amount, 0);
  const at = captures?.[0]?.capture_timestamp ?? updated;
  return {
    paymentId: payment_id,
    amountRupiah: captured ?? request_amount ?? 0,
    paidAtMs: at === undefined ? null : Date.parse(at),
  };
}

const isChargeback = ({ type, status }: XenditTransaction): boolean => type === 'CHARGEBACK' && status === 'SUCCESS';

const isTakenBack = (status: string): boolean => status === 'REVERSED' || status === 'VOIDED';

function stateOf({ request, transactions, refunds }: XenditFindings, payments: readonly Payment[]): ChargeState {
  // It says so, and there is nothing to show for it: no machine decides that.
  if (payments.length === 0) return xenditRequestState(request.status);
  if (transactions.some((one) => isTakenBack(one.status) || isChargeback(one))) return 'reversed';
  const paid = sumOf(payments);
  const refunded = sumOf(refunds.filter(({ state }) => state === 'confirmed'));
  if (refunded === 0) return 'paid';
  return refunded >= paid ? 'refunded' : 'partially-refunded';
}

const sumOf = (amounts: readonly { readonly amountRupiah: number }[]): number =>
  amounts.reduce((sum, { amountRupiah }) => sum + amountRupiah, 0);

const refundStates: Readonly<Record<string, Refund['state']>> = { SUCCEEDED: 'confirmed', FAILED: 'failed', CANCELLED: 'failed' };

export function xenditRefundOf({ id, reference_id, amount, status }: z.output<typeof refund>): Refund {
  const state = Object.hasOwn(refundStates, status) ? refundStates[status] : undefined;
  return { refundKey: reference_id ?? id, amountRupiah: amount, state: state ?? 'pending' };
}

const said = z.object({ error_code: z.string(), message: z.string().optional() });

/** What Xendit says for a refusal, shortened. */
export function xenditReason(status: number, body: unknown): string {
  const { error_code = '', message = '' } = said.safeParse(body).data ?? {};
  return `${status} ${error_code} ${message}`.trim().slice(0, paymentLimits.reasonCharactersMax);
}

export function xenditErrorCode(body: unknown): string | undefined {
  return said.safeParse(body).data?.error_code;
}
