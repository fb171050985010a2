/**
 * Filters of the error list, as its address has them and as the API takes them.
 */
import { type FilterValues, oneOf, textUpTo } from '../shell/list/filters.ts';
import { spanOf, windowFilters } from './time-window.ts';

export const levels = ['error', 'fatal'] as const;

/** The API's own limit of the text filter. */
const textCharactersMax = 200;

export const errorFilters = {
  text: textUpTo(textCharactersMax),
  level: oneOf(levels),
  ...windowFilters,
  file: (text: string) => (/^\w+$/.test(text) ? text : undefined),
};

export type ErrorFilterValues = FilterValues<typeof errorFilters>;

/** Query of the API's list. */
export function errorQuery({ text, level, file, ...window }: ErrorFilterValues, nowMs: number): Readonly<Record<string, string>> {
  const given = Object.entries({ text, level, file, ...spanOf(window, nowMs) });
  return Object.fromEntries(given.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
