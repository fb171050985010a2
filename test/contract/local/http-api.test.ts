import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { startApi, echo, raw } from './http-api-stack.ts';

describe('an API', () => {
  const sound = { functions: { echo }, routes: { 'GET /a': 'echo' } };

  it('gives the routes of the stack itself the first look', async () => {
    await using api = await startApi({
      ...sound,
      options: {
        localRoutes: (request, response) => {
          if (!request.url?.startsWith('/_local/')) return false;
          response.end('local');
          return true;
        },
      },
    });
    expect((await api.call('POST', '/_local/clock')).text).toBe('local');
    expect((await api.call('GET', '/a')).status).toBe(200);
  });

  it('does not wait for ever for a client', async () => {
    await using api = await startApi({
      ...sound,
      routes: { 'POST /a': 'echo' },
      options: { limits: { headersMsMax: 200, requestMsMax: 400, idleMsMax: 900 } },
    });
    const patient = { silenceMs: 10_000 };
    expect(await raw(api.url, 'GET /a HTTP/1.1\r\nHost: h\r\nX-Slow: ', patient)).toMatch(
      /^HTTP\/1\.1 408 Request Timeout\r\n.*\{"message":"Request Timeout"\}$/s,
    );
    expect(await raw(api.url, 'POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nhalf', patient)).toMatch(/^HTTP\/1\.1 408/);
    expect(await raw(api.url, '', patient)).not.toContain('200');
    const { status } = await api.call('POST', '/a', { body: 'whole' });
    expect(status).toBe(200);
  });

  it('tells a client of the stack’s own routes to send on', async () => {
    await using api = await startApi({
      ...sound,
      options: {
        localRoutes: (request, response) => {
          request.on('data', (piece: Buffer) => response.end(`local ${piece.toString()}`));
          return true;
        },
      },
    });
    const { hostname, port } = new URL(api.url);
    const socket = connect(Number(port), hostname).setEncoding('utf8');
    socket.write('POST /_local/clock HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n');
    expect(await once(socket, 'data')).toEqual(['HTTP/1.1 100 Continue\r\n\r\n']);
    socket.write('go');
    expect((await once(socket, 'data'))[0]).toContain('local go');
    socket.destroy();
  });

  it('lets requests under way finish when it closes', async () => {
    const api = await startApi({
      functions: {
        slow: 'export const handler = async () => { await new Promise((resolve) => setTimeout(resolve, 300)); return "done"; };',
      },
      routes: { 'GET /slow': 'slow' },
    });
    await api.call('GET', '/slow');
    const running = api.call('GET', '/slow');
    await sleep(100);
    await api[Symbol.asyncDispose]();
    expect((await running).text).toBe('done');
    await expect(api.call('GET', '/slow')).rejects.toThrow(/ECONNREFUSED/);
  });

  it.each([
    [
      'a function that does not let it in',
      { permitted: [] },
      /Route0 .* no AWS::Lambda::Permission lets API Gateway invoke .*api\/\$default\/GET\/a/,
    ],
    ['a stage of another name', { stage: { StageName: 'prod' } }, /Stage .*\$default/],
    ['a WebSocket protocol', { api: { ProtocolType: 'WEBSOCKET' } }, /Api .*ProtocolType/s],
    ['an OpenAPI body', { api: { Body: {} } }, /Api .*Body/],
    ['credentials for every origin', { api: { CorsConfiguration: { AllowCredentials: true, AllowOrigins: ['*'] } } }, /AllowCredentials/],
    [
      'payload format 1.0',
      { routes: { 'GET /a': { function: 'echo', integration: { PayloadFormatVersion: '1.0' } } } },
      /Integration0 .*PayloadFormatVersion/s,
    ],
    [
      'a mapping of parameters',
      { routes: { 'GET /a': { function: 'echo', integration: { RequestParameters: {} } } } },
      /Integration0 .*RequestParameters/,
    ],
    [
      'an integration over 30 seconds',
      { routes: { 'GET /a': { function: 'echo', integration: { TimeoutInMillis: 30_001 } } } },
      /TimeoutInMillis/,
    ],
    ['a function that is none', { routes: { 'GET /a': { function: 'absent' } } }, /names no function of the template/],
    [
      'a route of JWTs',
      { routes: { 'GET /a': { function: 'echo', properties: { AuthorizationType: 'JWT' } } } },
      /Route0 .*only NONE and CUSTOM/,
    ],
    [
      'an authorizer of JWTs',
      { authorizers: { Jwt: { function: 'echo', properties: { AuthorizerType: 'JWT' } } } },
      /Jwt .*only Lambda authorizers/,
    ],
    [
      'an authorizer of format 1.0',
      { authorizers: { Old: { function: 'echo', properties: { AuthorizerPayloadFormatVersion: '1.0' } } } },
      /Old .*AuthorizerPayloadFormatVersion/s,
    ],
    [
      'a cache without identity',
      { authorizers: { Any: { function: 'echo', properties: { IdentitySource: [], AuthorizerResultTtlInSeconds: 1 } } } },
      /Any .*identity source/,
    ],
    [
      'an identity source nobody reads',
      { authorizers: { Any: { function: 'echo', properties: { IdentitySource: ['$context.vip'] } } } },
      /Any .*\$context\.vip/,
    ],
    [
      'an authorizer that is not there',
      { routes: { 'GET /a': { function: 'echo', authorizer: 'Absent' } } },
      /Route0 .*absent is no authorizer/,
    ],
    ['the same route twice', { routes: { 'GET /{a}': 'echo', 'GET /{b}': 'echo' } }, /Route1 .*the same as that of Route0/],
  ])('does not start with %s', async (...[, change, message]) => {
    await expect(startApi({ ...sound, ...change })).rejects.toThrow(message);
  });

  it('needs a permission for its authorizer as well', async () => {
    await expect(
      startApi({
        functions: { echo, gate: echo },
        authorizers: { Gate: { function: 'gate' } },
        routes: { 'GET /a': { function: 'echo', authorizer: 'Gate' } },
        permitted: ['echo'],
      }),
    ).rejects.toThrow(/Gate .*api\/authorizers\/gate/);
  });
});
