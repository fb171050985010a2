/**
 * Codes of authenticator apps: TOTP (RFC 6238) with SHA-1, six digits and 30 seconds, which is what every app does.
 */
import { createHmac } from 'node:crypto';

const stepSeconds = 30;
const digits = 6;
/** A phone's clock may be off, and typing takes a while: one step to either side (RFC 6238, 5.2). */
const driftSteps = 1;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4226 recommends 160 bits. */
export const totpSecretBytes = 20;

export const totpStep = (atMs: number): number => Math.floor(atMs / 1_000 / stepSeconds);

/** The code of a step (RFC 4226, 5.3). */
export function totpCode(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0x0f;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits).padStart(digits, '0');
}

/** The step that a code belongs to, or undefined. Whoever accepts it accepts no code of this or an earlier step again. */
export function matchingStep(secret: Uint8Array, code: string, nowMs: number): number | undefined {
  const now = totpStep(nowMs);
  const steps = Array.from({ length: 2 * driftSteps + 1 }, (_, index) => now - driftSteps + index);
  return steps.find((step) => totpCode(secret, step) === code);
}

/** RFC 4648, 6, without padding: what people type when they cannot scan. */
export function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
}

/** What the QR code says: https://github.com/google/google-authenticator/wiki/Key-Uri-Format. */
export function otpauthUri({ issuer, account, secret }: { issuer: string; account: string; secret: Uint8Array }): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  const query = `secret=${base32(secret)}&issuer=${encodeURIComponent(issuer)}&algorithm=SHA1&digits=${digits}&period=${stepSeconds}`;
  return `otpauth://totp/${label}?${query}`;
}
