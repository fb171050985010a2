/**
 * A payout gateway in memory that keeps the port's contract, and does on command what becomes of payouts.
 */
import { isAccountNumber } from '#shared/payments/account-number.ts';
import { paymentFault } from '#shared/payments/payment-faults.ts';
import type { GatewayName } from '#shared/payments/payment.ts';
import type { PayoutState } from '#shared/payments/payout.ts';
import type {
  PayoutGateway,
  PayoutNotification,
  PayoutOutcome,
  PayoutRequest,
  PayoutStatus,
  WebhookOutcome,
  WebhookRequest,
} from '#shared/payments/ports.ts';
import { eventIdOf, isSameSecret, isTooLarge, refusedWebhook, webhookJson } from '#shared/payments/webhook-body.ts';

interface FakePayout {
  readonly request: PayoutRequest;
  status: PayoutStatus;
}

export interface FakePayoutGateway extends PayoutGateway {
  become(withdrawalId: string, state: PayoutState): void;
  /** The next calls fail with these, the first first. */
  failNext(...faults: readonly Error[]): void;
  /** A genuine webhook that claims this. */
  webhook(withdrawalId: string, claimedState: PayoutState): WebhookRequest;
  /** Everything that was sent, once each. */
  readonly payouts: ReadonlyMap<string, FakePayout>;
}

const secret = 'fake-secret';

export function fakePayoutGateway({
  name = 'midtrans',
  needsApproval = true,
}: { readonly name?: GatewayName; readonly needsApproval?: boolean } = {}): FakePayoutGateway {
  const payouts = new Map<string, FakePayout>();
  const faults: Error[] = [];
  const mayFail = (): void => {
    const fault = faults.shift();
    if (fault !== undefined) throw fault;
  };
  const byId = (gatewayPayoutId: string): FakePayout | undefined =>
    payouts.values().find(({ status }) => status.gatewayPayoutId === gatewayPayoutId);
  const become = (withdrawalId: string, state: PayoutState): void => {
    const payout = payouts.get(withdrawalId);
    if (payout === undefined) throw new Error(`nothing was sent for ${withdrawalId}`);
    const failure = state === 'failed' || state === 'reversed' ? { code: 'INVALID_DESTINATION', isTemporary: false } : null;
    payout.status = { ...payout.status, state, rawStatus: state, failure };
  };
  return {
    name,
    needsApproval,
    payouts,
    become,
    send: async (request) => {
      mayFail();
      return sendTo(payouts, request, { name, state: needsApproval ? 'awaiting-approval' : 'processing' });
    },
    approve: async ({ gatewayPayoutId }) => {
      mayFail();
      const payout = byId(gatewayPayoutId);
      if (payout === undefined) return { kind: 'refused', reason: 'no such payout' };
      if (payout.status.state === 'failed') return { kind: 'refused', reason: 'failed before' };
      if (payout.status.state === 'awaiting-approval') become(payout.status.withdrawalId, 'processing');
      return { kind: 'approved' };
    },
    status: async ({ withdrawalId, gatewayPayoutId }) => {
      mayFail();
      return gatewayPayoutId === null && needsApproval ? undefined : payouts.get(withdrawalId)?.status;
    },
    validateAccount: async ({ bank, accountNumber }) => {
      if (!needsApproval) return { kind: 'unsupported' };
      const isThere = isAccountNumber(bank, accountNumber) && !accountNumber.startsWith('000');
      return isThere ? { kind: 'found', accountName: 'SARI DEWI' } : { kind: 'not-found' };
    },
    parseWebhook: async (request) => parse(name, request),
    failNext: (...next) => void faults.push(...next),
    webhook: (withdrawalId, claimedState) => ({
      rawBody: Buffer.from(
        JSON.stringify({ withdrawalId, id: payouts.get(withdrawalId)?.status.gatewayPayoutId ?? 'fake-0', claimedState }),
      ),
      headers: { 'x-fake-secret': secret },
    }),
  };
}

function sendTo(payouts: Map<string, FakePayout>, request: PayoutRequest, made: { name: GatewayName; state: PayoutState }): PayoutOutcome {
  const { withdrawalId, amountRupiah, bank, accountNumber } = request;
  const before = payouts.get(withdrawalId);
  if (before !== undefined) {
    if (JSON.stringify(before.request) !== JSON.stringify(request)) throw paymentFault('payments.outcome-unknown');
    return { kind: 'sent', payout: before.status };
  }
  if (!isAccountNumber(bank, accountNumber) || !Number.isSafeInteger(amountRupiah) || amountRupiah < 1)
    return { kind: 'refused', reason: 'not a payout' };
  const gatewayPayoutId = `fake-${payouts.size + 1}`;
  const status: PayoutStatus = {
    gateway: made.name,
    withdrawalId,
    gatewayPayoutId,
    state: made.state,
    amountRupiah,
    rawStatus: made.state,
    failure: null,
  };
  payouts.set(withdrawalId, { request, status });
  return { kind: 'sent', payout: status };
}

function parse(gateway: GatewayName, { rawBody, headers }: WebhookRequest): WebhookOutcome<PayoutNotification> {
  if (isTooLarge(rawBody)) return refusedWebhook('too-large');
  if (!isSameSecret(headers['x-fake-secret'], secret)) return refusedWebhook('signature');
  const news = webhookJson(rawBody) as { withdrawalId: string; id: string; claimedState: PayoutState } | undefined;
  if (typeof news?.withdrawalId !== 'string') return refusedWebhook('malformed');
  const { withdrawalId, id, claimedState } = news;
  return {
    kind: 'admitted',
    notification: { gateway, eventId: eventIdOf(withdrawalId, id, claimedState), withdrawalId, gatewayPayoutId: id, claimedState },
  };
}
