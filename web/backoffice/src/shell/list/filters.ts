/**
 * A list's filters and page in its address: `#/members?status=banned&q=sari&page=2`. A link shows the same list elsewhere; values that
 * mean nothing, from a link that was cut or edited, are left out rather than sent to the API.
 */

/** What a filter takes: the value as it is asked for, or undefined for a text that it cannot mean. */
export type Filter = (text: string) => string | undefined;
export type Filters = Readonly<Record<string, Filter>>;
export type FilterValues<Of extends Filters = Filters> = { readonly [Name in keyof Of]?: string | undefined };

export const oneOf =
  (values: readonly string[]): Filter =>
  (text) =>
    values.find((value) => value === text);

export const textUpTo =
  (charactersMax: number): Filter =>
  (text) =>
    text.trim().slice(0, charactersMax) || undefined;

/** `2026-11-21` */
export const day: Filter = (text) => (isDay(text) ? text : undefined);

/** An instant, as ISO 8601 in UTC. */
export const instant: Filter = (text) => {
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? undefined : new Date(milliseconds).toISOString();
};

export interface ListAddress<Of extends Filters = Filters> {
  readonly values: FilterValues<Of>;
  readonly page: number;
}

export function readAddress<const Of extends Filters>(filters: Of, search: string): ListAddress<Of> {
  const query = new URLSearchParams(search);
  const values = Object.entries(filters).flatMap(([name, filter]) => {
    const given = query.get(name);
    const value = given === null ? undefined : filter(given);
    return value === undefined ? [] : [[name, value]];
  });
  const page = Number(query.get('page') ?? 1);
  return { values: Object.fromEntries(values) as FilterValues<Of>, page: Number.isInteger(page) && page > 0 ? page : 1 };
}

/** The query with its question mark; nothing for the first page of everything. The same filters have the same address, whichever was set first. */
export function writeAddress({ values, page = 1 }: { readonly values: FilterValues; readonly page?: number }): string {
  const given = Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '');
  given.sort(([one], [other]) => one.localeCompare(other));
  if (page > 1) given.push(['page', String(page)]);
  const query = new URLSearchParams(given).toString();
  return query === '' ? '' : `?${query}`;
}

export function hasFilters(values: FilterValues): boolean {
  return activeFilters(values, Object.keys(values)) > 0;
}

/** How many of these are set. */
export function activeFilters<Of extends Filters>(values: FilterValues<Of>, names: readonly (keyof Of)[]): number {
  return names.filter((name) => values[name] !== undefined && values[name] !== '').length;
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
