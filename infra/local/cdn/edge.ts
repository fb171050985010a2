import { type Agent, type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { StackLog } from '../ports.ts';
import type { Behavior, DistributionPlan } from './distribution.ts';
import { fetchOrigin } from './fetch-origin.ts';
import type { ResponseHeaders } from './headers-policy.ts';
import { pairsOf, type ViewerAnswer, type ViewerRequest } from './viewer-function.ts';

export interface Edge {
  readonly plan: DistributionPlan;
  readonly log: StackLog;
  readonly agent: Agent;
}

/** Headers that belong to one connection and not to the message (RFC 9110, 7.6.1), and what CloudFront takes away besides. */
const connectionHeaders = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** What describes a body or asks for part of an answer goes on under any policy. */
const alwaysForwarded = new Set([
  'content-encoding',
  'content-length',
  'content-type',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'range',
]);

/** Answers one request. Never rejects. */
export async function serve(edge: Edge, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const viewer = viewerRequestOf(request);
  const behavior = edge.plan.behaviorOf(normalised(viewer.path));
  try {
    await answer({ edge, behavior, viewer, request, response });
  } catch (error) {
    if (!isViewerGone(error)) edge.log.warn('cdn', `${viewer.method} ${viewer.path}: ${String(error)}`);
    if (response.headersSent) response.destroy();
    else refuse({ behavior, response }, 503);
  }
}

interface Exchange {
  readonly edge: Edge;
  readonly behavior: Behavior;
  readonly viewer: ViewerRequest;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The status the viewer gets, when this fetches the page for an error. */
  readonly errorStatus?: number;
}

function viewerRequestOf(request: IncomingMessage): ViewerRequest {
  const url = request.url ?? '/';
  const at = url.indexOf('?');
  const headers = Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]);
  return {
    method: request.method ?? 'GET',
    path: at < 0 ? url : url.slice(0, at),
    query: at < 0 ? '' : url.slice(at + 1),
    headers: Object.fromEntries(headers) as Record<string, string>,
    ip: request.socket.remoteAddress ?? '127.0.0.1',
  };
}

/** CloudFront matches the normalised path to a behaviour, and sends the origin the path as it was written. */
function normalised(path: string): string {
  return URL.parse(`http://edge${path}`)?.pathname ?? path;
}

async function answer(exchange: Exchange): Promise<void> {
  const { behavior, viewer } = exchange;
  // As CloudFront: 403 and not 405 for a method the behaviour does not allow.
  if (!behavior.methods.has(viewer.method)) return refuse(exchange, 403);
  const decision = (await behavior.viewerFunction?.(viewer)) ?? { request: viewer };
  if ('answer' in decision) return sendDecided(exchange, decision.answer);
  await answerFromOrigin({ ...exchange, viewer: decision.request });
}

async function answerFromOrigin(exchange: Exchange): Promise<void> {
  const { edge, behavior, viewer, request } = exchange;
  const target = await behavior.origin.target({ ...viewer, query: forwardedQuery(exchange) });
  if ('refused' in target) return refuse(exchange, target.refused);
  const incoming = await fetchOrigin({
    agent: edge.agent,
    method: viewer.method,
    server: target.server,
    path: target.path,
    headers: { ...forwardedHeaders(exchange), ...target.headers },
    viewer: request,
    answerMsMax: behavior.origin.answerMsMax,
  });
  if (typeof incoming === 'number') return refuse(exchange, incoming);
  const status = behavior.origin.status(incoming.statusCode ?? 502);
  const errorPage = exchange.errorStatus === undefined ? edge.plan.errorPages.get(status) : undefined;
  if (errorPage !== undefined) {
    incoming.resume();
    const page = { ...viewer, method: viewer.method === 'HEAD' ? 'HEAD' : 'GET', path: errorPage.path, query: '' };
    return answerFromOrigin({ ...exchange, behavior: edge.plan.behaviorOf(page.path), viewer: page, errorStatus: errorPage.status });
  }
  await passOn(exchange, incoming, status);
}

/** The origin's answer goes through as it comes, whatever its size. */
async function passOn(exchange: Exchange, incoming: IncomingMessage, status: number): Promise<void> {
  const kept = Object.entries(incoming.headers).filter(([name]) => !connectionHeaders.has(name));
  writeHead(exchange, exchange.errorStatus ?? status, Object.fromEntries(kept));
  await pipeline(incoming, exchange.response);
}

function sendDecided(exchange: Exchange, { status, headers, body }: ViewerAnswer): void {
  writeHead(exchange, status, { ...headers, 'content-length': String(Buffer.byteLength(body)) });
  exchange.response.end(exchange.viewer.method === 'HEAD' ? undefined : body);
}

/** An answer of the network's own. */
function refuse(exchange: Pick<Exchange, 'behavior' | 'response'>, status: number): void {
  const body = `${status} ${STATUS_CODES[status] ?? ''}\n`;
  const headers = {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': String(body.length),
    'x-cache': 'Error from cloudfront',
  };
  writeHead(exchange, status, headers);
  exchange.response.end(body);
}

function writeHead({ behavior, response }: Pick<Exchange, 'behavior' | 'response'>, status: number, headers: ResponseHeaders): void {
  const entries = Object.entries({ 'x-cache': 'Miss from cloudfront', ...behavior.headersPolicy(headers) });
  for (const [name, value] of entries) if (value !== undefined) response.setHeader(name, value);
  response.writeHead(status);
}

function forwardedQuery({ behavior, viewer }: Exchange): string {
  return pairsOf(viewer.query, '&')
    .filter(([name]) => behavior.forwarding.queryStrings(decoded(name)))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function forwardedHeaders({ behavior, viewer }: Exchange): Record<string, string> {
  const { cookie, ...others } = viewer.headers;
  const { forwarding } = behavior;
  const kept = Object.entries(others).filter(
    ([name]) => !connectionHeaders.has(name) && (alwaysForwarded.has(name) || forwarding.headers(name)),
  );
  const cookies = pairsOf(cookie ?? '', /; */)
    .filter(([name]) => forwarding.cookies(name))
    .map(([name, value]) => `${name}=${value}`);
  return {
    'user-agent': 'Amazon CloudFront',
    ...Object.fromEntries(kept),
    ...(cookies.length > 0 && { cookie: cookies.join('; ') }),
    'x-forwarded-for': [others['x-forwarded-for'], viewer.ip].filter(Boolean).join(', '),
  };
}

function isViewerGone(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE';
}
