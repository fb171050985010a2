import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Closable } from '../ports.ts';
import type { Caller } from './context.ts';
import { SqsError } from './sqs-error.ts';

type Call = (operation: string, input: unknown, caller?: Partial<Caller>) => Promise<object>;

/** One MiB of messages, escaped, with room for attributes. */
const requestBytesMax = 8 * 1024 * 1024;
export const sqsTargetPrefix = 'AmazonSQS.';
const jsonType = 'application/x-amz-json-1.0';

/** Serves the engine on the loopback, under a path that only who is told it knows. */
export async function serveSqs(call: Call, secret: string): Promise<Closable & { readonly url: string }> {
  const path = `/${secret}/`;
  const server = createServer({ keepAliveTimeout: 30_000 }, (request, response) => {
    void answer(request, response, { call, path });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${path}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { call, path }: { readonly call: Call; readonly path: string },
): Promise<void> {
  const left = new AbortController();
  response.once('close', () => left.abort());
  if (request.url !== path) return reply(response, 403, { __type: 'AccessDenied', message: 'Ask the gateway.' });
  try {
    const target = String(request.headers['x-amz-target']);
    const operation = target.startsWith(sqsTargetPrefix) ? target.slice(sqsTargetPrefix.length) : target;
    reply(response, 200, await call(operation, await bodyOf(request), { signal: left.signal }));
  } catch (error) {
    const refusal = sqsRefusal(error);
    for (const [name, value] of Object.entries(refusal.headers)) response.setHeader(name, value);
    reply(response, refusal.status, refusal.body);
  }
}

/** How a failed call is answered: a refusal in the service's own form, anything else as a fault of the service. */
export function sqsRefusal(error: unknown): {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
} {
  if (error instanceof SqsError) {
    return {
      status: error.status,
      headers: { 'x-amzn-query-error': `${error.queryCode};Sender` },
      body: { __type: `com.amazonaws.sqs#${error.code}`, message: error.message },
    };
  }
  const message = error instanceof Error ? error.message : String(error);
  return {
    status: 500,
    headers: { 'x-amzn-query-error': 'InternalError;Receiver' },
    body: { __type: 'com.amazonaws.sqs#InternalError', message },
  };
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > requestBytesMax) throw new SqsError('BatchRequestTooLong', `Requests cannot be longer than ${requestBytesMax} bytes.`);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString()) as unknown;
  } catch {
    throw new SqsError('InvalidParameterValue', 'The request is not valid JSON.');
  }
}

function reply(response: ServerResponse, status: number, body: object): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': jsonType }).end(JSON.stringify(body));
}
