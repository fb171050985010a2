import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type RunningApi, startApi, raw } from './http-api-stack.ts';

const megabyte = 1024 * 1024;

describe('the answer to a request', () => {
  let api: RunningApi;
  beforeAll(async () => {
    api = await startApi({
      functions: {
        cookies:
          'export const handler = async () => ({ statusCode: 201, cookies: ["a=1; Path=/", "b=2"], headers: { "x-a": "1" }, body: "made" });',
        binary:
          'export const handler = async () => ({ statusCode: 200, isBase64Encoded: true, headers: { "content-type": "image/png" }, body: Buffer.from([137, 80, 0, 255]).toString("base64") });',
        plain: 'export const handler = async () => "just text";',
        nothing: 'export const handler = async () => ({ statusCode: 204 });',
        throws: 'export const handler = async () => { throw new Error("secret detail"); };',
        malformed: 'export const handler = async () => ({ statusCode: 200, body: { not: "text" } });',
        header: 'export const handler = async () => ({ statusCode: 200, headers: { "x-bad": "a\\r\\nb: c" }, body: "x" });',
        large: {
          files: { 'index.mjs': `export const handler = async () => ({ statusCode: 200, body: "x".repeat(${7 * megabyte}) });` },
          properties: { MemorySize: 512 },
        },
        slow: {
          files: {
            'index.mjs':
              'export const handler = async () => { await new Promise((resolve) => setTimeout(resolve, 6000)); return "late"; };',
          },
          properties: { Timeout: 20 },
        },
        busy: { files: { 'index.mjs': 'export const handler = async () => "never";' }, properties: { ReservedConcurrentExecutions: 0 } },
        echo: {
          files: { 'index.mjs': 'export const handler = async (event) => ({ statusCode: 200, body: String(event.body?.length ?? 0) });' },
          properties: { Timeout: 30, MemorySize: 512 },
        },
      },
      routes: {
        'GET /cookies': 'cookies',
        'GET /binary': 'binary',
        'ANY /plain': 'plain',
        'GET /nothing': 'nothing',
        'GET /throws': 'throws',
        'GET /malformed': 'malformed',
        'GET /bad-header': 'header',
        'GET /large': 'large',
        'GET /slow': { function: 'slow', integration: { TimeoutInMillis: 300 } },
        'GET /busy': 'busy',
        'POST /echo': 'echo',
        'GET /few': 'plain',
      },
      stage: { RouteSettings: { 'GET /few': { ThrottlingBurstLimit: 3, ThrottlingRateLimit: 0.5 } } },
    });
  });
  afterAll(() => api[Symbol.asyncDispose]());

  it('carries status, headers, cookies and text', async () => {
    const reply = await api.call('GET', '/cookies');
    expect(reply).toMatchObject({ status: 201, text: 'made' });
    expect(reply.headers).toMatchObject({
      'x-a': '1',
      'set-cookie': ['a=1; Path=/', 'b=2'],
      'content-type': 'text/plain; charset=utf-8',
      'content-length': '4',
    });
  });

  it('carries bytes', async () => {
    const reply = await api.call('GET', '/binary');
    expect([...reply.body]).toEqual([137, 80, 0, 255]);
    expect(reply.headers['content-type']).toBe('image/png');
  });

  it('is inferred from a plain value', async () => {
    const reply = await api.call('PUT', '/plain');
    expect(reply).toMatchObject({ status: 200, text: 'just text' });
    expect(reply.headers['content-type']).toBe('application/json');
  });

  it('has no body for HEAD and for 204', async () => {
    const head = await api.call('HEAD', '/plain');
    expect(head).toMatchObject({ status: 200, text: '' });
    expect(head.headers['content-length']).toBe('9');
    const nothing = await api.call('GET', '/nothing');
    expect(nothing).toMatchObject({ status: 204, text: '' });
    expect(nothing.headers).not.toHaveProperty('content-length');
  });

  it.each([
    ['an unknown path', 'GET', '/absent', 404, 'Not Found'],
    ['another method', 'POST', '/cookies', 404, 'Not Found'],
    ['a path that cannot be decoded', 'GET', '/%zz', 400, 'Bad Request'],
    ['a function that throws', 'GET', '/throws', 500, 'Internal Server Error'],
    ['a malformed answer', 'GET', '/malformed', 500, 'Internal Server Error'],
    ['a header that HTTP does not allow', 'GET', '/bad-header', 500, 'Internal Server Error'],
    ['more than a function may answer', 'GET', '/large', 500, 'Internal Server Error'],
    ['a function slower than its integration', 'GET', '/slow', 503, 'Service Unavailable'],
    ['a function that is throttled', 'GET', '/busy', 503, 'Service Unavailable'],
  ])('to %s is API Gateway’s own', async (...[, method, path, status, message]) => {
    const reply = await api.call(method, path);
    expect(reply.status).toBe(status);
    expect(reply.json()).toEqual({ message });
    expect(reply.headers['content-type']).toBe('application/json');
    expect(reply.text).not.toContain('secret');
  });

  it('comes at the limit of the integration, not of the function', async () => {
    const startedMs = performance.now();
    await api.call('GET', '/slow');
    expect(performance.now() - startedMs).toBeLessThan(5_000);
  });

  it('is 429 beyond the burst of a route, and leaves other routes alone', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 5; n++) statuses.push((await api.call('GET', '/few')).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    expect((await api.call('GET', '/few')).json()).toEqual({ message: 'Too Many Requests' });
    expect((await api.call('GET', '/plain')).status).toBe(200);
    await sleep(2_100);
    expect((await api.call('GET', '/few')).status).toBe(200);
  });

  it('is 413 for more than a function takes, and for more than the API takes', async () => {
    const text = { 'content-type': 'text/plain' };
    expect((await api.call('POST', '/echo', { headers: text, body: Buffer.alloc(5 * megabyte, 'a') })).text).toBe(String(5 * megabyte));
    const beyondLambda = await api.call('POST', '/echo', { headers: text, body: Buffer.alloc(6 * megabyte, 'a') });
    expect([beyondLambda.status, beyondLambda.json()]).toEqual([413, { message: 'Request Entity Too Large' }]);
    const asBase64 = await api.call('POST', '/echo', { body: Buffer.alloc(5 * megabyte) });
    expect(asBase64.status).toBe(413);
    const beyondApi = await api.call('POST', '/echo', { headers: text, body: Buffer.alloc(11 * megabyte, 'a') });
    expect([beyondApi.status, beyondApi.json()]).toEqual([413, { message: 'Request Entity Too Large' }]);
    const chunked = await api.call('POST', '/echo', {
      headers: { ...text, 'transfer-encoding': 'chunked' },
      body: Buffer.alloc(11 * megabyte, 'a'),
    });
    expect(chunked.status).toBe(413);
  });

  it('is 413 at once to a client that asks before it sends too much', async () => {
    const answer = await raw(api.url, `POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: ${11 * megabyte}\r\nExpect: 100-continue\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 413 .*Connection: close/is);
    expect(answer).not.toContain('100 Continue');
  });

  it('is 431 for more than 10,240 bytes of head', async () => {
    expect((await api.call('GET', '/plain', { headers: { 'x-big': 'a'.repeat(9_900) } })).status).toBe(200);
    const beyond = await api.call('GET', '/plain', { headers: { 'x-big': 'a'.repeat(10_240) } });
    expect([beyond.status, beyond.json()]).toEqual([431, { message: 'Request Header Fields Too Large' }]);
    expect((await api.call('GET', '/plain', { headers: { 'x-big': 'a'.repeat(70_000) } })).status).toBe(431);
  });

  it('is 400 to what is no HTTP', async () => {
    expect(await raw(api.url, 'NONSENSE\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n.*\{"message":"Bad Request"\}$/s);
  });

  it('is logged on the terminal and in a file, without the query', async () => {
    await api.call('GET', '/plain?token=hush');
    await api.call('GET', '/throws');
    const { terminal, logsDirectory } = api.functions;
    expect(terminal.filter((line) => line.startsWith('api: ')).slice(-2)).toEqual([
      expect.stringMatching(/^api: GET \/plain 200 \d+ ms$/),
      expect.stringMatching(/^api: GET \/throws 500 \d+ ms \(Error: secret detail\)$/),
    ]);
    const file = await vi.waitFor(() => {
      const text = readFileSync(join(logsDirectory, 'api.log'), 'utf8');
      expect(text).toContain('/throws');
      return text;
    });
    expect(file).toMatch(/Z \S{16} 127\.0\.0\.1 "ANY \/plain" GET \/plain 200 \d+ ms\n/);
    expect(file + terminal.join('')).not.toContain('hush');
  });

  it('is not missed by anyone when its client has gone', async () => {
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
    socket.write('GET /slow HTTP/1.1\r\nHost: h\r\n\r\n');
    await sleep(100);
    socket.destroy();
    await vi.waitFor(() => expect(api.functions.terminal.join('\n')).toMatch(/api: GET \/slow 499/));
    const half = connect(Number(new URL(api.url).port), '127.0.0.1');
    half.write('POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nhalf');
    await sleep(50);
    half.destroy();
    await vi.waitFor(() => expect(api.functions.terminal.join('\n')).toMatch(/api: POST \/echo 499/));
    expect((await api.call('GET', '/plain')).status).toBe(200);
  });
});
