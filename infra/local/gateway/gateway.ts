/**
 * Where every AWS client on this machine ends up but those of S3: one port that checks who signed, what their role in the template grants,
 * and hands the call to the engine or room that answers it.
 */
import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DynamodbEngine } from '../dynamodb/engine.ts';
import type { LocalAccess, LocalPrincipal } from '../iam/access.ts';
import { accessRequests } from '../iam/actions.ts';
import { UnreadableCall, type ApiCall } from '../iam/api-call.ts';
import type { Closable, LocalClock, StackLog, StackModel } from '../ports.ts';
import { verifySignature } from '../sigv4.ts';
import type { SqsEngine } from '../sqs/engine.ts';
import { ApiRefusal } from './api-refusal.ts';
import { callerIdentity } from './caller-identity.ts';
import { answer, requestBytesMax, type WireAnswer } from './engine-server.ts';
import { BodyTooLong, readBody, serveLoopback } from './loopback-server.ts';
import { accessRefusal, queryRefusalAnswer, refusalAnswer, signatureRefusal } from './refusals.ts';
import { NotOffered, requestedCall } from './requested-call.ts';

/**
 * Answers the calls of one service: the input as it was sent, the answer as it is to be sent. Throws `ApiRefusal` for what it refuses.
 * Access has been checked.
 */
type ServiceHandler = (operation: string, input: ApiCall['input'], principal: LocalPrincipal) => Promise<object>;

type HandledService = 'states' | 'events' | 'secretsmanager' | 'kms' | 'ses' | 'sns';

export interface GatewayOptions {
  /** 0 takes any free one. */
  readonly port: number;
  readonly model: StackModel;
  readonly access: LocalAccess;
  readonly clock: Pick<LocalClock, 'now'>;
  readonly log: StackLog;
  readonly dynamodb: Pick<DynamodbEngine, 'forward'>;
  readonly sqs: Pick<SqsEngine, 'answer'>;
  /** Rooms that answer in process. A service without one is refused loudly. */
  readonly handlers?: Partial<Record<HandledService, ServiceHandler>>;
}

export async function startGateway(options: GatewayOptions): Promise<Closable & { readonly url: string }> {
  const server = await serveLoopback(options.port, (request, response) => {
    void serveOne(request, response, options);
  });
  return { url: `http://127.0.0.1:${server.port}`, close: () => server.close() };
}

/** One request on its way: answered once, whatever happens. */
interface Exchange {
  readonly request: IncomingMessage;
  readonly requestId: string;
  /** Aborted when the client leaves. */
  readonly left: AbortSignal;
}

async function serveOne(request: IncomingMessage, response: ServerResponse, options: GatewayOptions): Promise<void> {
  const left = new AbortController();
  // Aborting makes an error with a stack, which is dear for every request that is simply done.
  response.once('close', () => response.writableEnded || left.abort());
  const requestId = randomUUID();
  const answered = await answerOf({ request, requestId, left: left.signal }, options);
  if (answered.status >= 500 && answered.status !== notImplemented)
    options.log.warn('gateway', `${targetOf(request)} failed: ${String(answered.body)}`);
  answer(response, { ...answered, headers: { 'x-amzn-requestid': requestId, ...answered.headers } });
}

const notImplemented = 501;

async function answerOf(exchange: Exchange, options: GatewayOptions): Promise<WireAnswer> {
  try {
    const body = await readBody(exchange.request, requestBytesMax);
    if (exchange.request.method !== 'POST') return { status: 200, headers: { 'content-type': 'text/plain' }, body: 'XM AWS gateway\n' };
    const principal = signer(exchange.request, body, options);
    const call = requestedCall({ url: exchange.request.url ?? '/', headers: exchange.request.headers }, body);
    authorise(principal, call, options);
    return await dispatch(exchange, { principal, call, body }, options);
  } catch (error) {
    return refused(error, exchange, options);
  }
}

function signer(request: IncomingMessage, body: Buffer, { access, clock }: GatewayOptions): LocalPrincipal {
  const verdict = verifySignature(request, {
    style: 'general',
    bodySha256: createHash('sha256').update(body).digest('hex'),
    credentialOf: (accessKeyId) => access.principalOf(accessKeyId),
    machineNowMs: Date.now(),
    stackNowMs: clock.now(),
  });
  if (!verdict.ok) throw signatureRefusal(verdict);
  const principal = access.principalOf(verdict.accessKeyId);
  if (principal === undefined)
    throw new ApiRefusal('UnrecognizedClientException', 'The security token included in the request is invalid.');
  return principal;
}

function authorise(principal: LocalPrincipal, call: ApiCall, { access, model, log }: GatewayOptions): void {
  // The operator may do everything, also what cannot be analysed.
  if (principal.statements === undefined) return;
  const denied = access.denied(principal, wanted(call, model));
  if (denied === undefined) return;
  log.warn('iam', `${principal.name} may not ${denied.action} on ${denied.resource}: no policy of its role in the template grants it`);
  throw accessRefusal(principal, denied);
}

function wanted(call: ApiCall, model: StackModel) {
  try {
    return accessRequests(call, model);
  } catch (error) {
    if (!(error instanceof UnreadableCall)) throw error;
    throw new ApiRefusal('AccessDeniedException', `${call.operation} cannot be granted: ${error.message}`, 400);
  }
}

interface Authorised {
  readonly principal: LocalPrincipal;
  readonly call: ApiCall;
  readonly body: Buffer;
}

async function dispatch(exchange: Exchange, { principal, call, body }: Authorised, options: GatewayOptions): Promise<WireAnswer> {
  const { service, operation, input } = call;
  if (service === 'dynamodb' || service === 'dynamodbstreams') return options.dynamodb.forward(operation, { body, input });
  if (service === 'sqs') return options.sqs.answer(operation, { body, caller: { senderId: principal.name, signal: exchange.left } });
  if (service === 'sts') return callerIdentity(principal, options.model.accountId, exchange.requestId);
  return handled(exchange, { principal, call, body, service }, options);
}

/** What a room answers in process. */
async function handled(
  { requestId }: Exchange,
  { principal, call, service }: Authorised & { readonly service: HandledService },
  { handlers }: GatewayOptions,
): Promise<WireAnswer> {
  const handler = handlers?.[service];
  if (handler === undefined) throw new NotOffered(`${service}:${call.operation}`);
  const output = await handler(call.operation, call.input, principal);
  return service === 'sns' ? queryAnswer(call.operation, output, requestId) : { status: 200, body: JSON.stringify(output) };
}

/** SNS speaks the query protocol, and answers in XML. */
function queryAnswer(operation: string, output: object, requestId: string): WireAnswer {
  const fields = Object.entries(output).map(([field, value]) => `<${field}>${String(value)}</${field}>`);
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body:
      `<${operation}Response xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><${operation}Result>${fields.join('')}</${operation}Result>` +
      `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`,
  };
}

function refused(error: unknown, { request }: Exchange, { log }: GatewayOptions): WireAnswer {
  if (error instanceof NotOffered) log.warn('gateway', error.message);
  const isQuery = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
  if (error instanceof ApiRefusal) return isQuery ? queryRefusalAnswer(error) : refusalAnswer(error);
  if (error instanceof BodyTooLong) return refusalAnswer(new ApiRefusal('RequestEntityTooLarge', error.message, 413));
  const message = error instanceof Error ? error.message : String(error);
  // The engine is being started again, or the client has left in the middle of its request.
  return refusalAnswer(new ApiRefusal('ServiceUnavailableException', `${targetOf(request)}: ${message}`, 503));
}

function targetOf(request: IncomingMessage): string {
  const target = request.headers['x-amz-target'];
  return typeof target === 'string' ? target : `${request.method} ${request.url}`;
}
