/**
 * Payments by Xendit's payment requests (v3). Xendit has no idempotency key for them that it documents, so that a charge is asked for once,
 * and no way to ask for one by our id as long as nobody has paid it.
 */
import { answerWrong, gatewayClient, pathSegment } from './gateway-client.ts';
import { serves } from './payment.ts';
import type { Charge, ChargeOutcome, ChargeRef, ChargeRequest, ChargeStatus, PaymentGateway } from './ports.ts';
import type { XenditRequest } from './xendit-answers.ts';
import { apiVersion, isAboutUs, refusalOf, requestIn, unavailable, type Xendit, type XenditSettings } from './xendit-calls.ts';
import { xenditChargeBody, xenditInstructions } from './xendit-charge.ts';
import { refundByXendit } from './xendit-refund.ts';
import { xenditChargeStatus } from './xendit-status.ts';
import { xenditWebhook } from './xendit-webhook.ts';

export function xenditGateway(settings: XenditSettings): PaymentGateway {
  const xendit: Xendit = { client: gatewayClient(settings), settings };
  return {
    name: 'xendit',
    charge: (request) => charge(xendit, request),
    status: (ref) => xenditChargeStatus(xendit, ref),
    cancel: (ref) => close(xendit, ref),
    // They have no other word for it.
    expire: (ref) => close(xendit, ref),
    refund: (request) => refundByXendit(xendit, request),
    parseWebhook: async (request) => xenditWebhook(request, await settings.callbackToken()),
  };
}

async function charge({ client, settings }: Xendit, request: ChargeRequest): Promise<ChargeOutcome> {
  const { method, amountRupiah, depositId } = request;
  const isOurs = serves('xendit', method, amountRupiah) && pathSegment(depositId) !== undefined;
  const body = isOurs ? xenditChargeBody(request, settings) : undefined;
  if (body === undefined) return { kind: 'refused', reason: 'not a charge that Xendit takes' };
  const operation = 'xendit.charge';
  const key = await settings.secretKey();
  const path = '/v3/payment_requests';
  const answer = await client({ operation, method: 'POST', path, key, headers: apiVersion, body, isRepeatable: false });
  const refusal = refusalOf(operation, answer);
  if (refusal !== undefined) return { kind: 'refused', reason: refusal };
  const made = requestIn(operation, answer.body, depositId);
  if (made.status === 'FAILED') return { kind: 'refused', reason: made.failure_code ?? made.status };
  return { kind: 'charged', charge: chargeOf(operation, request, made) };
}

function chargeOf(operation: string, { method, amountRupiah, depositId }: ChargeRequest, made: XenditRequest): Charge {
  if (made.request_amount !== amountRupiah) throw answerWrong(operation, 'another amount than was asked for');
  const instructions = xenditInstructions(method, made);
  if (instructions === undefined) throw answerWrong(operation, 'nothing to show the member');
  const expiresAt = made.channel_properties?.expires_at;
  return {
    gateway: 'xendit',
    depositId,
    gatewayTransactionId: made.payment_request_id,
    amountRupiah,
    instructions,
    gatewayExpiresAtMs: typeof expiresAt === 'string' ? Date.parse(expiresAt) : null,
  };
}

/** Whatever it is answered, the status afterwards decides: 400 says that it was too late. */
async function close(xendit: Xendit, ref: ChargeRef): Promise<ChargeStatus | undefined> {
  const before = ref.gatewayTransactionId === null ? await xenditChargeStatus(xendit, ref) : undefined;
  const id = ref.gatewayTransactionId ?? before?.gatewayTransactionId ?? null;
  if (id === null) return before;
  const segment = pathSegment(id);
  if (segment === undefined) return undefined;
  const { client, settings } = xendit;
  const operation = 'xendit.cancel';
  const path = `/v3/payment_requests/${segment}/cancel`;
  const key = await settings.secretKey();
  const answer = await client({ operation, method: 'POST', path, key, headers: apiVersion, isRepeatable: true });
  if (isAboutUs(answer)) throw unavailable(operation, answer);
  return xenditChargeStatus(xendit, { ...ref, gatewayTransactionId: id });
}
