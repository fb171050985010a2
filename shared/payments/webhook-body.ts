/**
 * What every gateway's webhooks have in common: a bounded body of JSON, a secret compared in constant time, an id made of the news itself.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { paymentLimits } from './payment-limits.ts';
import type { WebhookRefusal } from './ports.ts';

export const refusedWebhook = (reason: WebhookRefusal) => ({ kind: 'refused', reason }) as const;

export function isTooLarge(rawBody: Uint8Array): boolean {
  return rawBody.byteLength > paymentLimits.webhookBytesMax;
}

/** Undefined for what is no JSON in UTF-8. */
export function webhookJson(rawBody: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(rawBody)) as unknown;
  } catch {
    return undefined;
  }
}

/** Takes as long for a wrong text as for the right one, whatever their lengths. */
export function isSameSecret(given: string | undefined, expected: string): boolean {
  // An empty key would let everybody in who sends nothing.
  if (given === undefined || expected === '') return false;
  return timingSafeEqual(sha256(given), sha256(expected));
}

/** Made of what the news says, since deliveries of the same news need not be the same bytes. */
export function eventIdOf(...parts: readonly unknown[]): string {
  return sha256(JSON.stringify(parts)).toString('hex');
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
