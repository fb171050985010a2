import type { Resource } from '../ports.ts';
import { TemplateError } from './template-error.ts';

/** Properties that a room of the stack knows. A path such as `Cors.AllowOrigins` looks into `Cors`, lists included; `Cors` alone covers all within. */
export interface KnownProperties {
  readonly supported: readonly string[];
  /** Path → why it makes no difference on one machine. */
  readonly inert?: Readonly<Record<string, string>>;
}

/** Refuses, with logical id and property, whatever would be ignored in silence. */
export function checkProperties(resource: Resource, { supported, inert = {} }: KnownProperties): void {
  const known = new Set([...supported, ...Object.keys(inert)]);
  const parents = new Set([...known].flatMap(ancestors));
  const unknown = firstUnknown(resource.properties, { known, parents, prefix: '' });
  if (unknown !== undefined) {
    throw new TemplateError(`${resource.logicalId} (${resource.type}): property ${unknown} is not supported by the local stack`);
  }
}

interface Walk {
  readonly known: ReadonlySet<string>;
  readonly parents: ReadonlySet<string>;
  readonly prefix: string;
}

function firstUnknown(value: unknown, walk: Walk): string | undefined {
  if (Array.isArray(value)) return value.map((entry) => firstUnknown(entry, walk)).find((found) => found !== undefined);
  // A scalar where the template may also hold a structure, say a boolean in place of an object.
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, entry] of Object.entries(value)) {
    const path = walk.prefix === '' ? key : `${walk.prefix}.${key}`;
    if (walk.known.has(path)) continue;
    if (!walk.parents.has(path)) return path;
    const found = firstUnknown(entry, { ...walk, prefix: path });
    if (found !== undefined) return found;
  }
  return undefined;
}

function ancestors(path: string): string[] {
  const parts = path.split('.');
  return parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join('.'));
}
