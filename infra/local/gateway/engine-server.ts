/**
 * An engine over HTTP for the rooms of the stack, which call it as AWS's own services would: no signatures, no policies. Its path holds a secret
 * of this start, so that nobody else on the machine comes past the gateway.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Closable } from '../ports.ts';
import { readBody, serveLoopback } from './loopback-server.ts';

export interface WireAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

/** `operation` is what stands after the dot in `x-amz-target`; the signal is aborted when the client leaves. Must not reject. */
export type WireHandler = (operation: string, body: Buffer, signal: AbortSignal) => Promise<WireAnswer>;

/** The largest request of any service here: a BatchWriteItem of 16 MB. */
export const requestBytesMax = 17 * 1024 * 1024;
const jsonType = 'application/x-amz-json-1.0';

export async function serveEngine(handle: WireHandler): Promise<Closable & { readonly url: string }> {
  const path = `/${randomUUID()}/`;
  const server = await serveLoopback(0, (request, response) => {
    void serveOne(request, response, { handle, path });
  });
  return { url: `http://127.0.0.1:${server.port}${path}`, close: () => server.close() };
}

async function serveOne(
  request: IncomingMessage,
  response: ServerResponse,
  { handle, path }: { readonly handle: WireHandler; readonly path: string },
): Promise<void> {
  const left = new AbortController();
  // Aborting makes an error with a stack, which is dear for every request that is simply done.
  response.once('close', () => response.writableEnded || left.abort());
  try {
    if (request.url !== path) return answer(response, { status: 403, body: '{"__type":"AccessDenied","message":"Ask the gateway."}' });
    const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
    answer(response, await handle(operation, await readBody(request, requestBytesMax), left.signal));
  } catch (error) {
    answer(response, { status: 500, body: JSON.stringify({ __type: 'InternalError', message: String(error) }) });
  }
}

export function answer(response: ServerResponse, { status, headers, body }: WireAnswer): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': jsonType, 'content-length': Buffer.byteLength(body), ...headers }).end(body);
}
