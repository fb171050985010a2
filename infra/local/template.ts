/**
 * The template as the local stack sees it: what `cdk synth` wrote, with every intrinsic function resolved, every resource named,
 * and a loud error for whatever this machine could not run as AWS would.
 */
import type { Resource, StackModel } from './ports.ts';
import { readAssembly, type Assembly } from './template/assembly.ts';
import { refuseUnknownParameters, type GivenParameters } from './template/parameters.ts';
import type { LocalAddresses } from './template/resource-types.ts';
import { openStack, type ResolvedStack } from './template/stack.ts';
import { TemplateError } from './template/template-error.ts';

export interface ModelOptions {
  readonly region: string;
  readonly accountId: string;
  readonly addresses: LocalAddresses;
  readonly parameters?: GivenParameters;
}

export interface LocalModel extends StackModel {
  /** What the template declares and nothing runs here, with the reason. */
  readonly inert: readonly InertResource[];
  /** Directory (or file) behind the code or content of a resource: `Code.S3Key` of a function, `Content.S3Key` of a layer. */
  assetDirectory(resource: Resource): string;
  /** The same by object key, for resources that name several assets. */
  assetPath(objectKey: string): string;
}

interface InertResource {
  readonly logicalId: string;
  readonly type: string;
  readonly reason: string;
}

/**
 * Reads a cloud assembly directory (`cdk.out`). Several stacks become one model; a logical id that two of them use is
 * prefixed by its stack. Throws `TemplateError` with the logical id for anything that is unknown, missing or circular.
 */
export function loadModel(cdkOutDirectory: string, options: ModelOptions): LocalModel {
  const assembly = readAssembly(cdkOutDirectory);
  refuseUnknownParameters(
    options.parameters ?? {},
    assembly.stacks.map(({ template }) => template.Parameters ?? {}),
  );
  const stacks = openStacks(assembly, options);
  const resources = withDistinctIds(stacks);
  const byArn = new Map([...resources.values()].map((resource) => [resource.arn, resource]));
  return {
    stackName: assembly.stacks.map(({ stackName }) => stackName).join(','),
    region: options.region,
    accountId: options.accountId,
    resources,
    outputs: Object.assign({}, ...stacks.map((stack) => stack.outputs())) as Record<string, string>,
    inert: stacks.flatMap((stack) => stack.inert),
    ofType: (type) => [...resources.values()].filter((resource) => resource.type === type),
    byArn: (arn) => byArn.get(arn),
    assetDirectory: (resource) => assetPath(assembly, assetKey(resource)),
    assetPath: (objectKey) => assetPath(assembly, objectKey),
  };
}

/** Stacks see each other's exports, so they are opened together and resolved on demand. */
function openStacks(assembly: Assembly, options: ModelOptions): ResolvedStack[] {
  const stacks: ResolvedStack[] = [];
  const takenNames = new Set<string>();
  const importValue = (exportName: string, at: string): unknown => {
    for (const stack of stacks) {
      const found = stack.exported(exportName);
      if (found !== undefined) return found;
    }
    throw new TemplateError(`${at}: no stack exports ${exportName}`);
  };
  for (const artifact of assembly.stacks) stacks.push(openStack(artifact, { ...options, importValue, takenNames }));
  return stacks;
}

function withDistinctIds(stacks: readonly ResolvedStack[]): Map<string, Resource> {
  const all = stacks.flatMap((stack) => stack.resources().map((resource) => ({ stack, resource })));
  const uses = Map.groupBy(all, ({ resource }) => resource.logicalId);
  return new Map(
    all.map(({ stack, resource }) => {
      const shared = (uses.get(resource.logicalId)?.length ?? 0) > 1;
      const logicalId = shared ? `${stack.name}.${resource.logicalId}` : resource.logicalId;
      return [logicalId, { ...resource, logicalId }];
    }),
  );
}

function assetKey(resource: Resource): string {
  for (const property of ['Code', 'Content']) {
    const source = resource.properties[property];
    if (typeof source === 'object' && source !== null && 'S3Key' in source && typeof source.S3Key === 'string') return source.S3Key;
  }
  throw new TemplateError(`${resource.logicalId} (${resource.type}): no asset behind it`);
}

function assetPath(assembly: Assembly, objectKey: string): string {
  const path = assembly.assets.get(objectKey);
  if (path === undefined) throw new TemplateError(`no asset ${objectKey} in the assembly`);
  return path;
}
