import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { depositLinkLimits } from '#shared/wallet/deposits/deposit-limits.ts';
import { openDepositLink, signDepositLink } from '#shared/wallet/deposits/deposit-link.ts';

const secret = 's'.repeat(64);
const nowMs = Date.UTC(2026, 10, 21, 12);
const claims = { memberId: '100000000000000001', expiresAtMs: nowMs + 60_000, depositId: 'dep_1' };
const open = (token: string | undefined, at = nowMs) => openDepositLink(token, { secret, nowMs: at });

describe('a link to the deposit page', () => {
  it('says who it is for until its time is over', () => {
    const token = signDepositLink(claims, secret);
    expect(open(token)).toEqual(claims);
    expect(open(token, claims.expiresAtMs - 1)).toEqual(claims);
    expect(() => open(token, claims.expiresAtMs)).toThrow('deposits.link-invalid');
  });

  it('is refused when it is missing, made with another key, or meant to live longer than a day', () => {
    expect(() => open(undefined)).toThrow('deposits.link-invalid');
    expect(() => open(signDepositLink(claims, 't'.repeat(64)))).toThrow('deposits.link-invalid');
    const eternal = { ...claims, expiresAtMs: nowMs + depositLinkLimits.lifetimeMs + 1 };
    expect(() => open(signDepositLink(eternal, secret))).toThrow('deposits.link-invalid');
  });

  it('is refused with any character changed, added or left out, and never read before it is proven', () => {
    const token = signDepositLink(claims, secret);
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.constantFrom('', 'A', 'b', '.', '='), (place, character) => {
        const changed = token.slice(0, place) + character + token.slice(place + 1);
        // The last character of base64url may have bits that say nothing.
        fc.pre(changed !== token && place < token.length - 1);
        expect(() => open(changed)).toThrow('deposits.link-invalid');
      }),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => open(text)).toThrow('deposits.link-invalid');
      }),
    );
  });

  it('is not signed with a secret that could be guessed', () => {
    expect(() => signDepositLink(claims, 'short')).toThrow('32 characters');
  });
});
