import { z } from 'zod';
import { TemplateError } from '../template/template-error.ts';
import { compilePattern, type EventPattern } from './event-pattern.ts';

/** Lambda takes ten at most when the quota is raised, five by default. */
const filtersMax = 10;

export const FilterCriteria = z.strictObject({
  Filters: z
    .array(z.strictObject({ Pattern: z.string() }))
    .max(filtersMax)
    .default([]),
});

/** Keeps what any of the filters matches; everything when there is none. */
export function compileFilters(criteria: z.output<typeof FilterCriteria> | undefined, at: string): EventPattern {
  const patterns = (criteria?.Filters ?? []).map(({ Pattern }, index) => {
    const where = `${at}: FilterCriteria.Filters[${index}].Pattern`;
    return compilePattern(parse(Pattern, where), where);
  });
  return patterns.length === 0 ? () => true : (record) => patterns.some((matches) => matches(record));
}

function parse(text: string, at: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new TemplateError(`${at}: not JSON`);
  }
}
