/**
 * The patterns of a window: the most frequent, the new, and those that have come back.
 */
import { levelOf, totalOf, type LevelCounts, type Pattern } from '../rollup/pattern.ts';
import { isRest, patternOfRest } from '../rollup/pattern.ts';
import { patternsOf } from '../rollup/live-patterns.ts';
import { presentPattern } from '../rollup/present-pattern.ts';
import { pointsOf, rankedValues, type RankedValue } from './breakdown.ts';
import { dashboardLimits, type DashboardView } from './dashboard-routes.ts';
import type { DashboardDeps, Scope } from './read-dashboard.ts';
import { ofLevel, sumOf } from './window.ts';

interface WindowPatterns {
  readonly lists: DashboardView['patterns'];
  readonly series: DashboardView['series']['patterns'];
}

/** Members of a ranking that are looked up, the most frequent ones: what many rare members add up to may be missing from the top. */
const membersRead = 100;
/** The latest patterns that are looked at for new ones and regressions. */
const latestRead = 200;
/** Patterns of a file that are looked at. */
const ofFileRead = 500;

export async function windowPatterns(deps: DashboardDeps, scope: Scope): Promise<WindowPatterns> {
  const [top, latest] = await Promise.all([
    scope.filter.file === undefined ? topOfWindow(deps, scope) : topOfFile(deps, scope, scope.filter.file),
    latestPatterns(deps, scope),
  ]);
  const present = (pattern: Pattern) => presentPattern(pattern, scope.nowMs);
  const [from, to] = [new Date(scope.window.fromMs).toISOString(), new Date(scope.window.toMs).toISOString()];
  const isIn = (instant: string | undefined): boolean => instant !== undefined && instant >= from && instant < to;
  return {
    series: top.series,
    lists: {
      top: top.patterns.slice(0, dashboardLimits.patternsMax).map(({ pattern, inWindow }) => Object.assign(present(pattern), { inWindow })),
      new: firstOf(
        latest.filter(({ firstSeen }) => isIn(firstSeen)),
        ({ firstSeen }) => firstSeen,
      ).map(present),
      regressed: firstOf(
        latest.filter(({ triage }) => isIn(triage.regression?.at)),
        ({ triage }) => triage.regression?.at ?? '',
      ).map(present),
    },
  };
}

const firstOf = (patterns: readonly Pattern[], instantOf: (pattern: Pattern) => string): Pattern[] =>
  patterns.toSorted((a, b) => (instantOf(a) > instantOf(b) ? -1 : 1)).slice(0, dashboardLimits.patternsMax);

interface Counted {
  readonly pattern: Pattern;
  readonly inWindow: LevelCounts;
}

interface Top {
  /** The most frequent first. */
  readonly patterns: readonly Counted[];
  readonly series: WindowPatterns['series'];
}

async function topOfWindow(deps: DashboardDeps, scope: Scope): Promise<Top> {
  const ranking = await deps.aggregates.ranking('pattern', scope.days);
  const ranked = rankedValues(ranking).slice(0, membersRead);
  const patterns = await patternsOfMembers(deps, ranked);
  const values = ranked.map(({ value }) => value).filter((value) => patterns.has(value));
  const points = await pointsOf(deps, scope, { dimension: 'pattern', values, ranking });
  const byPattern = Map.groupBy(points, ({ name }) => patterns.get(name)!.id);
  const counted = [...byPattern.values()].flatMap((own) => {
    const pattern = patterns.get(own[0]?.name ?? '');
    if (pattern === undefined || !isWanted(scope, pattern)) return [];
    const added = (own[0]?.points ?? []).map(({ at }, step) => Object.assign(sumOf(own.flatMap((one) => one.points[step] ?? [])), { at }));
    return [{ pattern, inWindow: sumOf(added), points: added }];
  });
  const inOrder = counted.toSorted(byCount);
  return {
    patterns: inOrder,
    series: inOrder.slice(0, dashboardLimits.seriesMax).map(({ pattern, inWindow, points: added }) => ({
      patternId: pattern.id,
      template: pattern.template,
      totals: inWindow,
      points: added,
    })),
  };
}

/** All records of the file, whenever they were; it has no series by pattern. */
async function topOfFile(deps: DashboardDeps, scope: Scope, file: string): Promise<Top> {
  const inFile = await deps.patterns.ofFile(file, ofFileRead);
  const patterns = await patternsOf(deps.patterns, new Set(inFile.map(({ patternId }) => patternId)));
  const counted = [...Map.groupBy(inFile, ({ patternId }) => patterns.get(patternId))].flatMap(([pattern, parts]) => {
    const inWindow = sumOf(
      ofLevel(
        scope.filter.level,
        parts.map(({ counts }) => ({ at: '', ...counts })),
      ),
    );
    return pattern === undefined || totalOf(inWindow) === 0 || !isWanted(scope, pattern) ? [] : [{ pattern, inWindow }];
  });
  return { patterns: counted.toSorted(byCount), series: [] };
}

const byCount = (a: Counted, b: Counted): number => totalOf(b.inWindow) - totalOf(a.inWindow) || (a.pattern.id < b.pattern.id ? -1 : 1);

const isWanted = ({ filter }: Scope, { services }: Pattern): boolean => filter.service === undefined || services.includes(filter.service);

/** By what they are counted under. */
async function patternsOfMembers({ patterns: store }: DashboardDeps, ranked: readonly RankedValue[]): Promise<Map<string, Pattern>> {
  const members = ranked.map(({ value }) => value);
  const placed = await store.placements(members.filter((member) => !isRest(member)));
  const idOf = new Map(placed.map(({ fingerprint, patternId }) => [fingerprint, patternId]));
  for (const member of members.filter(isRest)) idOf.set(member, patternOfRest(member));
  const patterns = await patternsOf(store, new Set(idOf.values()));
  return new Map(
    [...idOf].flatMap(([member, id]) => {
      const pattern = patterns.get(id);
      return pattern === undefined ? [] : [[member, pattern]];
    }),
  );
}

async function latestPatterns({ patterns }: DashboardDeps, scope: Scope): Promise<Pattern[]> {
  const refs = await patterns.latest({ from: new Date(scope.window.fromMs).toISOString(), limit: latestRead });
  const loaded = await patterns.patterns(refs.map(({ id }) => id));
  const { level, file } = scope.filter;
  const inFile = file === undefined ? undefined : new Set((await patterns.ofFile(file, ofFileRead)).map(({ patternId }) => patternId));
  return loaded.filter((one) => (level === undefined || levelOf(one) === level) && isWanted(scope, one) && inFile?.has(one.id) !== false);
}
