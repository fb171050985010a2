import { button, fill, h } from './dom.ts';
import { type Language, messagesOf, otherLanguage } from './language.ts';
import { logAddress, noFilters } from './logs/log-routes.ts';
import type { Page } from './page.ts';
import { claimsOf } from './session.ts';

/** What surrounds every page. */
export interface Frame {
  show(view: View): void;
  announce(message: string): void;
}

interface View {
  readonly page: Page;
  readonly language: Language;
  readonly token: string | undefined;
  readonly changeLanguage: () => void;
  readonly signOut: () => void;
  /** Whether the keyboard goes to the new page: after a change of address, not at the first load. */
  readonly moveFocus: boolean;
}

export function frameIn(body: HTMLElement): Frame {
  const skip = h('a', { class: 'skip', href: '#content' });
  const header = h('header', { class: 'top' });
  const main = h('main', { id: 'content', tabindex: '-1' });
  const footer = h('footer', { class: 'small quiet' });
  const live = h('div', { class: 'visually-hidden', role: 'status' });
  fill(body, skip, header, main, footer, live);
  return {
    show(view) {
      const { page, language, token } = view;
      const text = messagesOf(language);
      document.documentElement.lang = language;
      document.title = `${page.title} · ${text.appName}`;
      skip.textContent = text.skipToContent;
      fill(header, h('span', { class: 'brand' }, text.appName), token !== undefined && sections(view), session(view));
      fill(main, page.element);
      fill(footer, token !== undefined && `${text.keys.title}: ${text.keys.hint}`);
      if (view.moveFocus) main.querySelector<HTMLElement>('[data-focus], h1')?.focus();
    },
    announce: (message) => void (live.textContent = message),
  };
}

function sections({ language }: View): HTMLElement {
  const { sections: names, appName } = messagesOf(language);
  const path = location.pathname;
  const link = (name: string, address: string, isCurrent: boolean): HTMLElement =>
    h('a', { href: address, 'aria-current': isCurrent && 'page' }, name);
  return h(
    'nav',
    { 'aria-label': appName },
    link(names.files, logAddress({ page: 'files' }), path === '/'),
    link(names.errors, logAddress({ page: 'errors', filters: noFilters }), path.startsWith('/errors')),
  );
}

function session({ language, token, changeLanguage, signOut }: View): HTMLElement {
  const { signIn } = messagesOf(language);
  const other = otherLanguage(language);
  const claims = token === undefined ? undefined : claimsOf(token);
  return h(
    'div',
    { class: 'session' },
    claims !== undefined && h('span', { class: 'small quiet who' }, signIn.signedInAs(claims.subject, claims.roles.join(', '))),
    button(
      other.toUpperCase(),
      { class: 'plain', lang: other, 'aria-label': `${other.toUpperCase()}: ${messagesOf(other).language}` },
      changeLanguage,
    ),
    token !== undefined && button(signIn.signOut, { class: 'plain' }, signOut),
  );
}
