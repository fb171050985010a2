/**
 * Payouts by Midtrans (Iris): one key makes them, another approves them. Midtrans knows a payout by its own reference alone; ours is its
 * idempotency key, which it keeps for 24 hours. Sending again within them is how to learn a reference whose answer was lost.
 * https://docs.midtrans.com/reference/payout-api-overview https://docs.midtrans.com/reference/https-header
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { isAccountNumber } from './account-number.ts';
import { gatewayAmount } from './amount.ts';
import {
  answerWrong,
  gatewayClient,
  type GatewayAnswer,
  type GatewayClient,
  type GatewaySettings,
  gatewayIdPattern,
  pathSegment,
  readAnswer,
} from './gateway-client.ts';
import { paymentFault } from './payment-faults.ts';
import { paymentLimits } from './payment-limits.ts';
import { isPayable } from './payout-request.ts';
import { payoutStateIn, type PayoutState } from './payout.ts';
import type {
  AccountCheck,
  AccountHolders,
  ApprovalOutcome,
  PayoutGateway,
  PayoutNotification,
  PayoutOutcome,
  PayoutRef,
  PayoutRequest,
  PayoutStatus,
  WebhookOutcome,
  WebhookRequest,
} from './ports.ts';
import { eventIdOf, isSameSecret, isTooLarge, refusedWebhook, webhookJson } from './webhook-body.ts';

export interface IrisSettings extends GatewaySettings {
  /** `https://app.midtrans.com/iris`, or `https://app.sandbox.midtrans.com/iris`. */
  readonly baseUrl: string;
  readonly creatorKey: () => Promise<string>;
  readonly approverKey: () => Promise<string>;
  /** What notifications are signed with. */
  readonly merchantKey: () => Promise<string>;
}

interface Iris {
  readonly client: GatewayClient;
  readonly settings: IrisSettings;
}

/** What does without the approver's key. */
interface Asking {
  readonly client: GatewayClient;
  readonly settings: Pick<IrisSettings, 'creatorKey'>;
}

const word = z.string().max(200);
const reference = z.string().regex(gatewayIdPattern);
const created = z.object({ payouts: z.array(z.object({ status: word, reference_no: reference })).length(1) });
const details = z.object({
  reference_no: reference,
  amount: gatewayAmount,
  status: word,
  error_code: word.optional(),
  error_message: word.optional(),
});
const account = z.object({ account_no: word, account_name: word.min(1) });
const news = z.object({
  reference_no: reference,
  amount: z.union([word, z.number()]),
  status: word,
  updated_at: word.optional(),
  error_code: word.optional(),
});

const states: Readonly<Record<string, PayoutState>> = {
  queued: 'awaiting-approval',
  approved: 'processing',
  processed: 'processing',
  completed: 'completed',
  failed: 'failed',
  rejected: 'failed',
};

const stateOf = (status: string): PayoutState => payoutStateIn(states, status);

export function irisPayouts(settings: IrisSettings): PayoutGateway {
  const iris: Iris = { client: gatewayClient(settings), settings };
  return {
    name: 'midtrans',
    needsApproval: true,
    send: (request) => send(iris, request),
    approve: (payout) => approve(iris, payout.gatewayPayoutId),
    status: (payout) => status(iris, payout),
    validateAccount: (account) => validateAccount(iris, account),
    parseWebhook: async (request) => irisWebhook(request, await settings.merchantKey()),
  };
}

/** For functions that pay nothing out, and so hold no key that could. */
export function irisAccountHolders(settings: Omit<IrisSettings, 'approverKey' | 'merchantKey'>): AccountHolders {
  const asking: Asking = { client: gatewayClient(settings), settings };
  return { validateAccount: (account) => validateAccount(asking, account) };
}

async function send(iris: Iris, request: PayoutRequest): Promise<PayoutOutcome> {
  const { withdrawalId, amountRupiah, bank, accountNumber, accountName } = request;
  if (!isPayable(request, paymentLimits)) return { kind: 'refused', reason: 'not a payout that Midtrans takes' };
  const operation = 'iris.send';
  const payout = {
    beneficiary_name: nameOf(accountName),
    beneficiary_account: accountNumber,
    beneficiary_bank: bank,
    amount: `${amountRupiah}.00`,
    notes: notesOf(withdrawalId),
  };
  const answer = await iris.client({
    operation,
    method: 'POST',
    path: '/api/v1/payouts',
    key: await iris.settings.creatorKey(),
    headers: { 'x-idempotency-key': withdrawalId },
    body: { payouts: [payout] },
    isRepeatable: true,
  });
  const refusal = refusalOf(operation, answer);
  // There is a payout under the key, and it is another one: anything but refused.
  if (refusal?.includes('not unique') === true)
    throw paymentFault('payments.outcome-unknown', { cause: new Error(`${operation}: ${refusal}`) });
  if (refusal !== undefined) return { kind: 'refused', reason: refusal };
  const [made] = readAnswer(operation, answer.body, created).payouts;
  if (made === undefined) throw answerWrong(operation, 'no payout');
  return {
    kind: 'sent',
    payout: {
      gateway: 'midtrans',
      withdrawalId,
      gatewayPayoutId: made.reference_no,
      state: stateOf(made.status),
      amountRupiah,
      rawStatus: made.status,
      failure: null,
    },
  };
}

/** Letters, digits and blanks are what every bank takes. */
const plain = (text: string): string =>
  text
    .replace(/[^A-Za-z0-9 ]/g, ' ')
    .replace(/ +/g, ' ')
    .trim();
const nameOf = (accountName: string): string => plain(accountName).slice(0, 100);
const notesOf = (withdrawalId: string): string => plain(`XM ${withdrawalId}`).slice(-100);

async function approve({ client, settings }: Iris, gatewayPayoutId: string): Promise<ApprovalOutcome> {
  if (pathSegment(gatewayPayoutId) === undefined) return { kind: 'refused', reason: 'no such payout' };
  const operation = 'iris.approve';
  const answer = await client({
    operation,
    method: 'POST',
    path: '/api/v1/payouts/approve',
    key: await settings.approverKey(),
    headers: { 'x-idempotency-key': `approve-${gatewayPayoutId}`.slice(0, paymentLimits.idCharactersMax) },
    body: { reference_nos: [gatewayPayoutId] },
    isRepeatable: true,
  });
  const refusal = refusalOf(operation, answer);
  if (refusal === undefined) return { kind: 'approved' };
  // Refused as well when it has been approved before.
  const now = await detailsOf({ client, settings }, gatewayPayoutId);
  const state = now === undefined ? 'unknown' : stateOf(now.status);
  return state === 'processing' || state === 'completed' ? { kind: 'approved' } : { kind: 'refused', reason: refusal };
}

async function status(iris: Iris, { withdrawalId, gatewayPayoutId }: PayoutRef): Promise<PayoutStatus | undefined> {
  const found = gatewayPayoutId === null ? undefined : await detailsOf(iris, gatewayPayoutId);
  if (found === undefined) return undefined;
  const state = stateOf(found.status);
  return {
    gateway: 'midtrans',
    withdrawalId,
    gatewayPayoutId: found.reference_no,
    state,
    amountRupiah: found.amount,
    rawStatus: found.status,
    // Midtrans lists no codes that would pass by themselves.
    failure: state === 'failed' ? { code: found.error_code ?? found.error_message ?? found.status, isTemporary: false } : null,
  };
}

async function detailsOf({ client, settings }: Asking, gatewayPayoutId: string): Promise<z.output<typeof details> | undefined> {
  const segment = pathSegment(gatewayPayoutId);
  if (segment === undefined) return undefined;
  const operation = 'iris.status';
  const key = await settings.creatorKey();
  const answer = await client({ operation, method: 'GET', path: `/api/v1/payouts/${segment}`, key, isRepeatable: true });
  if (answer.status === 404) return undefined;
  if (answer.status >= 400) throw unavailable(operation, answer);
  const found = readAnswer(operation, answer.body, details);
  if (found.reference_no !== gatewayPayoutId) throw answerWrong(operation, 'an answer about another payout');
  return found;
}

async function validateAccount(
  { client, settings }: Asking,
  { bank, accountNumber }: Parameters<PayoutGateway['validateAccount']>[0],
): Promise<AccountCheck> {
  if (!isAccountNumber(bank, accountNumber)) return { kind: 'not-found' };
  const operation = 'iris.account';
  const key = await settings.creatorKey();
  const path = `/api/v1/account_validation?bank=${bank}&account=${accountNumber}`;
  const answer = await client({ operation, method: 'GET', path, key, isRepeatable: true });
  if (isAboutUs(answer.status)) throw unavailable(operation, answer);
  if (answer.status >= 400) return { kind: 'not-found' };
  const { account_no, account_name } = readAnswer(operation, answer.body, account);
  if (account_no !== accountNumber) throw answerWrong(operation, 'an answer about another account');
  return { kind: 'found', accountName: account_name };
}

/** Signed over the bytes: a body that was parsed and written again is another one. */
export function irisWebhook({ rawBody, headers }: WebhookRequest, merchantKey: string): WebhookOutcome<PayoutNotification> {
  if (isTooLarge(rawBody)) return refusedWebhook('too-large');
  const signature = headers['iris-signature']?.toLowerCase();
  if (merchantKey === '' || !isSameSecret(signature, irisSignature(rawBody, merchantKey))) return refusedWebhook('signature');
  const { data } = news.safeParse(webhookJson(rawBody));
  if (data === undefined) return refusedWebhook('malformed');
  return {
    kind: 'admitted',
    notification: {
      gateway: 'midtrans',
      eventId: eventIdOf('iris', data.reference_no, data.status, data.updated_at),
      withdrawalId: null,
      gatewayPayoutId: data.reference_no,
      claimedState: stateOf(data.status),
    },
  };
}

/** Hexadecimal SHA-512 of the body with the merchant key behind it. */
export function irisSignature(rawBody: Uint8Array, merchantKey: string): string {
  return createHash('sha512').update(rawBody).update(merchantKey).digest('hex');
}

const isAboutUs = (code: number): boolean => code === 401 || code === 403 || code === 408;

const said = z.object({ error_message: z.string().optional() });

function refusalOf(operation: string, answer: GatewayAnswer): string | undefined {
  if (answer.status < 400) return undefined;
  if (isAboutUs(answer.status)) throw unavailable(operation, answer);
  return reasonOf(answer);
}

function reasonOf({ status: code, body }: GatewayAnswer): string {
  return `${code} ${said.safeParse(body).data?.error_message ?? ''}`.trim().slice(0, paymentLimits.reasonCharactersMax);
}

function unavailable(operation: string, answer: GatewayAnswer) {
  return paymentFault('payments.gateway-unavailable', { cause: new Error(`${operation}: ${reasonOf(answer)}`) });
}
