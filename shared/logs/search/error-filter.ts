/**
 * What errors somebody looks for. Pure.
 */
import type { ErrorLevel } from '../error-record.ts';
import type { ErrorRef, StoredError } from '../ports.ts';
import { noService } from '../rollup/aggregates.ts';
import { patternLimits } from '../rollup/pattern.ts';

export interface ErrorFilter {
  /** ISO 8601, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly level?: ErrorLevel | undefined;
  readonly file?: string | undefined;
  /** A logger, by its whole name; `(none)` for errors that name none. */
  readonly service?: string | undefined;
  /** Id of a pattern. */
  readonly pattern?: string | undefined;
  /** Each is in the message, the stack or the logger, in any case. */
  readonly include: readonly string[];
  /** None of them is. */
  readonly exclude: readonly string[];
}

/** What is seen by the reference alone. */
export const isWantedRef = ({ file }: ErrorFilter, ref: ErrorRef): boolean => file === undefined || ref.fileId === file;

/** What a record is counted under by service: a list that a figure opens has to find it by the same name. */
const serviceOf = ({ logger }: StoredError): string => logger?.slice(0, patternLimits.serviceCharactersMax) ?? noService;

/** What needs the record. The pattern is not looked at: which records are its own is known by where they are walked. */
export function matches({ level, service, include, exclude }: ErrorFilter, error: StoredError): boolean {
  if (level !== undefined && error.level !== level) return false;
  if (service !== undefined && error.logger !== service && serviceOf(error) !== service) return false;
  const text = [error.message, error.stack ?? '', error.logger ?? ''].map((part) => part.toLowerCase());
  const has = (word: string): boolean => text.some((part) => part.includes(word.toLowerCase()));
  return include.every(has) && !exclude.some(has);
}
