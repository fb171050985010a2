/**
 * An API Gateway event (payload 2.0) as typed input of a route, or the fault that says what is wrong with it.
 */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import { allows } from '../permissions.ts';
import type { FieldError } from '../fault.ts';
import { requestFault } from '../request-faults.ts';
import { viewerAddressOf } from './edge.ts';
import { bodyBytesMaxDefault, stepUpSecondsMax, type Route } from './route.ts';

/** What the authorizer's answer adds to an event of a guarded route. */
export type HttpEvent = APIGatewayProxyEventV2 & {
  readonly requestContext: { readonly authorizer?: { readonly lambda?: unknown } };
};

/** Who calls: proven by the authorizer. */
export interface Caller {
  readonly subject: string;
  readonly roles: readonly string[];
  readonly sessionId: string;
  /** When the caller last gave a second factor, in seconds since the epoch. */
  readonly secondFactorAt?: number | undefined;
}

const callerSchema = z.object({
  subject: z.string().min(1),
  roles: z.array(z.string()),
  sessionId: z.string().min(1),
  secondFactorAt: z.number().optional(),
});

/** The caller of an event, or undefined for a route without authorizer. */
export function callerOf(event: HttpEvent): Caller | undefined {
  return callerSchema.safeParse(event.requestContext.authorizer?.lambda).data;
}

/** Throws unless the caller holds the route's permission, and a fresh second factor where the route asks for one. */
export function authorize(caller: Caller | undefined, { permission, stepUp }: Route, nowMs: number): void {
  if (permission === undefined) return;
  if (caller === undefined) throw requestFault('auth.unauthenticated');
  if (!allows(caller.roles, permission)) throw requestFault('auth.forbidden');
  const age = nowMs / 1_000 - (caller.secondFactorAt ?? -Infinity);
  if (stepUp && age > stepUpSecondsMax) throw requestFault('auth.step-up-required');
}

/** Where a request comes from, for rate limits, sessions and the audit log. */
export interface Client {
  /** As the gateway saw it, or as the distribution in front of it did. */
  readonly address: string;
  /** As the client wrote it. */
  readonly userAgent: string;
  /** As answers and log lines name the request. */
  readonly requestId: string;
  /** By name; of two with one name the first counts. */
  readonly cookies: ReadonlyMap<string, string>;
  /** Value of a header by its lower-case name. */
  header(name: string): string | undefined;
}

const userAgentCharactersMax = 300;

/** What says whose address it is counts only with the origin key: without one, or with another, the address is the gateway's. */
export function clientOf(event: HttpEvent, originKey?: string): Client {
  const { sourceIp, userAgent } = event.requestContext.http;
  const pairs = (event.cookies ?? []).map((cookie): [string, string] => {
    const [name = '', ...value] = cookie.split('=');
    return [name.trim(), value.join('=').trim()];
  });
  return {
    address: viewerAddressOf(event, originKey) ?? sourceIp,
    userAgent: userAgent.slice(0, userAgentCharactersMax),
    requestId: event.requestContext.requestId,
    cookies: new Map(pairs.toReversed()),
    header: (name) => event.headers[name],
  };
}

/** Path, query and body by the route's schemas. Names of all wrong values come back at once. */
export function parseRequest(route: Route, event: HttpEvent): { path: unknown; query: unknown; body: unknown } {
  const errors: FieldError[] = [];
  const read = (schema: z.ZodType | undefined, value: unknown, root: string): unknown => {
    if (schema === undefined) return undefined;
    const parsed = schema.safeParse(value);
    if (!parsed.success) errors.push(...fieldErrors(parsed.error, root));
    return parsed.data;
  };
  const body = route.body && read(route.body, jsonBody(event, route), '');
  const path = read(route.pathParameters, event.pathParameters ?? {}, '/path');
  // An unknown parameter is refused: a filter with a typing mistake would otherwise look like one that finds everything.
  const query = read(route.query?.strict() ?? z.strictObject({}), event.queryStringParameters ?? {}, '/query');
  const repeated = repeatedParameters(event.rawQueryString);
  const others = errors.filter(({ pointer }) => !repeated.some((each) => each.pointer === pointer));
  if (errors.length + repeated.length > 0) throw requestFault('request.invalid', { errors: [...others, ...repeated] });
  return { path, query, body };
}

/**
 * API Gateway hands over the values of a parameter that is given twice as one, joined by a comma, which is no number any more and another search
 * text. No route takes a list.
 */
function repeatedParameters(rawQueryString: string): FieldError[] {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const name of new URLSearchParams(rawQueryString).keys()) (seen.has(name) ? repeated : seen).add(name);
  return [...repeated].map((name) => ({ pointer: `/query/${escapeStep(name)}`, detail: 'It is given more than once.' }));
}

/** The body as it came. Throws `request.too-large`. */
export function bodyBytes(event: HttpEvent, { bodyBytesMax = bodyBytesMaxDefault }: Pick<Route, 'bodyBytesMax'>): Buffer {
  const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  if (body.length > bodyBytesMax) throw requestFault('request.too-large');
  return body;
}

function jsonBody(event: HttpEvent, route: Route): unknown {
  const body = bodyBytes(event, route);
  const mediaType = (event.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (mediaType !== 'application/json') throw requestFault('request.media-type-unsupported');
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    return JSON.parse(text, halfPairs.test(text) ? onlyWellFormed : undefined);
  } catch {
    // Without its cause, which would be logged: the parser's words quote the body, a password for instance.
    throw requestFault('request.malformed');
  }
}

/** A surrogate that is written as an escape; nearly no body has one. */
const halfPairs = /\\u[dD][89a-fA-F]/;

/** Half a surrogate pair is no character (RFC 7493, 2.1): no store takes it, and none gives it back. */
function onlyWellFormed(name: string, value: unknown): unknown {
  if (name.isWellFormed() && (typeof value !== 'string' || value.isWellFormed())) return value;
  throw new SyntaxError('Half a surrogate pair');
}

function fieldErrors(error: z.ZodError, root: string): FieldError[] {
  return error.issues.flatMap((issue) => {
    const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    const detail = issue.code === 'unrecognized_keys' ? 'There is no such parameter.' : issue.message;
    return paths.map((path) => ({ pointer: root + path.map((step) => `/${escapeStep(String(step))}`).join(''), detail }));
  });
}

/** RFC 6901, 3: a step's own tilde and slash. */
const escapeStep = (step: string): string => step.replaceAll('~', '~0').replaceAll('/', '~1');
