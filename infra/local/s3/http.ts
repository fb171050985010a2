/**
 * The HTTP server: takes a request apart, asks who sends it and whether they may, runs the operation and sends its answer.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { accessRequests, requireAccess } from './access.ts';
import { authenticate } from './authenticate.ts';
import { sendSlices } from './content.ts';
import type { S3Context } from './context.ts';
import { corsHeaders, preflight } from './cors.ts';
import { S3Error } from './errors.ts';
import { operations } from './operations.ts';
import { isForm, postObject } from './post-object.ts';
import type { Reply } from './reply.ts';
import { parseTarget } from './request.ts';
import type { RequestTarget, S3Request } from './request.ts';
import { route } from './router.ts';
import { xmlErrorDocument } from './xml.ts';

export function createS3Server(context: S3Context): Server {
  const server = createServer({
    // An upload may take hours; only its head has to come soon.
    requestTimeout: 0,
    headersTimeout: 60_000,
    keepAliveTimeout: 65_000,
    maxHeaderSize: 64 * 1024,
    noDelay: true,
  });
  server.on('request', (request, response) => void serve(context, { request, response, waitsForContinue: false }));
  server.on('checkContinue', (request, response) => void serve(context, { request, response, waitsForContinue: true }));
  return server;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The client sent `Expect: 100-continue` and holds its body back until told. */
  readonly waitsForContinue: boolean;
}

async function serve(context: S3Context, exchange: Exchange): Promise<void> {
  const { request, response } = exchange;
  const requestId = randomUUID().slice(-12).toUpperCase();
  const reply = await replyTo(context, exchange, requestId);
  if (!reply) return;
  const headers = { 'x-amz-request-id': requestId, 'x-amz-id-2': requestId, server: 'AmazonS3', ...reply.headers };
  try {
    await send(context, exchange, { ...reply, headers });
  } catch (error) {
    // The head is out: all that is left is to break off, so that nobody takes a part for the whole.
    context.warn(`${request.method} ${request.url}: ${messageOf(error)}`);
    response.destroy();
  }
}

/** Undefined when the client has left meanwhile. */
async function replyTo(context: S3Context, exchange: Exchange, requestId: string): Promise<Reply | undefined> {
  let target: RequestTarget;
  try {
    target = parseTarget(exchange.request);
  } catch (error) {
    return errorReply(context, error, { path: exchange.request.url ?? '', requestId });
  }
  const bucket = target.bucket === undefined ? undefined : context.buckets.find(target.bucket);
  try {
    const reply = await answer(context, exchange, { target, requestId });
    return { ...reply, headers: { ...corsHeaders(bucket, target), ...reply.headers } };
  } catch (error) {
    if (exchange.request.errored || exchange.response.destroyed) return undefined;
    const reply = errorReply(context, error, { path: target.path, requestId });
    return { ...reply, headers: { ...corsHeaders(bucket, target), ...reply.headers } };
  }
}

async function answer(
  context: S3Context,
  { request, response, waitsForContinue }: Exchange,
  { target, requestId }: { target: RequestTarget; requestId: string },
): Promise<Reply> {
  if (target.method === 'OPTIONS') {
    return preflight(target.bucket === undefined ? undefined : context.buckets.find(target.bucket), target);
  }
  let told = !waitsForContinue;
  const openBody = () => {
    if (!told) response.writeContinue();
    told = true;
    return request;
  };
  const common = { ...target, requestId, nowMs: context.now(), openBody, remoteAddress: request.socket.remoteAddress ?? '' };
  // A browser's form carries its signature in a field, behind the head.
  if (isForm(target)) return postObject(context, common);
  const identity = authenticate(context, request, target);
  if (!identity) throw new S3Error('AccessDenied');
  const operation = route(target);
  const signed: S3Request = { ...common, ...identity };
  requireAccess(context, signed.principal, accessRequests(operation, signed));
  return operations[operation](context, signed);
}

function errorReply(context: S3Context, error: unknown, { path, requestId }: { path: string; requestId: string }): Reply {
  if (!(error instanceof S3Error)) context.warn(`InternalError on ${path}: ${error instanceof Error ? error.stack : String(error)}`);
  const known = error instanceof S3Error ? error : new S3Error('InternalError');
  if (known.status === 304) return { status: 304, headers: known.headers };
  const document = { Code: known.code, Message: known.message, ...known.details, Resource: path, RequestId: requestId, HostId: requestId };
  return { status: known.status, headers: { 'content-type': 'application/xml', ...known.headers }, body: xmlErrorDocument(document) };
}

async function send(context: S3Context, { request, response, waitsForContinue }: Exchange, reply: Reply): Promise<void> {
  // Whether a client that was refused its 100 sends the body nevertheless is up to it: this connection cannot be used again.
  if (waitsForContinue && !request.complete) response.setHeader('connection', 'close');
  // What nobody read of the body must not keep the connection from its next request.
  request.resume();
  if (typeof reply.body !== 'object') {
    sendText(request, response, reply);
    return;
  }
  try {
    response.writeHead(reply.status, reply.headers);
    await sendSlices(context.files, reply.body.slices, response);
  } finally {
    reply.body.release();
  }
}

function sendText(request: IncomingMessage, response: ServerResponse, { status, headers, body = '' }: Reply): void {
  const text = request.method === 'HEAD' || typeof body !== 'string' ? '' : body;
  // 204 and 304 have no body by definition, and must not state a length.
  const length = status === 204 || status === 304 ? {} : { 'content-length': String(Buffer.byteLength(text)) };
  response.writeHead(status, { ...length, ...headers });
  response.end(text);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
