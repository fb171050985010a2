/**
 * Refunds by Xendit: money back the way it came. Virtual accounts have none.
 * https://docs.xendit.co/apidocs/refund-payment-request
 */
import { answerWrong, pathSegment, readAnswer } from './gateway-client.ts';
import { paymentLimits } from './payment-limits.ts';
import type { Refund, RefundOutcome, RefundRequest } from './ports.ts';
import { xenditRefund, xenditRefundOf } from './xendit-answers.ts';
import { refusalOf, type Xendit } from './xendit-calls.ts';
import { xenditChargeStatus, xenditRefundsOf } from './xendit-status.ts';

export async function refundByXendit(xendit: Xendit, request: RefundRequest): Promise<RefundOutcome> {
  if (pathSegment(request.refundKey) === undefined) return { kind: 'refused', reason: 'not a key that Xendit takes' };
  const id = request.gatewayTransactionId ?? (await xenditChargeStatus(xendit, request))?.gatewayTransactionId ?? null;
  if (id === null || pathSegment(id) === undefined) return { kind: 'refused', reason: 'no such charge' };
  // Asked before, perhaps, and the answer lost: a reference is nothing that Xendit holds to be unique.
  const known = (await xenditRefundsOf(xendit, id)).find(({ refundKey }) => refundKey === request.refundKey);
  return known === undefined ? refundAnew(xendit, id, request) : outcomeOf(known, request);
}

async function refundAnew({ client, settings }: Xendit, id: string, request: RefundRequest): Promise<RefundOutcome> {
  const operation = 'xendit.refund';
  const answer = await client({
    operation,
    method: 'POST',
    path: '/refunds',
    key: await settings.secretKey(),
    headers: { 'idempotency-key': request.refundKey },
    body: {
      payment_request_id: id,
      reference_id: request.refundKey,
      currency: 'IDR',
      amount: request.amountRupiah,
      reason: 'REQUESTED_BY_CUSTOMER',
      metadata: { reason: request.reason.slice(0, paymentLimits.reasonCharactersMax) },
    },
    isRepeatable: false,
  });
  const refusal = refusalOf(operation, answer);
  if (refusal !== undefined) return { kind: 'refused', reason: refusal };
  const made = xenditRefundOf(readAnswer(operation, answer.body, xenditRefund));
  if (made.refundKey !== request.refundKey) throw answerWrong(operation, 'an answer about another refund');
  return outcomeOf(made, request);
}

function outcomeOf(refund: Refund, { amountRupiah }: RefundRequest): RefundOutcome {
  if (refund.amountRupiah !== amountRupiah) return { kind: 'refused', reason: 'another amount under the same key' };
  return refund.state === 'failed' ? { kind: 'refused', reason: 'FAILED' } : { kind: 'accepted', refund };
}
