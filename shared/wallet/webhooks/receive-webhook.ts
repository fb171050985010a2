/**
 * Takes a webhook in: who sent it is asked, it is kept once, and put onto a queue. Nothing is done about it here, so that the gateway has its
 * answer at once: Xendit does not send again what timed out.
 */
import type { Fault } from '#shared/platform/fault.ts';
import { requestFault } from '#shared/platform/request-faults.ts';
import type { Clock } from '#shared/platform/clock.ts';
import type { WebhookRefusal, WebhookRequest } from '#shared/payments/ports.ts';
import type { Admissions, WebhookQueue, WebhookStore } from './ports.ts';
import type { WebhookChannel } from './webhook.ts';
import { webhookFault } from './webhook-faults.ts';

interface Deps {
  readonly admissions: Admissions;
  readonly webhooks: WebhookStore;
  /** Of payments, and of payouts. */
  readonly queues: Readonly<Record<WebhookChannel, WebhookQueue>>;
  readonly clock: Clock;
  /** Told of every refusal: operators count them. */
  readonly onRefused: (refusal: { readonly channel: WebhookChannel; readonly reason: Refused }) => void;
}

/** Not what is genuine and about something else, as gateways tell of all that an account does. */
type Refused = Exclude<WebhookRefusal, 'not-ours'>;

interface Request extends WebhookRequest {
  readonly channel: WebhookChannel;
}

/** Throws `webhooks.signature-wrong`, `webhooks.malformed` or `request.too-large`; nothing is kept of such a request. */
export async function receiveWebhook(deps: Deps, { channel, ...request }: Request): Promise<void> {
  const outcome = await deps.admissions[channel](request);
  if (outcome.kind === 'refused') {
    if (outcome.reason === 'not-ours') return;
    deps.onRefused({ channel, reason: outcome.reason });
    throw faultOf(outcome.reason);
  }
  const { eventId, ...notification } = outcome.notification;
  const receivedAtMs = deps.clock.now();
  const rawBody = Buffer.from(request.rawBody).toString('utf8');
  const kept = await deps.webhooks.keep({ channel, eventId, rawBody, notification: { eventId, ...notification }, receivedAtMs });
  // Kept before, and perhaps never queued: the message is sent as long as nobody has worked on it.
  if (kept.processedAtMs === null) await deps.queues[channel].send({ channel, eventId });
}

function faultOf(reason: Refused): Fault {
  if (reason === 'too-large') return requestFault('request.too-large');
  return webhookFault(reason === 'signature' ? 'webhooks.signature-wrong' : 'webhooks.malformed');
}
