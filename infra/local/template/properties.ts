import { z } from 'zod';
import type { Resource } from '../ports.ts';
import { checkProperties, type KnownProperties } from './check-properties.ts';
import { TemplateError } from './template-error.ts';

/** The error for something in the template that would not run here as on AWS. */
export function refusal({ logicalId, type }: Pick<Resource, 'logicalId' | 'type'>, why: string): TemplateError {
  return new TemplateError(`${logicalId} (${type}): ${why}`);
}

/** A resource's properties in the form that the code works with. Throws `TemplateError` for one that would be ignored although it matters. */
export function propertiesOf<Schema extends z.ZodType>(resource: Resource, schema: Schema, known: KnownProperties): z.output<Schema> {
  checkProperties(resource, known);
  const parsed = schema.safeParse(resource.properties);
  if (!parsed.success) throw refusal(resource, z.prettifyError(parsed.error));
  return parsed.data;
}
