/**
 * Secrets at rest: AES-256-GCM, bound to what they belong to.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { Chance } from '#shared/platform/chance.ts';

const algorithm = 'aes-256-gcm';
const bytes = { nonce: 12, tag: 16 } as const;

/** What was sealed for one context opens in no other, so that it cannot be moved to another account. */
export function seal(key: Buffer, { text, context }: { text: string; context: string }, chance: Chance): string {
  const nonce = chance.bytes(bytes.nonce);
  const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(context));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64url');
}

/** Throws when key or context are others, or a byte was changed. */
export function unseal(key: Buffer, { sealed, context }: { sealed: string; context: string }): string {
  const all = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv(algorithm, key, all.subarray(0, bytes.nonce), { authTagLength: bytes.tag });
  decipher.setAAD(Buffer.from(context)).setAuthTag(all.subarray(-bytes.tag));
  return Buffer.concat([decipher.update(all.subarray(bytes.nonce, -bytes.tag)), decipher.final()]).toString('utf8');
}
