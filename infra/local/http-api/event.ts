/**
 * Events of payload format 2.0, for functions and for authorizers
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html). What is empty is left out, as AWS does.
 */
import type { ApiRequest } from './api-request.ts';
import type { ApiDefinition, Route } from './definition.ts';
import type { RouteMatch } from './router.ts';

export interface EventParts {
  readonly api: ApiDefinition;
  readonly match: RouteMatch<Route>;
  readonly request: ApiRequest;
}

/** `authorizer` is the context that a Lambda authorizer gave, or null when it gave none; undefined without an authorizer. */
export function functionEvent(parts: EventParts, body: Buffer, authorizer: unknown): Record<string, unknown> {
  const { headers } = parts.request;
  // A body that came in chunks has its length only now.
  const base = { ...commonEvent(parts, authorizer), headers: { ...headers, 'content-length': String(body.length) } };
  if (body.length === 0) return { ...base, isBase64Encoded: false };
  const isText = isTextType(headers['content-type']);
  return { ...base, body: body.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText };
}

export function authorizerEvent(parts: EventParts, identitySource: readonly string[]): Record<string, unknown> {
  return {
    ...commonEvent(parts, undefined),
    type: 'REQUEST',
    routeArn: requestArn(parts.api, parts.request),
    identitySource: identitySource.length === 0 ? null : identitySource,
  };
}

/** What a policy of an authorizer is held against: the request as it came, not the route's pattern. */
export function requestArn({ region, accountId, apiId, stage }: ApiDefinition, { method, path }: ApiRequest): string {
  return `arn:aws:execute-api:${region}:${accountId}:${apiId}/${stage.name}/${method}${path}`;
}

function commonEvent({ api, match, request }: EventParts, authorizer: unknown): Record<string, unknown> {
  const routeKey = match.route.key;
  return {
    version: '2.0',
    routeKey,
    rawPath: request.path,
    rawQueryString: request.rawQuery,
    ...(request.cookies.length === 0 ? {} : { cookies: request.cookies }),
    headers: request.headers,
    ...unlessEmpty('queryStringParameters', request.query),
    requestContext: requestContext(api, request, { routeKey, authorizer }),
    ...unlessEmpty('pathParameters', match.pathParameters),
    ...unlessEmpty('stageVariables', api.stage.variables),
  };
}

function requestContext(
  api: ApiDefinition,
  request: ApiRequest,
  { routeKey, authorizer }: { routeKey: string; authorizer: unknown },
): object {
  const domainName = (request.headers.host ?? '').replace(/:\d+$/, '');
  return {
    accountId: api.accountId,
    apiId: api.apiId,
    ...(authorizer === undefined ? {} : { authorizer: { lambda: authorizer } }),
    domainName,
    domainPrefix: domainName.split('.', 1)[0],
    http: {
      method: request.method,
      path: request.path,
      protocol: request.protocol,
      sourceIp: request.sourceIp,
      userAgent: request.headers['user-agent'] ?? '',
    },
    requestId: request.id,
    routeKey,
    stage: api.stage.name,
    time: commonLogTime(request.timeMs),
    timeEpoch: request.timeMs,
  };
}

function unlessEmpty(name: string, values: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.keys(values).length === 0 ? {} : { [name]: values };
}

/**
 * AWS does not say which content types count as text. Measured against it (ministackorg/ministack#766): these four and no others, so a form or a
 * body without a type arrives as base64.
 */
function isTextType(contentType = ''): boolean {
  return /^\s*(text\/[^;\s]+|application\/(json|xml|javascript))\s*(;|$)/i.test(contentType);
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `21/Nov/2026:21:36:45 +0000` */
function commonLogTime(timeMs: number): string {
  const [date = '', time = ''] = new Date(timeMs).toISOString().split('T');
  const [year, month, day] = date.split('-');
  return `${day}/${months[Number(month) - 1]}/${year}:${time.slice(0, 8)} +0000`;
}
