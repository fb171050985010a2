/**
 * The authorizer as API Gateway calls it, on the table it reads.
 */
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayRequestAuthorizerEventV2 } from 'aws-lambda';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWTPayload } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { claimsOf } from '#shared/identity/access-token.ts';
import { dynamodbSessionGuards, publishedKeyOf } from '#shared/identity/dynamodb-session-guards.ts';
import type { SessionGuards } from '#shared/identity/session-guard.ts';
import { systemClock } from '#shared/platform/clock.ts';
import type { Table } from '#shared/platform/dynamodb.ts';
import { startDynamodb, type Engine } from './dynamodb-engine.ts';

const now = () => Math.floor(Date.now() / 1_000);
const keys: Record<string, { publicKey: CryptoKey; privateKey: CryptoKey }> = {};
let engine: Engine;
let table: Table;
let guards: SessionGuards;
let authorize: (event: APIGatewayRequestAuthorizerEventV2) => Promise<unknown>;

beforeAll(async () => {
  engine = await startDynamodb();
  for (const algorithm of ['EdDSA', 'ES256', 'RS256']) keys[algorithm] = await generateKeyPair(algorithm, { extractable: true });
  keys['stranger'] = await generateKeyPair('EdDSA');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await engine.stop();
});

beforeEach(async () => {
  table = await engine.table();
  guards = dynamodbSessionGuards(table, systemClock);
  for (const algorithm of ['EdDSA', 'ES256', 'RS256']) await publish(algorithm);
  await guards.open('stf_alice');
  authorize = await freshAuthorizer(engine.url);
});

async function publish(algorithm: string) {
  const jwk = { ...(await exportJWK(keys[algorithm]!.publicKey)), kid: algorithm, alg: algorithm };
  await table.client.send(new PutCommand({ TableName: table.name, Item: { ...publishedKeyOf(algorithm), jwk } }));
}

/** As after a cold start: it remembers nothing. */
async function freshAuthorizer(endpoint: string) {
  const environment = {
    AWS_REGION: 'local',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL: endpoint,
    GUARDS_TABLE: table.name,
    JWT_ISSUER: 'https://issuer.test',
    JWT_AUDIENCE: 'xm',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  vi.resetModules();
  return (await import('../../../functions/platform/authorizer.ts')).handler;
}

const alice = { subject: 'stf_alice', roles: ['ops'], sessionId: 'ses_1', version: 1 };
const registered = () => ({ iss: 'https://issuer.test', aud: 'xm', exp: now() + 60 });

function token(claims: JWTPayload = {}, { algorithm, key }: { algorithm?: string; key?: string } = {}) {
  const named = algorithm ?? 'EdDSA';
  return new SignJWT({ ...registered(), ...claimsOf(alice), ...claims })
    .setProtectedHeader({ alg: named, kid: named })
    .sign(keys[key ?? named]!.privateKey);
}

const event = (authorization: string | undefined, rawPath = '/api/admin/logs/files') =>
  ({ rawPath, headers: authorization === undefined ? {} : { authorization } }) as unknown as APIGatewayRequestAuthorizerEventV2;

describe('the authorizer', () => {
  it.each(['EdDSA', 'ES256'])('lets a token signed with %s through and says whose it is', async (algorithm) => {
    expect(await authorize(event(`Bearer ${await token({}, { algorithm })}`))).toEqual({
      isAuthorized: true,
      context: { subject: 'stf_alice', roles: ['ops'], sessionId: 'ses_1' },
    });
  });

  it('says when the second factor was given', async () => {
    expect(await authorize(event(`bearer ${await token({ mfa_at: 1_700_000_000 })}`))).toMatchObject({
      context: { secondFactorAt: 1_700_000_000 },
    });
  });

  it.each([
    ['a role that may not pass there', {}, '/api/admin/members'],
    ['a path that nobody spoke of', { roles: ['owner'] }, '/api/admin/somewhere'],
    ['no role at all', { roles: [] }, '/api/admin/logs/files'],
    ['a member among the staff', { roles: ['member'] }, '/api/admin/logs/files'],
    ['staff among the members', { roles: ['owner'] }, '/api/xm/me'],
  ])('forbids %s', async (_, claims, path) => {
    expect(await authorize(event(`Bearer ${await token(claims)}`, path))).toMatchObject({ isAuthorized: false });
  });

  it('lets a suspended member look at the account', async () => {
    const authorization = `Bearer ${await token({ roles: ['suspended-member'] })}`;
    expect(await authorize(event(authorization, '/api/xm/me'))).toMatchObject({ isAuthorized: true });
  });

  const unsigned = () =>
    new UnsecuredJWT({ ...claimsOf(alice), roles: ['owner'] })
      .setIssuer('https://issuer.test')
      .setAudience('xm')
      .setExpirationTime('1m')
      .encode();
  const sharedSecret = () =>
    new SignJWT({ ...registered(), ...claimsOf(alice) }).setProtectedHeader({ alg: 'HS256', kid: 'EdDSA' }).sign(Buffer.alloc(32));
  const edited = async () =>
    (await token()).replace(
      /\.[\w-]+\./,
      `.${Buffer.from(JSON.stringify({ ...registered(), ...claimsOf({ ...alice, roles: ['owner'] }) })).toString('base64url')}.`,
    );

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
    ['a token without a session', async () => `Bearer ${await token({ sid: undefined })}`],
    ['a token without a version', async () => `Bearer ${await token({ ver: undefined })}`],
    ['a token whose roles are no words', async () => `Bearer ${await token({ roles: [{ owner: true }] })}`],
    ['a token signed by a stranger', async () => `Bearer ${await token({}, { key: 'stranger' })}`],
    [
      'a token signed with an algorithm that is not ours, by a key that is',
      async () => `Bearer ${await token({}, { algorithm: 'RS256' })}`,
    ],
    ['a token that was edited', async () => `Bearer ${await edited()}`],
    ['a token without signature', async () => `Bearer ${unsigned()}`],
    ['a token signed with a shared secret', async () => `Bearer ${await sharedSecret()}`],
    ['a token of somebody who is not there', async () => `Bearer ${await token({ sub: 'stf_bob' })}`],
    ['a token from before the last raise', async () => `Bearer ${await token({ ver: 0 })}`],
  ])('answers Unauthorized to %s', async (_, authorization) => {
    await expect(authorize(event(await authorization()))).rejects.toThrow(/^Unauthorized$/);
  });

  it('ends every token of a subject whose guard was raised, and lets new ones through', async () => {
    const version = await guards.raise('stf_alice');
    await expect(authorize(event(`Bearer ${await token()}`))).rejects.toThrow(/^Unauthorized$/);
    expect(await authorize(event(`Bearer ${await token({ ver: version })}`))).toMatchObject({ isAuthorized: true });
  });

  it('ends the tokens of one session', async () => {
    await guards.revoke('stf_alice', 'ses_1');
    await expect(authorize(event(`Bearer ${await token()}`))).rejects.toThrow(/^Unauthorized$/);
    expect(await authorize(event(`Bearer ${await token({ sid: 'ses_2' })}`))).toMatchObject({ isAuthorized: true });
  });

  it('fails when keys or guard cannot be read: neither a yes nor the caller’s fault', async () => {
    await table.client.send(new PutCommand({ TableName: table.name, Item: { ...publishedKeyOf('broken'), jwk: 'none' } }));
    await expect(authorize(event(`Bearer ${await token()}`))).rejects.toThrow(/^(?!Unauthorized$)/);
    await table.client.send(new DeleteCommand({ TableName: table.name, Key: publishedKeyOf('broken') }));
    expect(await authorize(event(`Bearer ${await token()}`))).toMatchObject({ isAuthorized: true });
  });
});
