/**
 * The window of a dashboard, and its steps.
 */
import type { SeriesDay } from '../rollup/aggregates.ts';
import { daysBetween } from '../rollup/aggregates.ts';
import type { LevelCounts } from '../rollup/pattern.ts';
import { dashboardLimits, type PointView } from './dashboard-routes.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

export interface DashboardWindow {
  readonly step: 'hour' | 'day';
  /** Start of the first step and end of the last one, in milliseconds since the epoch. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Days, both included. */
  readonly days: readonly string[];
}

interface Asked {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly nowMs: number;
}

/** Undefined when it ends before it begins, or is longer than `daysMax`. */
export function windowOf({ from, to, nowMs }: Asked): DashboardWindow | undefined {
  const toMs = to === undefined ? nowMs + 1 : isDay(to) ? Date.parse(to) + dayMs : Date.parse(to) + 1;
  const fromMs = from === undefined ? startOf(toMs - 1, dayMs) - (dashboardLimits.daysDefault - 1) * dayMs : Date.parse(from);
  if (fromMs >= toMs || toMs - fromMs > dashboardLimits.daysMax * dayMs) return undefined;
  const step = toMs - fromMs <= dashboardLimits.hourlyDaysMax * dayMs ? 'hour' : 'day';
  const stepMs = step === 'hour' ? hourMs : dayMs;
  const window = { step, fromMs: startOf(fromMs, stepMs), toMs: startOf(toMs - 1, stepMs) + stepMs } as const;
  return { ...window, days: daysBetween(dayOf(window.fromMs), dayOf(window.toMs - 1)) };
}

/** A point a step, with zeros where nothing was. */
export function hourlyPoints({ step, fromMs, toMs }: DashboardWindow, days: readonly SeriesDay[]): PointView[] {
  const stepMs = step === 'hour' ? hourMs : dayMs;
  const points = Array.from({ length: (toMs - fromMs) / stepMs }, (_, at) => ({
    at: new Date(fromMs + at * stepMs).toISOString(),
    error: 0,
    fatal: 0,
  }));
  for (const { day, hours } of days)
    for (const [hour, counts] of hours) addTo(points[Math.floor((Date.parse(day) + hour * hourMs - fromMs) / stepMs)], counts);
  return points;
}

/** The same of daily counts, for a window by day. */
export function dailyPoints(window: DashboardWindow, counts: ReadonlyMap<string, LevelCounts>): PointView[] {
  return window.days.map((day) => ({ at: `${day}T00:00:00.000Z`, error: 0, fatal: 0, ...counts.get(day) }));
}

function addTo(point: PointView | undefined, { error, fatal }: LevelCounts): void {
  if (point === undefined) return;
  point.error += error;
  point.fatal += fatal;
}

const isDay = (edge: string): boolean => edge.length === 'yyyy-mm-dd'.length;
const startOf = (ms: number, stepMs: number): number => Math.floor(ms / stepMs) * stepMs;
const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Points with nothing of the other level. */
export function ofLevel(level: keyof LevelCounts | undefined, points: readonly PointView[]): PointView[] {
  return points.map(({ at, error, fatal }) => ({ at, error: level === 'fatal' ? 0 : error, fatal: level === 'error' ? 0 : fatal }));
}

export function sumOf(points: readonly LevelCounts[]): LevelCounts {
  return points.reduce<LevelCounts>((sum, { error, fatal }) => ({ error: sum.error + error, fatal: sum.fatal + fatal }), {
    error: 0,
    fatal: 0,
  });
}
