/**
 * Addresses of the log pages. Everything a page shows is in its address, so that a link restores it: filters in the query, the open error
 * in the path.
 */

export const windows = ['all', '15m', '1h', '24h', '7d', '30d', 'custom'] as const;
export type Window = (typeof windows)[number];

export const levels = ['error', 'fatal'] as const;
type Level = (typeof levels)[number];

export interface ErrorFilters {
  readonly file: string | undefined;
  readonly level: Level | undefined;
  readonly window: Window;
  /** ISO 8601 in UTC; of the window `custom` only. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly text: string | undefined;
}

export type LogRoute =
  | { readonly page: 'files' }
  | { readonly page: 'errors'; readonly filters: ErrorFilters }
  | { readonly page: 'error'; readonly errorId: string; readonly filters: ErrorFilters };

export const noFilters: ErrorFilters = {
  file: undefined,
  level: undefined,
  window: 'all',
  from: undefined,
  to: undefined,
  text: undefined,
};

const windowMinutes: Readonly<Record<Exclude<Window, 'all' | 'custom'>, number>> = {
  '15m': 15,
  '1h': 60,
  '24h': 24 * 60,
  '7d': 7 * 24 * 60,
  '30d': 30 * 24 * 60,
};

/** The API's own limit of the text filter. */
export const textCharactersMax = 200;

/** The page at an address, or undefined when it is not one of the log pages. */
export function parseLogRoute(pathname: string, search: string): LogRoute | undefined {
  if (pathname === '/') return { page: 'files' };
  if (pathname === '/errors') return { page: 'errors', filters: parseFilters(search) };
  const [, errorId] = /^\/errors\/(\w+)$/.exec(pathname) ?? [];
  return errorId === undefined ? undefined : { page: 'error', errorId, filters: parseFilters(search) };
}

export function logAddress(route: LogRoute): string {
  if (route.page === 'files') return '/';
  const path = route.page === 'errors' ? '/errors' : `/errors/${route.errorId}`;
  return path + formatFilters(route.filters);
}

export function hasFilters(filters: ErrorFilters): boolean {
  return formatFilters(filters) !== '';
}

/** Query of the API's list. A relative window ends now, so it is left open at its end. */
export function filterQuery(filters: ErrorFilters, nowMs: number): Readonly<Record<string, string | undefined>> {
  const { file, level, text, window } = filters;
  const given = { file, level, text };
  if (window === 'custom') return { ...given, from: filters.from, to: filters.to };
  if (window === 'all') return given;
  return { ...given, from: new Date(nowMs - windowMinutes[window] * 60_000).toISOString() };
}

/** Values that mean nothing, from a link that was cut or edited, are left out rather than sent to the API. */
function parseFilters(search: string): ErrorFilters {
  const query = new URLSearchParams(search);
  const from = instant(query.get('from'));
  const to = instant(query.get('to'));
  const named = windows.find((window) => window === query.get('window') && window !== 'custom') ?? 'all';
  const file = query.get('file') ?? '';
  return {
    file: /^\w+$/.test(file) ? file : undefined,
    level: levels.find((level) => level === query.get('level')),
    window: from !== undefined || to !== undefined ? 'custom' : named,
    from,
    to,
    text: query.get('text')?.slice(0, textCharactersMax) || undefined,
  };
}

function formatFilters({ file, level, window, from, to, text }: ErrorFilters): string {
  const isCustom = window === 'custom';
  const named = { file, level, window: isCustom || window === 'all' ? undefined : window };
  const given = Object.entries({ ...named, from: isCustom ? from : undefined, to: isCustom ? to : undefined, text }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}

function instant(text: string | null): string | undefined {
  const milliseconds = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(milliseconds) ? undefined : new Date(milliseconds).toISOString();
}
