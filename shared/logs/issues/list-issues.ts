/**
 * Patterns, filtered: the latest seen first, or the most frequent first.
 *
 * Which patterns a filter wants is read off them, so a page looks at a bounded number of them. By last seen it goes on from where it stopped; by count
 * it has to see all before it can say which comes first, so it says when it has not seen all.
 */
import * as z from 'zod';
import type { Clock } from '#shared/platform/clock.ts';
import { pageOfWalk, type Stretch } from '#shared/platform/page-of-walk.ts';
import { cursorOf } from '#shared/platform/paging.ts';
import { hoursOfMany } from '../alerts/pattern-hours.ts';
import { patternsOf } from '../rollup/live-patterns.ts';
import type { AggregateReader, PatternRef, PatternStore } from '../rollup/ports.ts';
import type { Pattern } from '../rollup/pattern.ts';
import { issueLimits, type IssueStore } from './ports.ts';
import { presentIssue, type IssueView } from './present-issue.ts';

export interface ListDeps {
  readonly patterns: PatternStore;
  readonly issues: Pick<IssueStore, 'spikes'>;
  readonly aggregates: AggregateReader;
  readonly clock: Clock;
}

export interface ListRequest {
  readonly level?: 'error' | 'fatal' | undefined;
  readonly state?: IssueView['state'] | undefined;
  readonly flag?: keyof IssueView['flags'] | undefined;
  readonly service?: string | undefined;
  readonly file?: string | undefined;
  readonly assignee?: string | undefined;
  /** In the template, in any case. */
  readonly text?: string | undefined;
  /** Not in the template, in any case. */
  readonly exclude?: string | undefined;
  /** ISO 8601, included. */
  readonly firstFrom?: string | undefined;
  /** ISO 8601, both included: last seen. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly sort: 'last-seen' | 'count';
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface PatternPage {
  readonly patterns: (IssueView & { readonly sparkline: number[] })[];
  readonly nextCursor: string | null;
  readonly partial: boolean;
}

const byTime = cursorOf('patterns', z.object({ lastSeen: z.string(), id: z.string() }));
const byCount = cursorOf('patterns-by-count', z.object({ total: z.int(), id: z.string() }));

interface Found {
  readonly views: IssueView[];
  readonly nextCursor: string | null;
  readonly partial: boolean;
}

export async function listIssues(deps: ListDeps, request: ListRequest): Promise<PatternPage> {
  const nowMs = deps.clock.now();
  const walk = request.file === undefined ? allPatterns(deps, request) : patternsOfFile(deps, request.file);
  const found = request.sort === 'count' ? await mostFrequent(walk, request, nowMs) : await latestSeen(walk, request, nowMs);
  const ids = found.views.map(({ id }) => id);
  const patterns = new Map((await deps.patterns.patterns(ids)).map((pattern) => [pattern.id, pattern]));
  const sparklines = await hoursOfMany(deps.aggregates, [...patterns.values()], nowMs);
  return {
    patterns: found.views.map((view) => Object.assign(view, { sparkline: sparklines.get(view.id) ?? [] })),
    nextCursor: found.nextCursor,
    partial: found.partial,
  };
}

/** Some patterns, latest seen first, with their spikes. */
type Batch = readonly { readonly pattern: Pattern; readonly view: (nowMs: number) => IssueView }[];

async function latestSeen(walk: AsyncIterable<Batch>, request: ListRequest, nowMs: number): Promise<Found> {
  const { limit } = request;
  const { found, behind, partial } = await pageOfWalk(oneByOne(walk, request, nowMs), {
    limit,
    isFull: (views) => views.length >= limit,
    bounds: { patterns: issueLimits.patternsPerPageMax },
  });
  return { views: found, nextCursor: behind && byTime.encode(behind), partial };
}

async function* oneByOne(
  walk: AsyncIterable<Batch>,
  request: ListRequest,
  nowMs: number,
): AsyncGenerator<Stretch<IssueView, PatternRef, 'patterns'>> {
  const after = request.cursor === undefined ? undefined : byTime.decode(request.cursor);
  for await (const batch of walk)
    for (const { pattern, view } of batch) {
      const position = { lastSeen: pattern.lastSeen, id: pattern.id };
      if (after !== undefined && !isBehind(position, after)) continue;
      const entry = view(nowMs);
      yield { found: isWanted(entry, request) ? [{ entry, position }] : [], behind: position, cost: { patterns: 1 } };
    }
}

async function mostFrequent(walk: AsyncIterable<Batch>, request: ListRequest, nowMs: number): Promise<Found> {
  const after = request.cursor === undefined ? undefined : byCount.decode(request.cursor);
  const wanted: IssueView[] = [];
  let seen = 0;
  let partial = false;
  for await (const batch of walk) {
    wanted.push(...batch.map(({ view }) => view(nowMs)).filter((view) => isWanted(view, request)));
    seen += batch.length;
    partial = seen >= issueLimits.patternsPerPageMax;
    if (partial) break;
  }
  const ordered = wanted
    .toSorted((a, b) => b.total - a.total || (a.id < b.id ? -1 : 1))
    .filter(({ total, id }) => after === undefined || total < after.total || (total === after.total && id > after.id));
  const views = ordered.slice(0, request.limit);
  const last = ordered.length > views.length ? views.at(-1) : undefined;
  return { views, nextCursor: last === undefined ? null : byCount.encode({ total: last.total, id: last.id }), partial };
}

const isBehind = (place: PatternRef, after: PatternRef): boolean =>
  place.lastSeen !== after.lastSeen ? place.lastSeen < after.lastSeen : place.id < after.id;

async function* allPatterns(deps: ListDeps, { from, to, sort, cursor }: ListRequest): AsyncGenerator<Batch> {
  let after: PatternRef | undefined = sort === 'last-seen' && cursor !== undefined ? byTime.decode(cursor) : undefined;
  while (true) {
    const refs = await deps.patterns.latest({ from, to, after, limit: issueLimits.patternsPerLoad });
    yield batchOf(
      deps,
      refs.map(({ id }) => id),
    );
    after = refs.at(-1);
    if (refs.length < issueLimits.patternsPerLoad) return;
  }
}

async function* patternsOfFile(deps: ListDeps, fileId: string): AsyncGenerator<Batch> {
  const inFile = await deps.patterns.ofFile(fileId, issueLimits.patternsPerPageMax);
  // What has become part of another pattern since is listed as that.
  const live = await patternsOf(deps.patterns, new Set(inFile.map(({ patternId }) => patternId)));
  yield batchOf(
    deps,
    [...live.values()].map(({ id }) => id),
  );
}

async function batchOf({ patterns, issues }: ListDeps, ids: readonly string[]): Promise<Batch> {
  const [found, marks] = await Promise.all([patterns.patterns(ids), issues.spikes(ids)]);
  const spikes = new Map(marks.map((mark) => [mark.patternId, mark]));
  return found
    .filter(({ mergedInto }) => mergedInto === null)
    .toSorted((a, b) => (isBehind(a, b) ? 1 : -1))
    .map((pattern) => ({ pattern, view: (nowMs) => presentIssue(pattern, spikes.get(pattern.id), nowMs) }));
}

const isWanted = (view: IssueView, request: ListRequest): boolean => filters.every((wants) => wants(view, request));

/** One a filter; each lets everything through that it was not asked about. */
const filters: readonly ((view: IssueView, request: ListRequest) => boolean)[] = [
  (view, { level }) => level === undefined || view.level === level,
  (view, { state }) => state === undefined || view.state === state || (state === 'open' && view.state === 'assigned'),
  (view, { flag }) => flag === undefined || view.flags[flag],
  (view, { service }) => service === undefined || view.services.includes(service),
  (view, { assignee }) => assignee === undefined || view.assignee === assignee,
  (view, { text }) => text === undefined || view.template.toLowerCase().includes(text.toLowerCase()),
  (view, { exclude }) => exclude === undefined || !view.template.toLowerCase().includes(exclude.toLowerCase()),
  (view, { firstFrom }) => firstFrom === undefined || view.firstSeen >= firstFrom,
];
