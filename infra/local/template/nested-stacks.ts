import type { RawResource, RawTemplate, StackArtifact } from './assembly.ts';
import { dependencyGraph } from './dependencies.ts';
import { TemplateError } from './template-error.ts';

const nestedStackType = 'AWS::CloudFormation::Stack';

/** Reads the template behind a nested stack. `logicalId` is for error messages. */
export type NestedTemplate = (logicalId: string, stack: RawResource) => RawTemplate;

/**
 * A stack with the content of its nested stacks in their place: what they are given as parameters and give as outputs is put where it is asked for.
 * Nested stacks are there because CloudFormation takes 500 resources in one; they are deployed together, so here they are one. Construct paths lose their
 * segment, so that a capability which moves into a nested stack finds its data under the names it had.
 *
 * Throws `TemplateError` for nested stacks that need each other, and for a logical id or condition that two of them use.
 */
export function withNestedStacks(artifact: StackArtifact, nestedTemplate: NestedTemplate): StackArtifact {
  const nested = nestedStackIds(artifact.template);
  if (nested.length === 0) return artifact;
  return { ...artifact, template: inlined(artifact.template, nestedTemplate), paths: withoutNestedSegments(artifact.paths, nested) };
}

function inlined(template: RawTemplate, nestedTemplate: NestedTemplate): RawTemplate {
  const stacks = nestedStackIds(template);
  if (stacks.length === 0) return template;
  refuseCycles(template);
  const parts = stacks.map((logicalId) => partOf(logicalId, template.Resources[logicalId] as RawResource, nestedTemplate));
  const outputs = new Map(parts.flatMap((part) => part.outputs.map(([name, value]) => [`${part.logicalId}.Outputs.${name}`, value])));
  const own = Object.entries(template.Resources)
    .filter(([logicalId]) => !stacks.includes(logicalId))
    .map(([logicalId, { DependsOn, ...resource }]) => [logicalId, { ...resource, ...dependingOn(DependsOn, stacks) }] as const);
  const whole = {
    ...template,
    Resources: merged('logical id', [Object.fromEntries(own), ...parts.map(({ template: { Resources } }) => Resources)]),
    Conditions: merged('condition', [template.Conditions ?? {}, ...parts.map(({ template: { Conditions = {} } }) => Conditions)]),
  };
  // An output may be what another nested stack gives, so what is put in is looked through again; it ends, as there are no cycles.
  const given: Substitute = { attribute: (name) => (outputs.has(name) ? substituted(outputs.get(name), given) : undefined) };
  return substituted(whole, given) as RawTemplate;
}

interface Part {
  readonly logicalId: string;
  readonly template: RawTemplate;
  readonly outputs: readonly (readonly [name: string, value: unknown])[];
}

/** A nested stack in the words of its parent: every parameter is what the parent gives for it. */
function partOf(logicalId: string, stack: RawResource, nestedTemplate: NestedTemplate): Part {
  const raw = nestedTemplate(logicalId, stack);
  for (const section of ['Mappings', 'Transform'] as const) {
    if (raw[section] !== undefined) throw new TemplateError(`${logicalId}: ${section} of a nested stack is not supported`);
  }
  const values = (stack.Properties?.['Parameters'] ?? {}) as Readonly<Record<string, unknown>>;
  const given = (name: string): unknown => {
    const declared = raw.Parameters?.[name];
    if (declared === undefined) return undefined;
    const value = values[name] ?? declared.Default;
    if (value === undefined) throw new TemplateError(`${logicalId}: parameter ${name} has no default and no value is given`);
    return value;
  };
  const template = substituted(inlined(raw, nestedTemplate), { reference: given }) as RawTemplate;
  return { logicalId, template, outputs: Object.entries(template.Outputs ?? {}).map(([name, { Value }]) => [name, Value] as const) };
}

interface Substitute {
  /** What to put in place of `Ref`, undefined to leave it. */
  reference?(name: string): unknown;
  /** What to put in place of `Fn::GetAtt`, by `LogicalId.Attribute`. */
  attribute?(name: string): unknown;
}

function substituted(value: unknown, by: Substitute): unknown {
  if (Array.isArray(value)) return value.map((entry) => substituted(entry, by));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [call] = entries;
  return (
    (call !== undefined && entries.length === 1 ? calls.get(call[0])?.(call[1], by) : undefined) ??
    Object.fromEntries(entries.map(([key, entry]) => [key, substituted(entry, by)]))
  );
}

const calls = new Map<string, (argument: unknown, by: Substitute) => unknown>([
  ['Ref', (name, by) => by.reference?.(String(name))],
  ['Fn::GetAtt', (path, by) => by.attribute?.([path].flat().join('.'))],
  ['Fn::Sub', (argument, by) => ({ 'Fn::Sub': substitutedText(argument, by) })],
]);

/** `${Name}` that is put in becomes a variable of the same `Fn::Sub`. */
function substitutedText(argument: unknown, by: Substitute): unknown {
  const [text, variables] = (typeof argument === 'string' ? [argument, {}] : argument) as [string, Readonly<Record<string, unknown>>];
  const own = substituted(variables, by) as Readonly<Record<string, unknown>>;
  const names = namesIn(text).filter((name) => !Object.hasOwn(own, name));
  const added = names.flatMap((name) => {
    const value = name.includes('.') ? by.attribute?.(name) : by.reference?.(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return [text, { ...own, ...Object.fromEntries(added) }];
}

const namesIn = (text: string): string[] => [...text.matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, name]) => (name ?? '').trim());

function nestedStackIds(template: RawTemplate): string[] {
  return Object.entries(template.Resources).flatMap(([logicalId, { Type }]) => (Type === nestedStackType ? [logicalId] : []));
}

/** CloudFormation deploys a nested stack as one resource of its parent: two of them cannot wait for each other. */
function refuseCycles(template: RawTemplate): void {
  const graph = dependencyGraph();
  for (const [logicalId, { Properties, DependsOn = [] }] of Object.entries(template.Resources)) {
    for (const other of [...referredIn(Properties), ...[DependsOn].flat()]) if (other in template.Resources) graph.note(logicalId, other);
  }
  graph.refuseCycles();
}

function referredIn(value: unknown): string[] {
  const found: string[] = [];
  const noted = (name: string): undefined => void found.push(name.split('.')[0] ?? name);
  substituted(value, { reference: noted, attribute: noted });
  return found;
}

function dependingOn(on: RawResource['DependsOn'], nested: readonly string[]): Pick<RawResource, 'DependsOn'> {
  const others = [on ?? []].flat().filter((logicalId) => !nested.includes(logicalId));
  return others.length === 0 ? {} : { DependsOn: others };
}

function merged<Entry>(what: string, sections: readonly Readonly<Record<string, Entry>>[]): Record<string, Entry> {
  const all = new Map<string, Entry>();
  for (const [name, entry] of sections.flatMap((section) => Object.entries(section))) {
    if (all.has(name)) throw new TemplateError(`${name}: two stacks of one system use this ${what}`);
    all.set(name, entry);
  }
  return Object.fromEntries(all);
}

/** The CDK names the resource of the nested stack `X` at `Parent/X.NestedStack/X.NestedStackResource`, and what is in it lies below `Parent/X`. */
function withoutNestedSegments(paths: StackArtifact['paths'], nested: readonly string[]): Map<string, string> {
  const prefixes = nested.flatMap((logicalId) => {
    const [, parent, id] = /^(.*\/)([^/]+)\.NestedStack\//.exec(paths.get(logicalId) ?? '') ?? [];
    return parent === undefined || id === undefined ? [] : [{ parent, inside: `${parent}${id}/` }];
  });
  const shortened = (path: string): string => {
    const prefix = prefixes.find(({ inside }) => path.startsWith(inside));
    return prefix === undefined ? path : prefix.parent + path.slice(prefix.inside.length);
  };
  return new Map([...paths].map(([logicalId, path]) => [logicalId, shortened(path)]));
}
