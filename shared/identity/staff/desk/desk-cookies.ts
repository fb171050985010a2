/**
 * The session of a person of the staff in a browser: the refresh token in a cookie that scripts cannot read, and a second cookie that only our own
 * page can read, and repeats in a header.
 *
 * The second one is the keyed hash of the session's id (a signed double submit, bound to the session): one that somebody else plants, from a
 * sister domain for instance, is not the session's. `SameSite=Strict` keeps other sites' requests without cookies in the first place.
 * https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
 */
import type { Client } from '#shared/platform/http/request.ts';
import { keyedHash, sameText, type IdentityKeys } from '../../engine/identity-keys.ts';
import { readRefreshToken } from '../../engine/refresh-token.ts';
import type { IssuedTokens } from '../../engine/sessions.ts';
import { identityFault } from '../../identity-faults.ts';

const names = { refresh: '__Host-xm-desk', csrf: '__Host-xm-csrf' } as const;
const csrfHeader = 'x-csrf-token';

/** `Set-Cookie` values for a session that was opened or refreshed. */
export function sessionCookies(keys: IdentityKeys, tokens: IssuedTokens, nowMs: number): string[] {
  const maxAgeSeconds = Math.max(0, Math.floor((tokens.refreshExpiresAtMs - nowMs) / 1_000));
  return [
    cookie(names.refresh, tokens.refreshToken, { maxAgeSeconds, isHidden: true }),
    cookie(names.csrf, csrfToken(keys, tokens.sessionId), { maxAgeSeconds, isHidden: false }),
  ];
}

/** `Set-Cookie` values that end both. */
export const noCookies: readonly string[] = [
  cookie(names.refresh, '', { maxAgeSeconds: 0, isHidden: true }),
  cookie(names.csrf, '', { maxAgeSeconds: 0, isHidden: false }),
];

/**
 * The refresh token of a request, undefined without one. Throws `identity.csrf` for a request that does not come from the backoffice's own page:
 * nobody else can read the cookie that the header repeats, and where the browser says which page it was, it must be ours.
 */
export function refreshTokenFrom(
  { keys, backofficeOrigin }: { readonly keys: IdentityKeys; readonly backofficeOrigin: string },
  client: Pick<Client, 'cookies' | 'header'>,
): string | undefined {
  const token = client.cookies.get(names.refresh);
  if (token === undefined || token === '') return undefined;
  const sessionId = readRefreshToken(keys.refresh, token)?.sessionId;
  // No session of ours, so there is nothing to protect.
  if (sessionId === undefined) return token;
  const expected = csrfToken(keys, sessionId);
  const given = [client.cookies.get(names.csrf), client.header(csrfHeader)];
  if (!comesFrom(backofficeOrigin, client) || given.some((value) => !sameText(value ?? '', expected))) throw identityFault('identity.csrf');
  return token;
}

const csrfToken = (keys: IdentityKeys, sessionId: string): string => keyedHash(keys.refresh, 'csrf', sessionId);

/** `Sec-Fetch-Site` says it best, and cannot be set by a page; browsers without it send `Origin` with a POST, and what is no browser neither. */
function comesFrom(origin: string, client: Pick<Client, 'header'>): boolean {
  const site = client.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  const from = client.header('origin');
  return from === undefined || from === origin;
}

function cookie(name: string, value: string, { maxAgeSeconds, isHidden }: { maxAgeSeconds: number; isHidden: boolean }): string {
  return `${name}=${value}; Path=/; Max-Age=${maxAgeSeconds}; Secure; ${isHidden ? 'HttpOnly; ' : ''}SameSite=Strict`;
}
