/**
 * Stands in for the identity service's token endpoint: a key pair of this data folder, its public half as JWKS, and tokens signed by it.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';

/** Issuer and audience that the local stack gives the template as parameters. */
export const localIssuer = { issuer: 'urn:xm:local', audience: 'xm' } as const;

export interface TokenRequest {
  readonly subject: string;
  readonly roles: readonly string[];
  readonly lifetimeMinutes: number;
  /** Stack time, milliseconds since the epoch. */
  readonly nowMs: number;
}

/** Makes the key of a data folder when it has none. It is written once and readable by its owner alone. */
export async function ensureKey(dataDirectory: string): Promise<void> {
  const file = keyFile(dataDirectory);
  if (existsSync(file)) return;
  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  const jwk = await exportJWK(privateKey);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ ...jwk, alg: 'EdDSA', kid: await calculateJwkThumbprint(jwk) }), { mode: 0o600 });
}

/** The public key set, as an authorizer fetches it. */
export function publicKeys(dataDirectory: string): { keys: JWK[] } {
  const { d: _private, ...publicKey } = readKey(dataDirectory);
  return { keys: [{ ...publicKey, use: 'sig' }] };
}

/** A signed access token. Throws when the stack has not been started on this folder yet. */
export async function mintToken(dataDirectory: string, { subject, roles, lifetimeMinutes, nowMs }: TokenRequest): Promise<string> {
  if (!(lifetimeMinutes > 0 && lifetimeMinutes <= 7 * 24 * 60)) throw new RangeError('A token lives between 1 minute and 7 days.');
  const jwk = readKey(dataDirectory);
  const issuedAt = Math.floor(nowMs / 1000);
  return new SignJWT({ roles })
    .setProtectedHeader({ alg: 'EdDSA', kid: jwk.kid ?? '', typ: 'at+jwt' })
    .setSubject(subject)
    .setIssuer(localIssuer.issuer)
    .setAudience(localIssuer.audience)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + lifetimeMinutes * 60)
    .sign(await importJWK(jwk, 'EdDSA'));
}

function readKey(dataDirectory: string): JWK {
  const file = keyFile(dataDirectory);
  if (!existsSync(file)) throw new Error(`No signing key in ${dataDirectory}: start the stack once with npm start.`);
  return JSON.parse(readFileSync(file, 'utf8')) as JWK;
}

function keyFile(dataDirectory: string): string {
  return join(dataDirectory, 'identity', 'signing-key.json');
}
