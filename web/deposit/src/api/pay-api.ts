/**
 * The API below /api/pay, as this page asks it. Every answer also tells the time.
 */
import type { ServerClock } from '../time/server-clock.ts';
import type { Deposit, DepositList, Method, Session } from './contract.ts';
import { offline, PayProblem, problemOf } from './problem.ts';

export interface Wish {
  readonly method: Method;
  readonly amountRupiah: number;
}

export interface PayApi {
  readonly session: () => Promise<Session>;
  /** The first page without a cursor. */
  readonly list: (cursor?: string) => Promise<DepositList>;
  readonly read: (id: string) => Promise<Deposit>;
  /** The same key with the same wish is the same deposit, however often it is sent. */
  readonly open: (wish: Wish, idempotencyKey: string) => Promise<Deposit>;
  readonly cancel: (id: string) => Promise<Deposit>;
}

export interface PayApiOptions {
  readonly link: string;
  readonly clock: ServerClock;
  /** The clock that `clock` counts by. */
  readonly countMs: () => number;
  readonly fetch: typeof fetch;
}

/** The API itself gives up on a request before that. */
const answerMsMax = 30_000;
const pageSize = 20;

interface Call {
  readonly method?: 'GET' | 'POST';
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Every method rejects with a `PayProblem`, and with nothing else. */
export function payApi({ link, clock, countMs, fetch }: PayApiOptions): PayApi {
  async function call<Answer>(path: string, { method = 'GET', body, headers }: Call = {}): Promise<Answer> {
    const sentMs = countMs();
    const response = await fetch(`/api/pay${path}`, {
      method,
      headers: { 'x-deposit-link': link, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      cache: 'no-store',
      signal: AbortSignal.timeout(answerMsMax),
    }).catch(() => Promise.reject(offline()));
    if (!response.ok) throw await problemOf(response);
    const answer = (await response.json().catch(() => Promise.reject(new PayProblem({ kind: 'unavailable' })))) as Answer & Told;
    // The same answer as before, with the time of then.
    if (!response.headers.has('idempotency-replayed')) clock.learn(answer.serverTime, sentMs);
    return answer;
  }
  return {
    session: () => call('/session'),
    list: (cursor) => call(`/deposits?${new URLSearchParams({ limit: String(pageSize), ...(cursor !== undefined && { cursor }) })}`),
    read: (id) => call(`/deposits/${encodeURIComponent(id)}`),
    open: (wish, idempotencyKey) => call('/deposits', { method: 'POST', body: wish, headers: { 'idempotency-key': idempotencyKey } }),
    cancel: (id) => call(`/deposits/${encodeURIComponent(id)}/cancel`, { method: 'POST' }),
  };
}

interface Told {
  readonly serverTime: string;
}
