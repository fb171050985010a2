/**
 * Who is signed in, in this tab. The access token lives in memory alone; what outlives a reload is a cookie that no script can read.
 */
import type { Schemas } from '../api/client.ts';

type Staff = Schemas['DeskSession']['staff'];

export interface Session {
  readonly accessToken: string;
  readonly expiresAtMs: number;
  readonly staff: Staff;
}

export interface SessionStore {
  readonly current: () => Session | undefined;
  /** Undefined when it has ended. */
  readonly set: (session: Session | undefined) => void;
  /** Told of every change; returns how to stop. */
  readonly watch: (listener: () => void) => () => void;
}

export function sessionStore(): SessionStore {
  let current: Session | undefined;
  const listeners = new Set<() => void>();
  return {
    current: () => current,
    set(session) {
      current = session;
      for (const listener of listeners) listener();
    },
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** A session as the API answers it. */
export function sessionOf({ accessToken, expiresInSeconds, staff }: Schemas['DeskSession'], nowMs: number): Session {
  return { accessToken, expiresAtMs: nowMs + expiresInSeconds * 1000, staff };
}
