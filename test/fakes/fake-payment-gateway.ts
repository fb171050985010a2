/**
 * A gateway in memory that keeps the port's contract, and does on command what becomes of charges.
 */
import { eventIdOf, isSameSecret, isTooLarge, refusedWebhook, webhookJson } from '#shared/payments/webhook-body.ts';
import { serves, type ChargeState, type GatewayName } from '#shared/payments/payment.ts';
import type {
  ChargeOutcome,
  ChargeRef,
  ChargeRequest,
  ChargeStatus,
  Notification,
  Payment,
  PaymentGateway,
  Refund,
  RefundOutcome,
  RefundRequest,
  WebhookOutcome,
  WebhookRequest,
} from '#shared/payments/ports.ts';
import type { Clock } from '#shared/platform/clock.ts';

export interface FakeCharge {
  readonly request: ChargeRequest;
  readonly id: string;
  state: Extract<ChargeState, 'pending' | 'expired' | 'cancelled' | 'failed' | 'reversed'>;
  payments: Payment[];
  refunds: Refund[];
  /** Payments that were taken back, of those there are. */
  readonly reversed: Set<string>;
  /** Keys of refunds that were asked for before: they are part of what was taken back. */
  readonly takenBackWith: Set<string>;
  /** Whether the status names them. */
  namesReversed: boolean;
}

export interface FakePaymentGateway extends PaymentGateway {
  /** Also late, and again. */
  pay(depositId: string, amountRupiah?: number): void;
  /** All payments; or one of them, which the status then names or leaves open. */
  takeBack(depositId: string, one?: { readonly paymentId: string; readonly isNamed: boolean }): void;
  confirmRefunds(depositId: string): void;
  /** What the bank says of one refund; it may say otherwise later. */
  endRefund(depositId: string, refundKey: string, state: 'confirmed' | 'failed'): void;
  /** The next calls fail with these, the first first. */
  failNext(...faults: readonly Error[]): void;
  /** A genuine webhook that claims this. */
  webhook(depositId: string, claimedState: ChargeState): WebhookRequest;
  readonly charges: ReadonlyMap<string, FakeCharge>;
}

const secret = 'fake-secret';

export function fakePaymentGateway({
  clock,
  name = 'midtrans',
}: {
  readonly clock: Clock;
  readonly name?: GatewayName;
}): FakePaymentGateway {
  const charges = new Map<string, FakeCharge>();
  const faults: Error[] = [];
  const mayFail = (): void => {
    const fault = faults.shift();
    if (fault !== undefined) throw fault;
  };
  const charged = (depositId: string): FakeCharge => {
    const found = charges.get(depositId);
    if (found === undefined) throw new Error(`nothing was charged for ${depositId}`);
    return found;
  };
  const status = async ({ depositId }: ChargeRef): Promise<ChargeStatus | undefined> => {
    mayFail();
    const found = charges.get(depositId);
    return found === undefined ? undefined : statusOf(name, found);
  };
  const close =
    (state: 'cancelled' | 'expired') =>
    async (ref: ChargeRef): Promise<ChargeStatus | undefined> => {
      const found = charges.get(ref.depositId);
      if (found?.state === 'pending' && found.payments.length === 0) found.state = state;
      return status(ref);
    };
  return {
    name,
    charges,
    status,
    cancel: close('cancelled'),
    expire: close('expired'),
    charge: async (request) => {
      mayFail();
      return chargeWith(charges, name, request);
    },
    refund: async (request) => {
      mayFail();
      return refundOf(charges.get(request.depositId), request);
    },
    parseWebhook: async (request) => parse(name, request),
    pay: (depositId, amountRupiah) => {
      const { payments, request, id } = charged(depositId);
      payments.push({
        paymentId: `${id}-${payments.length + 1}`,
        amountRupiah: amountRupiah ?? request.amountRupiah,
        paidAtMs: clock.now(),
      });
    },
    takeBack: (depositId, one) => {
      const found = charged(depositId);
      found.state = 'reversed';
      found.namesReversed = one?.isNamed === true;
      for (const { refundKey } of found.refunds) found.takenBackWith.add(refundKey);
      for (const { paymentId } of found.payments) if (one === undefined || one.paymentId === paymentId) found.reversed.add(paymentId);
    },
    confirmRefunds: (depositId) => {
      const found = charged(depositId);
      found.refunds = found.refunds.map(({ refundKey, amountRupiah }) => ({ refundKey, amountRupiah, state: 'confirmed' }));
    },
    endRefund: (depositId, refundKey, state) => {
      const found = charged(depositId);
      found.refunds = found.refunds.map((one) =>
        one.refundKey === refundKey ? { refundKey, amountRupiah: one.amountRupiah, state } : one,
      );
    },
    failNext: (...next) => void faults.push(...next),
    webhook: (depositId, claimedState) => ({
      rawBody: Buffer.from(JSON.stringify({ depositId, id: charges.get(depositId)?.id ?? 'fake-0', claimedState })),
      headers: { 'x-fake-secret': secret },
    }),
  };
}

function chargeWith(charges: Map<string, FakeCharge>, name: GatewayName, request: ChargeRequest): ChargeOutcome {
  const { depositId, method, amountRupiah, expiresAtMs } = request;
  const before = charges.get(depositId);
  if (before !== undefined) return { kind: 'exists', gatewayTransactionId: before.id };
  if (!serves(name, method, amountRupiah)) return { kind: 'refused', reason: 'not served' };
  const id = `fake-${charges.size + 1}`;
  charges.set(depositId, {
    request,
    id,
    state: 'pending',
    payments: [],
    refunds: [],
    reversed: new Set(),
    takenBackWith: new Set(),
    namesReversed: false,
  });
  const instructions = method.startsWith('va-')
    ? ({ kind: 'virtual-account', bank: 'bca', vaNumber: '8077700000000001' } as const)
    : ({ kind: 'qr', qrPayload: `fake-qr-${id}` } as const);
  return {
    kind: 'charged',
    charge: { gateway: name, depositId, gatewayTransactionId: id, amountRupiah, instructions, gatewayExpiresAtMs: expiresAtMs },
  };
}

function statusOf(gateway: GatewayName, charge: FakeCharge): ChargeStatus {
  const { request, id, state, payments, refunds, reversed, namesReversed } = charge;
  const now = stateOf(state, payments, refunds);
  const { depositId, amountRupiah } = request;
  return {
    gateway,
    depositId,
    gatewayTransactionId: id,
    state: now,
    amountRupiah,
    payments: payments.map(({ paymentId, amountRupiah: paid, paidAtMs }) => ({
      paymentId,
      amountRupiah: paid,
      paidAtMs,
      isReversed: namesReversed ? reversed.has(paymentId) : undefined,
    })),
    refunds: [...refunds],
    rawStatus: now,
  };
}

function stateOf(state: FakeCharge['state'], payments: readonly Payment[], refunds: readonly Refund[]): ChargeState {
  if (state === 'reversed' || payments.length === 0) return state;
  const confirmed = sumOf(refunds.filter((refund) => refund.state === 'confirmed'));
  if (confirmed === 0) return 'paid';
  return confirmed >= sumOf(payments) ? 'refunded' : 'partially-refunded';
}

const sumOf = (amounts: readonly { readonly amountRupiah: number }[]): number =>
  amounts.reduce((total, { amountRupiah }) => total + amountRupiah, 0);

function refundOf(found: FakeCharge | undefined, { refundKey, amountRupiah }: RefundRequest): RefundOutcome {
  const known = found?.refunds.find((refund) => refund.refundKey === refundKey);
  if (known !== undefined)
    return known.amountRupiah === amountRupiah ? { kind: 'accepted', refund: known } : { kind: 'refused', reason: 'another amount' };
  if (found === undefined || amountRupiah > refundableRupiah(found)) return { kind: 'refused', reason: 'not refundable' };
  const refund: Refund = { refundKey, amountRupiah, state: 'pending' };
  found.refunds = [...found.refunds, refund];
  return { kind: 'accepted', refund };
}

/** What no refund was asked for yet. A charge of which something was taken back takes none any more. */
export function refundableRupiah(charge: FakeCharge): number {
  return charge.request.method.startsWith('va-') || charge.state === 'reversed' ? 0 : keptRupiah(charge, ({ state }) => state !== 'failed');
}

/** What a gateway has of a charge, without the refunds that count. */
export function keptRupiah({ payments, refunds, reversed, takenBackWith }: FakeCharge, counts: (refund: Refund) => boolean): number {
  const kept = payments.filter(({ paymentId }) => !reversed.has(paymentId));
  return sumOf(kept) - sumOf(refunds.filter((refund) => counts(refund) && !takenBackWith.has(refund.refundKey)));
}

function parse(gateway: GatewayName, { rawBody, headers }: WebhookRequest): WebhookOutcome<Notification> {
  if (isTooLarge(rawBody)) return refusedWebhook('too-large');
  if (!isSameSecret(headers['x-fake-secret'], secret)) return refusedWebhook('signature');
  const news = webhookJson(rawBody) as { depositId: string; id: string; claimedState: ChargeState } | undefined;
  if (typeof news?.depositId !== 'string') return refusedWebhook('malformed');
  const { depositId, id, claimedState } = news;
  return {
    kind: 'admitted',
    notification: {
      gateway,
      about: 'charge',
      eventId: eventIdOf(depositId, id, claimedState),
      depositId,
      gatewayTransactionId: id,
      refundKey: null,
      claimedState,
    },
  };
}
