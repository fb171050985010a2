import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Reply, type RunningApi, startApi } from './http-api-stack.ts';

const echo = 'export const handler = async (event) => event;';
const megabyte = 1024 * 1024;

/** Sends bytes as they are and answers all that comes back until the connection ends or is silent. */
async function raw(url: string, bytes: string, { silenceMs = 300 } = {}): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let text = '';
  socket.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  socket.write(bytes);
  socket.setTimeout(silenceMs, () => socket.destroy());
  await once(socket, 'close');
  return text;
}

describe('the event of a request', () => {
  let api: RunningApi;
  beforeAll(async () => {
    api = await startApi({
      functions: { echo },
      routes: { 'ANY /echo': 'echo', 'GET /files/{id}/{rest+}': 'echo', $default: 'echo' },
      stage: { StageVariables: { color: 'blue' } },
    });
  });
  afterAll(() => api[Symbol.asyncDispose]());

  const eventOf = (reply: Reply) =>
    reply.json() as Record<string, unknown> & { headers: Record<string, string>; requestContext: Record<string, unknown> };

  it('has the fields of payload format 2.0, and none that would be empty', async () => {
    await api.functions.clock.shift(Date.UTC(2027, 2, 4, 5, 6, 7, 89) - Date.now());
    const reply = await api.call('GET', '/echo', { headers: { host: 'api.test:3000', 'user-agent': 'tester' } });
    await api.functions.clock.shift(0);
    const event = eventOf(reply);
    expect(event).toEqual({
      version: '2.0',
      routeKey: 'ANY /echo',
      rawPath: '/echo',
      rawQueryString: '',
      headers: {
        'content-length': '0',
        host: 'api.test:3000',
        'user-agent': 'tester',
        'x-amzn-trace-id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-port': new URL(api.url).port,
        'x-forwarded-proto': 'http',
      },
      requestContext: {
        accountId: '000000000000',
        apiId: 'api',
        domainName: 'api.test',
        domainPrefix: 'api',
        http: { method: 'GET', path: '/echo', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'tester' },
        requestId: reply.headers['apigw-requestid'],
        routeKey: 'ANY /echo',
        stage: '$default',
        time: expect.stringMatching(/^04\/Mar\/2027:05:06:\d\d \+0000$/),
        timeEpoch: expect.any(Number),
      },
      stageVariables: { color: 'blue' },
      isBase64Encoded: false,
    });
    expect(event.requestContext.timeEpoch).toBeGreaterThanOrEqual(Date.UTC(2027, 2, 4, 5, 6, 7));
    expect(reply.headers['apigw-requestid']).toMatch(/^[\w-]{15}=$/);
  });

  it('joins what comes several times, and keeps cookies apart from the headers', async () => {
    const answer = await raw(
      api.url,
      'GET /echo?tag=a&tag=b%2Cc&q=x+y&empty=&bare&tag=d HTTP/1.1\r\nHost: h\r\nX-Many: 1\r\nCOOKIE: a=1; b=2\r\nx-many: 2\r\nCookie: c=3\r\nX-Forwarded-For: 10.0.0.1\r\nConnection: close\r\n\r\n',
    );
    const event = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4)) as ReturnType<typeof eventOf>;
    expect(event).toMatchObject({
      rawQueryString: 'tag=a&tag=b%2Cc&q=x+y&empty=&bare&tag=d',
      queryStringParameters: { tag: 'a,b,c,d', q: 'x y', empty: '', bare: '' },
      cookies: ['a=1', 'b=2', 'c=3'],
    });
    expect(event.headers).toMatchObject({ 'x-many': '1,2', 'x-forwarded-for': '10.0.0.1, 127.0.0.1' });
    expect(event.headers).not.toHaveProperty('cookie');
    expect(event.headers).not.toHaveProperty('connection');
  });

  it.each([
    ['/files/a%20b/%C3%BC/%2525', '/files/a b/ü/%25', { id: 'a b', rest: 'ü/%25' }],
    ['/files/x/a+b', '/files/x/a+b', { id: 'x', rest: 'a+b' }],
    ['/files/a%2Fb', '/files/a/b', { id: 'a', rest: 'b' }],
    ['/files/x/y%3Fz%3D1?q=2', '/files/x/y', { id: 'x', rest: 'y' }],
  ])('decodes the path %s before it is routed', async (...[sent, rawPath, pathParameters]) => {
    expect(eventOf(await api.call('GET', sent))).toMatchObject({ rawPath, pathParameters, requestContext: { http: { path: rawPath } } });
  });

  it('keeps a slash at the end of the path', async () => {
    expect(eventOf(await api.call('GET', '/thing/'))).toMatchObject({ routeKey: '$default', rawPath: '/thing/' });
  });

  it('takes a whole URL in the request line', async () => {
    const answer = await raw(api.url, 'GET http://elsewhere/echo?a=1 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n');
    expect(answer).toContain('"rawPath":"/echo","rawQueryString":"a=1"');
  });

  it.each([
    ['application/json', false],
    ['application/json; charset=utf-8', false],
    ['Application/JSON', false],
    ['text/csv', false],
    ['application/xml', false],
    ['application/javascript', false],
    ['application/x-www-form-urlencoded', true],
    ['multipart/form-data; boundary=x', true],
    ['application/octet-stream', true],
    ['application/jsonp', true],
    [undefined, true],
  ])('carries a body of type %s as base64: %s', async (type, isBase64Encoded) => {
    const body = 'grüße=1&b=2';
    const event = eventOf(await api.call('POST', '/echo', { body, headers: type === undefined ? {} : { 'content-type': type } }));
    expect(event).toMatchObject({ isBase64Encoded, body: isBase64Encoded ? Buffer.from(body).toString('base64') : body });
    expect(event.headers['content-length']).toBe(String(Buffer.byteLength(body)));
  });

  it('knows the length of a body that came in chunks', async () => {
    const answer = await raw(
      api.url,
      'POST /echo HTTP/1.1\r\nHost: h\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n',
    );
    expect(answer).toContain('"content-length":"5"');
    expect(answer).toContain('"body":"abcde"');
    expect(answer).not.toContain('transfer-encoding');
  });

  it('asks for the body of a client that waits to be told', async () => {
    const { hostname, port } = new URL(api.url);
    const socket = connect(Number(port), hostname).setEncoding('utf8');
    socket.write(
      'POST /echo HTTP/1.1\r\nHost: h\r\nContent-Type: text/plain\r\nContent-Length: 4\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n',
    );
    const [interim] = (await once(socket, 'data')) as [string];
    expect(interim).toBe('HTTP/1.1 100 Continue\r\n\r\n');
    socket.write('body');
    const [answer] = (await once(socket, 'data')) as [string];
    expect(answer).toContain('"body":"body"');
    expect(answer).not.toContain('"expect"');
    socket.destroy();
  });

  it('serves several requests on one connection', async () => {
    const one = 'GET /echo?n=1 HTTP/1.1\r\nHost: h\r\n\r\n';
    const answer = await raw(api.url, `${one}${one.replace('n=1', 'n=2')}${one.replace('n=1', 'n=3')}`);
    expect(answer.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(3);
    expect([...answer.matchAll(/"rawQueryString":"(n=\d)"/g)].map(([, query]) => query)).toEqual(['n=1', 'n=2', 'n=3']);
  });
});

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
