/**
 * A Lambda function that serves routes of the HTTP API: parsing, authorization, faults and the access log are the same for all.
 */
import compose, { type MiddlewareObj, type Request } from '@middy/core';
import type * as z from 'zod';
import { Fault } from '../fault.ts';
import { log } from '../log.ts';
import { requestFault } from '../request-faults.ts';
import { Answered, answerOf, type HttpAnswer } from './answer.ts';
import { originKeyFor, type ReadOriginKey } from './edge.ts';
import { bugProblem, problemOf } from './problem.ts';
import { authorize, bodyBytes, callerOf, clientOf, parseRequest, type Caller, type Client, type HttpEvent } from './request.ts';
import { routeKey, type Route } from './route.ts';

/** What a route's code is given: parsed, authorized. */
export interface HttpInput<Path extends z.ZodObject, Query extends z.ZodObject, Body extends z.ZodType> {
  readonly path: z.output<Path>;
  readonly query: z.output<Query>;
  readonly body: z.output<Body>;
  /** Present whenever the route states a permission. */
  readonly caller: Caller | undefined;
  readonly client: Client;
  /** The body as it came, for routes that state no schema for it: what is signed are the bytes. Throws `request.too-large`. */
  readonly bytes: () => Uint8Array;
}

/** The caller of a route that states a permission. Throws for one that does not: that is a mistake in the route. */
export function required(caller: Caller | undefined): Caller {
  if (caller === undefined) throw new TypeError('The route states no permission, so it has no caller.');
  return caller;
}

/** A route with the code that serves it. */
export interface Endpoint {
  readonly route: Route;
  readonly serve: (input: HttpInput<z.ZodObject, z.ZodObject, z.ZodType>) => Promise<unknown>;
}

/** Answers this long before the function's own time limit, so that the caller gets a problem and not a cut connection. */
const answerBeforeTimeoutMs = 500;

/** Ties a route to its code; the types of both have to agree. */
export function on<Path extends z.ZodObject, Query extends z.ZodObject, Body extends z.ZodType, Answer extends z.ZodType>(
  route: Route<Path, Query, Body, Answer>,
  serve: (input: HttpInput<Path, Query, Body>) => Promise<z.input<Answer> | Answered<z.input<Answer>>>,
): Endpoint {
  // The handler parses with this very route's schemas before it calls, so the wider type of the table is never what arrives.
  return { route, serve };
}

/** The handler of a function that serves these routes. Faults become problems, anything else thrown a bare 500 and a log line. */
export function httpHandler(...endpoints: readonly Endpoint[]) {
  return handlerOf(endpoints, undefined);
}

/** The same for a function that counts, keeps or tells where requests come from: behind a distribution that is the viewer's address. */
export function edgeHttpHandler(originKey: ReadOriginKey, ...endpoints: readonly Endpoint[]) {
  return handlerOf(endpoints, originKey);
}

function handlerOf(endpoints: readonly Endpoint[], originKey: ReadOriginKey | undefined) {
  const byKey = new Map(endpoints.map((endpoint) => [routeKey(endpoint.route), endpoint]));
  const startedAt = new WeakMap<object, number>();
  return compose<HttpEvent, HttpAnswer>({
    timeoutEarlyInMillis: answerBeforeTimeoutMs,
    timeoutEarlyResponse: () => {
      throw requestFault('request.timed-out');
    },
    requestStart: ({ event }) => startedAt.set(event as object, performance.now()),
    requestEnd: (request) => logAccess(request as Request<HttpEvent, HttpAnswer>, startedAt),
  })
    .use(thrownAsProblem)
    .handler(async (event: HttpEvent) => {
      const endpoint = byKey.get(event.routeKey);
      if (endpoint === undefined) throw requestFault('request.route-unknown');
      const caller = callerOf(event);
      authorize(caller, endpoint.route, event.requestContext.timeEpoch);
      const { path, query, body } = parseRequest(endpoint.route, event);
      const client = clientOf(event, await originKeyFor(event, originKey));
      const bytes = () => bodyBytes(event, endpoint.route);
      const input = { path, query, body, caller, client, bytes } as HttpInput<z.ZodObject, z.ZodObject, z.ZodType>;
      return answerOf(endpoint.route, await endpoint.serve(input));
    });
}

const thrownAsProblem: MiddlewareObj<HttpEvent, HttpAnswer> = {
  onError: (request) => {
    const { requestId } = request.event.requestContext;
    if (request.error instanceof Fault) {
      if (request.error.cause !== undefined)
        log.info('Fault', { code: request.error.code, cause: request.error.cause as Error, requestId });
      request.response = problemOf(request.error, requestId);
      return;
    }
    log.error('A request failed for a reason that is no fault', { error: request.error as Error, requestId });
    request.response = bugProblem(requestId);
  },
};

/** One line a request: enough to count and to find, nothing of what was sent. */
function logAccess({ event, response, error }: Request<HttpEvent, HttpAnswer>, startedAt: WeakMap<object, number>): void {
  log.info('Request', {
    routeKey: event.routeKey,
    status: response?.statusCode,
    ...(error instanceof Fault && { code: error.code }),
    durationMs: Math.round(performance.now() - (startedAt.get(event) ?? 0)),
    requestId: event.requestContext.requestId,
    subject: callerOf(event)?.subject,
  });
}
