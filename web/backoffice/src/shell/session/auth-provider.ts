import type { AuthProvider } from 'react-admin';
import type { Session, SessionStore } from './session.ts';

export interface AuthDeps {
  readonly store: SessionStore;
  readonly refresh: (refused: string | undefined) => Promise<Session>;
  /** Whether this browser has a session that a refresh could bring back. */
  readonly hasCookie: () => boolean;
}

/** For `login`: a session that the sign-in page was given. */
interface SignedIn {
  readonly session: Session;
}

/** Why somebody has to sign in. react-admin says nothing of its own when `message` is false. */
const signInFirst = { message: false } as const;

export function deskAuthProvider({ store, refresh, hasCookie }: AuthDeps): AuthProvider {
  return {
    login: ({ session }: SignedIn) => {
      store.set(session);
      return Promise.resolve();
    },
    // The user menu ends the session at the API first; whatever ended it, nobody is signed in here any more.
    logout: () => Promise.resolve(),
    async checkAuth() {
      if (store.current() !== undefined) return;
      if (!hasCookie()) throw signInFirst;
      await refresh(undefined).catch(() => {
        throw signInFirst;
      });
    },
    // A session that has ended shows in the store, which the layout watches; no refusal of a call says more than that.
    checkError: () => Promise.resolve(),
    getIdentity: () => {
      const staff = store.current()?.staff;
      return Promise.resolve({ id: staff?.id ?? '', fullName: staff?.name ?? '' });
    },
    getPermissions: () => Promise.resolve(store.current()?.staff.roles ?? []),
  };
}
