/**
 * Retry and Catch.
 * Source: https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
import { z } from 'zod';
import { parseResultPath, type PlaceResult } from './data-flow.ts';
import { DefinitionError } from './definition-error.ts';
import type { StateFailure } from './state-failure.ts';

const ErrorEquals = z.array(z.string().min(1)).min(1);

export const RetrierFields = z.strictObject({
  Comment: z.string().optional(),
  ErrorEquals,
  IntervalSeconds: z.number().int().min(1).max(99_999_999).default(1),
  MaxAttempts: z.number().int().min(0).max(99_999_999).default(3),
  BackoffRate: z.number().min(1).default(2),
  MaxDelaySeconds: z.number().int().min(1).max(31_622_399).optional(),
  JitterStrategy: z.enum(['FULL', 'NONE']).default('NONE'),
});

export const CatcherFields = z.strictObject({
  Comment: z.string().optional(),
  ErrorEquals,
  Next: z.string(),
  ResultPath: z.string().nullable().optional(),
});

interface Retrier {
  readonly errors: readonly string[];
  readonly attemptsMax: number;
  /** `made` retries were made before; `chance` is from 0 up to 1. */
  delayMs(made: number, chance: number): number;
}

interface Catcher {
  readonly errors: readonly string[];
  readonly next: string;
  readonly place: PlaceResult;
}

export interface ErrorHandling {
  readonly retriers: readonly Retrier[];
  readonly catchers: readonly Catcher[];
}

export interface ErrorFields {
  readonly Retry?: readonly z.output<typeof RetrierFields>[] | undefined;
  readonly Catch?: readonly z.output<typeof CatcherFields>[] | undefined;
}

export function parseErrorHandling({ Retry = [], Catch = [] }: ErrorFields, place: string): ErrorHandling {
  refuseWildcards(Retry, `${place}.Retry`);
  refuseWildcards(Catch, `${place}.Catch`);
  return {
    retriers: Retry.map((fields, index) => parseRetrier(fields, `${place}.Retry[${index}]`)),
    catchers: Catch.map(({ ErrorEquals: errors, Next: next, ResultPath: path }, index) => ({
      errors,
      next,
      place: parseResultPath(path, `${place}.Catch[${index}]`),
    })),
  };
}

const wildcard = 'States.ALL';

function refuseWildcards(handlers: readonly { readonly ErrorEquals: readonly string[] }[], place: string): void {
  for (const [index, { ErrorEquals: errors }] of handlers.entries()) {
    if (errors.includes(wildcard) && (errors.length > 1 || index < handlers.length - 1)) {
      throw new DefinitionError(`${place}[${index}].ErrorEquals`, `${wildcard} stands alone, and last`);
    }
  }
}

function parseRetrier(fields: z.output<typeof RetrierFields>, place: string): Retrier {
  const { ErrorEquals: errors, MaxAttempts: attemptsMax, IntervalSeconds: interval, BackoffRate: rate, JitterStrategy: jitter } = fields;
  const longest = fields.MaxDelaySeconds ?? Number.POSITIVE_INFINITY;
  if (longest <= interval) throw new DefinitionError(`${place}.MaxDelaySeconds`, 'is more than IntervalSeconds');
  return {
    errors,
    attemptsMax,
    delayMs: (made, chance) => {
      const seconds = Math.min(interval * rate ** made, longest, delaySecondsMax);
      return Math.ceil(seconds * 1_000 * (jitter === 'FULL' ? chance : 1));
    },
  };
}

/** A year: back-off without MaxDelaySeconds grows for ever. */
const delaySecondsMax = 31_622_400;

/** Beyond Retry and every wildcard: these say that the definition or its data is wrong. */
const terminal = new Set(['States.Runtime', 'States.DataLimitExceeded']);

/** Whether a list of error names covers a failure; `ofBranch` when it came out of a branch of a Parallel state. */
export function covers(errors: readonly string[], { error }: StateFailure, ofBranch: boolean): boolean {
  if (error === 'States.Runtime') return false;
  return errors.some((name) => {
    if (name === error || (name === 'States.BranchFailed' && ofBranch)) return true;
    if (terminal.has(error)) return false;
    return name === wildcard || (name === 'States.TaskFailed' && error !== 'States.Timeout');
  });
}
