import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { httpEvent, lambdaContext } from '#test/fakes/http-event.ts';
import { defineFaults } from '#shared/platform/fault.ts';
import { httpHandler, on } from '#shared/platform/http/http-handler.ts';
import { route } from '#shared/platform/http/route.ts';
import { log } from '#shared/platform/log.ts';

vi.hoisted(() => {
  process.env['POWERTOOLS_LOG_LEVEL'] = 'SILENT';
});

const shopFault = defineFaults({
  'shop.closed': { kind: 'unavailable', publicMessage: 'The shop is closed.', remedy: 'Come back later.' },
});

const buy = route({
  operationId: 'buy',
  method: 'POST',
  path: '/shop/{shelf}',
  summary: 'Buys',
  permission: 'logs:upload',
  pathParameters: z.object({ shelf: z.string().regex(/^[a-z]+$/) }),
  query: z.object({ count: z.coerce.number().int().min(1).default(1) }),
  body: z.object({ 'na/me': z.string().max(5) }),
  bodyBytesMax: 100,
  status: 201,
  answer: z.object({ got: z.string(), by: z.string() }),
  faults: ['shop.closed'],
});

const look = route({
  operationId: 'look',
  method: 'GET',
  path: '/shop',
  summary: 'Looks',
  status: 200,
  answer: z.object({ open: z.boolean() }),
  faults: [],
});

const handler = httpHandler(
  on(buy, async ({ path, query, body, caller }) => {
    if (path.shelf === 'closed') throw shopFault('shop.closed', { retryAfterSeconds: 1.5 });
    if (path.shelf === 'broken') throw new TypeError('secret internals');
    if (path.shelf === 'slow') await new Promise((resolve) => setTimeout(resolve, 200).unref());
    return { got: `${query.count} ${body['na/me']} from ${path.shelf}`, by: caller?.subject ?? 'nobody' };
  }),
  on(look, async () => ({ open: true })),
);

const good = { path: { shelf: 'top' }, query: { count: '2' }, body: { 'na/me': 'tea' } };

async function ask(routeKey: string, request: Parameters<typeof httpEvent>[1] = {}, remainingMs?: number) {
  const { statusCode, headers, body } = await handler(httpEvent(routeKey, request), lambdaContext(remainingMs));
  return { status: statusCode, headers, body: JSON.parse(body) as Record<string, unknown> };
}

describe('a route', () => {
  it('gives its code parsed values and answers with the house headers', async () => {
    const answer = await ask('POST /shop/{shelf}', good);
    expect(answer).toMatchObject({ status: 201, body: { got: '2 tea from top', by: 'stf_alice' } });
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
  });

  it('reads a body that the gateway handed over in base64', async () => {
    const body = Buffer.from(JSON.stringify(good.body)).toString('base64');
    const headers = { 'content-type': 'Application/JSON; charset=utf-8' };
    expect(await ask('POST /shop/{shelf}', { ...good, body, headers, isBase64Encoded: true })).toMatchObject({ status: 201 });
  });

  it('names every wrong value at once, by pointer', async () => {
    const answer = await ask('POST /shop/{shelf}', { path: { shelf: 'TOP' }, query: { count: '0', colour: 'red' }, body: { 'na/me': 7 } });
    expect(answer).toMatchObject({ status: 400, body: { code: 'request.invalid', requestId: 'request-1' } });
    expect(answer.headers['content-type']).toBe('application/problem+json');
    const pointers = (answer.body.errors as { pointer: string }[]).map(({ pointer }) => pointer);
    expect(pointers.toSorted()).toEqual(['/na~1me', '/path/shelf', '/query/colour', '/query/count']);
  });

  it('says so when a parameter is given more than once, whatever its values', async () => {
    const answer = await ask('POST /shop/{shelf}', {
      ...good,
      path: { shelf: 'TOP' },
      query: 'count=2&count=2&count=x&col%2Four=1&col%2Four=2',
    });
    expect(answer).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
    expect(answer.body['errors']).toEqual([
      { pointer: '/path/shelf', detail: expect.any(String) },
      { pointer: '/query/count', detail: 'It is given more than once.' },
      { pointer: '/query/col~1our', detail: 'It is given more than once.' },
    ]);
    expect(await ask('POST /shop/{shelf}', { ...good, query: 'count=2' })).toMatchObject({ status: 201 });
  });

  const base64Body = { body: Buffer.from([0x22, 0xff, 0x22]).toString('base64'), isBase64Encoded: true };
  it.each<[string, Parameters<typeof httpEvent>[1], { status: number; code: string }]>([
    ['a body that is no JSON', { body: '{' }, { status: 400, code: 'request.malformed' }],
    ['a body that is no UTF-8', base64Body, { status: 400, code: 'request.malformed' }],
    ['half a character in a value', { body: String.raw`{"na/me":"\ud83d"}` }, { status: 400, code: 'request.malformed' }],
    ['half a character in a name', { body: String.raw`{"\uDE00":"tea"}` }, { status: 400, code: 'request.malformed' }],
    ['a body that is too large', { body: { 'na/me': 'x'.repeat(100) } }, { status: 413, code: 'request.too-large' }],
    [
      'a body of another media type',
      { headers: { 'content-type': 'text/plain' } },
      { status: 415, code: 'request.media-type-unsupported' },
    ],
    ['a caller who was not authenticated', { caller: null }, { status: 401, code: 'auth.unauthenticated' }],
    [
      'a caller without the role',
      { caller: { subject: '1', roles: ['member'], sessionId: 'ses_1' } },
      { status: 403, code: 'auth.forbidden' },
    ],
    ['a caller without a session', { caller: { subject: 'stf_bob', roles: ['owner'] } }, { status: 401, code: 'auth.unauthenticated' }],
  ])('refuses %s', async (_, request, problem) => {
    expect(await ask('POST /shop/{shelf}', { ...good, ...request })).toMatchObject({ status: problem.status, body: problem });
  });

  it('takes a whole character that is written as two escapes', async () => {
    const body = String.raw`{"na/me":"\ud83d\ude00"}`;
    expect(await ask('POST /shop/{shelf}', { ...good, body })).toMatchObject({ status: 201, body: { got: '2 😀 from top' } });
  });

  it('logs nothing of a body that is no JSON', async () => {
    const logged = vi.spyOn(log, 'info');
    await ask('POST /shop/{shelf}', { ...good, body: '{"na/me":hunter2}' });
    expect(logged).toHaveBeenCalledOnce();
    expect(inspect(logged.mock.calls, { depth: 9 })).not.toContain('hunter2');
    logged.mockRestore();
  });

  it('does not look at the body of a caller who may not call', async () => {
    expect(await ask('POST /shop/{shelf}', { ...good, caller: null, body: '{' })).toMatchObject({ status: 401 });
  });

  it('is open to anybody when it states no permission', async () => {
    expect(await ask('GET /shop', { caller: null })).toMatchObject({ status: 200, body: { open: true } });
  });

  it('refuses a parameter where none is taken', async () => {
    expect(await ask('GET /shop', { query: { open: 'yes' } })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/query/open' }] },
    });
  });
});

describe('what is thrown', () => {
  it('reaches the caller as a problem when it is a fault', async () => {
    const answer = await ask('POST /shop/{shelf}', { ...good, path: { shelf: 'closed' } });
    expect(answer.body).toEqual({
      type: 'about:blank',
      title: 'Service Unavailable',
      status: 503,
      code: 'shop.closed',
      detail: 'The shop is closed.',
      requestId: 'request-1',
    });
    expect(answer.headers['retry-after']).toBe('2');
  });

  it('tells the caller nothing when it is a bug', async () => {
    const answer = await ask('POST /shop/{shelf}', { ...good, path: { shelf: 'broken' } });
    expect(answer).toMatchObject({ status: 500, body: { code: 'internal' } });
    expect(JSON.stringify(answer)).not.toContain('secret');
  });

  it('is a problem also for a path that is not served', async () => {
    expect(await ask('GET /elsewhere')).toMatchObject({ status: 404, body: { code: 'request.route-unknown' } });
  });

  it('is a problem when the time limit is near, instead of a cut connection', async () => {
    expect(await ask('POST /shop/{shelf}', { ...good, path: { shelf: 'slow' } }, 520)).toMatchObject({
      status: 503,
      body: { code: 'request.timed-out' },
    });
  });
});
