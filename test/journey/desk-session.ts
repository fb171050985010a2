/**
 * A session of the backoffice without its sign-in page, for journeys about something else: asked of the API, and handed to the browser as the
 * cookies that a sign-in leaves behind. The page then goes on as after a reload. The sign-in page has journeys of its own.
 */
import type { BrowserContext } from 'playwright-core';

interface Credentials {
  readonly email: string;
  readonly password: string;
  /** What the authenticator app shows. */
  readonly code: string;
}

/** Signs somebody in for every page of this context. Throws what the API answers when it refuses. */
export async function enter(context: BrowserContext, origin: string, { email, password, code }: Credentials): Promise<void> {
  const asked = await post(origin, '/api/admin/auth/sign-in', { email, password });
  const { ticket } = (await asked.json()) as { ticket: string };
  const signedIn = await post(origin, '/api/admin/auth/second-factor', { ticket, code });
  await context.addCookies(signedIn.headers.getSetCookie().map((text) => cookieOf(text, origin)));
}

async function post(origin: string, path: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json', origin };
  const answer = await fetch(origin + path, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return answer;
}

/** `__Host-` cookies, which are secure, strict and of this host alone. */
function cookieOf(text: string, origin: string) {
  const [name = '', value = ''] = (text.split(';')[0] ?? '').split('=');
  const httpOnly = /;\s*httponly/i.test(text);
  return { name, value, domain: new URL(origin).hostname, path: '/', httpOnly, secure: true, sameSite: 'Strict' as const };
}
