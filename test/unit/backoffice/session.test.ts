import { describe, expect, it } from 'vitest';
import { apiClient } from '../../../web/backoffice/src/api.ts';
import { formatOf } from '../../../web/backoffice/src/format.ts';
import { messagesOf, storedLanguage } from '../../../web/backoffice/src/language.ts';
import { claimsOf, cleanToken } from '../../../web/backoffice/src/session.ts';

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = `${encode({ alg: 'EdDSA' })}.${encode({ sub: 'siti-ñ', roles: ['ops', 'admin'], exp: 1_800_000_000 })}.c2ln`;

describe('a pasted token', () => {
  it('may come with its header and the line breaks of a terminal', () => {
    expect(cleanToken(`  Authorization: Bearer ${token.slice(0, 20)}\n  ${token.slice(20)}\n`)).toBe(token);
  });

  it('says who it speaks of', () => {
    expect(claimsOf(token)).toEqual({ subject: 'siti-ñ', roles: ['ops', 'admin'], expiresAtMs: 1_800_000_000_000 });
  });

  it('is recognised for what it is not', () => {
    for (const text of ['', 'secret', 'a.b', 'a.!.c', `a.${Buffer.from('no json').toString('base64url')}.c`]) {
      expect([text, claimsOf(text)]).toEqual([text, undefined]);
    }
  });
});

describe('the API client', () => {
  it('sends the token and reads the answer', async () => {
    const { api, requests } = client(() => Response.json({ files: [] }));
    expect(await api.get('/api/files', { cursor: 'a b', status: undefined }, signal)).toEqual({ ok: true, value: { files: [] } });
    expect(requests).toEqual([['/api/files?cursor=a+b', 'Bearer t']]);
  });

  it('ends the session when the token is refused, also by the gateway, whose answer is no problem document', async () => {
    const { api, ended } = client(() => Response.json({ message: 'Unauthorized' }, { status: 401 }));
    expect(await api.get('/api/files', {}, signal)).toMatchObject({ ok: false, problem: { kind: 'unauthenticated', code: undefined } });
    expect(ended()).toBe(1);
  });

  it('names every problem: by its code, by its status, and a server that is not there', async () => {
    const problem = { status: 404, code: 'logs.original-gone', requestId: 'r-1' };
    expect(await outcomeOf(() => Response.json(problem, { status: 404 }))).toEqual({
      kind: 'not-found',
      code: 'logs.original-gone',
      requestId: 'r-1',
    });
    expect(await outcomeOf(() => new Response('<html>', { status: 502 }))).toMatchObject({ kind: 'unavailable' });
    expect(await outcomeOf(() => new Response('not json', { status: 200 }))).toMatchObject({ kind: 'unavailable' });
    expect(await outcomeOf(() => Promise.reject(new TypeError('Failed to fetch')))).toMatchObject({ kind: 'offline' });
  });

  it('gives up without a word when its page is left', async () => {
    const leaving = new AbortController();
    const { api } = client(() => {
      leaving.abort();
      return Promise.reject(leaving.signal.reason as Error);
    });
    await expect(api.get('/api/files', {}, leaving.signal)).rejects.toThrow(/abort/);
  });
});

describe('language', () => {
  it('is Indonesian unless another was chosen here', () => {
    expect(storedLanguage({ getItem: () => null })).toBe('id');
    expect(storedLanguage({ getItem: () => 'en' })).toBe('en');
    expect(storedLanguage({ getItem: () => 'toString' })).toBe('id');
  });

  it('leaves no text empty', () => {
    for (const language of ['id', 'en'] as const) {
      for (const text of textsOf(messagesOf(language))) expect(text).not.toBe('');
    }
  });

  it('writes numbers, sizes and times its own way', () => {
    const indonesian = formatOf('id', 'Asia/Jakarta');
    const english = formatOf('en', 'UTC');
    expect([indonesian.count(1_234_567), english.count(1_234_567)]).toEqual(['1.234.567', '1,234,567']);
    expect([indonesian.bytes(1_500_000), english.bytes(1_500_000), english.bytes(0), english.bytes(999)]).toEqual([
      '1,5 MB',
      '1.5 MB',
      '0 byte',
      '999 byte',
    ]);
    expect(indonesian.preciseInstant('2026-11-21T17:00:00.042Z')).toBe('22 Nov 2026, 00.00.00,042 WIB');
    const at = Date.parse('2026-11-21T12:00:00Z');
    expect([english.since('2026-11-21T11:57:00Z', at), indonesian.since('2026-11-20T12:00:00Z', at)]).toEqual(['3 minutes ago', 'kemarin']);
    expect(english.since('2026-10-01T00:00:00Z', at)).toBe('1 Oct 2026');
  });
});

const signal = new AbortController().signal;

function client(answer: () => Response | Promise<Response>) {
  const requests: unknown[] = [];
  let ended = 0;
  const api = apiClient({
    fetch: async (url, init) => {
      requests.push([url, new Headers(init?.headers).get('authorization')]);
      return answer();
    },
    token: () => 't',
    onUnauthenticated: () => void (ended += 1),
  });
  return { api, requests, ended: () => ended };
}

async function outcomeOf(answer: () => Response | Promise<Response>): Promise<unknown> {
  const outcome = await client(answer).api.get('/api/x', {}, signal);
  return outcome.ok ? outcome : outcome.problem;
}

function textsOf(node: unknown): string[] {
  if (typeof node === 'string') return [node];
  if (typeof node === 'function') return [String((node as (...args: unknown[]) => unknown)('1', '2'))];
  return Object.values(node as Record<string, unknown>).flatMap(textsOf);
}
