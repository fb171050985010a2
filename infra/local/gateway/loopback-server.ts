import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Closable } from '../ports.ts';

export interface LoopbackServer extends Closable {
  readonly port: number;
}

const keepAliveMs = 65_000;

/** An HTTP server that nobody but this machine reaches. Port 0 takes any free one; rejects with a sentence for the user when the port is taken. */
export async function serveLoopback(port: number, listener: RequestListener): Promise<LoopbackServer> {
  const server = createServer({ keepAliveTimeout: keepAliveMs }, listener);
  return {
    port: await listenOnLoopback(server, port),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers the port, which is any free one for 0. Rejects with a sentence for the user when it is taken. */
export async function listenOnLoopback(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenFailure(error, port)));
    server.listen(port, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** What went wrong when a server was to listen: a sentence for the user when another process has the port. */
export function listenFailure(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code !== 'EADDRINUSE') return error;
  return new Error(`Port ${port} is taken by another process: end it, or choose other ports with --port.`, { cause: error });
}

/** The request is longer than the service takes. */
export class BodyTooLong extends Error {
  override readonly name = 'BodyTooLong';
}

/** Reads a request to its end. Throws `BodyTooLong` past the limit. */
export async function readBody(request: IncomingMessage, bytesMax: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bytesMax) throw new BodyTooLong(`a request may have ${bytesMax} bytes`);
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
}
