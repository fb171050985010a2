import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { APIGatewayRequestAuthorizerEventV2 } from 'aws-lambda';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWTPayload } from 'jose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const now = () => Math.floor(Date.now() / 1_000);
const keys: Record<string, { publicKey: CryptoKey; privateKey: CryptoKey }> = {};
let jwks: Server;
let jwksReads = 0;
let authorize: (event: APIGatewayRequestAuthorizerEventV2) => Promise<unknown>;

beforeAll(async () => {
  for (const algorithm of ['EdDSA', 'ES256', 'RS256']) keys[algorithm] = await generateKeyPair(algorithm, { extractable: true });
  keys['stranger'] = await generateKeyPair('EdDSA');
  const published = await Promise.all(['EdDSA', 'ES256', 'RS256'].map(publishedKey));
  jwks = createServer((_, response) => {
    jwksReads += 1;
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: published }));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => jwks.once('listening', resolve));
  authorize = await authorizerWith(`http://127.0.0.1:${(jwks.address() as AddressInfo).port}/jwks`);
});

afterAll(() => {
  vi.unstubAllEnvs();
  jwks.close();
});

async function publishedKey(algorithm: string) {
  return Object.assign(await exportJWK(keys[algorithm]!.publicKey), { kid: algorithm, alg: algorithm });
}

async function authorizerWith(jwksUrl: string) {
  vi.stubEnv('JWKS_URL', jwksUrl);
  vi.stubEnv('JWT_ISSUER', 'https://issuer.test');
  vi.stubEnv('JWT_AUDIENCE', 'xm');
  vi.resetModules();
  return (await import('../../../functions/platform/authorizer.ts')).handler;
}

function token(claims: JWTPayload = {}, { algorithm, key }: { algorithm?: string; key?: string } = {}) {
  const named = algorithm ?? 'EdDSA';
  return new SignJWT({ sub: 'alice', iss: 'https://issuer.test', aud: 'xm', exp: now() + 60, roles: ['ops'], ...claims })
    .setProtectedHeader({ alg: named, kid: named })
    .sign(keys[key ?? named]!.privateKey);
}

const event = (authorization: string | undefined, rawPath = '/api/admin/logs/files') =>
  ({ rawPath, headers: authorization === undefined ? {} : { authorization } }) as unknown as APIGatewayRequestAuthorizerEventV2;

describe('the authorizer', () => {
  it.each(['EdDSA', 'ES256', 'RS256'])('lets a token signed with %s through and says whose it is', async (algorithm) => {
    expect(await authorize(event(`Bearer ${await token({}, { algorithm })}`))).toEqual({
      isAuthorized: true,
      context: { subject: 'alice', roles: ['ops'] },
    });
  });

  it('takes the role as one word, or as several with commas', async () => {
    const answer = await authorize(event(`bearer ${await token({ roles: undefined, role: 'member, ops' })}`));
    expect(answer).toEqual({ isAuthorized: true, context: { subject: 'alice', roles: ['member', 'ops'] } });
  });

  it.each([
    ['a role that may not pass there', {}, '/api/admin/users'],
    ['no role at all', { roles: undefined }, '/api/admin/logs/files'],
    ['roles that are not words', { roles: [{ admin: true }] }, '/api/admin/logs/files'],
  ])('forbids %s', async (_, claims, path) => {
    expect(await authorize(event(`Bearer ${await token(claims)}`, path))).toMatchObject({ isAuthorized: false });
  });

  it.each<[string, () => Promise<string | undefined>]>([
    ['no header', async () => undefined],
    ['another scheme', async () => `Basic ${await token()}`],
    ['something that is no token', async () => 'Bearer abc'],
    ['a token that expired', async () => `Bearer ${await token({ exp: now() - 30 })}`],
    ['a token that is not valid yet', async () => `Bearer ${await token({ nbf: now() + 60 })}`],
    ['a token that never expires', async () => `Bearer ${await token({ exp: undefined })}`],
    ['a token of another issuer', async () => `Bearer ${await token({ iss: 'https://other.test' })}`],
    ['a token for somebody else', async () => `Bearer ${await token({ aud: 'another' })}`],
    ['a token of nobody', async () => `Bearer ${await token({ sub: '' })}`],
    ['a token signed by a stranger', async () => `Bearer ${await token({}, { key: 'stranger' })}`],
    [
      'a token that was edited',
      async () =>
        `Bearer ${(await token()).replace(/\.[\w-]+\./, `.${Buffer.from('{"sub":"root","roles":["admin"]}').toString('base64url')}.`)}`,
    ],
    [
      'a token without signature',
      async () =>
        `Bearer ${new UnsecuredJWT({ sub: 'alice', roles: ['admin'] }).setIssuer('https://issuer.test').setAudience('xm').setExpirationTime('1m').encode()}`,
    ],
    [
      'a token signed with a shared secret',
      async () =>
        `Bearer ${await new SignJWT({ sub: 'alice', iss: 'https://issuer.test', aud: 'xm', exp: now() + 60 }).setProtectedHeader({ alg: 'HS256', kid: 'RS256' }).sign(Buffer.alloc(32))}`,
    ],
  ])('answers Unauthorized to %s', async (_, authorization) => {
    await expect(authorize(event(await authorization()))).rejects.toThrow(/^Unauthorized$/);
  });

  it('reads the keys once for many tokens', async () => {
    const before = jwksReads;
    for (let count = 0; count < 5; count += 1) await authorize(event(`Bearer ${await token()}`));
    expect(jwksReads - before).toBeLessThanOrEqual(1);
  });

  it('fails when the keys cannot be had: neither a yes nor the caller’s fault', async () => {
    const cutOff = await authorizerWith('http://127.0.0.1:9/jwks');
    await expect(cutOff(event(`Bearer ${await token()}`))).rejects.toThrow(/^(?!Unauthorized$)/);
  });
});
