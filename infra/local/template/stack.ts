import type { Resource } from '../ports.ts';
import type { RawTemplate, StackArtifact } from './assembly.ts';
import { declaredResources, type Conditions, type Declared } from './declared.ts';
import { circular, dependencyGraph } from './dependencies.ts';
import { conditionsAt, noValue, resolver } from './intrinsics.ts';
import { derivedName, distinctName } from './names.ts';
import { parameterValue, type GivenParameters } from './parameters.ts';
import type { Identity, LocalAddresses } from './resource-types.ts';
import { TemplateError } from './template-error.ts';

export interface StackOptions {
  readonly region: string;
  readonly accountId: string;
  readonly addresses: LocalAddresses;
  readonly parameters?: GivenParameters;
  importValue(exportName: string, at: string): unknown;
  /** Names given so far in this account, `namespace/name`; added to. */
  readonly takenNames: Set<string>;
}

export interface ResolvedStack {
  readonly name: string;
  readonly inert: readonly { readonly logicalId: string; readonly type: string; readonly reason: string }[];
  resources(): Resource[];
  outputs(): Record<string, string>;
  exported(exportName: string): unknown;
}

type Resolve = (value: unknown, at: string) => unknown;

/** One stack of the assembly. Nothing but names is resolved before it is asked for, as stacks may import from each other. */
export function openStack(artifact: StackArtifact, options: StackOptions): ResolvedStack {
  const { stackName, template } = artifact;
  if (template.Transform !== undefined) throw new TemplateError(`${stackName}: Transform is not supported`);
  const dependencies = dependencyGraph();
  const referred = (logicalId: string, at: string): Named => {
    if (!declared.has(logicalId)) throw new TemplateError(`${at}: no resource or parameter ${logicalId}`);
    dependencies.note(at, logicalId);
    return identityOf(logicalId);
  };
  const resolve = resolver({
    reference: (name, at) => parameterOf(name, { stackName, template, options }) ?? refOf(referred(name, at)),
    attribute: (logicalId, attribute, at) => attributeOf(referred(logicalId, at), attribute, at),
    condition: (name, at) => conditions(name, at),
    importValue: (name, at) => options.importValue(name, at),
    mapped: ({ map, top, second }) => template.Mappings?.[map]?.[top]?.[second],
  });
  const conditions = conditionsOf(template, resolve);
  const declared = declaredResources(artifact, conditions);
  const identityOf = identities(declared, { ...options, resolve });

  // Names are given in the order of the template, whatever refers to what: data stays with its table from start to start.
  for (const logicalId of declared.keys()) identityOf(logicalId);
  return {
    name: stackName,
    inert: [...declared.values()].flatMap(({ logicalId, raw, inert }) =>
      inert === undefined ? [] : { logicalId, type: raw.Type, reason: inert },
    ),
    resources: () => {
      const run = [...declared.values()].filter(({ inert }) => inert === undefined);
      const resources = run.map((entry) => resolvedResource(entry, identityOf(entry.logicalId), resolve));
      for (const { logicalId, raw } of run) for (const other of [raw.DependsOn ?? []].flat()) dependencies.note(logicalId, other);
      dependencies.refuseCycles();
      return resources;
    },
    outputs: () => outputsOf(template, { conditions, resolve }),
    exported: (exportName) => exportOf(template, exportName, { conditions, resolve }),
  };
}

interface Named {
  readonly declared: Declared;
  readonly identity: Identity;
}

/** Who each resource is, found once. A name may be made of other resources' names, but not in a circle. */
function identities(
  declared: ReadonlyMap<string, Declared>,
  options: StackOptions & { readonly resolve: Resolve },
): (logicalId: string) => Named {
  const known = new Map<string, Named>();
  const open: string[] = [];
  return (logicalId) => {
    const found = known.get(logicalId);
    if (found !== undefined) return found;
    if (open.includes(logicalId)) throw circular([...open, logicalId]);
    const entry = declared.get(logicalId);
    if (entry === undefined) throw new TemplateError(`no resource ${logicalId}`);
    open.push(logicalId);
    const property = (name: string): unknown => {
      const value = options.resolve(entry.raw.Properties?.[name], `${logicalId}.${name}`);
      return value === noValue ? undefined : value;
    };
    const { region, accountId, addresses } = options;
    const name = physicalName(entry, property, options.takenNames);
    const named = { declared: entry, identity: { region, accountId, addresses, logicalId, property, name } };
    open.pop();
    known.set(logicalId, named);
    return named;
  };
}

function physicalName({ logicalId, raw, path, type }: Declared, property: Identity['property'], taken: Set<string>): string {
  const explicit = type.name.property === undefined ? undefined : property(type.name.property);
  const key = (name: string) => `${type.name.namespace ?? raw.Type}/${name}`;
  const derived = derivedName(path, raw.Properties ?? {}, type.name);
  const name = explicit ?? (taken.has(key(derived)) ? distinctName(logicalId, derived, type.name) : derived);
  if (typeof name !== 'string') throw new TemplateError(`${logicalId}.${type.name.property}: a name must be a string`);
  if (taken.has(key(name))) throw new TemplateError(`${logicalId}: the name ${name} is taken by another ${raw.Type}`);
  taken.add(key(name));
  return name;
}

function resolvedResource({ logicalId, raw, type }: Declared, { identity }: Named, resolve: Resolve): Resource {
  const properties = resolve(raw.Properties ?? {}, logicalId) as Record<string, unknown>;
  return { logicalId, type: raw.Type, physicalName: identity.name, arn: type.arn(identity), properties };
}

function refOf({ declared, identity }: Named): string {
  return declared.type.ref(identity);
}

function attributeOf({ declared, identity }: Named, attribute: string, at: string): string {
  const { logicalId, raw, type } = declared;
  const known = Object.hasOwn(type.attributes, attribute) ? type.attributes[attribute] : undefined;
  if (known === undefined) throw new TemplateError(`${at}: ${logicalId} (${raw.Type}) has no attribute ${attribute} in the local stack`);
  if (attribute === 'StreamArn' && identity.property('StreamSpecification') === undefined) {
    throw new TemplateError(`${at}: table ${logicalId} has no stream`);
  }
  return known(identity);
}

interface ParameterSource {
  readonly stackName: string;
  readonly template: RawTemplate;
  readonly options: StackOptions;
}

function parameterOf(name: string, { stackName, template, options }: ParameterSource): unknown {
  const parameter = template.Parameters?.[name];
  if (parameter !== undefined) return parameterValue(name, parameter, options.parameters ?? {});
  const pseudoParameters: Readonly<Record<string, unknown>> = {
    'AWS::Region': options.region,
    'AWS::AccountId': options.accountId,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stackName,
    'AWS::StackId': `arn:aws:cloudformation:${options.region}:${options.accountId}:stack/${stackName}/local`,
    'AWS::NotificationARNs': [],
    'AWS::NoValue': noValue,
  };
  return pseudoParameters[name];
}

function conditionsOf(template: RawTemplate, resolve: Resolve): Conditions {
  const open: string[] = [];
  return (name, at) => {
    const expression = template.Conditions?.[name];
    if (expression === undefined) throw new TemplateError(`${at}: no condition ${name}`);
    const place = `${conditionsAt}${name}`;
    if (open.includes(place)) throw circular([...open, place]);
    open.push(place);
    const holds = resolve(expression, place);
    open.pop();
    if (typeof holds !== 'boolean') throw new TemplateError(`${place} is not true or false`);
    return holds;
  };
}

interface Lookup {
  readonly conditions: Conditions;
  readonly resolve: Resolve;
}

function presentOutputs(template: RawTemplate, conditions: Conditions) {
  return Object.entries(template.Outputs ?? {}).filter(
    ([name, { Condition }]) => Condition === undefined || conditions(Condition, `Outputs.${name}`),
  );
}

function outputsOf(template: RawTemplate, { conditions, resolve }: Lookup): Record<string, string> {
  return Object.fromEntries(
    presentOutputs(template, conditions).map(([name, { Value }]) => {
      const value = resolve(Value, `Outputs.${name}`);
      return [name, typeof value === 'string' ? value : JSON.stringify(value)];
    }),
  );
}

function exportOf(template: RawTemplate, exportName: string, { conditions, resolve }: Lookup): unknown {
  const found = presentOutputs(template, conditions).find(
    ([name, { Export }]) => Export !== undefined && resolve(Export.Name, `Outputs.${name}.Export`) === exportName,
  );
  return found && resolve(found[1].Value, `Outputs.${found[0]}`);
}
