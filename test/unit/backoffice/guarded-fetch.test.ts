import { describe, expect, it } from 'vitest';
import { type Guard, guardedFetch, openFetch } from '../../../web/backoffice/src/shell/api/guarded-fetch.ts';
import { ApiProblem } from '../../../web/backoffice/src/shell/api/problem.ts';
import type { Session } from '../../../web/backoffice/src/shell/session/session.ts';

const url = 'https://desk.test/api/admin/members';

describe('a guarded call', () => {
  it('sends the token, and nothing twice that went well', async () => {
    const { call, sent } = guarded([() => Response.json({ members: [] })]);
    expect(await (await call(new Request(url))).json()).toEqual({ members: [] });
    expect(sent).toEqual(['Bearer token-1 ']);
  });

  it('is repeated once with a new token, body and all', async () => {
    const { call, sent } = guarded([() => problem(401, 'auth.unauthenticated'), () => Response.json({})]);
    await call(new Request(url, { method: 'POST', body: 'note' }));
    expect(sent).toEqual(['Bearer token-1 note', 'Bearer token-2 note']);
  });

  it('refused twice is a problem, not a circle', async () => {
    const { call, sent } = guarded([() => problem(401, 'auth.unauthenticated')]);
    await expect(call(new Request(url))).rejects.toMatchObject({ status: 401, kind: 'unauthenticated' });
    expect(sent).toHaveLength(2);
  });

  it('renews a token that is about to end before it is used', async () => {
    const { call, sent } = guarded([() => Response.json({})], { expiresAtMs: 14_000 });
    await call(new Request(url));
    expect(sent).toEqual(['Bearer token-2 ']);
  });

  it('asks for a second factor where the API wants one, and is sent once more', async () => {
    const { call, sent, asked } = guarded([() => problem(403, 'auth.step-up-required'), () => Response.json({})]);
    await call(new Request(url, { method: 'POST', body: 'ban' }));
    expect([sent.length, asked()]).toEqual([2, 1]);
  });

  it('is given up when the second factor is declined', async () => {
    const { call, sent } = guarded([() => problem(403, 'auth.step-up-required')], { stepsUp: false });
    await expect(call(new Request(url))).rejects.toMatchObject({ kind: 'cancelled' });
    expect(sent).toHaveLength(1);
  });

  it('says what was refused, why, and how long to wait', async () => {
    const errors = [{ pointer: '/body/roles/0', detail: 'Unknown.' }];
    const refused = () =>
      Response.json({ code: 'request.rate-limited', requestId: 'r-7', errors }, { status: 429, headers: { 'retry-after': '30' } });
    const caught = await guarded([refused])
      .call(new Request(url))
      .catch((error: unknown) => error);
    expect(caught).toBeInstanceOf(ApiProblem);
    expect(caught).toMatchObject({
      kind: 'limited',
      code: 'request.rate-limited',
      requestId: 'r-7',
      retryAfterSeconds: 30,
      refused: ['roles'],
    });
  });
});

describe('any call', () => {
  it('tells a server that cannot be reached from one that fails, also where the answer is no problem document', async () => {
    const unreachable = openFetch(() => Promise.reject(new TypeError('failed to fetch')));
    await expect(unreachable(new Request(url))).rejects.toMatchObject({ kind: 'offline' });
    const broken = openFetch(() => Promise.resolve(new Response('<html>', { status: 502 })));
    await expect(broken(new Request(url))).rejects.toMatchObject({ kind: 'unavailable', code: undefined });
  });

  it('that the page gave up stays given up', async () => {
    const leaving = new AbortController();
    const call = openFetch((request) => {
      leaving.abort();
      return Promise.reject(request.signal.reason as Error);
    });
    await expect(call(new Request(url, { signal: leaving.signal }))).rejects.toMatchObject({ name: 'AbortError' });
  });
});

function problem(status: number, code: string): Response {
  return Response.json({ code, requestId: 'r-1' }, { status });
}

function guarded(answers: readonly (() => Response)[], { expiresAtMs = 600_000, stepsUp = true } = {}) {
  const sent: string[] = [];
  let tokens = 1;
  let asked = 0;
  const session = (): Session => ({ accessToken: `token-${tokens}`, expiresAtMs, staff: {} as Session['staff'] });
  const guard: Guard = {
    session,
    refresh: () => {
      tokens += 1;
      return Promise.resolve(session());
    },
    stepUp: () => {
      asked += 1;
      return Promise.resolve(stepsUp);
    },
    now: () => 0,
    fetch: async (request) => {
      sent.push(`${request.headers.get('authorization')} ${await request.text()}`);
      const answer = answers[Math.min(sent.length, answers.length) - 1];
      return answer?.() ?? Response.error();
    },
  };
  return { call: guardedFetch(guard), sent, asked: () => asked };
}
