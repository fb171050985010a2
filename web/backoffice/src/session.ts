/**
 * The bearer token of this tab. It is read here only to show who is signed in; whether it is good is for the API to say.
 */

export interface Claims {
  readonly subject: string;
  readonly roles: readonly string[];
  /** Milliseconds since the epoch. */
  readonly expiresAtMs: number;
}

const storageKey = 'xm.token';

export function storedToken(storage: Pick<Storage, 'getItem'>): string | undefined {
  return storage.getItem(storageKey) ?? undefined;
}

export function storeToken(storage: Pick<Storage, 'setItem'>, token: string): void {
  storage.setItem(storageKey, token);
}

export function dropToken(storage: Pick<Storage, 'removeItem'>): void {
  storage.removeItem(storageKey);
}

/** What was pasted, without the word `Bearer` and white space of a terminal that broke the line. */
export function cleanToken(pasted: string): string {
  return pasted.replace(/^\s*(authorization:\s*)?bearer\s+/i, '').replaceAll(/\s+/g, '');
}

/** The claims of a JWT, unverified; undefined for what is none. */
export function claimsOf(token: string): Claims | undefined {
  const [, payload] = /^[\w-]+\.([\w-]+)\.[\w-]+$/.exec(token) ?? [];
  if (payload === undefined) return undefined;
  try {
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
    const { sub, roles, exp } = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
    return { subject: String(sub), roles: Array.isArray(roles) ? roles.map(String) : [], expiresAtMs: Number(exp) * 1000 };
  } catch {
    return undefined;
  }
}
