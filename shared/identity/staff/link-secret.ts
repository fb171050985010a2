/**
 * Links that let somebody in: `<id>.<secret>` in the address, and at rest a hash of the secret alone.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Chance } from '#shared/platform/chance.ts';

const secretBytes = 32;

/** The secret has 256 bits of chance: nobody guesses what has this hash, so it needs no key. */
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

export function newLinkSecret(id: string, chance: Chance): { readonly token: string; readonly secretHash: string } {
  const secret = Buffer.from(chance.bytes(secretBytes)).toString('base64url');
  return { token: `${id}.${secret}`, secretHash: hashOf(secret) };
}

/** The id that a token speaks of; undefined for what is no token of ours. */
export const idOfToken = (token: string): string | undefined => /^([a-z]{3}_[0-9a-z]{1,40})\.[\w-]{43}$/.exec(token)?.[1];

export function opens(token: string, secretHash: string): boolean {
  const given = Buffer.from(hashOf(token.slice(token.indexOf('.') + 1)));
  const kept = Buffer.from(secretHash);
  return given.length === kept.length && timingSafeEqual(given, kept);
}
