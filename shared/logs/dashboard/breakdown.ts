/**
 * Errors over time: all of them, and by service and file.
 */
import { everything, type RankedDimension, type RankingDay, type Series, type SeriesDay } from '../rollup/aggregates.ts';
import { totalOf, type LevelCounts } from '../rollup/pattern.ts';
import { dashboardLimits, type DashboardView, type PointView } from './dashboard-routes.ts';
import type { DashboardDeps, Scope } from './read-dashboard.ts';
import { dailyPoints, hourlyPoints, ofLevel, sumOf } from './window.ts';

export interface NamedPoints {
  readonly name: string;
  readonly totals: LevelCounts;
  readonly points: PointView[];
}

type Breakdown = Pick<DashboardView['series'], 'all' | 'services' | 'files'> & { readonly totals: LevelCounts };

export async function breakdownOf(deps: DashboardDeps, scope: Scope): Promise<Breakdown> {
  const { service, file } = scope.filter;
  if (file !== undefined) return ofFile(deps, scope, file);
  const series: Series = service === undefined ? everything : { dimension: 'service', value: service };
  const [days, services, files] = await Promise.all([
    deps.aggregates.days(series, scope.days),
    service === undefined ? mostFrequent(deps, scope, 'service') : undefined,
    service === undefined ? mostFrequent(deps, scope, 'file') : [],
  ]);
  const all = shown(scope, hourlyPoints(scope.window, days));
  return {
    all,
    totals: sumOf(all),
    services: (services ?? [named(service ?? '', all)]).map(({ name: service, totals, points }) => ({ service, totals, points })),
    files: await withKeys(deps, files),
  };
}

/** A file has counted its own services. */
async function ofFile(deps: DashboardDeps, scope: Scope, file: string): Promise<Breakdown> {
  const wanted = ({ service }: { service: string }): boolean => scope.filter.service === undefined || service === scope.filter.service;
  const services = (await deps.aggregates.servicesOfFile(file, scope.days)).filter(wanted);
  const points = services.map(({ service, days }) => named(service, shown(scope, hourlyPoints(scope.window, days))));
  const all = shown(
    scope,
    hourlyPoints(
      scope.window,
      services.flatMap(({ days }): SeriesDay[] => days),
    ),
  );
  return {
    all,
    totals: sumOf(all),
    services: largest(points).map(({ name: service, totals, points }) => ({ service, totals, points })),
    files: await withKeys(deps, [named(file, all)]),
  };
}

/** By hour each is read; by day the ranking says it all. */
async function mostFrequent(deps: DashboardDeps, scope: Scope, dimension: RankedDimension): Promise<NamedPoints[]> {
  const ranking = await deps.aggregates.ranking(dimension, scope.days);
  const values = rankedValues(ranking)
    .slice(0, dashboardLimits.seriesMax)
    .map(({ value }) => value);
  return pointsOf(deps, scope, { dimension, values, ranking });
}

export interface RankedValue {
  readonly value: string;
  readonly counts: LevelCounts;
}

/** Values of a ranking's days, the most frequent first. */
export function rankedValues(ranking: readonly RankingDay[]): RankedValue[] {
  const sums = new Map<string, LevelCounts>();
  for (const { counts } of ranking)
    for (const [value, { error, fatal }] of counts) {
      const sum = sums.get(value) ?? { error: 0, fatal: 0 };
      sums.set(value, { error: sum.error + error, fatal: sum.fatal + fatal });
    }
  return [...sums]
    .map(([value, counts]) => ({ value, counts }))
    .toSorted((a, b) => totalOf(b.counts) - totalOf(a.counts) || (a.value < b.value ? -1 : 1));
}

interface Wanted {
  readonly dimension: RankedDimension;
  readonly values: readonly string[];
  readonly ranking: readonly RankingDay[];
}

/** Points of these values, the most frequent first; none of what has no record in the window. */
export async function pointsOf(deps: DashboardDeps, scope: Scope, { dimension, values, ranking }: Wanted): Promise<NamedPoints[]> {
  const { window } = scope;
  if (window.step === 'day') {
    const daysOf = (value: string) => new Map(ranking.flatMap(({ day, counts }) => (counts.has(value) ? [[day, counts.get(value)!]] : [])));
    return largest(values.map((value) => named(value, shown(scope, dailyPoints(window, daysOf(value))))));
  }
  const found = await deps.aggregates.daysOf(
    values.map((value) => ({ dimension, value })),
    window.days,
  );
  return largest(found.map(({ series, days }) => named(series.value, shown(scope, hourlyPoints(window, days)))));
}

function largest(points: readonly NamedPoints[]): NamedPoints[] {
  const some = points.filter(({ totals }) => totalOf(totals) > 0);
  return some.toSorted((a, b) => totalOf(b.totals) - totalOf(a.totals) || (a.name < b.name ? -1 : 1));
}

const named = (name: string, points: PointView[]): NamedPoints => ({ name, totals: sumOf(points), points });
const shown = ({ filter }: Scope, points: readonly PointView[]): PointView[] => ofLevel(filter.level, points);

async function withKeys({ files }: DashboardDeps, points: readonly NamedPoints[]): Promise<DashboardView['series']['files']> {
  const keys = new Map((await files.load(points.map(({ name }) => name))).map(({ id, object }) => [id, object.key]));
  return points.map(({ name, totals, points: own }) => ({ fileId: name, key: keys.get(name) ?? null, totals, points: own }));
}
