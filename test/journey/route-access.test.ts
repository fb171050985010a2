import { randomUUID } from 'node:crypto';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operator } from '#infra/local/operator.ts';
import { runningStack } from '#infra/local/running.ts';
import { localIssuer } from '#infra/local/token-issuer.ts';
import { claimsOf, type TokenIdentity } from '#shared/identity/access-token.ts';
import { guardKey, publishedKeyOf } from '#shared/identity/dynamodb-session-guards.ts';
import { type RunningStack, startLocalStack } from './local-stack.ts';
import { routeAccess, testedRoles, type RouteAccess, type TestedRole } from './route-access-table.ts';

type Keys = Awaited<ReturnType<typeof generateKeyPair>>;

let stack: RunningStack;
let table: DynamoDBDocument;
let guardsTable: string;
let ours: Keys;
let strangers: Keys;
let deployed: string[];
const keyId = 'route-access';

beforeAll(async () => {
  stack = await startLocalStack('--no-demo');
  guardsTable = runningStack(stack.dataDirectory)?.outputs['GuardsTable'] ?? '';
  const options = { endpoint: stack.gateway, region: 'ap-southeast-3', credentials: operator };
  table = DynamoDBDocument.from(new DynamoDB(options), { marshallOptions: { removeUndefinedValues: true } });
  ours = await generateKeyPair('EdDSA', { extractable: true });
  strangers = await generateKeyPair('EdDSA', { extractable: true });
  const jwk = { ...(await exportJWK(ours.publicKey)), kid: keyId, alg: 'EdDSA', use: 'sig' };
  await table.put({ TableName: guardsTable, Item: { ...publishedKeyOf(keyId), jwk } });
  deployed = await deployedRoutes();
});

afterAll(async () => {
  table.destroy();
  await stack.dispose();
});

describe('every route', () => {
  it('stands in the table of who may use it, and nothing else does', () => {
    expect(deployed.toSorted()).toEqual(Object.keys(routeAccess).toSorted());
  });

  it.each(Object.entries(routeAccess))('%s serves its roles and nobody else', async (routeKey, access) => {
    const tokens = [];
    for (const role of testedRoles) {
      const expected = expectedOf(access, role);
      tokens.push({ who: role, expected, token: await tokenOf({ roles: [role] }) });
      if (access.stepUp === undefined) continue;
      const stale = await tokenOf({ roles: [role], secondFactorAt: nowSeconds() - 301 });
      tokens.push({ who: `${role}, a while ago`, expected: expected === 'served' ? 'step-up' : 'forbidden', token: stale });
    }
    await publishGuards();
    for (const { who, expected, token } of tokens) expect([who, await outcome(routeKey, token)]).toEqual([who, expected]);
  });

  it.each(Object.entries(routeAccess))('%s takes no token that does not hold', async (routeKey, access) => {
    const expected = access.roles === 'open' ? 'served' : 'unauthenticated';
    const role = access.roles === 'open' ? 'owner' : (access.roles[0] ?? 'owner');
    const tokens = await badTokens(role);
    await publishGuards();
    for (const [what, token] of Object.entries(tokens)) {
      expect([what, await outcome(routeKey, token)]).toEqual([what, expected]);
    }
  });
});

describe('a refused request', () => {
  it('says nothing of what it asked for', async () => {
    const answer = await fetch(`${stack.api}/api/admin/members/123456789012345678`);
    expect(answer.status).toBe(401);
    expect(await answer.text()).not.toContain('123456789012345678');
  });
});

type Outcome = 'served' | 'unauthenticated' | 'forbidden' | 'step-up';

const expectedOf = ({ roles }: RouteAccess, role: TestedRole): Outcome =>
  roles === 'open' || roles.includes(role) ? 'served' : 'forbidden';

/**
 * What routes refuse by themselves, with a problem document: a token whose account is gone among it. The authorizer's own refusals have no code.
 */
const ownRefusals: ReadonlySet<unknown> = new Set([
  'auth.unauthenticated',
  'identity.session-ended',
  'identity.csrf',
  'identity.credentials-wrong',
  'identity.ticket-invalid',
  'deposits.account-closed',
  'deposits.link-invalid',
  'webhooks.signature-wrong',
]);

async function outcome(routeKey: string, token: string | undefined): Promise<Outcome> {
  const answer = await ask(routeKey, token === undefined ? {} : { authorization: `Bearer ${token}` });
  const body = await answer.text();
  if (answer.status !== 401 && answer.status !== 403) return 'served';
  const { code } = JSON.parse(body) as { code?: unknown };
  if (ownRefusals.has(code)) return 'served';
  if (code === 'auth.step-up-required') return 'step-up';
  return answer.status === 401 ? 'unauthenticated' : 'forbidden';
}

function ask(routeKey: string, authorization: Record<string, string>): Promise<Response> {
  const [method = '', path = ''] = routeKey.split(' ');
  const named = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => (name === 'memberId' ? '123456789012345678' : 'none_1'));
  if (method === 'GET' || method === 'DELETE') return fetch(`${stack.api}${named}`, { method, headers: authorization });
  // No route takes this body, so whoever may pass learns that, and nothing is changed.
  const headers = { ...authorization, 'content-type': 'application/json' };
  return fetch(`${stack.api}${named}`, { method, headers, body: '{"unknown":true}' });
}

const nowSeconds = (): number => Math.floor(Date.now() / 1_000);

interface Wanted extends Partial<TokenIdentity> {
  readonly roles: readonly string[];
  readonly issuer?: string;
  readonly audience?: string;
  readonly expiresInSeconds?: number;
  readonly keys?: Keys;
  /** What the authorizer finds beside the token; null for nothing. */
  readonly guard?: object | null;
}

/** A token of a subject that no other request uses, so that no route can spoil it for another. */
async function tokenOf(wanted: Wanted): Promise<string> {
  const { subject, claims } = await subjectOf(wanted);
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'EdDSA', kid: keyId })
    .setSubject(subject)
    .setIssuer(wanted.issuer ?? localIssuer.issuer)
    .setAudience(wanted.audience ?? localIssuer.audience)
    .setIssuedAt(nowSeconds() - 900)
    .setExpirationTime(nowSeconds() + (wanted.expiresInSeconds ?? 600))
    .sign((wanted.keys ?? ours).privateKey);
}

async function subjectOf({ roles, guard, version = 1, sessionId = 'ses_1', secondFactorAt = nowSeconds() }: Wanted) {
  const subject = `stf_${randomUUID()}`;
  if (guard !== null) unpublished.push({ ...guardKey(subject), version: 1, revoked: {}, ...guard });
  return { subject, claims: claimsOf({ subject, roles, sessionId, version, secondFactorAt }) };
}

/** Most that DynamoDB takes at once. */
const itemsMax = 25;
const unpublished: object[] = [];

/** Lets the authorizer know the subjects that tokens were made for: all of a route at once, since one by one they were a third of all requests. */
async function publishGuards(): Promise<void> {
  while (unpublished.length > 0) {
    const puts = unpublished.splice(0, itemsMax).map((Item) => ({ PutRequest: { Item } }));
    const { UnprocessedItems } = await table.batchWrite({ RequestItems: { [guardsTable]: puts } });
    expect(UnprocessedItems ?? {}).toEqual({});
  }
}

async function badTokens(role: TestedRole): Promise<Record<string, string | undefined>> {
  const roles = [role];
  const { subject, claims } = await subjectOf({ roles });
  const unsecured = new UnsecuredJWT(claims).setSubject(subject).setIssuer(localIssuer.issuer).setAudience(localIssuer.audience);
  const symmetric = new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: keyId }).setIssuer(localIssuer.issuer);
  return {
    none: undefined,
    garbage: 'a.b.c',
    expired: await tokenOf({ roles, expiresInSeconds: -60 }),
    forged: await tokenOf({ roles, keys: strangers }),
    'wrong issuer': await tokenOf({ roles, issuer: 'https://elsewhere.test' }),
    'wrong audience': await tokenOf({ roles, audience: 'elsewhere' }),
    'alg none': unsecured.setExpirationTime('10m').encode(),
    'symmetric signature': await symmetric.setAudience(localIssuer.audience).setExpirationTime('10m').sign(new Uint8Array(32)),
    banned: await tokenOf({ roles, guard: { version: 2 } }),
    'session ended': await tokenOf({ roles, guard: { revoked: { ses_1: nowSeconds() + 600 } } }),
    'nobody there': await tokenOf({ roles, guard: null }),
  };
}

/** From the template that the running stack was started with. */
async function deployedRoutes(): Promise<string[]> {
  const { synthesise } = await import('#infra/synthesis.ts');
  const { loadModel } = await import('#infra/local/template.ts');
  const { directory } = await synthesise();
  const nowhere = () => 'http://127.0.0.1:1';
  const addresses = { queueUrl: nowhere, apiEndpoint: nowhere, distributionDomain: () => '127.0.0.1:1' };
  const model = loadModel(directory, { region: 'ap-southeast-3', accountId: '000000000000', addresses });
  return model.ofType('AWS::ApiGatewayV2::Route').map(({ properties }) => String(properties['RouteKey']));
}
