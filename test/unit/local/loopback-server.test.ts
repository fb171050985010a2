import { createServer } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { listenOnLoopback, serveLoopback } from '#infra/local/gateway/loopback-server.ts';

const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

it('says in a sentence which port is taken, and what to do', async () => {
  const first = await serveLoopback(0, (_request, response) => response.end());
  closing.push(() => first.close());
  const second = createServer();
  closing.push(() => second.close());
  await expect(listenOnLoopback(second, first.port)).rejects.toThrow(
    `Port ${first.port} is taken by another process: end it, or choose other ports with --port.`,
  );
});

it('is reached from this machine alone', async () => {
  const server = createServer();
  closing.push(() => server.close());
  const port = await listenOnLoopback(server, 0);
  expect(server.address()).toMatchObject({ address: '127.0.0.1', port });
});
