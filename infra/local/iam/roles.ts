import type { PolicyStatement, Resource, StackModel } from '../ports.ts';
import { checkProperties } from '../template/check-properties.ts';
import { TemplateError } from '../template/template-error.ts';
import { awsManagedPolicy } from './aws-managed-policies.ts';
import { identityStatements, trustedServices } from './policy-document.ts';

/** What a role of the template may do and who may take it on. */
export interface Role {
  readonly name: string;
  readonly arn: string;
  readonly statements: readonly PolicyStatement[];
  /** For example `lambda.amazonaws.com`. */
  readonly trustedServices: readonly string[];
}

const labels = { Description: 'a label', Tags: 'labels' };

/** Every role of the template by ARN, with its inline policies, the policies attached to it, and those it names. */
export function rolesOf(model: StackModel): ReadonlyMap<string, Role> {
  const attached = attachedStatements(model);
  const managed = managedStatements(model);
  return new Map(
    model.ofType('AWS::IAM::Role').map((resource) => {
      checkProperties(resource, {
        supported: ['AssumeRolePolicyDocument', 'ManagedPolicyArns', 'Policies', 'RoleName', 'Path'],
        inert: { ...labels, MaxSessionDuration: 'the keys of one machine do not expire' },
      });
      const statements = [
        ...inlineStatements(resource),
        ...(attached.get(resource.physicalName) ?? []),
        ...namedStatements(resource, managed),
      ];
      const trusted = trustedServices(resource.properties['AssumeRolePolicyDocument'], resource.logicalId);
      return [resource.arn, { name: resource.physicalName, arn: resource.arn, statements, trustedServices: trusted }];
    }),
  );
}

function inlineStatements({ logicalId, properties }: Resource): PolicyStatement[] {
  const policies = (properties['Policies'] ?? []) as { readonly PolicyDocument: unknown }[];
  return policies.flatMap(({ PolicyDocument }) => identityStatements(PolicyDocument, logicalId));
}

/** Role name → statements of the policies that attach themselves to it. */
function attachedStatements(model: StackModel): Map<string, PolicyStatement[]> {
  const byRole = new Map<string, PolicyStatement[]>();
  const policies = [...model.ofType('AWS::IAM::Policy'), ...model.ofType('AWS::IAM::ManagedPolicy')];
  for (const resource of policies) {
    checkProperties(resource, { supported: ['PolicyDocument', 'PolicyName', 'ManagedPolicyName', 'Roles', 'Path'], inert: labels });
    const statements = identityStatements(resource.properties['PolicyDocument'], resource.logicalId);
    for (const role of (resource.properties['Roles'] ?? []) as string[]) byRole.set(role, [...(byRole.get(role) ?? []), ...statements]);
  }
  return byRole;
}

/** ARN → statements of the managed policies that the template itself declares. */
function managedStatements(model: StackModel): Map<string, readonly PolicyStatement[]> {
  return new Map(
    model
      .ofType('AWS::IAM::ManagedPolicy')
      .map((resource) => [resource.arn, identityStatements(resource.properties['PolicyDocument'], resource.logicalId)]),
  );
}

function namedStatements(
  { logicalId, properties }: Resource,
  declared: ReadonlyMap<string, readonly PolicyStatement[]>,
): PolicyStatement[] {
  const arns = (properties['ManagedPolicyArns'] ?? []) as string[];
  return arns.flatMap((arn) => {
    const statements = declared.get(arn) ?? awsManagedPolicy(arn);
    if (statements === undefined) throw new TemplateError(`${logicalId}: managed policy ${arn} is not known to the local stack`);
    return statements;
  });
}
