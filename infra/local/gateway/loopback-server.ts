import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Closable } from '../ports.ts';

export interface LoopbackServer extends Closable {
  readonly port: number;
}

const keepAliveMs = 65_000;

/** An HTTP server that nobody but this machine reaches. Port 0 takes any free one; rejects with a sentence for the user when the port is taken. */
export async function serveLoopback(port: number, listener: RequestListener): Promise<LoopbackServer> {
  const server = createServer({ keepAliveTimeout: keepAliveMs }, listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(error.code === 'EADDRINUSE' ? taken(port, error) : error));
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function taken(port: number, cause: Error): Error {
  return new Error(`Port ${port} is taken by another process: end it, or choose other ports with --port.`, { cause });
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
