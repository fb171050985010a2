/**
 * The dashboard: read from counts that were added up when files were closed, in a bounded number of reads whatever the window.
 */
import type { Clock } from '#shared/platform/clock.ts';
import { logFault } from '../log-faults.ts';
import type { FileStore, ProgressStore } from '../ports.ts';
import type { LevelCounts } from '../rollup/pattern.ts';
import type { AggregateReader, PatternStore } from '../rollup/ports.ts';
import { breakdownOf } from './breakdown.ts';
import type { DashboardView } from './dashboard-routes.ts';
import { scanState } from './scan-state.ts';
import { windowOf, type DashboardWindow } from './window.ts';
import { windowPatterns } from './window-patterns.ts';

export interface DashboardDeps {
  readonly files: FileStore;
  readonly progress: ProgressStore;
  readonly patterns: PatternStore;
  readonly aggregates: AggregateReader;
  readonly clock: Clock;
}

export interface DashboardRequest {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly level?: keyof LevelCounts | undefined;
  readonly service?: string | undefined;
  readonly file?: string | undefined;
}

/** What a dashboard is made for. */
export interface Scope {
  readonly window: DashboardWindow;
  /** Its days, both included. */
  readonly days: { readonly from: string; readonly to: string };
  readonly filter: Pick<DashboardRequest, 'level' | 'service' | 'file'>;
  readonly nowMs: number;
}

export async function readDashboard(deps: DashboardDeps, request: DashboardRequest): Promise<DashboardView> {
  const nowMs = deps.clock.now();
  const window = windowOf({ ...request, nowMs });
  if (window === undefined) throw logFault('logs.window-invalid');
  if (request.file !== undefined && (await deps.files.get(request.file)) === undefined) throw logFault('logs.file-not-found');
  const days = { from: window.days[0] ?? '', to: window.days.at(-1) ?? '' };
  const scope: Scope = { window, days, filter: request, nowMs };
  const [{ totals, ...series }, patterns, scan] = await Promise.all([
    breakdownOf(deps, scope),
    windowPatterns(deps, scope),
    scanState(deps, window),
  ]);
  return {
    from: new Date(window.fromMs).toISOString(),
    to: new Date(window.toMs).toISOString(),
    step: window.step,
    totals,
    series: { ...series, patterns: patterns.series },
    patterns: patterns.lists,
    scan,
  };
}
