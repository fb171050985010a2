/**
 * Keys that are derived from the one secret of identity, each for one use: what one of them has made tells nothing about another.
 */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

const uses = ['better-auth', 'codes', 'identifiers', 'kyc-index', 'refresh', 'second-factor', 'signing-keys'] as const;
type Use = (typeof uses)[number];

/** 32 bytes each. */
export type IdentityKeys = Readonly<Record<Use, Buffer>>;

const keyBytes = 32;
/** HKDF does not make a weak secret strong. */
const secretCharactersMin = 32;

/** HKDF-SHA-256 (RFC 5869) with the use as its info. Throws for a secret of fewer than 32 characters. */
export function identityKeys(secret: string): IdentityKeys {
  if (secret.length < secretCharactersMin) throw new Error(`The secret of identity needs at least ${secretCharactersMin} characters`);
  const keyFor = (use: Use) => Buffer.from(hkdfSync('sha256', secret, '', `xm identity ${use}`, keyBytes));
  return Object.fromEntries(uses.map((use) => [use, keyFor(use)])) as Record<Use, Buffer>;
}

/** HMAC-SHA-256 as base64url. The parts are told apart, so that no two lists of parts make the same text. */
export function keyedHash(key: Buffer, ...parts: readonly string[]): string {
  return createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url');
}

/** Compares in a time that does not tell how much was right. */
export function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
