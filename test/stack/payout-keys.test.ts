import { beforeAll, describe, expect, it } from 'vitest';
import { synthesisedTemplate, type TemplateResource } from './template.ts';

let resources: [logicalId: string, resource: TemplateResource][];

beforeAll(async () => {
  resources = Object.entries((await synthesisedTemplate()).resources);
});

const all = (type: string) => resources.filter(([, { Type }]) => Type === type);
const text = (resource: TemplateResource | undefined): string => JSON.stringify(resource?.Properties ?? {});
const entryOf = (fn: TemplateResource): string => /"Description":"([\w/-]+):/.exec(text(fn))?.[1] ?? '';

/** Functions whose role says this, by the file each runs. */
function functionsThatMay(says: RegExp): Map<string, { readonly logicalId: string; readonly statements: Statement[] }> {
  const found = all('AWS::Lambda::Function').flatMap(([logicalId, fn]) => {
    const [, role] = all('AWS::IAM::Role').find(([id]) => JSON.stringify(fn.Properties['Role']).includes(`"${id}"`)) ?? [];
    const { Policies = [] } = (role?.Properties ?? {}) as { Policies?: { PolicyDocument: { Statement: Statement[] } }[] };
    const statements = Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement).filter((one) => says.test(JSON.stringify(one)));
    return statements.length === 0 ? [] : [[entryOf(fn), { logicalId, statements }] as const];
  });
  return new Map(found);
}

interface Statement {
  readonly Action: string | readonly string[];
  readonly Condition?: unknown;
}

/** `GET /api/…` of each route that leads to a function. */
function routesOf(logicalId: string): string[] {
  const integrations = all('AWS::ApiGatewayV2::Integration').filter(([, integration]) => text(integration).includes(`"${logicalId}"`));
  const routes = all('AWS::ApiGatewayV2::Route').filter(([, route]) => integrations.some(([id]) => text(route).includes(`"${id}"`)));
  return routes.map(([, { Properties }]) => String(Properties['RouteKey']));
}

describe('the key that approves payouts', () => {
  const holders = () => functionsThatMay(/IrisApproverKey/);

  it('is with the functions that take payouts on, and with no other', () => {
    expect([...holders().keys()].toSorted()).toEqual(['wallet/advance-payouts', 'wallet/desk-withdrawals', 'wallet/sweep-payouts']);
  });

  it('is out of reach for whatever members ask for', () => {
    const routes = [...holders().values()].flatMap(({ logicalId }) => routesOf(logicalId));
    expect(routes.length).toBeGreaterThan(5);
    for (const route of routes) expect(route).toMatch(/^[A-Z]+ \/api\/admin\//);
    const ofMembers = functionsThatMay(/IrisCreatorKey/).get('wallet/withdrawals');
    expect(routesOf(ofMembers?.logicalId ?? '')).toContain('POST /api/xm/withdrawals');
  });
});

describe('the function of members’ withdrawals', () => {
  const granted = (says: RegExp) => functionsThatMay(says).get('wallet/withdrawals')?.statements;

  it('reads of identity cards what a name takes, one at a time, and can seal none', () => {
    expect(granted(/IdentityKyc[A-Z0-9]/)).toMatchObject([
      {
        Action: 'dynamodb:GetItem',
        Condition: {
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['MEMBER#*'] },
          'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['pk', 'sk', 'state', 'sealed'] },
          StringEqualsIfExists: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
        },
      },
      { Action: 'kms:Decrypt', Condition: { StringEquals: { 'kms:EncryptionContext:purpose': 'kyc' } } },
    ]);
  });

  it('holds no key that moves money', () => {
    expect(granted(/XenditSecretKey|MidtransServerKey|IrisApproverKey/)).toBeUndefined();
  });
});
