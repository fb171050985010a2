import { useQueryClient } from '@tanstack/react-query';
import { useLogin } from 'react-admin';
import { useDesk } from '../desk-context.ts';
import type { Session } from './session.ts';

/** Goes to the desk with a session: to a path, or to where one wanted to go before one was asked to sign in. */
export function useEnter(): (session: Session, path?: string) => Promise<void> {
  const { session: store } = useDesk();
  const client = useQueryClient();
  const login = useLogin();
  return async (session, path) => {
    store.set(session);
    // Before, react-admin has found that nobody is signed in, and remembers that while the page of an invitation is open.
    await client.refetchQueries({ queryKey: ['auth'] });
    await login({ session }, path);
  };
}
