/**
 * How far back a list or the dashboard looks, as their addresses have it and as the API takes it.
 */
import { type FilterValues, instant, oneOf } from '../shell/list/filters.ts';

/** `custom` has a beginning and an end of its own. */
export const windows = ['15m', '1h', '24h', '7d', '30d', '90d', 'custom'] as const;
export type WindowName = (typeof windows)[number];
type Preset = Exclude<WindowName, 'custom'>;

const dayMinutes = 24 * 60;
const windowMinutes: Readonly<Record<Preset, number>> = {
  '15m': 15,
  '1h': 60,
  '24h': dayMinutes,
  '7d': 7 * dayMinutes,
  '30d': 30 * dayMinutes,
  '90d': 90 * dayMinutes,
};

export const windowFilters = { window: oneOf(windows), from: instant, to: instant };
export type WindowValues = FilterValues<typeof windowFilters>;

interface Span {
  readonly from?: string;
  readonly to?: string;
}

/** The instants that a window means now. A relative one ends now, so it is left open at its end. */
export function spanOf({ window, from, to }: WindowValues, nowMs: number): Span {
  if (window !== undefined && window !== 'custom') return { from: windowStart(window as Preset, nowMs) };
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

export function windowStart(window: Preset, nowMs: number): string {
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
