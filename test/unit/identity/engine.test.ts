import { createLocalJWKSet, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { hibpBreachList } from '#shared/identity/engine/hibp-breach-list.ts';
import { identityKeys, keyedHash } from '#shared/identity/engine/identity-keys.ts';
import { waitSeconds } from '#shared/identity/engine/guesses.ts';
import { argon2Hasher } from '#shared/identity/engine/password-hash.ts';
import { newRefreshToken, readRefreshToken } from '#shared/identity/engine/refresh-token.ts';
import { seal, unseal } from '#shared/identity/engine/sealing.ts';
import { rotateSigningKeys, tokenSigner } from '#shared/identity/engine/signing-keys.ts';
import { base32, matchingStep, otpauthUri, totpCode, totpStep } from '#shared/identity/engine/totp.ts';
import { presentKeys } from '#shared/identity/present-keys.ts';
import { systemChance } from '#shared/platform/chance.ts';
import { seededChance } from '#test/fakes/chance.ts';
import { fakeClock } from '#test/fakes/clock.ts';
import { memorySigningKeys, testIssuer, testKeys } from '#test/fakes/identity-world.ts';

describe('passwords at rest', () => {
  const hasher = argon2Hasher(systemChance);

  it('are argon2id in PHC form with the parameters that OWASP names first', async () => {
    const phc = await hasher.hash('correct horse');
    expect(phc).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(await hasher.verify('correct horse', phc)).toBe(true);
    expect(await hasher.verify('correct horsf', phc)).toBe(false);
    expect(hasher.outdated(phc)).toBe(false);
  });

  it('match the reference implementation', async () => {
    // From the test vectors of the reference C implementation (argon2id, v=19, t=2, m=2^16, p=1, "password", "somesalt").
    const vector = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
    expect(await hasher.verify('password', vector)).toBe(true);
    expect(hasher.outdated(vector)).toBe(true);
  });

  it('are the same however a keyboard makes their letters', async () => {
    expect(await hasher.verify('caf\u0065\u0301 racer', await hasher.hash('caf\u00e9 racer'))).toBe(true);
  });

  it.each(['', 'plain', '$argon2id$v=19$m=99999999,t=2,p=1$AAAA$AAAA', '$2b$10$abcdefghijklmnopqrstuv'])(
    'are not opened by what is no hash: %s',
    async (phc) => {
      expect(await hasher.verify('anything', phc)).toBe(false);
      expect(hasher.outdated(phc)).toBe(true);
    },
  );
});

describe('codes of authenticator apps', () => {
  // RFC 6238, appendix B, the SHA-1 rows, cut to six digits.
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_234_567_890, '005924'],
    [20_000_000_000, '353130'],
  ])('are those of the RFC at %d s', (seconds, code) => {
    const secret = Buffer.from('12345678901234567890');
    expect(totpCode(secret, totpStep(seconds * 1_000))).toBe(code);
    expect(matchingStep(secret, code, (seconds + 30) * 1_000)).toBe(totpStep(seconds * 1_000));
    expect(matchingStep(secret, code, (seconds + 90) * 1_000)).toBeUndefined();
  });

  it('are set up by a secret in base32 and a URI', () => {
    expect(base32(Buffer.from('foobar'))).toBe('MZXW6YTBOI');
    expect(otpauthUri({ issuer: 'XM Backoffice', account: 'a b@x.id', secret: Buffer.from('foobar') })).toBe(
      'otpauth://totp/XM%20Backoffice:a%20b%40x.id?secret=MZXW6YTBOI&issuer=XM%20Backoffice&algorithm=SHA1&digits=6&period=30',
    );
  });
});

describe('keys and seals', () => {
  it('are different for each use, and refuse a short secret', () => {
    expect(new Set(Object.values(testKeys).map((key) => key.toString('hex'))).size).toBe(Object.keys(testKeys).length);
    expect(() => identityKeys('short')).toThrow(/at least 32/);
  });

  it('tell apart where one part ends and the next begins', () => {
    expect(keyedHash(testKeys.codes, 'ab', 'c')).not.toBe(keyedHash(testKeys.codes, 'a', 'bc'));
  });

  it('open for their own context, key and text alone', () => {
    const sealed = seal(testKeys.codes, { text: 'secret', context: 'me' }, systemChance);
    expect(unseal(testKeys.codes, { sealed, context: 'me' })).toBe('secret');
    expect(() => unseal(testKeys.codes, { sealed, context: 'you' })).toThrow(/authenticate/);
    expect(() => unseal(testKeys.refresh, { sealed, context: 'me' })).toThrow(/authenticate/);
    expect(() => unseal(testKeys.codes, { sealed: `A${sealed.slice(1)}`, context: 'me' })).toThrow(/authenticate/);
  });

  it('show whose a refresh token is, only for tokens made here', () => {
    const token = newRefreshToken(testKeys.refresh, { subject: '123', sessionId: 'ses_1' }, seededChance());
    expect(readRefreshToken(testKeys.refresh, token)).toEqual({ subject: '123', sessionId: 'ses_1' });
    for (const other of ['', 'a.b.c.d', token.replace('ses_1', 'ses_2'), `${token}.x`, `${token}x`])
      expect(readRefreshToken(testKeys.refresh, other)).toBeUndefined();
  });
});

describe('the wait after wrong attempts', () => {
  it('begins with the fifth, doubles up to fifteen minutes, and is a day from the hundredth on', () => {
    const waits = [4, 5, 6, 7, 9, 10, 99, 100].map((failures) => waitSeconds({ failures, lastFailureAt: 0 }, 0));
    expect(waits).toEqual([0, 30, 60, 120, 480, 900, 900, 86_400]);
    expect(waitSeconds({ failures: 5, lastFailureAt: 0 }, 29_001)).toBe(1);
    expect(waitSeconds({ failures: 5, lastFailureAt: 0 }, 30_000)).toBe(0);
    expect(waitSeconds({ failures: 100, lastFailureAt: 0 }, 86_400_000)).toBe(0);
  });
});

describe('signing keys', () => {
  const world = () => {
    const clock = fakeClock();
    const store = memorySigningKeys();
    const deps = { store, sealingKey: testKeys['signing-keys'], clock, chance: systemChance };
    const published = { list: async () => store.keys.map(({ publicJwk }) => publicJwk) };
    const sign = () => tokenSigner(deps, testIssuer).sign({ subject: '1', roles: ['member'], sessionId: 'ses_1', version: 1 });
    const verify = async (token: string) =>
      jwtVerify(token, createLocalJWKSet({ keys: await published.list() }), { ...testIssuer, currentDate: new Date(clock.now()) });
    return { clock, store, deps, published, sign, verify };
  };
  const dayMs = 86_400_000;

  it('are made with the first token, published, and sealed at rest', async () => {
    const { store, sign, verify } = world();
    const { payload, protectedHeader } = await verify(await sign());
    expect(protectedHeader).toMatchObject({ alg: 'EdDSA', kid: store.keys[0]?.id });
    expect(payload).toMatchObject({ sub: '1', roles: ['member'], sid: 'ses_1', ver: 1, aud: 'xm' });
    expect(JSON.stringify(store.keys)).not.toContain('"d"');
    expect(store.keys).toHaveLength(1);
  });

  it('rotate without signing anybody out', async () => {
    const { clock, store, deps, sign, verify } = world();
    await sign();
    expect(await rotateSigningKeys(deps)).toEqual({ added: undefined, removed: [] });
    clock.advance(90 * dayMs);
    const before = await sign();
    const { added } = await rotateSigningKeys(deps);
    expect(added).toBeDefined();
    // Verifiers learn of the new key before it signs.
    const during = await sign();
    clock.advance(590_000);
    await verify(before);
    await verify(during);
    clock.advance(10_000);
    expect((await verify(await sign())).protectedHeader.kid).toBe(added);
    clock.advance(dayMs);
    expect((await rotateSigningKeys(deps)).removed).toHaveLength(1);
    expect(store.keys.map(({ id }) => id)).toEqual([added]);
    await verify(await sign());
  });

  it('are handed out as public halves that may be kept for five minutes', async () => {
    const { published, sign } = world();
    await sign();
    const { body, headers } = await presentKeys(published);
    expect(headers).toEqual({ 'cache-control': 'public, max-age=300' });
    expect(body.keys).toMatchObject([{ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig' }]);
    expect(body.keys[0]).not.toHaveProperty('d');
  });
});

describe('the list of breached passwords', () => {
  // SHA-1 of "password": 5BAA6 1E4C9B93F3F0682250B6CF8331B7EE68FD8.
  const answer =
    (text: string, status = 200) =>
    async () =>
      new Response(text, { status });

  it('is asked for five characters of a hash, and answers what it knows', async () => {
    const asked: string[] = [];
    const list = hibpBreachList('https://list.test', async (url) => {
      asked.push(url);
      return new Response('1E4C9B93F3F0682250B6CF8331B7EE68FD8:9545824\r\n0000000000000000000000000000000000A:0\r\n');
    });
    expect(await list.knows('password')).toBe(true);
    expect(await list.knows('another')).toBe(false);
    expect(asked[0]).toBe('https://list.test/range/5BAA6');
  });

  it('does not take padding for a find, and keeps nobody out when it cannot be asked', async () => {
    const padded = hibpBreachList('https://list.test', answer('1E4C9B93F3F0682250B6CF8331B7EE68FD8:0'));
    expect(await padded.knows('password')).toBe(false);
    expect(await hibpBreachList('https://list.test', answer('', 503)).knows('password')).toBe(false);
    expect(await hibpBreachList('https://list.test', () => Promise.reject(new Error('no way'))).knows('password')).toBe(false);
  });
});
