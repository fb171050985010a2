/**
 * Tokens for whoever works on this machine: signed by a key of the data folder, which the local stack publishes beside identity's own.
 * Nothing deployed knows that key.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { claimsOf } from '#shared/identity/access-token.ts';
import { guardKey, publishedKeyOf } from '#shared/identity/dynamodb-session-guards.ts';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';

/** Issuer and audience that the local stack gives the template as parameters. */
export const localIssuer = { issuer: 'urn:xm:local', audience: 'xm' } as const;

/** Whom such tokens speak of. No staff account stands behind it. */
const localDeveloper = 'stf_local-developer';

export interface TokenRequest {
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

/** What the authorizer has to find so that it takes these tokens. */
export function localGuards(dataDirectory: string): object[] {
  const { d: _private, ...publicKey } = readKey(dataDirectory);
  return [
    { ...publishedKeyOf(publicKey.kid ?? ''), jwk: { ...publicKey, use: 'sig' } },
    { ...guardKey(localDeveloper), version: 0, revoked: {} },
  ];
}

/** A signed access token. Throws when the stack has not been started on this folder yet. */
export async function mintToken(dataDirectory: string, { roles, lifetimeMinutes, nowMs }: TokenRequest): Promise<string> {
  if (!(lifetimeMinutes > 0 && lifetimeMinutes <= 7 * 24 * 60)) throw new RangeError('A token lives between 1 minute and 7 days.');
  const jwk = readKey(dataDirectory);
  const issuedAt = Math.floor(nowMs / 1000);
  const identity = { subject: localDeveloper, roles, sessionId: 'ses_local', version: 0, secondFactorAt: issuedAt };
  return new SignJWT(claimsOf(identity))
    .setProtectedHeader({ alg: 'EdDSA', kid: jwk.kid ?? '', typ: 'at+jwt' })
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
