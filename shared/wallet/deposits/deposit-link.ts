/**
 * Links to the hosted deposit page: who may open it, until when, and for which deposit. Signed, so that nothing has to be stored; they end by
 * themselves within a day.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { depositFault } from './deposit-faults.ts';
import { depositLinkLimits } from './deposit-limits.ts';

/** The page sends it with each request. */
export const depositLinkHeader = 'x-deposit-link';

const claimsSchema = z.strictObject({
  memberId: z.string().regex(/^\d{1,19}$/),
  expiresAtMs: z.int().positive(),
  /** Opens the page for this deposit alone. */
  depositId: z.string().optional(),
});
export type DepositLinkClaims = z.output<typeof claimsSchema>;

/** `<claims>.<signature>`, both base64url. */
export function signDepositLink(claims: DepositLinkClaims, secret: string): string {
  const content = Buffer.from(JSON.stringify(claimsSchema.parse(claims))).toString('base64url');
  return `${content}.${signatureOf(content, secret).toString('base64url')}`;
}

/** Throws `deposits.link-invalid`. The signature is looked at before anything else. */
export function openDepositLink(token: string | undefined, { secret, nowMs }: { readonly secret: string; readonly nowMs: number }) {
  const claims = token === undefined ? undefined : claimsOf(token, secret);
  const { lifetimeMs } = depositLinkLimits;
  if (claims === undefined || claims.expiresAtMs <= nowMs || claims.expiresAtMs > nowMs + lifetimeMs)
    throw depositFault('deposits.link-invalid');
  return claims;
}

function claimsOf(token: string, secret: string): DepositLinkClaims | undefined {
  if (token.length > depositLinkLimits.tokenCharactersMax) return undefined;
  const [content = '', signature = '', ...rest] = token.split('.');
  const given = Buffer.from(signature, 'base64url');
  const expected = signatureOf(content, secret);
  if (rest.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  return claimsSchema.parse(JSON.parse(Buffer.from(content, 'base64url').toString('utf8')));
}

/** The secret is for these links alone; the text before the content keeps it from signing anything else by mistake. */
function signatureOf(content: string, secret: string): Buffer {
  if (secret.length < 32) throw new Error('The secret of deposit links needs at least 32 characters');
  return createHmac('sha256', secret).update(`deposit-link.v1.${content}`).digest();
}
