/**
 * Refresh tokens: opaque to clients, and readable for us without a query.
 *
 * `<subject, base64url>.<session id>.<secret>.<proof>`: the proof shows that we made the token. Without it, whoever knows a session's id
 * could present a token of his own making as a reused one, and so end the session.
 */
import type { Chance } from '#shared/platform/chance.ts';
import { keyedHash, sameText } from './identity-keys.ts';

const secretBytes = 24;

export interface RefreshTokenParts {
  readonly subject: string;
  readonly sessionId: string;
}

export function newRefreshToken(key: Buffer, { subject, sessionId }: RefreshTokenParts, chance: Chance): string {
  const secret = Buffer.from(chance.bytes(secretBytes)).toString('base64url');
  const unproven = `${Buffer.from(subject).toString('base64url')}.${sessionId}.${secret}`;
  return `${unproven}.${keyedHash(key, 'proof', unproven)}`;
}

/** Whose token it is, or undefined for one that we never made. Says nothing about whether it is still good. */
export function readRefreshToken(key: Buffer, token: string): RefreshTokenParts | undefined {
  const [subject = '', sessionId = '', secret = '', proof = '', ...more] = token.split('.');
  if (more.length > 0 || !sameText(proof, keyedHash(key, 'proof', `${subject}.${sessionId}.${secret}`))) return undefined;
  return { subject: Buffer.from(subject, 'base64url').toString(), sessionId };
}

/** What is stored of a token. */
export const refreshTokenHash = (key: Buffer, token: string): string => keyedHash(key, 'stored', token);
