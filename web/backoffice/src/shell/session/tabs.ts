/**
 * The tabs of one browser share one session: what one gets, the others take, and when one signs out, all do.
 */
import type { Session, SessionStore } from './session.ts';

/** To the other tabs of this browser, and from them. */
export interface Tabs {
  readonly tell: (message: unknown) => void;
  readonly hear: (listener: (message: unknown) => void) => void;
}

export interface TabsDeps {
  readonly store: SessionStore;
  readonly tabs: Tabs;
  /** Somebody else has signed in elsewhere: nothing that is shown here is theirs. */
  readonly personChanged: () => void;
}

export function shareSession({ store, tabs, personChanged }: TabsDeps): void {
  let heard: Session | undefined;
  store.watch(() => {
    const current = store.current();
    if (current !== heard) tabs.tell(current ?? null);
    heard = current;
  });
  tabs.hear((message) => {
    const before = store.current();
    heard = (message as Session | null) ?? undefined;
    store.set(heard);
    if (before !== undefined && heard !== undefined && before.staff.id !== heard.staff.id) personChanged();
  });
}
