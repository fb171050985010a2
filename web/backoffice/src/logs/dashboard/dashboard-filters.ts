/**
 * Filters of the dashboard, as its address has them, and the lists that its figures open.
 */
import { type FilterValues, oneOf, textUpTo, writeAddress } from '../../shell/list/filters.ts';
import { spanOf, windowFilters } from '../time-window.ts';

export const dimensions = ['level', 'service', 'file', 'pattern'] as const;
export type Dimension = (typeof dimensions)[number];

const serviceCharactersMax = 128;

export const dashboardFilters = {
  ...windowFilters,
  level: oneOf(['error', 'fatal']),
  service: textUpTo(serviceCharactersMax),
  file: (text: string) => (/^\w+$/.test(text) ? text : undefined),
  /** What the chart is divided by. */
  by: oneOf(dimensions),
};
export type DashboardValues = FilterValues<typeof dashboardFilters>;

export const windowDefault = '7d';

/** What the API is asked for. */
export function dashboardQuery({ window = windowDefault, from, to, level, service, file }: DashboardValues, nowMs: number) {
  return {
    ...spanOf({ window, from, to }, nowMs),
    ...(level !== undefined && { level: level as 'error' | 'fatal' }),
    ...(service !== undefined && { service }),
    ...(file !== undefined && { file }),
  };
}

/** The filters that lists have, too; each figure adds its own. */
function shared({ window = windowDefault, from, to, level, service, file }: DashboardValues): FilterValues {
  return { window, level, service, file, ...(window === 'custom' && { from, to }) };
}

export const errorsAddress = (values: DashboardValues, more: FilterValues = {}): string =>
  `/log-errors${writeAddress({ values: { ...shared(values), ...more } })}`;

export const patternsAddress = (values: DashboardValues, more: FilterValues = {}): string =>
  `/log-patterns${writeAddress({ values: { ...shared(values), ...more } })}`;

/** The errors of one step of the chart. */
export function stepAddress(values: DashboardValues, at: string, step: 'hour' | 'day'): string {
  const stepMs = (step === 'hour' ? 1 : 24) * 3_600_000;
  return errorsAddress(values, { window: 'custom', from: at, to: new Date(Date.parse(at) + stepMs - 1).toISOString() });
}
