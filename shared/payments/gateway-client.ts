/**
 * Calls to a payment gateway over HTTP: bounded in time and size, through a circuit breaker, never following a redirect, repeated only
 * where asking twice is the same as asking once. Faults say whether the call may have been carried out.
 */
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import type { Chance } from '#shared/platform/chance.ts';
import type { Clock } from '#shared/platform/clock.ts';
import type { Fault } from '#shared/platform/fault.ts';
import { circuitBreaker } from './circuit-breaker.ts';
import { paymentFault, type PaymentFaultCode } from './payment-faults.ts';
import { paymentLimits } from './payment-limits.ts';

interface GatewayCall {
  /** Names the circuit, and the call in faults' causes. */
  readonly operation: string;
  readonly method: 'GET' | 'POST';
  /** From the base URL on; ids in it went through `pathSegment`. */
  readonly path: string;
  /** Of Basic authentication, with an empty password. */
  readonly key: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
  /** A question, or a change under an idempotency key that the gateway still remembers. */
  readonly isRepeatable: boolean;
}

export interface GatewayAnswer {
  /** Of HTTP, or what the gateway says in the body instead. Never 5xx, 3xx or 429. */
  readonly status: number;
  readonly body: unknown;
}

export type GatewayClient = (call: GatewayCall) => Promise<GatewayAnswer>;

/** What every adapter of a gateway is given. */
export interface GatewaySettings {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly clock: Clock;
  readonly chance: Chance;
  /** For tests against servers that never answer. */
  readonly callMsMax?: number;
  readonly attemptMsMax?: number;
}

interface GatewayClientOptions extends GatewaySettings {
  /** The status that counts, where the gateway answers 200 and says more in the body. */
  readonly statusOf?: (httpStatus: number, body: unknown) => number;
}

/** How one attempt failed. */
class AttemptFailure extends Error {
  readonly code: PaymentFaultCode;
  /** Whether another attempt may do better. */
  readonly isPassing: boolean;

  constructor(code: PaymentFaultCode, message: string, { isPassing = true, cause }: { isPassing?: boolean; cause?: unknown } = {}) {
    super(message, { cause });
    this.code = code;
    this.isPassing = isPassing;
  }
}

export function gatewayClient(options: GatewayClientOptions): GatewayClient {
  const { clock, chance, callMsMax = paymentLimits.callMsMax, attemptMsMax = paymentLimits.attemptMsMax } = options;
  const circuit = circuitBreaker({ clock, chance });
  return async (call) => {
    const total = AbortSignal.timeout(callMsMax);
    let failure: AttemptFailure | undefined;
    for (let attempt = 1; attempt <= (call.isRepeatable ? paymentLimits.attemptsMax : 1); attempt += 1) {
      if (!circuit.admits(call.operation)) {
        failure = worse(failure, new AttemptFailure('payments.gateway-unavailable', 'the circuit is open'));
        break;
      }
      try {
        const signal = call.isRepeatable ? AbortSignal.any([total, AbortSignal.timeout(attemptMsMax)]) : total;
        const answer = await attemptOnce(call, options, signal);
        circuit.succeeded(call.operation);
        return answer;
      } catch (error) {
        circuit.failed(call.operation);
        failure = worse(failure, asFailure(error, call));
      }
      if (!failure.isPassing || total.aborted || attempt === paymentLimits.attemptsMax) break;
      await pause(backoffMs(attempt, chance), undefined, { signal: total }).catch(() => undefined);
    }
    throw faultOf(call, failure);
  };
}

/** A change that may have been carried out once stays so, whatever becomes of the later attempts. */
function worse(before: AttemptFailure | undefined, now: AttemptFailure): AttemptFailure {
  return before !== undefined && now.code === 'payments.gateway-unavailable' ? before : now;
}

function backoffMs(attempt: number, chance: Chance): number {
  return chance.fraction() * Math.min(paymentLimits.backoffMsBase * 2 ** (attempt - 1), paymentLimits.backoffMsMax);
}

async function attemptOnce(call: GatewayCall, { baseUrl, statusOf }: GatewayClientOptions, signal: AbortSignal): Promise<GatewayAnswer> {
  // oxlint-disable-next-line no-restricted-globals -- every adapter of a gateway does its I/O here
  const answer = await fetch(`${baseUrl}${call.path}`, {
    method: call.method,
    headers: {
      accept: 'application/json',
      authorization: `Basic ${Buffer.from(`${call.key}:`).toString('base64')}`,
      ...(call.body && { 'content-type': 'application/json' }),
      ...call.headers,
    },
    ...(call.body && { body: JSON.stringify(call.body) }),
    redirect: 'manual',
    signal,
  });
  refuseStatus(answer.status);
  const text = await boundedText(answer);
  const body = jsonIn(text);
  const status = statusOf?.(answer.status, body) ?? answer.status;
  refuseStatus(status);
  return { status, body };
}

/** What is no answer at all: the gateway is broken or busy, or wants the key sent elsewhere. */
function refuseStatus(status: number): void {
  if (status === 429) throw new AttemptFailure('payments.gateway-unavailable', 'answered 429');
  if (status >= 500) throw new AttemptFailure('payments.outcome-unknown', `answered ${status}`);
  if (status < 200 || (status >= 300 && status < 400)) throw wrong(`answered ${status}, and redirects are not followed`);
}

async function boundedText(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    // Leaving the loop closes the connection.
    if (bytes > paymentLimits.answerBytesMax) throw wrong(`answered more than ${paymentLimits.answerBytesMax} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw wrong('answered something that is no JSON', error);
  }
}

const wrong = (message: string, cause?: unknown): AttemptFailure =>
  new AttemptFailure('payments.answer-wrong', message, { isPassing: false, cause });

/** Connections that never were. */
const unsent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

function asFailure(error: unknown, { method }: GatewayCall): AttemptFailure {
  const failure = error instanceof AttemptFailure ? error : connectionFailure(error);
  // A question changes nothing, so nothing is in doubt.
  if (method === 'GET' && failure.code === 'payments.outcome-unknown')
    return new AttemptFailure('payments.gateway-unavailable', failure.message, { cause: failure.cause });
  return failure;
}

function connectionFailure(error: unknown): AttemptFailure {
  const { code } = ((error as Error).cause ?? {}) as { code?: unknown };
  const wasSent = typeof code !== 'string' || !unsent.has(code);
  return new AttemptFailure(wasSent ? 'payments.outcome-unknown' : 'payments.gateway-unavailable', String(error), { cause: error });
}

function faultOf({ operation }: GatewayCall, failure: AttemptFailure | undefined): Fault {
  const cause = new Error(`${operation}: ${failure?.message ?? 'no attempt'}`, { cause: failure?.cause });
  return paymentFault(failure?.code ?? 'payments.gateway-unavailable', { cause });
}

/** Ours are made of these, and so are theirs: nothing that a path, a query or a header could take for its own. */
export const gatewayIdPattern = /^[A-Za-z0-9](?:[A-Za-z0-9_-]|[.~](?![.~])){0,99}$/;

/** An address that a member's browser will be sent to: a page or a wallet's app, and nothing that runs in ours. */
export const memberUrl = z.url({ protocol: /^(?!(?:javascript|data|vbscript|file|blob|about)$)[a-z][a-z0-9+.-]*$/ }).max(2_000);

/** An id as one segment of a path; undefined for one that no gateway can have. */
export function pathSegment(id: string): string | undefined {
  return gatewayIdPattern.test(id) ? encodeURIComponent(id) : undefined;
}

/** An answer that does not fit what was asked: nothing in it is to be believed. */
export function answerWrong(operation: string, detail: string): Fault {
  return paymentFault('payments.answer-wrong', { cause: new Error(`${operation}: ${detail}`) });
}

/** Reads an answer by its schema. */
export function readAnswer<Schema extends z.ZodType>(operation: string, body: unknown, schema: Schema): z.output<Schema> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw answerWrong(operation, z.prettifyError(result.error));
}
