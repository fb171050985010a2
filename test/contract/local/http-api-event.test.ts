import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Reply, type RunningApi, startApi, echo, raw } from './http-api-stack.ts';

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
