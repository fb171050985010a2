/**
 * The signed link that opens this page. Its token comes behind the `#`, so that no server's log ever sees it, and leaves the address
 * at once: a copied address or a screenshot gives nobody a way in. It lives as long as the tab.
 */
import type { Shelf } from './storage.ts';

const kept = 'xm.link';

/** The token of the address, else the one this tab has had before. `forget` takes the fragment out of the address. */
export function takeLink({ hash }: { readonly hash: string }, shelf: Shelf, forget: () => void): string | undefined {
  const token = hash.slice(1);
  if (token === '') return shelf.read(kept);
  forget();
  shelf.write(kept, token);
  return token;
}

/** It opens nothing any more. */
export function dropLink(shelf: Shelf): void {
  shelf.remove(kept);
}
