import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type NestedTemplate, withNestedStacks } from './nested-stacks.ts';
import { TemplateError } from './template-error.ts';

/** One resource as it stands in a template, intrinsic functions and all. */
export interface RawResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Condition?: string;
  readonly DependsOn?: string | readonly string[];
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

export interface RawParameter {
  readonly Type: string;
  readonly Default?: string | number | boolean;
  readonly AllowedValues?: readonly (string | number)[];
  readonly AllowedPattern?: string;
}

export interface RawTemplate {
  readonly Resources: Readonly<Record<string, RawResource>>;
  readonly Parameters?: Readonly<Record<string, RawParameter>>;
  readonly Mappings?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Outputs?: Readonly<
    Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: unknown }; readonly Condition?: string }>
  >;
  readonly Transform?: unknown;
}

export interface StackArtifact {
  readonly stackName: string;
  readonly template: RawTemplate;
  /** Logical id → construct path, for example `Xm/Logs/Uploads/Resource`. */
  readonly paths: ReadonlyMap<string, string>;
}

/** What `cdk synth` wrote: the stacks in order of their dependencies, and where each asset lies. */
export interface Assembly {
  readonly stacks: readonly StackArtifact[];
  /** Object key in the asset bucket → file or directory on this machine. */
  readonly assets: ReadonlyMap<string, string>;
}

interface Manifest {
  readonly artifacts?: Readonly<Record<string, Artifact>>;
}

interface Artifact {
  readonly type: string;
  readonly dependencies?: readonly string[];
  readonly metadata?: ConstructMetadata;
  readonly additionalMetadataFile?: string;
  readonly properties?: {
    readonly templateFile?: string;
    readonly stackName?: string;
    readonly file?: string;
    readonly directoryName?: string;
  };
}

/** Construct path with a leading slash → what is known of it. */
type ConstructMetadata = Readonly<Record<string, readonly { readonly type: string; readonly data?: unknown }[]>>;

interface AssetManifest {
  readonly files?: Readonly<
    Record<
      string,
      { readonly source: { readonly path?: string }; readonly destinations: Readonly<Record<string, { readonly objectKey: string }>> }
    >
  >;
}

const stackType = 'aws:cloudformation:stack';
const assetsType = 'cdk:asset-manifest';
const nestedType = 'cdk:cloud-assembly';

/** Reads a cloud assembly directory and the assemblies of stages nested in it. A stack holds the content of its nested stacks. */
export function readAssembly(directory: string): Assembly {
  const stacks: StackArtifact[] = [];
  const assets = new Map<string, string>();
  collect(directory, { stacks, assets });
  if (stacks.length === 0) throw new TemplateError(`no stack in ${directory}`);
  return { stacks: stacks.map((stack) => withNestedStacks(stack, nestedTemplates(assets))), assets };
}

/** The CDK publishes the template of a nested stack as an asset, whose object key ends the template's address. */
function nestedTemplates(assets: Assembly['assets']): NestedTemplate {
  return (logicalId, { Properties }) => {
    const address = JSON.stringify(Properties?.['TemplateURL'] ?? '');
    const found = [...assets].find(([objectKey]) => address.includes(`/${objectKey}"`));
    if (found === undefined) throw new TemplateError(`${logicalId}: no asset of this assembly is its template`);
    return readJson(found[1]) as RawTemplate;
  };
}

function collect(directory: string, into: { readonly stacks: StackArtifact[]; readonly assets: Map<string, string> }): void {
  const { artifacts = {} } = readJson(join(directory, 'manifest.json')) as Manifest;
  const ordered = inOrder(artifacts);
  for (const { artifact, id, file } of filesOf(ordered, stackType, 'templateFile')) {
    const template = readJson(join(directory, file)) as RawTemplate;
    into.stacks.push({ stackName: artifact.properties?.stackName ?? id, template, paths: constructPaths(directory, artifact) });
  }
  for (const { file } of filesOf(ordered, assetsType, 'file'))
    addAssets(directory, readJson(join(directory, file)) as AssetManifest, into.assets);
  for (const { file } of filesOf(ordered, nestedType, 'directoryName')) collect(join(directory, file), into);
}

function filesOf(artifacts: readonly [string, Artifact][], type: string, property: 'templateFile' | 'file' | 'directoryName') {
  return artifacts.flatMap(([id, artifact]) => {
    const file = artifact.properties?.[property];
    return artifact.type === type && file !== undefined ? [{ id, artifact, file }] : [];
  });
}

/** From the manifest, as templates themselves carry paths only when the CDK CLI asked for them. */
function constructPaths(directory: string, { metadata = {}, additionalMetadataFile }: Artifact): Map<string, string> {
  const additional = additionalMetadataFile === undefined ? {} : (readJson(join(directory, additionalMetadataFile)) as ConstructMetadata);
  return new Map(
    Object.entries({ ...metadata, ...additional }).flatMap(([path, entries]) =>
      entries.filter(({ type }) => type === 'aws:cdk:logicalId').map(({ data }) => [String(data), path.slice(1)] as const),
    ),
  );
}

/** A stack comes after those it depends on, as a deployment would take them. */
function inOrder(artifacts: Readonly<Record<string, Artifact>>): [string, Artifact][] {
  const ordered = new Map<string, Artifact>();
  const visit = (id: string, path: readonly string[]): void => {
    const artifact = artifacts[id];
    if (artifact === undefined || ordered.has(id)) return;
    if (path.includes(id)) throw new TemplateError(`stacks depend on each other: ${[...path, id].join(' → ')}`);
    for (const dependency of artifact.dependencies ?? []) visit(dependency, [...path, id]);
    ordered.set(id, artifact);
  };
  for (const id of Object.keys(artifacts)) visit(id, []);
  return [...ordered];
}

function addAssets(directory: string, { files = {} }: AssetManifest, assets: Map<string, string>): void {
  for (const { source, destinations } of Object.values(files)) {
    if (source.path === undefined) continue;
    for (const { objectKey } of Object.values(destinations)) assets.set(objectKey, join(directory, source.path));
  }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch (error) {
    throw new TemplateError(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
