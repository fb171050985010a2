/**
 * The API as the demo's people use it: by its routes, with codes from the outbox and from an authenticator app.
 */
import { totpCode, totpStep } from '#shared/identity/engine/totp.ts';
import type { Outbox } from '../messages/outbox.ts';

export interface DemoApi {
  readonly url: string;
  readonly outbox: Outbox;
  /** Milliseconds since the epoch, stack time. */
  now(): number;
}

/** Answers the body. Throws with what the API said against it. */
export async function ask<Answer>(
  { url }: Pick<DemoApi, 'url'>,
  route: string,
  { body, token, idempotencyKey }: { readonly body?: object; readonly token?: string; readonly idempotencyKey?: string } = {},
): Promise<Answer> {
  const [method = 'GET', path = ''] = route.split(' ');
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${route} answered ${answer.status}: ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as Answer;
}

/** What the authenticator app shows now. */
export function appCode(secret: string, nowMs: number): string {
  return totpCode(fromBase32(secret), totpStep(nowMs));
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function fromBase32(text: string): Uint8Array {
  const bits = Array.from(text, (letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (eight) => Number.parseInt(eight, 2));
}

const waits = { everyMs: 50, mostMs: 20_000 };

/** What the newest message to somebody says, once it is there. */
export async function messageTo({ outbox }: DemoApi, to: string, pattern: RegExp): Promise<string> {
  for (let waitedMs = 0; waitedMs < waits.mostMs; waitedMs += waits.everyMs) {
    const found = outbox.list(to).flatMap(({ text }) => pattern.exec(text)?.[1] ?? [])[0];
    if (found !== undefined) return found;
    await new Promise((resolve) => {
      setTimeout(resolve, waits.everyMs);
    });
  }
  throw new Error(`No message to ${to} within ${waits.mostMs / 1_000} s.`);
}
