import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApi, startApi } from './http-api-stack.ts';

describe('CORS', () => {
  let api: RunningApi;
  beforeAll(async () => {
    api = await startApi({
      functions: {
        plain:
          'export const handler = async () => ({ statusCode: 200, headers: { "access-control-allow-origin": "https://own.test", "x-a": "1" }, body: "x" });',
        gate: 'export const handler = async () => ({ isAuthorized: true });',
      },
      authorizers: { Gate: { function: 'gate' } },
      routes: {
        'GET /guarded': { function: 'plain', authorizer: 'Gate' },
        'ANY /any': { function: 'plain', authorizer: 'Gate' },
        'GET /free': 'plain',
        'ANY /open': 'plain',
      },
      api: {
        CorsConfiguration: {
          AllowOrigins: ['https://page.test'],
          AllowMethods: ['*'],
          AllowHeaders: ['authorization'],
          ExposeHeaders: ['x-a'],
          MaxAge: 60,
        },
      },
    });
  });
  afterAll(() => api[Symbol.asyncDispose]());

  const preflight = { origin: 'https://page.test', 'access-control-request-method': 'GET' };

  it('answers a preflight without asking authorizer or function', async () => {
    for (const path of ['/guarded', '/free', '/open', '/absent']) {
      const reply = await api.call('OPTIONS', path, { headers: preflight });
      expect([path, reply.status, reply.text]).toEqual([path, 204, '']);
      expect(reply.headers).toMatchObject({
        'access-control-allow-origin': 'https://page.test',
        'access-control-allow-methods': '*',
        'access-control-allow-headers': 'authorization',
        'access-control-max-age': '60',
      });
    }
  });

  it('puts its own headers in place of what the function says', async () => {
    const reply = await api.call('GET', '/free', { headers: { origin: 'https://page.test' } });
    expect(reply.headers).toMatchObject({
      'access-control-allow-origin': 'https://page.test',
      'access-control-expose-headers': 'x-a',
      'x-a': '1',
    });
    const other = await api.call('GET', '/free', { headers: { origin: 'https://other.test' } });
    expect(other.status).toBe(200);
    expect(other.headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('lets a page read why it was turned away', async () => {
    const reply = await api.call('GET', '/guarded', { headers: { origin: 'https://page.test' } });
    expect(reply.status).toBe(401);
    expect(reply.headers['access-control-allow-origin']).toBe('https://page.test');
  });

  it('cannot help a route that takes OPTIONS behind its authorizer, as on AWS, and says so at the start', async () => {
    expect((await api.call('OPTIONS', '/any', { headers: preflight })).status).toBe(401);
    expect(api.functions.terminal.filter((line) => line.includes('takes preflights'))).toEqual([
      expect.stringContaining('api: ANY /any stands behind an authorizer'),
    ]);
  });

  it('leaves an OPTIONS request that is no preflight to the routes', async () => {
    expect((await api.call('OPTIONS', '/free')).status).toBe(404);
    expect((await api.call('OPTIONS', '/open')).status).toBe(200);
  });
});
