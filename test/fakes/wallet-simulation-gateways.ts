/**
 * Gateways as processes see them: calls fail before or after they are done, Xendit does not know charges by our ids, and every rupiah that
 * came in is remembered.
 */
import { paymentFault } from '#shared/payments/payment-faults.ts';
import type { GatewayName } from '#shared/payments/payment.ts';
import type { ChargeRef, ChargeStatus, PaymentGateway, PayoutGateway, WebhookOutcome, WebhookRequest } from '#shared/payments/ports.ts';
import type { Chance } from '#shared/platform/chance.ts';
import type { FakePaymentGateway } from './fake-payment-gateway.ts';
import type { FakePayoutGateway } from './fake-payout-gateway.ts';
import type { Around } from './wallet-simulation-table.ts';

export interface Weather {
  readonly chance: Chance;
  /** How many of a hundred calls fail. */
  readonly faultPercent: () => number;
}

/** Fails before anything is done, or after; in either case in the words of the port. */
async function exposed<T>(call: () => Promise<T>, { chance, faultPercent }: Weather): Promise<T> {
  if (chance.fraction() * 100 >= faultPercent()) return call();
  const kind = Math.floor(chance.fraction() * 3);
  if (kind === 0) throw paymentFault('payments.gateway-unavailable');
  if (kind === 1) await call();
  throw paymentFault('payments.outcome-unknown');
}

/** Which of the same news it is goes into the event's id, as payment ids and states do at the real ones. */
export function newsOf({ rawBody }: WebhookRequest, number: number): Buffer {
  return Buffer.from(JSON.stringify({ ...(JSON.parse(Buffer.from(rawBody).toString()) as object), number }));
}

const numberOf = ({ rawBody }: WebhookRequest): string =>
  String((JSON.parse(Buffer.from(rawBody).toString()) as { number?: number }).number);

async function numbered<News extends { readonly eventId: string }>(
  admitting: Promise<WebhookOutcome<News>>,
  request: WebhookRequest,
): Promise<WebhookOutcome<News>> {
  const outcome = await admitting;
  if (outcome.kind === 'refused') return outcome;
  const { notification } = outcome;
  return { ...outcome, notification: { ...notification, eventId: `${notification.eventId}-${numberOf(request)}` } };
}

export function exposedGateway(gateway: FakePaymentGateway, around: Around, weather: Weather): PaymentGateway {
  const call = <T>(done: () => Promise<T>): Promise<T> => around(() => exposed(done, weather));
  const isHidden = ({ depositId, gatewayTransactionId }: ChargeRef): boolean =>
    gateway.name === 'xendit' && gatewayTransactionId === null && !gateway.charges.get(depositId)?.payments.length;
  const asked = (done: PaymentGateway['status']) => (ref: ChargeRef) =>
    call(async () => (isHidden(ref) ? unknownCharge(gateway.name, ref) : done(ref)));
  return {
    name: gateway.name,
    charge: (request) =>
      call(async () => {
        // Xendit has no key for payment requests: a second one would be another code for the same wish.
        if (gateway.name === 'xendit' && gateway.charges.has(request.depositId)) throw new Error(`${request.depositId} is charged twice`);
        return gateway.charge(request);
      }),
    status: asked((ref) => gateway.status(ref)),
    cancel: asked((ref) => gateway.cancel(ref)),
    expire: asked((ref) => gateway.expire(ref)),
    refund: (request) => call(() => gateway.refund(request)),
    parseWebhook: (request) => numbered(gateway.parseWebhook(request), request),
  };
}

const unknownCharge = (gateway: GatewayName, { depositId }: ChargeRef): ChargeStatus => ({
  gateway,
  depositId,
  gatewayTransactionId: null,
  state: 'unknown',
  amountRupiah: null,
  payments: [],
  refunds: [],
  rawStatus: 'nobody knows it by our id',
});

export function exposedPayouts(gateway: FakePayoutGateway, around: Around, weather: Weather): PayoutGateway {
  const call = <T>(done: () => Promise<T>): Promise<T> => around(() => exposed(done, weather));
  return {
    name: gateway.name,
    needsApproval: gateway.needsApproval,
    send: (request) => call(() => gateway.send(request)),
    approve: (payout) => call(() => gateway.approve(payout)),
    status: (payout) => call(() => gateway.status(payout)),
    validateAccount: (account) => gateway.validateAccount(account),
    parseWebhook: (request) => numbered(gateway.parseWebhook(request), request),
  };
}
