import type { Resource } from '../ports.ts';

/** What the local stack does with each property of a resource type. A property in none of the tables is refused as unknown. */
export interface PropertyRules {
  readonly honoured: readonly string[];
  /** Without effect on this machine, and why that is harmless. */
  readonly inert: Readonly<Record<string, string>>;
  /** Would change what the system does, and is not run here. */
  readonly refused: Readonly<Record<string, string>>;
}

/** Something in the template that the local stack does not run as AWS would: it says so instead of starting. */
export class TemplateRefusal extends Error {
  constructor({ logicalId, type }: Pick<Resource, 'logicalId' | 'type'>, why: string) {
    super(`${logicalId} (${type}): ${why}`);
    this.name = 'TemplateRefusal';
  }
}

/** Throws `TemplateRefusal` for the first property that would be ignored although it matters. */
export function checkProperties(resource: Resource, rules: PropertyRules): void {
  for (const name of Object.keys(resource.properties)) {
    if (rules.honoured.includes(name) || name in rules.inert) continue;
    const why = rules.refused[name] ?? 'the local stack does not know it';
    throw new TemplateRefusal(resource, `property ${name} is not supported: ${why}`);
  }
}
