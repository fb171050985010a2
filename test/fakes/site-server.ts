/**
 * A site's built pages and an API that answers them, in one process on loopback. Requests run through the platform's own handler, so
 * what a page sends and is answered is held to the routes' schemas as it is in production.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { Answered, type HttpAnswer } from '#shared/platform/http/answer.ts';
import { type Endpoint, httpHandler } from '#shared/platform/http/http-handler.ts';
import type { HttpEvent } from '#shared/platform/http/request.ts';
import { routeKey } from '#shared/platform/http/route.ts';
import { lambdaContext } from './http-event.ts';

export interface SiteServer {
  readonly origin: string;
  /** `GET /api/admin/members?…` of every call so far. */
  readonly calls: string[];
  close(): Promise<void>;
}

export interface SiteFiles {
  /** Folder of the built site. */
  readonly site: string;
  readonly contentSecurityPolicy: string;
}

export interface SiteApi {
  readonly endpoints: readonly Endpoint[];
  /** What the authorizer would say of an access token; undefined lets nobody in. */
  readonly callerOf: (token: string) => unknown;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export async function startSiteServer(files: SiteFiles, api: SiteApi): Promise<SiteServer> {
  const endpoints = api.endpoints.map(heldToItsAnswer);
  const handler = httpHandler(...endpoints);
  const calls: string[] = [];
  const server = createServer((request, response) => {
    const serve = async (): Promise<void> => {
      const url = new URL(request.url ?? '/', 'http://site');
      if (!url.pathname.startsWith('/api/')) return page(url.pathname, response, files);
      calls.push(`${request.method} ${request.url}`);
      send(response, await handler(await eventOf(request, url, { ...api, endpoints }), lambdaContext()));
    };
    serve().catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers exactly what the route says: a field too many, which the fake's records have, would hide that a page needs it. */
function heldToItsAnswer({ route, serve }: Endpoint): Endpoint {
  return {
    route,
    serve: async (input) => {
      const answer = await serve(input);
      if (!(answer instanceof Answered)) return route.answer.parse(answer);
      return new Answered(route.answer.parse(answer.body), answer);
    },
  };
}

/** The request as API Gateway would hand it over, with what the authorizer would say. */
async function eventOf(request: IncomingMessage, url: URL, { endpoints, callerOf }: SiteApi): Promise<HttpEvent> {
  const method = request.method ?? 'GET';
  const { key, parameters } = matching(method, url.pathname, endpoints);
  const caller = callerOf(request.headers.authorization?.replace('Bearer ', '') ?? '');
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  return {
    version: '2.0',
    routeKey: key,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    headers,
    cookies: headers['cookie']?.split('; ') ?? [],
    pathParameters: parameters,
    queryStringParameters: Object.fromEntries(url.searchParams),
    body: Buffer.concat(await request.toArray()).toString(),
    isBase64Encoded: false,
    requestContext: {
      accountId: '000000000000',
      apiId: 'fake',
      domainName: 'site',
      domainPrefix: 'site',
      http: { method, path: url.pathname, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: headers['user-agent'] ?? '' },
      requestId: 'req-of-the-fake',
      routeKey: key,
      stage: '$default',
      time: '',
      timeEpoch: Date.now(),
      ...(caller !== undefined && { authorizer: { lambda: caller } }),
    },
  };
}

/** Literal steps before parameters, as API Gateway prefers them. */
function matching(method: string, path: string, endpoints: readonly Endpoint[]): { key: string; parameters: Record<string, string> } {
  const candidates = endpoints
    .map(({ route }) => route)
    .filter((route) => route.method === method)
    .toSorted((a, b) => a.path.split('{').length - b.path.split('{').length);
  for (const route of candidates) {
    const found = new RegExp(`^${route.path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`).exec(path);
    if (found === null) continue;
    const parameters = Object.entries(found.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]);
    return { key: routeKey(route), parameters: Object.fromEntries(parameters) as Record<string, string> };
  }
  return { key: `${method} ${path}`, parameters: {} };
}

function send(response: ServerResponse, { statusCode, headers, body, cookies }: HttpAnswer): void {
  response.writeHead(statusCode, { ...headers, ...(cookies && { 'set-cookie': [...cookies] }) }).end(body);
}

function page(path: string, response: ServerResponse, { site, contentSecurityPolicy }: SiteFiles): void {
  const file = extname(path) === '' ? '/index.html' : normalize(path);
  try {
    const body = readFileSync(join(site, file));
    response.writeHead(200, {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': contentSecurityPolicy,
    });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
}
