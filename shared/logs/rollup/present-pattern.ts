/**
 * A pattern as the API shows it.
 */
import * as z from 'zod';
import { statusAt, triageStatuses } from '../issues/triage.ts';
import { errorId } from '../log-ids.ts';
import { levelOf, totalOf, type Pattern } from './pattern.ts';

export const levelCountsView = z.object({ error: z.int().nonnegative(), fatal: z.int().nonnegative() });

export const patternView = z
  .object({
    id: z.string().meta({ description: 'The same for the same pattern in every file and run.', example: 'pat_1_abcdefghijklmnop' }),
    template: z.string().meta({ description: 'The message with `<*>` for what varies.' }),
    level: z.enum(['error', 'fatal']).meta({ description: 'The gravest that was seen.' }),
    basis: z.enum(['trace', 'message']).meta({ description: 'Whether its records are known by their stack traces or by their messages.' }),
    total: z.int().nonnegative(),
    counts: levelCountsView,
    files: z.int().nonnegative(),
    services: z.array(z.string()).meta({ description: 'Loggers that wrote its records; at most 16, in alphabetical order.' }),
    firstSeen: z.iso.datetime(),
    lastSeen: z.iso.datetime(),
    sampleErrorId: z.string().meta({ description: 'One of its latest errors.' }),
    status: z.enum(triageStatuses),
    assignee: z.string().nullable(),
    regressedAt: z.iso.datetime().nullable().meta({ description: 'When it came back after it had been resolved.' }),
  })
  .meta({ id: 'LogPattern' });
export type PatternView = z.infer<typeof patternView>;

export function presentPattern(pattern: Pattern, nowMs: number): PatternView {
  const { id, template, basis, counts, files, services, firstSeen, lastSeen, sample, triage } = pattern;
  return {
    id,
    template,
    level: levelOf(pattern),
    basis,
    total: totalOf(counts),
    counts,
    files,
    services: [...services],
    firstSeen,
    lastSeen,
    sampleErrorId: errorId(sample),
    status: statusAt(triage, nowMs),
    assignee: triage.assignee,
    regressedAt: triage.regression?.at ?? null,
  };
}
