/**
 * New access tokens from the refresh cookie. A refresh token is good for one use and using it twice ends the session, so of all tabs of
 * this browser one at a time may refresh: the others wait for it and take what it got.
 */
import type { Session, SessionStore } from './session.ts';

/** `navigator.locks`, as far as it is needed. */
export interface Locks {
  request<Value>(name: string, work: () => Promise<Value>): Promise<Value>;
}

export interface RefreshDeps {
  readonly store: SessionStore;
  readonly locks: Locks;
  /** Asks the API, with the cookie the browser has by then. */
  readonly ask: () => Promise<Session>;
}

const lockName = 'xm-desk-refresh';

/** `refused` is the token that is not good any more; a session with another one is taken as it is. */
export function refresher({ store, locks, ask }: RefreshDeps): (refused: string | undefined) => Promise<Session> {
  let running: Promise<Session> | undefined;
  const refresh = (refused: string | undefined): Promise<Session> =>
    locks.request(lockName, async () => {
      // Another tab may have been faster.
      const current = store.current();
      if (current !== undefined && current.accessToken !== refused) return current;
      try {
        const session = await ask();
        store.set(session);
        return session;
      } catch (error) {
        if ((error as { status?: number }).status === 401) store.set(undefined);
        throw error;
      }
    });
  return (refused) => {
    const current = store.current();
    if (current !== undefined && current.accessToken !== refused) return Promise.resolve(current);
    running ??= refresh(refused).finally(() => (running = undefined));
    return running;
  };
}
