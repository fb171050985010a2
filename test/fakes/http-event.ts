import type { Context } from 'aws-lambda';
import type { HttpEvent } from '#shared/platform/http/request.ts';

interface Request {
  readonly path?: Record<string, string>;
  /** As text where the same name comes twice: `count=1&count=2`. */
  readonly query?: Record<string, string> | string;
  /** Sent as JSON unless it is a string already. */
  readonly body?: object | string;
  readonly headers?: Record<string, string>;
  readonly isBase64Encoded?: boolean;
  /** What the authorizer said; null for a route without one. */
  readonly caller?: unknown;
}

/** An event as API Gateway sends it (payload 2.0), with a caller who is an owner unless told otherwise. */
export function httpEvent(routeKey: string, request: Request = {}): HttpEvent {
  const [method = 'GET', path = '/'] = routeKey.split(' ');
  const caller = request.caller === undefined ? { subject: 'stf_alice', roles: ['owner'], sessionId: 'ses_1' } : request.caller;
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: new URLSearchParams(request.query).toString(),
    headers: { 'content-type': 'application/json', ...request.headers },
    pathParameters: request.path,
    ...(request.query !== undefined && { queryStringParameters: joined(new URLSearchParams(request.query)) }),
    body: typeof request.body === 'object' ? JSON.stringify(request.body) : request.body,
    isBase64Encoded: request.isBase64Encoded ?? false,
    requestContext: {
      accountId: '123456789012',
      apiId: 'api',
      domainName: 'api.test',
      domainPrefix: 'api',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
      requestId: 'request-1',
      routeKey,
      stage: '$default',
      time: '21/Nov/2026:12:00:00 +0000',
      timeEpoch: Date.UTC(2026, 10, 21, 12),
      authorizer: caller === null ? undefined : { lambda: caller },
    },
  };
}

/** API Gateway joins the values of one name by a comma. */
function joined(parameters: URLSearchParams): Record<string, string> {
  return Object.fromEntries([...parameters.keys()].map((name) => [name, parameters.getAll(name).join(',')]));
}

/** The part of a Lambda context that handlers look at. */
export function lambdaContext(remainingMs = 30_000): Context {
  return { awsRequestId: 'invocation-1', functionName: 'test', getRemainingTimeInMillis: () => remainingMs } as Context;
}
