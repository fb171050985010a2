import { useState } from 'react';
import { useLocation } from 'react-admin';

/** The token of the link that the page was opened by; empty when it has none. It is kept while the page is open. */
export function useToken(): string {
  const { search } = useLocation();
  const [token] = useState(() => new URLSearchParams(search).get('token') ?? '');
  return token;
}
