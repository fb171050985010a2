import { createHash } from 'node:crypto';

/** What a name of some resource type may look like. Derived names are lower-case letters, digits and hyphens, which all types allow. */
export interface NameRule {
  /** Property that holds an explicit name. */
  readonly property?: string;
  readonly charactersMax: number;
  /** Types whose names must differ from each other share a namespace; default: the type itself. */
  readonly namespace?: string;
  readonly suffix?: (properties: Readonly<Record<string, unknown>>) => string;
}

const hashCharacters = 8;
const charactersMin = 3;

/**
 * A short readable name from the construct path, for example `Xm/Logs/Uploads/Resource` → `xm-logs-uploads`.
 * It depends on nothing but the path, so that data stays with its table or bucket from start to start.
 */
export function derivedName(path: string, properties: Readonly<Record<string, unknown>>, rule: NameRule): string {
  const suffix = rule.suffix?.(properties) ?? '';
  const name = kebab(meaningful(path));
  const room = rule.charactersMax - suffix.length;
  if (name.length > room) return `${shortened(name, room)}-${hash(path)}${suffix}`;
  return `${name.length < charactersMin ? `${name}-${hash(path)}` : name}${suffix}`;
}

/** The name of a resource whose derived name is taken by one further up in the template. */
export function distinctName(logicalId: string, name: string, rule: NameRule): string {
  const dot = name.indexOf('.');
  const [stem, suffix] = dot < 0 ? [name, ''] : [name.slice(0, dot), name.slice(dot)];
  return `${shortened(stem, rule.charactersMax - suffix.length)}-${hash(logicalId)}${suffix}`;
}

/** `Stack/Capability/Thing` without the segments that every construct has. */
function meaningful(path: string): string {
  const segments = path.split('/').filter((segment) => segment !== 'Resource' && segment !== 'Default');
  return segments.join('/');
}

function kebab(path: string): string {
  return path
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

function shortened(name: string, room: number): string {
  return name.slice(0, room - hashCharacters - 1).replace(/-+$/, '');
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, hashCharacters);
}
