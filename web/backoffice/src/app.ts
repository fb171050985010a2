/**
 * The shell: signs in, finds the page of the address, and holds what all pages share.
 */
import { apiClient } from './api.ts';
import { h } from './dom.ts';
import { formatOf } from './format.ts';
import { frameIn, type Frame } from './frame.ts';
import { listenToKeys } from './keyboard.ts';
import { type Language, messagesOf, otherLanguage, storedLanguage, storeLanguage } from './language.ts';
import { followLinks } from './links.ts';
import { errorDetailPage } from './logs/error-detail-page.ts';
import { type ErrorLists, errorLists } from './logs/error-lists.ts';
import { errorsPage } from './logs/errors-page.ts';
import { filesPage } from './logs/files-page.ts';
import { type LogApi, logApi } from './logs/log-api.ts';
import { parseLogRoute } from './logs/log-routes.ts';
import type { Page, Scene } from './page.ts';
import { dropToken, storedToken, storeToken } from './session.ts';
import { signInPage } from './sign-in.ts';

const now = (): number => Date.now();

/** One tab of the backoffice. */
export class App {
  readonly #frame: Frame;
  readonly #logs: LogApi;
  #lists: ErrorLists;
  #language: Language = storedLanguage(localStorage);
  #wasRejected = false;
  #page: Page | undefined;
  /** Ends with the page that is shown. */
  #shown = new AbortController();

  constructor(body: HTMLElement) {
    this.#frame = frameIn(body);
    this.#logs = logApi(
      apiClient({
        fetch: (input, init) => fetch(input, init),
        token: () => storedToken(sessionStorage),
        onUnauthenticated: () => this.#signOut({ wasRejected: true }),
      }),
    );
    this.#lists = errorLists(this.#logs, now);
  }

  start(): void {
    addEventListener('popstate', () => this.#show());
    followLinks((address) => this.#go(address));
    listenToKeys(() => this.#page?.keys ?? {});
    this.#show({ moveFocus: false });
  }

  #show({ moveFocus = true } = {}): void {
    this.#shown.abort();
    this.#shown = new AbortController();
    const token = storedToken(sessionStorage);
    this.#page = token === undefined ? this.#signInPage() : pageOf(this.#scene());
    this.#frame.show({
      page: this.#page,
      language: this.#language,
      token,
      changeLanguage: () => this.#changeLanguage(),
      signOut: () => this.#signOut({ wasRejected: false }),
      moveFocus,
    });
  }

  #scene(): Scene {
    return {
      language: this.#language,
      text: messagesOf(this.#language),
      format: formatOf(this.#language),
      logs: this.#logs,
      errorLists: this.#lists,
      left: this.#shown.signal,
      now,
      go: (address, how) => this.#go(address, how),
      rename: (address) => history.replaceState(null, '', address),
      announce: (message) => this.#frame.announce(message),
    };
  }

  #go(address: string, how: 'push' | 'replace' = 'push'): void {
    if (how === 'push') history.pushState(null, '', address);
    else history.replaceState(null, '', address);
    this.#show();
  }

  #signInPage(): Page {
    return signInPage({
      text: messagesOf(this.#language),
      wasRejected: this.#wasRejected,
      now,
      signedIn: (token) => {
        storeToken(sessionStorage, token);
        this.#wasRejected = false;
        this.#show();
      },
    });
  }

  /** The address stays, so that signing in again leads back to it. */
  #signOut({ wasRejected }: { readonly wasRejected: boolean }): void {
    dropToken(sessionStorage);
    this.#lists = errorLists(this.#logs, now);
    this.#wasRejected = wasRejected;
    this.#show();
  }

  #changeLanguage(): void {
    this.#language = otherLanguage(this.#language);
    storeLanguage(localStorage, this.#language);
    this.#show();
  }
}

function pageOf(scene: Scene): Page {
  const route = parseLogRoute(location.pathname, location.search);
  if (route === undefined) return notFoundPage(scene);
  if (route.page === 'files') return filesPage(scene);
  if (route.page === 'errors') return errorsPage(scene, route.filters);
  return errorDetailPage(scene, route.errorId, route.filters);
}

function notFoundPage({ text }: Scene): Page {
  const element = h(
    'div',
    { class: 'box' },
    h('h1', { tabindex: '-1' }, text.notFound.title),
    h('p', {}, text.notFound.text),
    h('a', { href: '/' }, text.notFound.home),
  );
  return { title: text.notFound.title, element, keys: {} };
}
