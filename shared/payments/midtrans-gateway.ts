/**
 * Payments by Midtrans' Core API. Midtrans files a transaction under our own id, so that it can always be asked for.
 */
import {
  answerWrong,
  gatewayClient,
  type GatewayAnswer,
  type GatewayClient,
  type GatewaySettings,
  pathSegment,
  readAnswer,
} from './gateway-client.ts';
import { type MidtransChargeContext, midtransChargeBody, midtransChargeKey, midtransInstructions } from './midtrans-charge.ts';
import {
  midtransCode,
  midtransReason,
  midtransStatus,
  midtransTransaction,
  type MidtransTransaction,
  wibMs,
} from './midtrans-transaction.ts';
import { midtransWebhook } from './midtrans-webhook.ts';
import { paymentFault } from './payment-faults.ts';
import { serves } from './payment.ts';
import type { ChargeOutcome, ChargeRef, ChargeRequest, ChargeStatus, PaymentGateway, RefundOutcome, RefundRequest } from './ports.ts';

export interface MidtransSettings extends GatewaySettings {
  /** `https://api.midtrans.com`, or `https://api.sandbox.midtrans.com`. */
  readonly baseUrl: string;
  /** Asked for with every call, so that it may be renewed. */
  readonly serverKey: () => Promise<string>;
  /** Where a wallet's app sends the member back to. */
  readonly returnUrl: string;
}

interface Midtrans {
  readonly client: GatewayClient;
  readonly settings: MidtransSettings;
}

export function midtransGateway(settings: MidtransSettings): PaymentGateway {
  const midtrans: Midtrans = { client: gatewayClient({ ...settings, statusOf: midtransCode }), settings };
  return {
    name: 'midtrans',
    charge: (request) => charge(midtrans, request),
    status: (ref) => status(midtrans, ref),
    cancel: (ref) => close(midtrans, ref, 'cancel'),
    expire: (ref) => close(midtrans, ref, 'expire'),
    refund: (request) => refund(midtrans, request),
    parseWebhook: async (request) => midtransWebhook(request, await settings.serverKey()),
  };
}

async function charge(midtrans: Midtrans, request: ChargeRequest): Promise<ChargeOutcome> {
  const { clock, returnUrl, serverKey } = midtrans.settings;
  const context: MidtransChargeContext = { nowMs: clock.now(), returnUrl };
  const body = chargeable(request) ? midtransChargeBody(request, context) : undefined;
  if (body === undefined) return { kind: 'refused', reason: 'not a charge that Midtrans takes' };
  const key = midtransChargeKey(request);
  const operation = 'midtrans.charge';
  const answer = await midtrans.client({
    operation,
    method: 'POST',
    path: '/v2/charge',
    key: await serverKey(),
    ...(key !== undefined && { headers: { 'idempotency-key': key } }),
    body,
    isRepeatable: key !== undefined,
  });
  // There is one under this id: an earlier call of ours, whose answer was lost.
  if (answer.status === 406) return chargedBefore(midtrans, request);
  const refusal = refusalOf(operation, answer);
  if (refusal !== undefined) return { kind: 'refused', reason: refusal };
  return chargedAs(operation, request, transactionIn(operation, answer.body, request.depositId));
}

const chargeable = ({ method, amountRupiah, depositId }: ChargeRequest): boolean =>
  serves('midtrans', method, amountRupiah) && pathSegment(depositId) !== undefined;

function chargedAs(operation: string, request: ChargeRequest, transaction: MidtransTransaction): ChargeOutcome {
  const { state } = midtransStatus(transaction);
  if (state === 'failed') return { kind: 'refused', reason: transaction.transaction_status };
  if (transaction.gross_amount !== request.amountRupiah) throw answerWrong(operation, 'another amount than was asked for');
  const instructions = midtransInstructions(request.method, transaction);
  if (instructions === undefined) return { kind: 'exists', gatewayTransactionId: transaction.transaction_id };
  return {
    kind: 'charged',
    charge: {
      gateway: 'midtrans',
      depositId: request.depositId,
      gatewayTransactionId: transaction.transaction_id,
      amountRupiah: transaction.gross_amount,
      instructions,
      gatewayExpiresAtMs: wibMs(transaction.expiry_time ?? transaction.expire_time),
    },
  };
}

async function chargedBefore(midtrans: Midtrans, request: ChargeRequest): Promise<ChargeOutcome> {
  const transaction = await transactionOf(midtrans, request.depositId);
  if (transaction === undefined) throw paymentFault('payments.outcome-unknown', { cause: new Error('406, and then 404') });
  return chargedAs('midtrans.charge', request, transaction);
}

async function status(midtrans: Midtrans, { depositId, gatewayTransactionId }: ChargeRef): Promise<ChargeStatus | undefined> {
  const transaction = await transactionOf(midtrans, depositId);
  if (transaction === undefined) return undefined;
  if (gatewayTransactionId !== null && transaction.transaction_id !== gatewayTransactionId)
    throw answerWrong('midtrans.status', 'another transaction under the same order');
  return midtransStatus(transaction);
}

async function transactionOf({ client, settings }: Midtrans, depositId: string): Promise<MidtransTransaction | undefined> {
  const id = pathSegment(depositId);
  if (id === undefined) return undefined;
  const operation = 'midtrans.status';
  const key = await settings.serverKey();
  const answer = await client({ operation, method: 'GET', path: `/v2/${id}/status`, key, isRepeatable: true });
  if (answer.status === 404) return undefined;
  // 407 is an expired transaction, with all its fields; 202 a denied one.
  if (answer.status !== 407 && answer.status >= 400) throw unavailable(operation, answer);
  return transactionIn(operation, answer.body, depositId);
}

function transactionIn(operation: string, body: unknown, depositId: string): MidtransTransaction {
  const transaction = readAnswer(operation, body, midtransTransaction);
  if (transaction.order_id !== depositId) throw answerWrong(operation, 'an answer about another order');
  return transaction;
}

/** Whatever it is answered, the status afterwards decides: 412 says that it was too late. */
async function close(midtrans: Midtrans, ref: ChargeRef, how: 'cancel' | 'expire'): Promise<ChargeStatus | undefined> {
  const id = pathSegment(ref.depositId);
  if (id === undefined) return undefined;
  const operation = `midtrans.${how}`;
  const key = await midtrans.settings.serverKey();
  const answer = await midtrans.client({ operation, method: 'POST', path: `/v2/${id}/${how}`, key, isRepeatable: true });
  if (isAboutUs(answer.status)) throw unavailable(operation, answer);
  return status(midtrans, ref);
}

async function refund(midtrans: Midtrans, request: RefundRequest): Promise<RefundOutcome> {
  const { depositId, refundKey, amountRupiah, reason } = request;
  const id = pathSegment(depositId);
  if (id === undefined || pathSegment(refundKey) === undefined) return { kind: 'refused', reason: 'no such charge' };
  const operation = 'midtrans.refund';
  const answer = await midtrans.client({
    operation,
    method: 'POST',
    path: `/v2/${id}/refund/online/direct`,
    key: await midtrans.settings.serverKey(),
    body: { refund_key: refundKey, amount: amountRupiah, reason },
    // The refund key makes it one refund.
    isRepeatable: true,
  });
  if (answer.status === 406) return refundedBefore(midtrans, request);
  if (answer.status === 202) return { kind: 'refused', reason: midtransReason(answer.status, answer.body) };
  const refusal = refusalOf(operation, answer);
  if (refusal !== undefined) return { kind: 'refused', reason: refusal };
  // The bank has yet to confirm; the status will tell.
  return { kind: 'accepted', refund: { refundKey, amountRupiah, state: 'pending' } };
}

async function refundedBefore(midtrans: Midtrans, request: RefundRequest): Promise<RefundOutcome> {
  const known = (await status(midtrans, request))?.refunds.find(({ refundKey }) => refundKey === request.refundKey);
  if (known === undefined)
    throw paymentFault('payments.outcome-unknown', { cause: new Error('midtrans.refund: a key that no refund has') });
  if (known.amountRupiah !== request.amountRupiah) return { kind: 'refused', reason: 'another amount under the same key' };
  return { kind: 'accepted', refund: known };
}

/** Our key is wrong, or too much was asked: nothing about the charge itself, so nothing that is for good. */
const isAboutUs = (code: number): boolean => code === 401 || code === 403 || code === 408;

function refusalOf(operation: string, answer: GatewayAnswer): string | undefined {
  if (isAboutUs(answer.status)) throw unavailable(operation, answer);
  return answer.status >= 400 ? midtransReason(answer.status, answer.body) : undefined;
}

function unavailable(operation: string, { status: code, body }: GatewayAnswer) {
  return paymentFault('payments.gateway-unavailable', { cause: new Error(`${operation}: ${midtransReason(code, body)}`) });
}
