/**
 * Who may do what in the local stack: one access key a function, worth what its role in the template grants, and one for the operator.
 */
import { createHash, createHmac } from 'node:crypto';
import { operator } from '../operator.ts';
import type { Access, AccessRequest, Principal, Resource, StackModel } from '../ports.ts';
import { TemplateError } from '../template/template-error.ts';
import { firstDenied } from './evaluate.ts';
import type { ResourceStatement } from './policy-document.ts';
import { resourcePoliciesOf, type ResourcePolicies } from './resource-policies.ts';
import { rolesOf, type Role } from './roles.ts';

/** A principal with the ARN that AWS would name it by. */
export interface LocalPrincipal extends Principal {
  /** For example `arn:aws:sts::000000000000:assumed-role/xm-logs-scan-range-role/xm-logs-scan-range`. */
  readonly arn: string;
}

export interface LocalAccess extends Access {
  readonly principals: readonly LocalPrincipal[];
  principalOf(accessKeyId: string): LocalPrincipal | undefined;
  principalOfFunction(resource: Resource): LocalPrincipal;
  /** What a role may do when a service takes it on: a state machine's, a schedule's. Throws for a role that is not in the template. */
  principalOfRole(roleArn: string, service: string): LocalPrincipal;
  /** Whether the resource's own policy lets a service do this; `context` carries `aws:SourceArn` and `aws:SourceAccount`. */
  mayService(service: string, request: AccessRequest): boolean;
}

const lambdaService = 'lambda.amazonaws.com';

/** `seed` belongs to the data folder: keys stay what they were from start to start, and no other folder's keys open this stack. */
export function buildAccess(model: StackModel, { seed }: { readonly seed: string }): LocalAccess {
  const roles = rolesOf(model);
  const policies = resourcePoliciesOf(model);
  const ofFunction = new Map(
    model.ofType('AWS::Lambda::Function').map((resource) => [resource.physicalName, functionPrincipal(resource, roles, { model, seed })]),
  );
  const principals = [operatorPrincipal(model), ...ofFunction.values()];
  const byKey = new Map(principals.map((principal) => [principal.accessKeyId, principal]));
  return {
    principals,
    principalOf: (accessKeyId) => byKey.get(accessKeyId),
    principalOfFunction: ({ physicalName, logicalId }) => {
      const found = ofFunction.get(physicalName);
      if (found === undefined) throw new TemplateError(`${logicalId}: not a function of the template`);
      return found;
    },
    principalOfRole: (roleArn, service) => rolePrincipal(roleArn, service, { model, roles }),
    denied: (principal, requests) => deniedRequest(principal, requests, { model, policies }),
    mayService: (service, request) => {
      const statements = policies.on(request.resource).filter(({ principals }) => speaksOfService(principals, service));
      return firstDenied(statements, [request]) === undefined;
    },
  };
}

function operatorPrincipal({ accountId }: StackModel): LocalPrincipal {
  return { ...operator, name: 'operator', arn: `arn:aws:iam::${accountId}:user/operator`, statements: undefined };
}

interface Account {
  readonly model: StackModel;
  readonly seed: string;
}

function functionPrincipal(resource: Resource, roles: ReadonlyMap<string, Role>, { model, seed }: Account): LocalPrincipal {
  const role = trustingRole(String(resource.properties['Role']), lambdaService, { roles, at: resource.logicalId });
  const name = resource.physicalName;
  return {
    // Twenty upper-case characters, as AWS's own.
    accessKeyId: `XMLOCAL${createHash('sha256').update(name).digest('hex').slice(0, 13).toUpperCase()}`,
    secretAccessKey: createHmac('sha256', seed).update(name).digest('base64url').slice(0, 40),
    name,
    arn: sessionArn(model, role, name),
    statements: role.statements,
  };
}

function rolePrincipal(
  roleArn: string,
  service: string,
  { model, roles }: { readonly model: StackModel; readonly roles: ReadonlyMap<string, Role> },
): LocalPrincipal {
  const role = trustingRole(roleArn, service, { roles, at: roleArn });
  // No key: services act inside the stack and sign nothing.
  return { accessKeyId: '', secretAccessKey: '', name: role.name, arn: sessionArn(model, role, service), statements: role.statements };
}

function sessionArn({ accountId }: StackModel, role: Role, session: string): string {
  return `arn:aws:sts::${accountId}:assumed-role/${role.name}/${session}`;
}

function trustingRole(
  roleArn: string,
  service: string,
  { roles, at }: { readonly roles: ReadonlyMap<string, Role>; readonly at: string },
): Role {
  const role = roles.get(roleArn);
  if (role === undefined) throw new TemplateError(`${at}: no role ${roleArn} in the template`);
  if (!role.trustedServices.includes(service)) throw new TemplateError(`${at}: role ${role.name} does not let ${service} assume it`);
  return role;
}

function deniedRequest(
  principal: Principal & { readonly arn?: string },
  requests: readonly AccessRequest[],
  { model, policies }: { readonly model: StackModel; readonly policies: ResourcePolicies },
): AccessRequest | undefined {
  const { statements } = principal;
  if (statements === undefined) return undefined;
  const { accountId, region } = model;
  const caller = {
    'aws:PrincipalArn': [principal.arn ?? ''],
    'aws:PrincipalAccount': [accountId],
    'aws:RequestedRegion': [region],
  };
  return requests.find((request) => {
    const own = policies.on(request.resource).filter((statement) => concerns(statement, principal.arn ?? '', accountId));
    const asked = { ...request, context: { ...caller, ...request.context } };
    return firstDenied(own.length === 0 ? statements : [...statements, ...own], [asked]) !== undefined;
  });
}

/** A resource's policy may grant to somebody it names, or to all; naming the account only leaves the decision to the role, but denies count. */
function concerns({ principals, effect }: ResourceStatement, arn: string, accountId: string): boolean {
  const role = arn.replace(/^arn:aws:sts::(\d+):assumed-role\/([^/]+)\/.*$/, 'arn:aws:iam::$1:role/$2');
  return principals.identities.some((identity) => {
    if (identity === '*' || identity === arn || identity === role) return true;
    return effect === 'Deny' && (identity === accountId || identity === `arn:aws:iam::${accountId}:root`);
  });
}

function speaksOfService({ services, identities }: ResourceStatement['principals'], service: string): boolean {
  return services.includes(service) || identities.includes('*');
}
