import { localStorageStore, type Store } from 'react-admin';

/** Choices that belong to the browser, not to whoever signs in. */
const kept = ['locale', 'theme'] as const;

/** react-admin's store of preferences. Signing out empties it, but for language and theme. */
export function deskStore(): Store {
  const store = localStorageStore('1', 'xm');
  return {
    ...store,
    reset() {
      const choices = kept.map((key) => [key, store.getItem<unknown>(key)] as const);
      store.reset();
      for (const [key, value] of choices) if (value !== undefined) store.setItem(key, value);
    },
  };
}
