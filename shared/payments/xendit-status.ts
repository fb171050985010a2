/**
 * Asks Xendit everything about one charge.
 */
import { answerWrong, pathSegment, readAnswer } from './gateway-client.ts';
import { paymentLimits } from './payment-limits.ts';
import type { ChargeRef, ChargeStatus, Refund } from './ports.ts';
import {
  xenditPayment,
  type XenditPayment,
  xenditRefundOf,
  xenditRefunds,
  type XenditRequest,
  xenditStatus,
  type XenditTransaction,
  xenditTransactions,
} from './xendit-answers.ts';
import { ask, requestIn, type Xendit } from './xendit-calls.ts';

export async function xenditChargeStatus(
  xendit: Xendit,
  { depositId, gatewayTransactionId }: ChargeRef,
): Promise<ChargeStatus | undefined> {
  if (pathSegment(depositId) === undefined) return undefined;
  const found = await transactionsOf(xendit, depositId, gatewayTransactionId);
  const id = gatewayTransactionId ?? found[0]?.product_data?.payment_request_id ?? null;
  if (id === null) return unknownStatus(depositId);
  const request = await requestOf(xendit, depositId, id);
  if (request === undefined) return undefined;
  const [latest, refunds] = await Promise.all([paymentOf(xendit, request), xenditRefundsOf(xendit, id)]);
  const transactions = found.filter((transaction) => transaction.product_data?.payment_request_id === id);
  return xenditStatus({ request, latest, transactions, refunds });
}

/** There may be one that nobody has paid. */
function unknownStatus(depositId: string): ChargeStatus {
  return {
    gateway: 'xendit',
    depositId,
    gatewayTransactionId: null,
    state: 'unknown',
    amountRupiah: null,
    payments: [],
    refunds: [],
    rawStatus: 'NOT_LISTED',
  };
}

/** Money of this reference, of the payment request if it is known. */
async function transactionsOf(xendit: Xendit, depositId: string, requestId: string | null): Promise<XenditTransaction[]> {
  const query = `types=PAYMENT&types=CHARGEBACK&reference_id=${encodeURIComponent(depositId)}&limit=${paymentLimits.paymentsPerChargeMax}`;
  const answer = await ask(xendit, 'xendit.transactions', `/transactions?${query}`);
  if (answer === undefined) return [];
  const { data } = readAnswer('xendit.transactions', answer, xenditTransactions);
  return data.filter(({ product_data }) => {
    const id = product_data?.payment_request_id ?? null;
    return id !== null && (requestId === null || id === requestId);
  });
}

async function requestOf(xendit: Xendit, depositId: string, id: string): Promise<XenditRequest | undefined> {
  const segment = pathSegment(id);
  const body = segment === undefined ? undefined : await ask(xendit, 'xendit.status', `/v3/payment_requests/${segment}`);
  if (body === undefined) return undefined;
  const request = requestIn('xendit.status', body, depositId);
  if (request.payment_request_id !== id) throw answerWrong('xendit.status', 'an answer about another payment request');
  return request;
}

async function paymentOf(xendit: Xendit, request: XenditRequest): Promise<XenditPayment | undefined> {
  const { latest_payment_id: id, payment_request_id } = request;
  if (id === null || id === undefined) return undefined;
  const body = await ask(xendit, 'xendit.payment', `/v3/payments/${encodeURIComponent(id)}`);
  if (body === undefined) return undefined;
  const payment = readAnswer('xendit.payment', body, xenditPayment);
  if (payment.payment_id !== id || payment.payment_request_id !== payment_request_id)
    throw answerWrong('xendit.payment', 'an answer about another payment');
  return payment;
}

export async function xenditRefundsOf(xendit: Xendit, requestId: string): Promise<Refund[]> {
  const query = `payment_request_id=${encodeURIComponent(requestId)}&limit=${paymentLimits.paymentsPerChargeMax}`;
  const body = await ask(xendit, 'xendit.refunds', `/refunds?${query}`);
  return body === undefined ? [] : readAnswer('xendit.refunds', body, xenditRefunds).data.map(xenditRefundOf);
}
