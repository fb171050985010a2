/**
 * Webhooks of the sandbox: kept, sent at their time, and sent again as the real gateways would.
 *
 * Midtrans decides by the answer: 2xx ends it, 500 gets one more, 503 four, 400 and 404 two, 3xx none, everything else five, after 2 minutes,
 * 10, 30, 1.5 hours and 3.5. Xendit sends again after 15 minutes, 45, and 2, 3, 6 and 12 hours, but never when nobody answered within 30 s.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { type SandboxContext, schedule, type WebhookUrls } from './context.ts';
import { sandboxLimits } from './sandbox-limits.ts';
import type { Channel, SandboxWebhook } from './items.ts';

/** How one piece of news is sent; what is left out is as the settings say. */
export const sendingSchema = z.strictObject({
  copies: z.int().min(0).max(sandboxLimits.copiesMax).optional(),
  delaySeconds: z.int().min(0).max(sandboxLimits.delaySecondsMax).optional(),
});
export type Sending = z.output<typeof sendingSchema>;

const minuteMs = 60_000;
const midtransDelaysMs = [2, 10, 30, 90, 210].map((minutes) => minutes * minuteMs);
const xenditDelaysMs = [15, 45, 120, 180, 360, 720].map((minutes) => minutes * minuteMs);
const midtransRetries: Readonly<Record<string, number>> = { '500': 1, '503': 4, '400': 2, '404': 2 };

/** Of real time: who keeps a gateway waiting. */
const timeoutMs: Readonly<Record<Channel, number>> = { midtrans: 15_000, iris: 15_000, xendit: 30_000, 'xendit-payout': 30_000 };

const urlNames: Readonly<Record<Channel, keyof WebhookUrls>> = {
  midtrans: 'midtransUrl',
  iris: 'irisUrl',
  xendit: 'xenditUrl',
  'xendit-payout': 'xenditPayoutUrl',
};

type News = Pick<SandboxWebhook, 'reference' | 'channel' | 'body' | 'headers'>;

export function announce(context: SandboxContext, news: News, sending: Sending = {}): void {
  const { isHolding, ...settings } = context.settings();
  const { copies, delaySeconds } = { ...settings, ...sending };
  for (let copy = 0; copy < copies; copy += 1) {
    const madeMs = context.clock.now();
    const webhook: SandboxWebhook = { ...news, id: context.store.nextId(), state: isHolding ? 'held' : 'waiting', madeMs, attempts: [] };
    context.store.put('webhook', webhook);
    if (!isHolding) schedule(context, { what: 'webhook', id: webhook.id }, madeMs + delaySeconds * 1_000);
  }
}

/** The order in which what was held goes out. */
export const releaseSchema = z.strictObject({
  order: z.enum(['as-made', 'reversed', 'shuffled']).default('as-made'),
  seed: z.int().default(1),
});

/** Sends what was held, one after the other; answers their ids in that order. */
export async function release(context: SandboxContext, { order, seed }: z.output<typeof releaseSchema>): Promise<string[]> {
  const held = context.store.list('webhook').filter(({ state }) => state === 'held');
  const ordered = {
    'as-made': () => held.toReversed(),
    reversed: () => held,
    shuffled: () => held.toSorted((one, other) => (rank(one.id, seed) < rank(other.id, seed) ? -1 : 1)),
  }[order]();
  for (const { id } of ordered) await deliver(context, id);
  return ordered.map(({ id }) => id);
}

const rank = (id: string, seed: number): string => createHash('sha256').update(`${seed}:${id}`).digest('hex');

/** Sends one, whatever its state, and plans the next attempt. */
export async function deliver(context: SandboxContext, id: string): Promise<SandboxWebhook | undefined> {
  const webhook = context.store.get('webhook', id);
  if (webhook === undefined) return undefined;
  const startedMs = performance.now();
  const answer = await post(context, webhook);
  const tookMs = Math.round(performance.now() - startedMs);
  const attempts = [...webhook.attempts, { atMs: context.clock.now(), answer, tookMs }].slice(-20);
  const nextMs = /^2\d\d$/.test(answer) ? undefined : retryAfterMs(webhook, answer);
  const state = /^2\d\d$/.test(answer) ? 'delivered' : nextMs === undefined ? 'given-up' : 'waiting';
  const tried: SandboxWebhook = { ...webhook, state, attempts };
  context.store.put('webhook', tried);
  if (nextMs !== undefined) schedule(context, { what: 'webhook', id }, context.clock.now() + nextMs);
  context.log.info('sandbox', `webhook of ${webhook.reference} to ${webhook.channel}: ${answer}`);
  return tried;
}

function retryAfterMs({ channel, attempts }: SandboxWebhook, answer: string): number | undefined {
  if (channel === 'xendit' || channel === 'xendit-payout') return answer === 'timeout' ? undefined : xenditDelaysMs[attempts.length];
  const retries = /^3\d\d$/.test(answer) ? 0 : (midtransRetries[answer] ?? midtransDelaysMs.length);
  return attempts.length < retries ? midtransDelaysMs[attempts.length] : undefined;
}

async function post({ urls }: SandboxContext, { channel, body, headers }: SandboxWebhook): Promise<string> {
  const url = urls[urlNames[channel]];
  if (url === undefined) return 'unreachable';
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs[channel]),
    });
    await answer.body?.cancel();
    return String(answer.status);
  } catch (error) {
    return (error as Error).name === 'TimeoutError' ? 'timeout' : 'unreachable';
  }
}
