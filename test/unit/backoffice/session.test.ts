import { describe, expect, it } from 'vitest';
import { ApiProblem } from '../../../web/backoffice/src/shell/api/problem.ts';
import { csrfToken } from '../../../web/backoffice/src/shell/session/csrf.ts';
import { type Locks, refresher } from '../../../web/backoffice/src/shell/session/refresh.ts';
import { type Session, type SessionStore, sessionStore } from '../../../web/backoffice/src/shell/session/session.ts';
import { shareSession } from '../../../web/backoffice/src/shell/session/tabs.ts';

describe('refreshing', () => {
  it('asks once, however many calls of however many tabs were refused', async () => {
    const browser = browserOf(2);
    const [one, other] = browser.tabs;
    const refreshed = await Promise.all([one?.refresh('old'), one?.refresh('old'), other?.refresh('old'), other?.refresh('old')]);
    expect(browser.asked()).toBe(1);
    expect(new Set(refreshed.map((session) => session?.accessToken))).toEqual(new Set(['token-1']));
    expect(other?.store.current()?.accessToken).toBe('token-1');
  });

  it('takes a token that came meanwhile instead of asking for another', async () => {
    const browser = browserOf(1);
    await browser.tabs[0]?.refresh(undefined);
    await browser.tabs[0]?.refresh('old');
    expect(browser.asked()).toBe(1);
    await browser.tabs[0]?.refresh('token-1');
    expect(browser.asked()).toBe(2);
  });

  it('ends the session of every tab when the API has ended it, and of none when it cannot be reached', async () => {
    const browser = browserOf(2);
    await browser.tabs[0]?.refresh(undefined);
    browser.fail(new ApiProblem({ status: 0, kind: 'offline' }));
    await expect(browser.tabs[0]?.refresh('token-1')).rejects.toThrow('offline');
    expect(browser.tabs.map(({ store }) => store.current()?.accessToken)).toEqual(['token-1', 'token-1']);
    browser.fail(new ApiProblem({ status: 401, kind: 'unauthenticated' }));
    await expect(browser.tabs[1]?.refresh('token-1')).rejects.toThrow('unauthenticated');
    expect(browser.tabs.map(({ store }) => store.current())).toEqual([undefined, undefined]);
  });
});

describe('tabs of one browser', () => {
  it('do not tell back what they were told', () => {
    const told: unknown[] = [];
    const hear: ((message: unknown) => void)[] = [];
    const store = sessionStore();
    shareSession({ store, tabs: { tell: (message) => told.push(message), hear: (listener) => hear.push(listener) }, personChanged: fail });
    hear[0]?.(sessionOf('a'));
    expect([store.current()?.accessToken, told]).toEqual(['a', []]);
    store.set(sessionOf('b'));
    expect(told).toEqual([sessionOf('b')]);
  });

  it('start anew when somebody else has signed in', () => {
    let changes = 0;
    const hear: ((message: unknown) => void)[] = [];
    const store = sessionStore();
    shareSession({ store, tabs: { tell: () => undefined, hear: (listener) => hear.push(listener) }, personChanged: () => (changes += 1) });
    store.set(sessionOf('a'));
    hear[0]?.(sessionOf('b'));
    expect(changes).toBe(0);
    hear[0]?.(sessionOf('c', 'stf_other'));
    expect(changes).toBe(1);
  });
});

describe('the token against forged requests', () => {
  it('is read from its cookie alone', () => {
    expect(csrfToken('a=b; __Host-xm-csrf=t0ken=; c=d')).toBe('t0ken=');
    for (const cookies of ['', 'x__Host-xm-csrf=t', '__Host-xm-csrf=']) expect([cookies, csrfToken(cookies)]).toEqual([cookies, undefined]);
  });
});

interface Tab {
  readonly store: SessionStore;
  readonly refresh: (refused: string | undefined) => Promise<Session>;
}

/** Tabs that share what tabs of one browser share: locks, a channel, and the cookie behind `ask`. */
function browserOf(count: number) {
  const locks = oneAtATime();
  const channels: ((message: unknown) => void)[][] = Array.from({ length: count }, () => []);
  let asked = 0;
  let failure: Error | undefined;
  const ask = async (): Promise<Session> => {
    if (failure !== undefined) throw failure;
    asked += 1;
    await Promise.resolve();
    return sessionOf(`token-${asked}`);
  };
  const tabs: Tab[] = channels.map((own, index) => {
    const store = sessionStore();
    const others = channels.filter((_, at) => at !== index);
    const tell = (message: unknown): void => {
      for (const listener of others.flat()) listener(message);
    };
    shareSession({ store, tabs: { tell, hear: (listener) => own.push(listener) }, personChanged: fail });
    return { store, refresh: refresher({ store, locks, ask }) };
  });
  return { tabs, asked: () => asked, fail: (error: Error) => (failure = error) };
}

/** As `navigator.locks` does it. */
function oneAtATime(): Locks {
  let last: Promise<unknown> = Promise.resolve();
  return {
    request(_, work) {
      const mine = last.then(work);
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}

function sessionOf(accessToken: string, id = 'stf_1'): Session {
  const staff = { id, email: 'a@xm.example', name: 'A', roles: ['owner' as const], locale: 'id' as const, recoveryCodesLeft: 8 };
  return { accessToken, expiresAtMs: 600_000, staff };
}

function fail(): never {
  throw new Error('Nobody else has signed in.');
}
