/**
 * Filters of the error list, as its address has them and as the API takes them.
 */
import { type FilterValues, oneOf, textUpTo } from '../shell/list/filters.ts';
import { spanOf, windowFilters } from './time-window.ts';

export const levels = ['error', 'fatal'] as const;

/** The API's own limits. */
const wordCharactersMax = 200;
const wordsMax = 10;
const serviceCharactersMax = 200;

const id = (text: string): string | undefined => (/^[\w~-]{1,100}$/.test(text) ? text : undefined);

export const errorFilters = {
  text: textUpTo(wordsMax * wordCharactersMax),
  exclude: textUpTo(wordsMax * wordCharactersMax),
  level: oneOf(levels),
  service: textUpTo(serviceCharactersMax),
  pattern: id,
  file: id,
  ...windowFilters,
};

export type ErrorFilterValues = FilterValues<typeof errorFilters>;

/** Query of the API's search. */
export function errorQuery(
  { text, exclude, window, from, to, ...same }: ErrorFilterValues,
  nowMs: number,
): Readonly<Record<string, string>> {
  const words = { include: wordsOf(text).join('\n'), exclude: wordsOf(exclude).join('\n') };
  const given = Object.entries({ ...same, ...words, ...spanOf({ window, from, to }, nowMs) });
  return Object.fromEntries(given.filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''));
}

/** The same, as an export is asked for. */
export function exportFilter({ text, exclude, window, from, to, level, ...same }: ErrorFilterValues, nowMs: number) {
  const given = Object.entries({ ...same, ...spanOf({ window, from, to }, nowMs) }).filter(([, value]) => value !== undefined);
  return {
    ...Object.fromEntries(given),
    ...(level !== undefined && { level: level as (typeof levels)[number] }),
    include: wordsOf(text),
    exclude: wordsOf(exclude),
  };
}

/** `disk "is full"` → `disk` and `is full`. A quote that is not closed reaches to the end, as while one types it. */
export function wordsOf(text = ''): string[] {
  const words = [...text.matchAll(/"([^"]*)"?|[^\s"]+/g)].map(([word, phrase]) => (phrase ?? word).trim());
  return words
    .filter((word) => word !== '')
    .slice(0, wordsMax)
    .map((word) => word.slice(0, wordCharactersMax));
}
