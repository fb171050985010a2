import { describe, expect, it } from 'vitest';
import { functionAnswer } from '#infra/local/http-api/answer.ts';
import { corsOf, CorsConfiguration } from '#infra/local/http-api/cors.ts';
import { throttle, tokenBucket } from '#infra/local/http-api/throttle.ts';

function answered(payload: unknown) {
  const { status, headers, body, why } = functionAnswer({ ok: true, payload });
  return { status, headers, body: body.toString(), ...(why === undefined ? {} : { why }) };
}

const json = [['content-type', 'application/json']];

describe('the answer of a function', () => {
  it.each([
    ['an object without a status', { hello: 'world' }, '{"hello":"world"}'],
    ['an object with a body but no status', { body: 'hi' }, '{"body":"hi"}'],
    ['a string', 'hello', 'hello'],
    ['an empty string', '', ''],
    ['a number', 42, '42'],
    ['a list', [1, 2], '[1,2]'],
    ['nothing', null, 'null'],
  ])('is inferred from %s', (...[, payload, body]) => {
    expect(answered(payload)).toEqual({ status: 200, headers: json, body });
  });

  it('is what the function writes, with names in lower case and one header for each cookie', () => {
    expect(
      answered({
        statusCode: 201,
        headers: { 'X-Count': 3, 'Content-Type': 'text/html', Flag: true },
        cookies: ['a=1; Path=/', 'b=2'],
        body: '<p>',
      }),
    ).toEqual({
      status: 201,
      headers: [
        ['x-count', '3'],
        ['content-type', 'text/html'],
        ['flag', 'true'],
        ['set-cookie', 'a=1; Path=/'],
        ['set-cookie', 'b=2'],
      ],
      body: '<p>',
    });
  });

  it('is plain text unless the function says otherwise', () => {
    expect(answered({ statusCode: 200, body: 'x' }).headers).toEqual([['content-type', 'text/plain; charset=utf-8']]);
    expect(answered({ statusCode: '404' })).toMatchObject({ status: 404, body: '' });
  });

  it('has its bytes back from base64', () => {
    const { body } = functionAnswer({ ok: true, payload: { statusCode: 200, body: 'AP+AfQ==', isBase64Encoded: true } });
    expect([...body]).toEqual([0, 255, 128, 125]);
  });

  it('has no body and no type where HTTP allows none', () => {
    expect(answered({ statusCode: 204, body: 'ignored' })).toEqual({ status: 204, headers: [], body: '' });
    expect(answered({ statusCode: 304, headers: { etag: '"1"' } })).toEqual({ status: 304, headers: [['etag', '"1"']], body: '' });
  });

  it('cannot set the headers of the connection', () => {
    expect(
      answered({
        statusCode: 200,
        headers: { Connection: 'close', 'Content-Length': '999', 'Transfer-Encoding': 'chunked', 'content-type': 'a/b' },
        body: 'x',
      }).headers,
    ).toEqual([['content-type', 'a/b']]);
  });

  it.each([
    ['a status that is no whole number', { statusCode: 200.5 }],
    ['a status that is no number', { statusCode: 'OK' }],
    ['a status out of range', { statusCode: 99 }],
    ['a body that is no text', { statusCode: 200, body: { a: 1 } }],
    ['headers that are a list', { statusCode: 200, headers: ['a'] }],
    ['a header that is a structure', { statusCode: 200, headers: { a: {} } }],
  ])('is 500 for %s', (...[, payload]) => {
    expect(answered(payload)).toMatchObject({
      status: 500,
      headers: json,
      body: '{"message":"Internal Server Error"}',
      why: expect.stringContaining('malformed'),
    });
  });

  it.each([
    ['error', 'Error', 500, 'Internal Server Error'],
    ['timeout', 'Sandbox.Timedout', 500, 'Internal Server Error'],
    ['exit', 'Runtime.ExitError', 500, 'Internal Server Error'],
    ['throttled', 'TooManyRequestsException', 503, 'Service Unavailable'],
    ['too-large', 'RequestTooLargeException', 413, 'Request Entity Too Large'],
    ['too-large', 'Function.ResponseSizeTooLarge', 500, 'Internal Server Error'],
  ] as const)('says nothing of a failure inside: %s %s', (...[reason, errorType, status, message]) => {
    const { body, ...answer } = functionAnswer({ ok: false, reason, errorType, errorMessage: 'secret' });
    expect(answer).toMatchObject({ status, why: `${errorType}: secret` });
    expect(JSON.parse(body.toString())).toEqual({ message });
  });
});

describe('CORS', () => {
  const cors = (configuration: Record<string, unknown>) => corsOf(CorsConfiguration.parse(configuration));
  const full = cors({
    AllowCredentials: true,
    AllowHeaders: ['authorization', 'content-type'],
    AllowMethods: ['GET', 'POST'],
    AllowOrigins: ['https://a.test', 'http://*'],
    ExposeHeaders: ['retry-after'],
    MaxAge: 600,
  });

  it('answers a preflight with what the template allows, and with the one origin that asked', () => {
    expect(Object.fromEntries(full.preflight('https://a.test'))).toEqual({
      'access-control-allow-origin': 'https://a.test',
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'GET,POST',
      'access-control-allow-headers': 'authorization,content-type',
      'access-control-max-age': '600',
      vary: 'Origin',
    });
  });

  it('adds to other answers what a page may read', () => {
    expect(Object.fromEntries(full.actual('http://anything.test'))).toEqual({
      'access-control-allow-origin': 'http://anything.test',
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'retry-after',
      vary: 'Origin',
    });
  });

  it('says nothing to an origin that is not allowed', () => {
    expect(full.preflight('https://b.test')).toEqual([]);
    expect(full.actual('https://a.test.evil')).toEqual([]);
  });

  it('allows every origin alike with a star', () => {
    expect(cors({ AllowOrigins: ['*'], AllowMethods: ['*'] }).preflight('https://b.test')).toEqual([
      ['access-control-allow-origin', '*'],
      ['access-control-allow-methods', '*'],
    ]);
  });

  it('refuses what API Gateway refuses', () => {
    expect(() => cors({ AllowCredentials: true, AllowOrigins: ['*'] })).toThrow(/AllowCredentials/);
    expect(() => cors({ AllowOrigin: ['*'] })).toThrow(/AllowOrigin/);
  });
});

describe('throttling', () => {
  it('lets a burst through, then as many as the rate gives', () => {
    let nowMs = 0;
    const passes = tokenBucket({ burst: 3, perSecond: 2 }, () => nowMs);
    expect([passes(), passes(), passes(), passes()]).toEqual([true, true, true, false]);
    nowMs = 499;
    expect(passes()).toBe(false);
    nowMs = 500;
    expect([passes(), passes()]).toEqual([true, false]);
    nowMs = 60_000;
    expect([passes(), passes(), passes(), passes()]).toEqual([true, true, true, false]);
  });

  it('counts each route for itself', () => {
    const passes = throttle((routeKey) => ({ burst: routeKey === 'GET /a' ? 1 : 2, perSecond: 0 }));
    expect(['GET /a', 'GET /b', 'GET /a', 'GET /b', 'GET /b'].map(passes)).toEqual([true, true, false, true, false]);
  });
});
