import type { RawResource, StackArtifact } from './assembly.ts';
import { resourceType, type ResourceType } from './resource-types.ts';
import { TemplateError } from './template-error.ts';

/** A resource that the conditions of its template let through, with what this stack knows of its type. */
export interface Declared {
  readonly logicalId: string;
  readonly raw: RawResource;
  /** Construct path, or the logical id where there is none. */
  readonly path: string;
  readonly type: ResourceType;
  /** Why nothing runs it, if nothing does. */
  readonly inert: string | undefined;
}

export type Conditions = (name: string, at: string) => boolean;

/** Every resource of a template in its order. Throws for a type nobody here knows. */
export function declaredResources({ template, paths }: StackArtifact, conditions: Conditions): ReadonlyMap<string, Declared> {
  const present = Object.entries(template.Resources).filter(
    ([logicalId, { Condition }]) => Condition === undefined || conditions(Condition, logicalId),
  );
  const providers = customResourceProviders(new Map(present));
  return new Map(
    present.map(([logicalId, raw]) => {
      const type = resourceType(raw.Type);
      if (type === undefined) throw new TemplateError(`${logicalId}: resource type ${raw.Type} is not supported by the local stack`);
      const inert = providers.has(logicalId) ? 'serves custom resources that make no difference here' : type.inert;
      const path = paths.get(logicalId) ?? raw.Metadata?.['aws:cdk:path'];
      return [logicalId, { logicalId, raw, path: typeof path === 'string' ? path : logicalId, type, inert }];
    }),
  );
}

/** Functions that only serve custom resources which nothing runs here, with their roles and policies. */
function customResourceProviders(resources: ReadonlyMap<string, RawResource>): Set<string> {
  const functions = [...resources.values()]
    .filter(({ Type }) => Type.startsWith('Custom::') && resourceType(Type)?.inert !== undefined)
    .map(({ Properties }) => attributeOwner(Properties?.['ServiceToken']))
    .filter((owner) => owner !== undefined);
  const roles = functions
    .map((logicalId) => attributeOwner(resources.get(logicalId)?.Properties?.['Role']))
    .filter((owner) => owner !== undefined);
  const policies = [...resources].filter(([, raw]) => isPolicyOf(raw, roles)).map(([logicalId]) => logicalId);
  return new Set([...functions, ...roles, ...policies]);
}

function attributeOwner(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('Fn::GetAtt' in value)) return undefined;
  const target = value['Fn::GetAtt'];
  return typeof target === 'string' ? target.split('.')[0] : (target as string[])[0];
}

function isPolicyOf({ Type, Properties }: RawResource, roles: readonly string[]): boolean {
  const attachedTo = Properties?.['Roles'];
  if (Type !== 'AWS::IAM::Policy' || !Array.isArray(attachedTo)) return false;
  return attachedTo.every(
    (entry: unknown) => typeof entry === 'object' && entry !== null && 'Ref' in entry && roles.includes(String(entry.Ref)),
  );
}
