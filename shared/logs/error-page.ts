/**
 * What a page of errors holds, and what it may cost.
 */
import { limits } from './limits.ts';
import type { StoredError } from './ports.ts';

/** Full with as many errors as were asked for, or with as much text as an answer can carry. */
export const errorPageOf = (limit: number) => ({
  limit,
  isFull: (errors: readonly StoredError[]): boolean => errors.length >= limit || charactersOf(errors) >= limits.pageCharactersMax,
});

/** Of a page of errors of all files. */
export const errorBounds = { refs: limits.refsPerPageMax, days: limits.daysPerPageMax, records: limits.recordsPerPageMax } as const;

/** As they are listed: long texts are cut. */
function charactersOf(errors: readonly StoredError[]): number {
  let characters = 0;
  for (const { message, stack } of errors) {
    characters += Math.min(message.length, limits.listedMessageCharactersMax);
    characters += Math.min(stack?.length ?? 0, limits.listedStackCharactersMax);
  }
  return characters;
}
