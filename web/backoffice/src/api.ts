/**
 * Calls of the API on this page's own origin. What goes wrong is a value, so that a page shows every outcome on purpose.
 */

export type ProblemKind = 'unauthenticated' | 'forbidden' | 'not-found' | 'invalid' | 'conflict' | 'limited' | 'unavailable' | 'offline';

export interface Problem {
  readonly kind: ProblemKind;
  /** Stable code of the fault, where the API gave one. */
  readonly code: string | undefined;
  /** To quote when asking for help. */
  readonly requestId: string | undefined;
}

export type Outcome<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problem: Problem };

export interface Api {
  get<Value>(path: string, query: Readonly<Record<string, string | undefined>>, signal: AbortSignal): Promise<Outcome<Value>>;
  post<Value>(path: string, body: unknown, signal: AbortSignal): Promise<Outcome<Value>>;
}

export interface ApiOptions {
  token(): string | undefined;
  /** Told when the API refuses the token; the page's session is over. */
  onUnauthenticated(): void;
  readonly fetch: typeof fetch;
}

/** Longer than the API's own limit of 30 s. */
const answerMsMax = 35_000;

const kindOfStatus: Readonly<Record<number, ProblemKind>> = {
  400: 'invalid',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  429: 'limited',
};

export function apiClient(options: ApiOptions): Api {
  return {
    get: (path, query, signal) => call(options, withQuery(path, query), { signal }),
    post: (path, body, signal) =>
      call(options, path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' }, signal }),
  };
}

function withQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
}

/** Rejects only when the caller's own signal aborts. */
async function call<Value>(options: ApiOptions, url: string, request: RequestInit & { signal: AbortSignal }): Promise<Outcome<Value>> {
  const headers = { ...(request.headers as Record<string, string> | undefined), authorization: `Bearer ${options.token() ?? ''}` };
  try {
    const response = await options.fetch(url, {
      ...request,
      headers,
      signal: AbortSignal.any([request.signal, AbortSignal.timeout(answerMsMax)]),
    });
    const body: unknown = await response.json().catch(() => undefined);
    if (response.ok && body !== undefined) return { ok: true, value: body as Value };
    if (response.status === 401) options.onUnauthenticated();
    return { ok: false, problem: problemOf(response.status, body) };
  } catch (error) {
    if (request.signal.aborted) throw error;
    return { ok: false, problem: { kind: 'offline', code: undefined, requestId: undefined } };
  }
}

function problemOf(status: number, body: unknown): Problem {
  const { code, requestId } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  return { kind: kindOfStatus[status] ?? 'unavailable', code: text(code), requestId: text(requestId) };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
