/**
 * Filters of the error list, as its address has them and as the API takes them.
 */
import { type FilterValues, instant, oneOf, textUpTo } from '../shell/list/filters.ts';

export const levels = ['error', 'fatal'] as const;
/** How far back; `custom` has an own beginning and end. */
export const windows = ['15m', '1h', '24h', '7d', '30d', 'custom'] as const;
type Window = Exclude<(typeof windows)[number], 'custom'>;

const windowMinutes: Readonly<Record<Window, number>> = { '15m': 15, '1h': 60, '24h': 24 * 60, '7d': 7 * 24 * 60, '30d': 30 * 24 * 60 };

/** The API's own limit of the text filter. */
const textCharactersMax = 200;

export const errorFilters = {
  text: textUpTo(textCharactersMax),
  level: oneOf(levels),
  window: oneOf(windows),
  from: instant,
  to: instant,
  file: (text: string) => (/^\w+$/.test(text) ? text : undefined),
};

export type ErrorFilterValues = FilterValues<typeof errorFilters>;

/** Query of the API's list. A relative window ends now, so it is left open at its end. */
export function errorQuery({ text, level, window, from, to, file }: ErrorFilterValues, nowMs: number): Readonly<Record<string, string>> {
  const isRelative = window !== undefined && window !== 'custom';
  const span = isRelative ? { from: windowStart(window as Window, nowMs) } : { from, to };
  const given = Object.entries({ text, level, file, ...span });
  return Object.fromEntries(given.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

export function windowStart(window: Window, nowMs: number): string {
  return new Date(nowMs - windowMinutes[window] * 60_000).toISOString();
}

/** `2026-11-21T12:00:00.000Z` → the same instant as a field of local time has it, to the minute. */
export function localTime(iso: string | undefined): string {
  if (iso === undefined) return '';
  const date = new Date(iso);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

export function utcTime(local: string): string | undefined {
  return local === '' ? undefined : new Date(local).toISOString();
}
