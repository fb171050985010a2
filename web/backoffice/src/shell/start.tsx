/**
 * The composition root: what the browser gives, put together once.
 */
import type { ComponentType } from 'react';
import { createRoot } from 'react-dom/client';
import { answer, apiClient } from './api/client.ts';
import { guardedFetch, openFetch } from './api/guarded-fetch.ts';
import type { Capability } from './capability.ts';
import { cursorStacks } from './data/cursor-stack.ts';
import { deskDataProvider } from './data/data-provider.ts';
import { Desk } from './desk.tsx';
import type { Desk as DeskParts } from './desk-context.ts';
import { deskI18nProvider } from './i18n-provider.ts';
import { languageOf } from './language.ts';
import { deskAuthProvider } from './session/auth-provider.ts';
import { csrfToken } from './session/csrf.ts';
import { refresher } from './session/refresh.ts';
import { sessionOf, sessionStore } from './session/session.ts';
import { shareSession, type Tabs } from './session/tabs.ts';
import { stepUp } from './step-up/step-up.ts';
import { deskStore } from './store.ts';

interface Site {
  readonly capabilities: readonly Capability[];
  readonly signInPage: ComponentType;
}

export function start(element: HTMLElement, { capabilities, signInPage }: Site): void {
  const now = (): number => Date.now();
  const browserFetch = (request: Request): Promise<Response> => fetch(request);
  const session = sessionStore();
  const question = stepUp();
  const openApi = apiClient(location.origin, openFetch(browserFetch));
  const csrf = (): Record<string, string> => ({ 'x-csrf-token': csrfToken(document.cookie) ?? '' });
  const refresh = refresher({
    store: session,
    locks: { request: (name, work) => navigator.locks.request(name, work) as never },
    // Kept alive when the page is left: a token that was used up must not be lost with its successor.
    ask: async () => sessionOf(await answer(openApi.POST('/api/admin/auth/refresh', { headers: csrf(), keepalive: true })), now()),
  });
  const api = apiClient(
    location.origin,
    guardedFetch({ session: session.current, refresh, stepUp: question.ask, now, fetch: browserFetch }),
  );
  shareSession({ store: session, tabs: otherTabs(), personChanged: () => location.reload() });

  const store = deskStore();
  const desk: DeskParts = { api, openApi, session, stepUp: question, capabilities, now };
  const resources = capabilities.flatMap((capability) => capability.resources);
  createRoot(element).render(
    <Desk
      desk={desk}
      signInPage={signInPage}
      store={store}
      authProvider={deskAuthProvider({ store: session, refresh, hasCookie: () => csrfToken(document.cookie) !== undefined })}
      dataProvider={deskDataProvider({ api, resources, cursors: cursorStacks(sessionStorage), now })}
      i18nProvider={deskI18nProvider(languageOf(store.getItem<string>('locale')))}
    />,
  );
}

function otherTabs(): Tabs {
  const channel = new BroadcastChannel('xm-desk-session');
  return {
    // A channel reaches this origin alone and has no target to name; the rule means windows.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    tell: (message) => channel.postMessage(message),
    hear: (listener) => channel.addEventListener('message', ({ data }) => listener(data)),
  };
}
