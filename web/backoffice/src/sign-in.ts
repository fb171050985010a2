import { h } from './dom.ts';
import { claimsOf, cleanToken } from './session.ts';
import type { Page } from './page.ts';
import type { Messages } from './text/id.ts';

const command = 'npm run --silent token -- --role ops';

interface SignIn {
  readonly text: Messages;
  /** True when a session ended, and not at the first visit. */
  readonly wasRejected: boolean;
  readonly now: () => number;
  readonly signedIn: (token: string) => void;
}

/** Until there are accounts: paste a token that was minted on the command line. */
export function signInPage({ text, wasRejected, now, signedIn }: SignIn): Page {
  const field = h('input', {
    id: 'token',
    type: 'password',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    required: true,
    'data-focus': true,
    'aria-describedby': 'token-note token-problem',
  });
  const problem = h('p', { id: 'token-problem', class: 'failure', role: 'alert' }, wasRejected && text.signIn.rejected);
  const form = h(
    'form',
    { class: 'sign-in' },
    h('h1', { tabindex: '-1' }, text.signIn.title),
    h('p', {}, text.signIn.howTo),
    h('pre', { tabindex: '0', role: 'region', 'aria-label': text.signIn.howTo }, h('code', {}, command)),
    h('label', { for: 'token' }, text.signIn.token),
    field,
    problem,
    h('button', { type: 'submit' }, text.signIn.submit),
    h('p', { id: 'token-note', class: 'small quiet' }, text.signIn.stays),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const token = cleanToken(field.value);
    const claims = claimsOf(token);
    if (claims === undefined) problem.textContent = text.signIn.malformed;
    else if (claims.expiresAtMs <= now()) problem.textContent = text.signIn.expired;
    else return signedIn(token);
    field.setAttribute('aria-invalid', 'true');
    field.focus();
  });
  return { title: text.signIn.title, element: form, keys: {} };
}
