import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApi, startApi } from './http-api-stack.ts';

describe('an authorizer', () => {
  const simple = `
    let asked = 0;
    export const handler = async (event) => {
      const token = event.headers.authorization;
      asked += 1;
      if (token === 'unknown') throw new Error('Unauthorized');
      if (token === 'boom') throw new Error('boom');
      if (token === 'odd') return { isAuthorized: 'yes' };
      if (token === 'bare') return { isAuthorized: true };
      if (token === 'hang') await new Promise(() => {});
      return { isAuthorized: token !== 'no', context: { asked, list: [1], event } };
    };`;
  const policy = `
    export const handler = async ({ routeArn, identitySource }) => {
      const [token, user] = identitySource;
      const base = routeArn.slice(0, routeArn.indexOf('/') + 1);
      const statement = (Effect, path) => ({ Effect, Action: 'execute-api:Invoke', Resource: base + path });
      const Statement = token === 'all' ? [statement('Allow', '*'), statement('Deny', '*/GET/secret')] : [statement('Allow', '*/GET/open/*')];
      return { principalId: user, policyDocument: { Version: '2012-10-17', Statement }, context: { user } };
    };`;
  let api: RunningApi;
  beforeAll(async () => {
    api = await startApi({
      functions: {
        simple,
        policy,
        context: 'let n = 0; export const handler = async (event) => ({ n: ++n, authorizer: event.requestContext.authorizer ?? null });',
      },
      authorizers: {
        Simple: { function: 'simple', properties: { AuthorizerResultTtlInSeconds: 60, IdentitySource: ['$request.header.Authorization'] } },
        Uncached: { function: 'simple' },
        PerRoute: {
          function: 'simple',
          properties: { AuthorizerResultTtlInSeconds: 60, IdentitySource: ['$request.header.Authorization', '$context.routeKey'] },
        },
        Policy: {
          function: 'policy',
          properties: {
            EnableSimpleResponses: false,
            AuthorizerResultTtlInSeconds: 60,
            IdentitySource: ['$request.header.authorization', '$request.querystring.user'],
          },
        },
      },
      routes: {
        'GET /a/{id}': { function: 'context', authorizer: 'Simple' },
        'GET /b': { function: 'context', authorizer: 'Simple' },
        'GET /uncached': { function: 'context', authorizer: 'Uncached' },
        'GET /route/1': { function: 'context', authorizer: 'PerRoute' },
        'GET /route/2': { function: 'context', authorizer: 'PerRoute' },
        'GET /secret': { function: 'context', authorizer: 'Policy' },
        'GET /open/{proxy+}': { function: 'context', authorizer: 'Policy' },
        'GET /free': 'context',
      },
    });
  });
  afterAll(() => api[Symbol.asyncDispose]());

  const get = (path: string, token?: string) => api.call('GET', path, { headers: token === undefined ? {} : { authorization: token } });
  const asked = async (path: string, token: string) =>
    ((await get(path, token)).json() as { authorizer: { lambda: { asked: number } } }).authorizer.lambda.asked;

  it('sees payload format 2.0, and what it says reaches the function', async () => {
    const reply = await get('/a/7?x=1', 'fresh');
    const { lambda } = (reply.json() as { authorizer: { lambda: { list: number[]; event: Record<string, unknown> } } }).authorizer;
    expect(lambda.list).toEqual([1]);
    expect(lambda.event).toMatchObject({
      version: '2.0',
      type: 'REQUEST',
      routeArn: 'arn:aws:execute-api:ap-southeast-3:000000000000:api/$default/GET/a/7',
      identitySource: ['fresh'],
      routeKey: 'GET /a/{id}',
      rawPath: '/a/7',
      rawQueryString: 'x=1',
      pathParameters: { id: '7' },
      requestContext: { http: { method: 'GET' } },
    });
    expect(lambda.event).not.toHaveProperty('body');
  });

  it.each([
    ['no token', undefined, 401, 'Unauthorized'],
    ['an empty token', '', 401, 'Unauthorized'],
    ['a token that it throws Unauthorized for', 'unknown', 401, 'Unauthorized'],
    ['a no', 'no', 403, 'Forbidden'],
    ['an error', 'boom', 500, 'Internal Server Error'],
    ['an answer that is none', 'odd', 500, 'Internal Server Error'],
  ])('turns away for %s', async (...[, token, status, message]) => {
    const reply = await get('/uncached', token);
    expect([reply.status, reply.json()]).toEqual([status, { message }]);
  });

  it('is not asked when the request lacks what identifies it', async () => {
    const before = await asked('/uncached', 'count');
    await get('/uncached');
    expect(await asked('/uncached', 'count')).toBe(before + 1);
  });

  it('may let pass without a word', async () => {
    expect((await get('/uncached', 'bare')).json()).toMatchObject({ authorizer: { lambda: null } });
    expect((await get('/free')).json()).toMatchObject({ authorizer: null });
  });

  it('is asked once for one identity, on every route that uses it, until its time is over', async () => {
    const first = await asked('/a/1', 'kept');
    expect(await asked('/a/2', 'kept')).toBe(first);
    expect(await asked('/b', 'kept')).toBe(first);
    expect(await asked('/b', 'another')).toBeGreaterThan(first);
    await api.functions.clock.shift(59_000);
    expect(await asked('/b', 'kept')).toBe(first);
    await api.functions.clock.shift(61_000);
    expect(await asked('/b', 'kept')).toBeGreaterThan(first);
    await api.functions.clock.shift(0);
  });

  it('is remembered for its no as for its yes, but asked again after a failure', async () => {
    const before = await asked('/uncached', 'count');
    expect([(await get('/b', 'no')).status, (await get('/b', 'no')).status]).toEqual([403, 403]);
    expect([(await get('/b', 'boom')).status, (await get('/b', 'boom')).status]).toEqual([500, 500]);
    expect(await asked('/uncached', 'count')).toBe(before + 4);
  });

  it('is asked for each route when the route identifies the request', async () => {
    const first = await asked('/route/1', 'routed');
    expect(await asked('/route/2', 'routed')).toBeGreaterThan(first);
    expect(await asked('/route/1', 'routed')).toBe(first);
  });

  it('may answer with a policy, which is held against each request anew', async () => {
    expect(await get('/open/a?user=u', 'all')).toMatchObject({ status: 200 });
    expect((await get('/open/a?user=u', 'all')).json()).toMatchObject({ authorizer: { lambda: { user: 'u' } } });
    expect((await get('/secret?user=u', 'all')).status).toBe(403);
    expect((await get('/open/b/c?user=v', 'some')).status).toBe(200);
    expect((await get('/secret?user=v', 'some')).status).toBe(403);
    expect((await get('/open/a', 'all')).status).toBe(401);
  });
});
