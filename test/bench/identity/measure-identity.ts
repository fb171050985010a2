/**
 * What sign-in costs: a password's hash, and how many tokens the authorizer passes.
 */
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayRequestAuthorizerEventV2 } from 'aws-lambda';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { claimsOf } from '#shared/identity/access-token.ts';
import { guardKey, publishedKeyOf } from '#shared/identity/dynamodb-session-guards.ts';
import { argon2Hasher } from '#shared/identity/engine/password-hash.ts';
import { systemChance } from '#shared/platform/chance.ts';
import type { Table } from '#shared/platform/dynamodb.ts';
import { startIdentityTables } from '../../contract/identity/identity-tables.ts';

export interface PasswordCost {
  readonly medianMs: number;
  readonly runs: number;
}

const hashRuns = 15;
const requests = 4_000;
/** Whose guards the authorizer remembers after their first request. */
const subjects = 50;
const issuer = { issuer: 'https://bench.test', audience: 'xm' };

/** One verification after the other, as a sign-in waits for it. */
export async function measurePassword(): Promise<PasswordCost> {
  const hasher = argon2Hasher(systemChance);
  const phc = await hasher.hash('correct horse battery staple');
  const times: number[] = [];
  for (let run = 0; run < hashRuns; run += 1) {
    const startedAt = performance.now();
    if (!(await hasher.verify('correct horse battery staple', phc))) throw new Error('The password was not verified');
    times.push(performance.now() - startedAt);
  }
  return { medianMs: times.toSorted((a, b) => a - b)[Math.floor(hashRuns / 2)] ?? Number.NaN, runs: hashRuns };
}

export interface AuthorizerSpeed {
  readonly perSecond: number;
  readonly requests: number;
  readonly subjects: number;
}

/** The authorizer's own handler over the guards' table of the local engine, one request after the other, without the gateway's cache. */
export async function measureAuthorizer(): Promise<AuthorizerSpeed> {
  const engine = await startIdentityTables();
  try {
    const { identity, guards } = await engine.tables();
    const events = await eventsFor({ ...identity, name: guards });
    const { protocol, hostname, port } = (await identity.client.config.endpoint?.()) ?? { protocol: 'http:', hostname: '127.0.0.1' };
    Object.assign(process.env, {
      GUARDS_TABLE: guards,
      JWT_ISSUER: issuer.issuer,
      JWT_AUDIENCE: issuer.audience,
      AWS_REGION: 'local',
      AWS_ACCESS_KEY_ID: 'bench',
      AWS_SECRET_ACCESS_KEY: 'bench',
      AWS_ENDPOINT_URL_DYNAMODB: `${protocol}//${hostname}:${port}`,
    });
    const { handler } = await import('../../../functions/platform/authorizer.ts');
    const startedAt = performance.now();
    for (let index = 0; index < requests; index += 1) {
      const { isAuthorized } = await handler(events[index % subjects]!);
      if (!isAuthorized) throw new Error('A token was refused');
    }
    return { perSecond: (requests * 1_000) / (performance.now() - startedAt), requests, subjects };
  } finally {
    await engine.stop();
  }
}

/** A request of each subject, whose guard and whose token's key stand in the table. */
async function eventsFor({ client, name }: Table): Promise<APIGatewayRequestAuthorizerEventV2[]> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'bench', alg: 'EdDSA', use: 'sig' };
  await client.send(new PutCommand({ TableName: name, Item: { ...publishedKeyOf('bench'), jwk } }));
  return Promise.all(
    Array.from({ length: subjects }, async (_, subject) => {
      await client.send(new PutCommand({ TableName: name, Item: { ...guardKey(String(subject)), version: 1, revoked: {} } }));
      return requestWith(await tokenOf(String(subject), privateKey));
    }),
  );
}

const tokenOf = (subject: string, key: CryptoKey): Promise<string> =>
  new SignJWT(claimsOf({ subject, roles: ['member'], sessionId: 'ses_1', version: 1 }))
    .setProtectedHeader({ alg: 'EdDSA', kid: 'bench' })
    .setIssuer(issuer.issuer)
    .setAudience(issuer.audience)
    .setExpirationTime('10m')
    .sign(key);

const requestWith = (token: string) =>
  ({ rawPath: '/api/xm/me', headers: { authorization: `Bearer ${token}` } }) as unknown as APIGatewayRequestAuthorizerEventV2;
