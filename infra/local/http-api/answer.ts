import { z } from 'zod';
import type { InvokeOutcome } from '../ports.ts';

/** What a caller is sent. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
  /** For the access log: why API Gateway, and not the function, answered. */
  readonly why?: string;
}

/** API Gateway's own answers. */
const messages = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  408: 'Request Timeout',
  413: 'Request Entity Too Large',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
} as const;

export type OwnStatus = keyof typeof messages;

export function ownAnswer(status: OwnStatus, why?: string): ApiAnswer {
  const body = Buffer.from(JSON.stringify({ message: messages[status] }));
  return { status, headers: [['content-type', 'application/json']], body, ...(why === undefined ? {} : { why }) };
}

const Scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/** The answer a function writes itself. A status that is no whole number makes it malformed, as observed by aws/aws-lambda-dotnet's tests against AWS. */
const Written = z.object({
  statusCode: z
    .union([
      z.number(),
      z
        .string()
        .regex(/^\d{3}$/)
        .transform(Number),
    ])
    .pipe(z.number().int().min(200).max(599)),
  headers: z.record(z.string(), Scalar).nullish(),
  cookies: z.array(z.string()).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

/** What comes of a function's outcome: its answer, the answer inferred from any other value, or API Gateway's own when it failed. */
export function functionAnswer(outcome: InvokeOutcome): ApiAnswer {
  if (!outcome.ok) return failureAnswer(outcome);
  const { payload } = outcome;
  if (typeof payload !== 'object' || payload === null || !('statusCode' in payload)) return inferredAnswer(payload);
  const written = Written.safeParse(payload);
  if (!written.success) return ownAnswer(500, `malformed answer: ${z.prettifyError(written.error).replaceAll('\n', ' ')}`);
  return writtenAnswer(written.data);
}

/** Too many at once is the only failure that tells the caller to come again. */
function failureAnswer(outcome: Extract<InvokeOutcome, { ok: false }>): ApiAnswer {
  const why = `${outcome.errorType}: ${outcome.errorMessage}`;
  if (outcome.reason === 'throttled') return ownAnswer(503, why);
  return ownAnswer(outcome.errorType === 'RequestTooLargeException' ? 413 : 500, why);
}

/** Without a status the whole value is the body (format 2.0 alone does this); a string is sent as it is, without quotes. */
function inferredAnswer(payload: unknown): ApiAnswer {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
  return { status: 200, headers: [['content-type', 'application/json']], body: Buffer.from(text) };
}

/** Headers of the connection are not the function's to set. */
const connectionHeaders = new Set(['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding', 'upgrade']);

function writtenAnswer({ statusCode, headers, cookies, body, isBase64Encoded }: z.infer<typeof Written>): ApiAnswer {
  const pairs = Object.entries(headers ?? {})
    .map(([name, value]): [string, string] => [name.toLowerCase(), value])
    .filter(([name]) => !connectionHeaders.has(name));
  const hasType = pairs.some(([name]) => name === 'content-type');
  if (!hasType && mayHaveBody(statusCode)) pairs.push(['content-type', 'text/plain; charset=utf-8']);
  for (const cookie of cookies ?? []) pairs.push(['set-cookie', cookie]);
  return {
    status: statusCode,
    headers: pairs,
    body: mayHaveBody(statusCode) ? bytesOf(body ?? '', isBase64Encoded ?? false) : Buffer.alloc(0),
  };
}

export function mayHaveBody(status: number): boolean {
  return status >= 200 && status !== 204 && status !== 304;
}

function bytesOf(body: string, isBase64: boolean): Buffer {
  return Buffer.from(body, isBase64 ? 'base64' : 'utf8');
}
