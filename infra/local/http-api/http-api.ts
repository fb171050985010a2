/**
 * Serves the template's HTTP API on this machine, at the root of its own port.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { listenOnLoopback } from '../gateway/loopback-server.ts';
import type { MayInvoke } from '../lambda/permissions.ts';
import { RotatingFile } from '../lambda/rotating-file.ts';
import type { Closable, Invoker, LocalClock, StackLog, StackModel } from '../ports.ts';
import { type ApiAnswer, mayHaveBody, type OwnStatus, ownAnswer } from './answer.ts';
import { readApi } from './definition.ts';
import { type Answered, Gateway } from './gateway.ts';
import { checkInvokeRights } from './invoke-rights.ts';

export interface HttpApiOptions {
  readonly model: StackModel;
  /** Which `AWS::ApiGatewayV2::Api` to serve; needed only when the template has several. */
  readonly apiLogicalId?: string;
  readonly invoker: Invoker;
  readonly mayInvoke: MayInvoke;
  readonly clock: Pick<LocalClock, 'now'>;
  readonly log: StackLog;
  /** The access log goes to `<logsDirectory>/api.log`. */
  readonly logsDirectory: string;
  /** A free one when 0 or absent. */
  readonly port?: number;
  /** Asked before the API; answers true when it has taken the request for itself. */
  localRoutes?(request: IncomingMessage, response: ServerResponse): boolean;
  readonly limits?: Partial<HttpLimits>;
}

interface HttpLimits {
  /** A client must have sent its headers, and its whole request, by then. */
  readonly headersMsMax: number;
  readonly requestMsMax: number;
  /** A connection on which nothing moves for this long is closed; longer than the slowest answer. */
  readonly idleMsMax: number;
  readonly connectionsMax: number;
  /** How long requests under way may take when the stack stops. */
  readonly closeMsMax: number;
}

const defaultLimits: HttpLimits = {
  headersMsMax: 10_000,
  requestMsMax: 60_000,
  idleMsMax: 75_000,
  connectionsMax: 2_000,
  closeMsMax: 2_000,
};
/** How often Node looks for clients that are too slow. */
const slowClientsCheckMs = 500;
/** More than API Gateway takes, so that the answer to too much is its own. */
const headBytesMax = 64 * 1024;
/** The client has gone before its answer was there; nginx made the number known. */
const clientGone = 499;

/** Throws `TemplateError` for an API that would not run here as on AWS, or whose functions do not let it invoke them. */
export async function startHttpApi(options: HttpApiOptions): Promise<Closable & { readonly url: string }> {
  const { model, log } = options;
  const api = readApi(model, options.apiLogicalId);
  checkInvokeRights(model, api, options.mayInvoke);
  const gateway = new Gateway({ api, invoker: options.invoker, clock: options.clock });
  for (const warning of gateway.warnings) log.warn('api', warning);
  const accessLog = new RotatingFile(join(options.logsDirectory, 'api.log'));
  const limits = { ...defaultLimits, ...options.limits };
  const server = boundedServer(limits);
  const serve = (message: IncomingMessage, response: ServerResponse): void => {
    if (options.localRoutes?.(message, response)) return continueLocally(message, response);
    void serveOne({ gateway, log, accessLog, now: () => options.clock.now() }, message, response);
  };
  server.on('request', serve);
  server.on('checkContinue', serve);
  const port = await listenOnLoopback(server, options.port ?? 0);
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      await close(server, limits.closeMsMax);
      accessLog.close();
    },
  };
}

function boundedServer({ headersMsMax, requestMsMax, idleMsMax, connectionsMax }: HttpLimits): Server {
  const server = createServer({ maxHeaderSize: headBytesMax, connectionsCheckingInterval: slowClientsCheckMs });
  server.headersTimeout = headersMsMax;
  server.requestTimeout = requestMsMax;
  server.timeout = idleMsMax;
  server.keepAliveTimeout = idleMsMax;
  server.maxConnections = connectionsMax;
  server.on('clientError', answerClientError);
  return server;
}

/** A route of the stack itself may not know that its client waits to be told to send on. */
function continueLocally(message: IncomingMessage, response: ServerResponse): void {
  if (message.headers.expect !== undefined && !response.headersSent) response.writeContinue();
}

interface Serving {
  readonly gateway: Gateway;
  readonly log: StackLog;
  readonly accessLog: RotatingFile;
  now(): number;
}

async function serveOne(serving: Serving, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const startedMs = performance.now();
  const answered = await serving.gateway.answer(message, response);
  const sent = answered.answer && !response.destroyed ? send(message, response, answered.answer) : undefined;
  const status = sent?.status ?? clientGone;
  const ms = Math.round(performance.now() - startedMs);
  const line = `${message.method} ${answered.request?.path ?? message.url} ${status} ${ms} ms${sent?.why === undefined ? '' : ` (${sent.why})`}`;
  serving.log[status >= 500 ? 'warn' : 'info']('api', line);
  serving.accessLog.append(accessLine(serving.now(), answered, line));
}

/** What helps to find a request again. Its query stays out of the log: it may hold secrets. */
function accessLine(nowMs: number, { request, routeKey = '-' }: Answered, line: string): string {
  return `${new Date(nowMs).toISOString()} ${request?.id ?? '-'} ${request?.sourceIp ?? '-'} "${routeKey}" ${line}`;
}

/** Answers what was sent in the end. The rest of a body that nobody wants is read and thrown away by Node. */
function send(message: IncomingMessage, response: ServerResponse, answer: ApiAnswer): ApiAnswer {
  const pairs = answer.headers.flat();
  if (mayHaveBody(answer.status)) pairs.push('content-length', String(answer.body.length));
  // A client that was not told to continue sends no body: the connection is no use for a second request.
  if (message.headers.expect !== undefined && !message.complete) pairs.push('connection', 'close');
  try {
    response.writeHead(answer.status, pairs);
  } catch (error) {
    // A header that HTTP does not allow.
    return send(message, response, ownAnswer(500, `malformed answer: ${(error as Error).message}`));
  }
  response.end(message.method === 'HEAD' || !mayHaveBody(answer.status) ? undefined : answer.body);
  return answer;
}

/** A request that Node could not even read, or that did not come whole in time. */
function answerClientError(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
  const { status, body } = ownAnswer(clientErrors[error.code ?? ''] ?? 400);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/json',
    `content-length: ${body.length}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body.toString()}`);
}

const clientErrors: Readonly<Record<string, OwnStatus>> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

async function close(server: Server, closeMsMax: number): Promise<void> {
  const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), closeMsMax);
  await closed;
  clearTimeout(timer);
}
