import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { postToWebhook, publicLookup } from '#shared/logs/alerts/https-webhook-post.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function listening(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  server = createServer(answer);
  await new Promise<void>((resolve) => void server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
}

const answering = (status: number, headers: Record<string, string> = {}) =>
  listening((request, response) => {
    request.resume();
    response.writeHead(status, headers).end('x'.repeat(10));
  });

const post = (url: string) => ({ url, headers: { 'content-type': 'application/json', 'x-test': 'yes' }, body: '{"a":"é"}' });

describe('a post to a webhook', () => {
  it('has its headers and its body, and counts bytes and not characters', async () => {
    let seen: { method: string | undefined; header: unknown; body: string } | undefined;
    const url = await listening((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        seen = { method: request.method, header: request.headers['x-test'], body: Buffer.concat(chunks).toString() };
        response.writeHead(204).end();
      });
    });
    expect(await postToWebhook(post(url), 'any')).toEqual({ isSent: true });
    expect(seen).toEqual({ method: 'POST', header: 'yes', body: '{"a":"é"}' });
  });

  it.each([400, 401, 404, 410])('that is answered %i is refused for good', async (status) => {
    expect(await postToWebhook(post(await answering(status)), 'any')).toEqual({
      isSent: false,
      reason: `The webhook answered ${status}.`,
    });
  });

  it.each([408, 429, 500, 503])('that is answered %i is worth another attempt', async (status) => {
    await expect(postToWebhook(post(await answering(status)), 'any')).rejects.toThrow(String(status));
  });

  it('follows no redirect, wherever it leads', async () => {
    const url = await answering(307, { location: 'http://169.254.169.254/' });
    expect(await postToWebhook(post(url), 'any')).toEqual({ isSent: false, reason: 'The webhook answered 307.' });
  });

  it('to nobody is worth another attempt', async () => {
    const url = await answering(200);
    server?.close();
    server?.closeAllConnections();
    await expect(postToWebhook(post(url), 'any')).rejects.toThrow('ECONNREFUSED');
  });

  it('does not connect to a private address, named or numbered', async () => {
    let connections = 0;
    const url = await listening((_, response) => response.end());
    server?.on('connection', () => (connections += 1));
    const { port } = new URL(url);
    const refusal = { isSent: false, reason: 'It leads into a private network.' };
    expect(await postToWebhook(post(`https://127.0.0.1:${port}/hook`), 'public')).toEqual(refusal);
    expect(await postToWebhook(post(`https://localhost:${port}/hook`), 'public')).toEqual(refusal);
    expect(connections).toBe(0);
  });

  it.each([{ all: true }, { all: false }, {}])('resolves no name to a private address: %j', async (options) => {
    const error = await new Promise((resolve) => publicLookup('localhost', options, resolve));
    expect(error).toMatchObject({ name: 'PrivateAddress' });
  });
});
