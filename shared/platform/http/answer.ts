/** An answer in the shape that API Gateway takes from a function (payload 2.0). */
export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Whole `Set-Cookie` values. */
  readonly cookies?: readonly string[];
}

/** What a route's code answers when the body is not all of it. */
export class Answered<Body> {
  readonly body: Body;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];

  constructor(body: Body, { headers = {}, cookies = [] }: { headers?: Readonly<Record<string, string>>; cookies?: readonly string[] }) {
    this.body = body;
    this.headers = headers;
    this.cookies = cookies;
  }
}

/**
 * Headers of every answer. The API serves data to scripts, never pages: nothing may be sniffed, framed or kept by a cache, and a
 * browser that is pointed at an answer runs nothing of it.
 */
const houseHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'content-type': 'application/json; charset=utf-8',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
} as const;

export function json(statusCode: number, body: unknown, headers: Readonly<Record<string, string>> = {}): HttpAnswer {
  return { statusCode, headers: { ...houseHeaders, ...headers }, body: body === undefined ? '' : JSON.stringify(body) };
}

/** A route's answer, as it is or with what was put around it: JSON, or a text of the route's media type. */
export function answerOf({ status, mediaType }: { readonly status: number; readonly mediaType?: string }, answer: unknown): HttpAnswer {
  const { body, headers, cookies } = answer instanceof Answered ? (answer as Answered<unknown>) : new Answered(answer, {});
  const sent = json(status, body, headers);
  const text = mediaType === undefined ? {} : { headers: { ...sent.headers, 'content-type': mediaType }, body: String(body) };
  return { ...sent, ...text, ...(cookies.length > 0 && { cookies }) };
}
