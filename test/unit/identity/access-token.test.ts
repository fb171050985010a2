import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK, type JWTPayload } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { fakeClock } from '#test/fakes/clock.ts';
import { accessTokenSeconds, claimsOf, tokenVerifier, type TokenIdentity } from '#shared/identity/access-token.ts';
import { keyFinder } from '#shared/identity/published-keys.ts';

const issuer = { issuer: 'https://issuer.test', audience: 'xm' };
const identity: TokenIdentity = { subject: '123', roles: ['member'], sessionId: 'ses_1', version: 2 };

interface Key {
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

async function newKey(kid: string): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'EdDSA' } };
}

let [first, second, stranger]: Key[] = [];
beforeAll(async () => {
  [first, second, stranger] = await Promise.all(['key_1', 'key_2', 'key_1'].map(newKey));
});

const signed = (key: Key, nowMs: number, claims: JWTPayload = {}) =>
  new SignJWT({ ...claimsOf(identity), iss: issuer.issuer, aud: issuer.audience, exp: nowMs / 1_000 + accessTokenSeconds, ...claims })
    .setProtectedHeader({ alg: 'EdDSA', kid: key.jwk.kid! })
    .sign(key.privateKey);

describe('an access token', () => {
  const world = () => {
    const clock = fakeClock();
    return { clock, verify: tokenVerifier(issuer, createLocalJWKSet({ keys: [first!.jwk] }), clock) };
  };

  it('says what was put into it', async () => {
    const { clock, verify } = world();
    expect(await verify(`Bearer ${await signed(first!, clock.now())}`)).toEqual(identity);
    const fresh = { ...identity, secondFactorAt: 1_700_000_000 };
    expect(await verify(`Bearer ${await signed(first!, clock.now(), claimsOf(fresh))}`)).toEqual(fresh);
  });

  it('is good for ten minutes by the clock it is given, and a few seconds for clocks that differ', async () => {
    const { clock, verify } = world();
    const authorization = `Bearer ${await signed(first!, clock.now())}`;
    clock.advance((accessTokenSeconds + 4) * 1_000);
    expect(await verify(authorization)).toEqual(identity);
    clock.advance(2_000);
    expect(await verify(authorization)).toBeUndefined();
  });

  it('is none when it is longer than any of ours', async () => {
    const { clock, verify } = world();
    expect(await verify(`Bearer ${await signed(first!, clock.now(), { more: 'x'.repeat(8_192) })}`)).toBeUndefined();
  });

  it('is none when another key of the same id signed it', async () => {
    const { clock, verify } = world();
    expect(await verify(`Bearer ${await signed(stranger!, clock.now())}`)).toBeUndefined();
  });

  it('is not judged when the keys cannot be had', async () => {
    const { clock } = world();
    const verify = tokenVerifier(issuer, () => Promise.reject(new Error('no table')), clock);
    await expect(verify(`Bearer ${await signed(first!, clock.now())}`)).rejects.toThrow('no table');
  });
});

describe('the published keys', () => {
  const world = (published: JWK[]) => {
    const clock = fakeClock();
    const reads: number[] = [];
    const keys = {
      list: async () => {
        reads.push(clock.now());
        return [...published];
      },
    };
    const verify = tokenVerifier(issuer, keyFinder(keys, clock), clock);
    const passes = async (key: Key) => (await verify(`Bearer ${await signed(key, clock.now())}`)) !== undefined;
    return { clock, reads, passes };
  };

  it('are read once for many tokens, and again after ten minutes', async () => {
    const { clock, reads, passes } = world([first!.jwk]);
    for (let minute = 0; minute < 10; minute += 1) {
      expect(await passes(first!)).toBe(true);
      clock.advance(60_000);
    }
    expect(reads).toHaveLength(1);
    expect(await passes(first!)).toBe(true);
    expect(reads).toHaveLength(2);
  });

  it('are read again for a token of a key that came meanwhile, so that a rotation signs nobody out', async () => {
    const published = [first!.jwk];
    const { clock, reads, passes } = world(published);
    expect(await passes(first!)).toBe(true);
    published.push(second!.jwk);
    clock.advance(31_000);
    expect(await passes(second!)).toBe(true);
    expect(await passes(first!)).toBe(true);
    expect(reads).toHaveLength(2);
  });

  it('are read at once for a key that is not among them, so that the very first token is good', async () => {
    const published: JWK[] = [];
    const { passes } = world(published);
    expect(await passes(first!)).toBe(false);
    published.push(first!.jwk);
    expect(await Promise.all(Array.from({ length: 50 }, () => passes(first!)))).not.toContain(false);
  });

  it('are not read for every token that names a key that there is not', async () => {
    const { clock, reads, passes } = world([first!.jwk]);
    for (let moment = 0; moment < 20; moment += 1) {
      expect(await passes(second!)).toBe(false);
      clock.advance(1_000);
    }
    expect(reads).toHaveLength(6);
    clock.advance(30_000);
    expect(await passes(second!)).toBe(false);
    expect(reads).toHaveLength(7);
  });

  it('let no key through that was taken back, from the next reading on', async () => {
    const published = [first!.jwk, second!.jwk];
    const { clock, passes } = world(published);
    expect(await passes(second!)).toBe(true);
    published.pop();
    clock.advance(600_000);
    expect(await passes(second!)).toBe(false);
  });
});
