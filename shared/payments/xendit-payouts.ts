/**
 * Payouts by Xendit (v2, whose amounts are whole rupiah). Ours is their reference and their idempotency key, which has no end: sent twice,
 * it is one payout, and it can always be asked for.
 * https://docs.xendit.co/apidocs/create-payout https://docs.xendit.co/docs/payout-status-lifecycle
 */
import * as z from 'zod';
import { gatewayAmount } from './amount.ts';
import { answerWrong, gatewayClient, type GatewayClient, type GatewaySettings, pathSegment, readAnswer } from './gateway-client.ts';
import { paymentFault } from './payment-faults.ts';
import type { Bank } from './payment.ts';
import { isPayable } from './payout-request.ts';
import { payoutStateIn, type PayoutState } from './payout.ts';
import type {
  AccountHolders,
  PayoutGateway,
  PayoutNotification,
  PayoutOutcome,
  PayoutRef,
  PayoutRequest,
  PayoutStatus,
  WebhookOutcome,
  WebhookRequest,
} from './ports.ts';
import { eventIdOf, isTooLarge, refusedWebhook, webhookJson } from './webhook-body.ts';
import { xenditErrorCode, xenditId } from './xendit-answers.ts';
import { refusalOf, unavailable } from './xendit-calls.ts';
import { isXenditsOwn } from './xendit-webhook.ts';

export interface XenditPayoutSettings extends GatewaySettings {
  /** `https://api.xendit.co`; whether it is a test is in the key. */
  readonly baseUrl: string;
  readonly secretKey: () => Promise<string>;
  /** The verification token of the dashboard's webhook settings. */
  readonly callbackToken: () => Promise<string>;
}

interface Xendit {
  readonly client: GatewayClient;
  readonly settings: XenditPayoutSettings;
}

/** Real time ends there. */
const amountRupiahMax = 250_000_000;

const channelCodes: Readonly<Record<Bank, string>> = {
  bca: 'ID_BCA',
  bni: 'ID_BNI',
  bri: 'ID_BRI',
  mandiri: 'ID_MANDIRI',
  permata: 'ID_PERMATA',
  cimb: 'ID_CIMB',
};

const word = z.string().max(200);
const payoutSchema = z.object({
  id: xenditId,
  reference_id: xenditId,
  amount: gatewayAmount,
  currency: z.literal('IDR'),
  status: word,
  failure_code: word.nullish(),
});
type XenditPayout = z.output<typeof payoutSchema>;

const states: Readonly<Record<string, PayoutState>> = {
  ACCEPTED: 'processing',
  PENDING_COMPLIANCE_ASSESSMENT: 'processing',
  REQUESTED: 'processing',
  READY: 'processing',
  LOCKED: 'processing',
  SUCCEEDED: 'completed',
  FAILED: 'failed',
  CANCELLED: 'failed',
  EXPIRED: 'failed',
  COMPLIANCE_REJECTED: 'failed',
  REVERSED: 'reversed',
};

const stateOf = (status: string): PayoutState => payoutStateIn(states, status);

/** The others are for good: a wrong account stays wrong. */
const temporaryFailures = new Set(['INSUFFICIENT_BALANCE', 'REJECTED_BY_CHANNEL', 'TEMPORARY_TRANSFER_ERROR']);

export function xenditPayouts(settings: XenditPayoutSettings): PayoutGateway {
  const xendit: Xendit = { client: gatewayClient(settings), settings };
  return {
    name: 'xendit',
    // Their approvals are for batches of the dashboard alone.
    needsApproval: false,
    send: (request) => send(xendit, request),
    approve: async () => ({ kind: 'approved' }),
    status: (payout) => status(xendit, payout),
    ...xenditAccountHolders,
    parseWebhook: async (request) => xenditPayoutWebhook(request, await settings.callbackToken()),
  };
}

/** Xendit has no question about accounts that is answered at once. */
export const xenditAccountHolders: AccountHolders = { validateAccount: async () => ({ kind: 'unsupported' }) };

async function send(xendit: Xendit, request: PayoutRequest): Promise<PayoutOutcome> {
  const { withdrawalId, amountRupiah, bank, accountNumber, accountName } = request;
  if (!isPayable(request, { amountRupiahMax })) return { kind: 'refused', reason: 'not a payout that Xendit takes' };
  const operation = 'xendit.send';
  const answer = await xendit.client({
    operation,
    method: 'POST',
    path: '/v2/payouts',
    key: await xendit.settings.secretKey(),
    headers: { 'idempotency-key': withdrawalId },
    body: {
      reference_id: withdrawalId,
      channel_code: channelCodes[bank],
      channel_properties: { account_number: accountNumber, account_holder_name: accountName.slice(0, 100) },
      amount: amountRupiah,
      currency: 'IDR',
      // BNI and Mandiri show no more than 14 characters.
      description: 'XM withdrawal',
    },
    isRepeatable: true,
  });
  // There is a payout under the key, and it is another one: anything but refused.
  if (xenditErrorCode(answer.body) === 'DUPLICATE_ERROR') throw paymentFault('payments.outcome-unknown', { cause: new Error(operation) });
  const refusal = refusalOf(operation, answer);
  if (refusal !== undefined) return { kind: 'refused', reason: refusal };
  const made = readAnswer(operation, answer.body, payoutSchema);
  if (made.reference_id !== withdrawalId || made.amount !== amountRupiah) throw answerWrong(operation, 'an answer about another payout');
  return { kind: 'sent', payout: statusOf(made) };
}

function statusOf({ id, reference_id, amount, status, failure_code }: XenditPayout): PayoutStatus {
  const state = stateOf(status);
  const code = failure_code ?? status;
  return {
    gateway: 'xendit',
    withdrawalId: reference_id,
    gatewayPayoutId: id,
    state,
    amountRupiah: amount,
    rawStatus: status,
    failure: state === 'failed' || state === 'reversed' ? { code, isTemporary: temporaryFailures.has(code) } : null,
  };
}

async function status({ client, settings }: Xendit, { withdrawalId, gatewayPayoutId }: PayoutRef): Promise<PayoutStatus | undefined> {
  const segment = pathSegment(withdrawalId);
  if (segment === undefined) return undefined;
  const operation = 'xendit.payout';
  const path = `/v2/payouts?reference_id=${segment}`;
  const answer = await client({ operation, method: 'GET', path, key: await settings.secretKey(), isRepeatable: true });
  if (answer.status === 404) return undefined;
  if (answer.status >= 400) throw unavailable(operation, answer);
  const payouts = readAnswer(operation, answer.body, z.array(payoutSchema).max(50));
  if (payouts.some(({ reference_id }) => reference_id !== withdrawalId)) throw answerWrong(operation, 'an answer about another payout');
  if (gatewayPayoutId === null && payouts.length > 1) throw answerWrong(operation, 'several payouts under one reference');
  const found = gatewayPayoutId === null ? payouts[0] : payouts.find(({ id }) => id === gatewayPayoutId);
  return found === undefined ? undefined : statusOf(found);
}

const envelope = z.object({ event: word, data: z.looseObject({}) });
const news = z.object({ id: xenditId, reference_id: xenditId, status: word });
const events = new Set(['payout.succeeded', 'payout.failed', 'payout.reversed']);

export function xenditPayoutWebhook(request: WebhookRequest, token: string): WebhookOutcome<PayoutNotification> {
  if (isTooLarge(request.rawBody)) return refusedWebhook('too-large');
  if (!isXenditsOwn(request, token)) return refusedWebhook('signature');
  const told = envelope.safeParse(webhookJson(request.rawBody)).data;
  if (told === undefined) return refusedWebhook('malformed');
  if (!events.has(told.event)) return refusedWebhook('not-ours');
  const { data } = news.safeParse(told.data);
  if (data === undefined) return refusedWebhook('malformed');
  return {
    kind: 'admitted',
    notification: {
      gateway: 'xendit',
      eventId: eventIdOf('xendit', told.event, data.id, data.status),
      withdrawalId: data.reference_id,
      gatewayPayoutId: data.id,
      claimedState: stateOf(data.status),
    },
  };
}
