/**
 * What a route knows of its caller and answers beside a body: step-up, cookies, headers.
 */
import { describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { httpEvent, lambdaContext } from '#test/fakes/http-event.ts';
import { Answered } from '#shared/platform/http/answer.ts';
import { edgeHttpHandler, httpHandler, on, required } from '#shared/platform/http/http-handler.ts';
import { clientOf } from '#shared/platform/http/request.ts';
import { route, stepUpSecondsMax } from '#shared/platform/http/route.ts';
import { requestFault } from '#shared/platform/request-faults.ts';

vi.hoisted(() => {
  process.env['POWERTOOLS_LOG_LEVEL'] = 'SILENT';
});

const described = { summary: '', status: 200, answer: z.object({ said: z.string() }), faults: [] };
const decide = route({ ...described, operationId: 'decide', method: 'POST', path: '/decide', permission: 'staff:manage', stepUp: true });
const enter = route({ ...described, operationId: 'enter', method: 'POST', path: '/enter' });
const leave = route({ ...described, operationId: 'leave', method: 'POST', path: '/leave', status: 204, answer: z.undefined() });
const limited = route({ ...described, operationId: 'limited', method: 'GET', path: '/limited' });

const handler = httpHandler(
  on(decide, async ({ caller }) => ({ said: required(caller).subject })),
  on(enter, async ({ client }) => {
    const said = `${client.cookies.get('__Host-xm') ?? 'nothing'} ${client.header('x-csrf-token') ?? 'nothing'}`;
    return new Answered({ said }, { headers: { ratelimit: '"r";r=1;t=2' }, cookies: ['a=1; Secure', 'b=2; Secure'] });
  }),
  on(leave, async () => new Answered(undefined, { cookies: ['a=; Max-Age=0'] })),
  on(limited, async ({ caller }) => {
    if (caller === undefined) throw requestFault('request.rate-limited', { retryAfterSeconds: 7, headers: { ratelimit: '"r";r=0;t=7' } });
    return { said: required(caller).subject };
  }),
);

const ask = (routeKey: string, request: Parameters<typeof httpEvent>[1] = {}) => handler(httpEvent(routeKey, request), lambdaContext());
/** The instant of every event that the fake makes, in seconds. */
const atSeconds = Date.UTC(2026, 10, 21, 12) / 1_000;
const owner = { subject: 'stf_alice', roles: ['owner'], sessionId: 'ses_1' };

describe('a route that asks for a fresh second factor', () => {
  const passed = { status: 200, code: undefined };
  const tooOld = { status: 403, code: 'auth.step-up-required' };
  it.each([
    ['given just now', { ...owner, secondFactorAt: atSeconds }, passed],
    ['given at the edge of its time', { ...owner, secondFactorAt: atSeconds - stepUpSecondsMax }, passed],
    ['given too long ago', { ...owner, secondFactorAt: atSeconds - stepUpSecondsMax - 1 }, tooOld],
    ['never given', owner, tooOld],
    ['that is no time', { ...owner, secondFactorAt: 'now' }, { status: 401, code: 'auth.unauthenticated' }],
    [
      'given by somebody without the permission',
      { ...owner, roles: ['support'], secondFactorAt: atSeconds },
      { status: 403, code: 'auth.forbidden' },
    ],
  ])('answers to one %s', async (_, caller, { status, code }) => {
    const answer = await ask('POST /decide', { caller });
    expect(answer.statusCode).toBe(status);
    expect((JSON.parse(answer.body) as { code?: string }).code).toBe(code);
  });
});

describe('an answer with something around it', () => {
  it('has its cookies and headers beside those of the house', async () => {
    const answer = await ask('POST /enter', { caller: null });
    expect(answer).toMatchObject({ statusCode: 200, cookies: ['a=1; Secure', 'b=2; Secure'] });
    expect(answer.headers).toMatchObject({ ratelimit: '"r";r=1;t=2', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  });

  it('may have no body at all', async () => {
    expect(await ask('POST /leave', { caller: null })).toMatchObject({ statusCode: 204, body: '', cookies: ['a=; Max-Age=0'] });
  });

  it('has no cookies where none were set', async () => {
    expect(await ask('POST /decide', { caller: { ...owner, secondFactorAt: atSeconds } })).not.toHaveProperty('cookies');
  });

  it('tells of a limit also when it refuses', async () => {
    const answer = await ask('GET /limited', { caller: null });
    expect(answer.statusCode).toBe(429);
    expect(answer.headers).toMatchObject({ 'retry-after': '7', ratelimit: '"r";r=0;t=7', 'content-type': 'application/problem+json' });
  });
});

describe('what is known of a client', () => {
  const clientWith = (cookies: string[], headers: Record<string, string> = {}) => clientOf({ ...httpEvent('GET /', { headers }), cookies });

  it('is its address, its program and the id of the request', () => {
    expect(clientWith([])).toMatchObject({ address: '192.0.2.1', userAgent: 'test', requestId: 'request-1' });
  });

  it('are its cookies by name, the first of two, whole with their equals signs', () => {
    const { cookies } = clientWith(['__Host-xm=a=b==', ' other = x ', 'twice=1', 'twice=2', 'bare']);
    expect(Object.fromEntries(cookies)).toEqual({ '__Host-xm': 'a=b==', bare: '', other: 'x', twice: '1' });
  });

  it('reaches the route’s code', async () => {
    const event = { ...httpEvent('POST /enter', { caller: null, headers: { 'x-csrf-token': 't' } }), cookies: ['__Host-xm=s'] };
    expect(JSON.parse((await handler(event, lambdaContext())).body)).toEqual({ said: 's t' });
  });
});

describe("a client's address behind a distribution", () => {
  const where = on(enter, async ({ client }) => ({ said: client.address }));
  const through = (key: string, viewer: string) => ({ 'x-origin-key': key, 'x-viewer-address': viewer });
  const addressOf = async (headers: Record<string, string>, served = edgeHttpHandler(async () => 'the key', where)) => {
    const { body } = await served(httpEvent('POST /enter', { caller: null, headers }), lambdaContext());
    return (JSON.parse(body) as { said: string }).said;
  };

  it("is the viewer's, of either kind", async () => {
    expect(await addressOf(through('the key', '203.0.113.9'))).toBe('203.0.113.9');
    expect(await addressOf(through('the key', '2001:db8::7'))).toBe('2001:db8::7');
  });

  it('changes by nothing that a direct caller sends', async () => {
    for (const headers of [
      { 'x-viewer-address': '203.0.113.9' },
      through('', '203.0.113.9'),
      through('the kez', '203.0.113.9'),
      through('the key and more', '203.0.113.9'),
      { 'x-forwarded-for': '203.0.113.9', 'x-real-ip': '203.0.113.9' },
      through('the key', 'anywhere'),
      { 'x-origin-key': 'the key' },
    ] as Record<string, string>[])
      expect(await addressOf(headers), JSON.stringify(headers)).toBe('192.0.2.1');
  });

  it('is the gateway’s where a function knows no key, or cannot read it', async () => {
    const headers = through('the key', '203.0.113.9');
    expect(await addressOf(headers, httpHandler(where))).toBe('192.0.2.1');
    expect(
      await addressOf(
        headers,
        edgeHttpHandler(() => Promise.reject(new Error('no secrets today')), where),
      ),
    ).toBe('192.0.2.1');
    expect(
      await addressOf(
        through('', '203.0.113.9'),
        edgeHttpHandler(async () => '', where),
      ),
    ).toBe('192.0.2.1');
  });

  it('costs a direct caller no look at the key', async () => {
    let reads = 0;
    const counting = edgeHttpHandler(async () => `key ${(reads += 1)}`, where);
    await addressOf({ 'x-viewer-address': '203.0.113.9' }, counting);
    expect(reads).toBe(0);
  });
});

describe('a caller', () => {
  it('is a mistake to ask for where a route states no permission', () => {
    expect(() => required(undefined)).toThrow(TypeError);
  });
});
