import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Invoker, LocalClock } from '../ports.ts';
import { type ApiAnswer, functionAnswer, ownAnswer } from './answer.ts';
import { apiRequest, type ApiRequest } from './api-request.ts';
import { Authorizers, type Decision } from './authorizer.ts';
import { readBody } from './body.ts';
import { isCorsHeader, isPreflight } from './cors.ts';
import type { ApiDefinition, Route } from './definition.ts';
import { type EventParts, functionEvent } from './event.ts';
import { type RouteMatch, type Router, routerOf } from './router.ts';
import { throttle } from './throttle.ts';
import { within } from './within.ts';

export interface GatewayOptions {
  readonly api: ApiDefinition;
  readonly invoker: Invoker;
  readonly clock: Pick<LocalClock, 'now'>;
}

export interface Answered {
  /** Undefined when the client left while it sent. */
  readonly answer: ApiAnswer | undefined;
  readonly request?: ApiRequest;
  readonly routeKey?: string;
}

type ReadBody = () => ReturnType<typeof readBody>;

/** What happens between a request and its answer, in API Gateway's order: route, throttle, authorizer, function. */
export class Gateway {
  /** What runs here as on AWS, but probably not as it was meant. */
  readonly warnings: readonly string[];
  readonly #options: GatewayOptions;
  readonly #route: Router<Route>;
  readonly #mayPass: (routeKey: string) => boolean;
  readonly #authorizers: Authorizers;

  constructor(options: GatewayOptions) {
    const { api } = options;
    this.#options = options;
    this.#route = routerOf(api.routes);
    this.#mayPass = throttle((routeKey) => api.stage.rateOf(routeKey));
    this.#authorizers = new Authorizers(options);
    this.warnings = api.routes.filter((route) => catchesPreflights(api, route)).map(({ key }) => preflightWarning(key));
  }

  /** Never rejects: what goes wrong inside is a 500. */
  async answer(message: IncomingMessage, response: ServerResponse): Promise<Answered> {
    const request = apiRequest(message, this.#options.clock.now());
    if (request === 'head-too-large') return { answer: ownAnswer(431) };
    if (request === 'bad-request') return { answer: ownAnswer(400) };
    const match = this.#route(request.method, request.path);
    try {
      const answer = await this.#answerTo(request, match, () => readBody(message, response));
      return { request, ...(match ? { routeKey: match.route.key } : {}), answer: answer && this.#finished(answer, request) };
    } catch (error) {
      return { request, answer: this.#finished(ownAnswer(500, String(error)), request) };
    }
  }

  async #answerTo(request: ApiRequest, match: RouteMatch<Route> | undefined, body: ReadBody): Promise<ApiAnswer | undefined> {
    const { api } = this.#options;
    if (api.cors && isPreflight(request) && !match?.route.authorizer) return { status: 204, headers: [], body: Buffer.alloc(0) };
    if (!match) return ownAnswer(404);
    if (!this.#mayPass(match.route.key)) return ownAnswer(429);
    const parts: EventParts = { api, match, request };
    const decision = await this.#authorize(parts);
    return decision.kind === 'allowed' ? this.#invoke(parts, decision.context, await body()) : refused(decision);
  }

  async #invoke(parts: EventParts, authorizer: unknown, body: Awaited<ReturnType<ReadBody>>): Promise<ApiAnswer | undefined> {
    if (body === 'gone') return undefined;
    if (body === 'too-large') return ownAnswer(413);
    const { key, functionArn, timeoutMs } = parts.match.route;
    const outcome = await within(timeoutMs, this.#options.invoker.invoke(functionArn, functionEvent(parts, body, authorizer)));
    return outcome ? functionAnswer(outcome) : ownAnswer(503, `${key} took more than ${timeoutMs} ms`);
  }

  async #authorize(parts: EventParts): Promise<Decision> {
    const { authorizer } = parts.match.route;
    return authorizer ? this.#authorizers.decide(authorizer, parts) : { kind: 'allowed', context: undefined };
  }

  /** With CORS configured, API Gateway's headers replace what the function says about it. */
  #finished(answer: ApiAnswer, request: ApiRequest): ApiAnswer {
    const { cors } = this.#options.api;
    const own = cors ? answer.headers.filter(([name]) => !isCorsHeader(name)) : answer.headers;
    const { origin } = request.headers;
    const added = cors && origin !== undefined ? (isPreflight(request) ? cors.preflight(origin) : cors.actual(origin)) : [];
    return { ...answer, headers: [...own, ...added, ['apigw-requestid', request.id]] };
  }
}

function refused(decision: Exclude<Decision, { kind: 'allowed' }>): ApiAnswer {
  if (decision.kind === 'failed') return ownAnswer(500, decision.why);
  return ownAnswer(decision.kind === 'unauthorized' ? 401 : 403);
}

/** A route that takes OPTIONS itself puts its authorizer before the preflight, which carries no token. */
function catchesPreflights({ cors }: ApiDefinition, { pattern, authorizer }: Route): boolean {
  if (!cors || !authorizer) return false;
  return pattern.isDefault || pattern.method === 'ANY' || pattern.method === 'OPTIONS';
}

function preflightWarning(routeKey: string): string {
  return `${routeKey} stands behind an authorizer and takes preflights too, which carry no token: browsers of other origins cannot use it`;
}
