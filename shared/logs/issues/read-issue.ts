/**
 * One pattern with its past, its files, its fingerprints and what happened to it.
 */
import * as z from 'zod';
import { cursorOf } from '#shared/platform/paging.ts';
import { hoursOf } from '../alerts/pattern-hours.ts';
import type { FilePattern, Pattern } from '../rollup/pattern.ts';
import type { PatternStore } from '../rollup/ports.ts';
import { presentInFile, presentIssue, presentMember, type IssueDetail, type IssueView } from './present-issue.ts';
import type { Activity } from './activity.ts';
import { issueFault } from './issue-faults.ts';
import type { ListDeps } from './list-issues.ts';
import type { IssueStore } from './ports.ts';

export interface ReadIssueDeps extends ListDeps {
  readonly issues: Pick<IssueStore, 'spikes' | 'activities' | 'mergedInto'>;
}

const cursors = cursorOf('activities', z.string().startsWith('act_'));

const shownDays = 30;
const shownFiles = 50;
const shownActivities = 20;

/** Fault: `logs.pattern-not-found`. A pattern that was merged says into which one, and is shown as it was. */
export async function readIssue(deps: ReadIssueDeps, patternId: string): Promise<IssueDetail> {
  return detailOf(deps, await patternOrPlaced(deps.patterns, patternId));
}

/** The pattern with this id, or the one that counts the fingerprint with it: an error knows no more than that. Fault: `logs.pattern-not-found`. */
export async function patternOrPlaced(patterns: Pick<PatternStore, 'pattern' | 'placements'>, id: string): Promise<Pattern> {
  const pattern = await patterns.pattern(id);
  if (pattern !== undefined) return pattern;
  const [placed] = await patterns.placements([id]);
  const counting = placed && (await patterns.pattern(placed.patternId));
  if (counting === undefined) throw issueFault('logs.pattern-not-found');
  return counting;
}

async function detailOf(deps: ReadIssueDeps, pattern: Pattern): Promise<IssueDetail> {
  const { issues, patterns, aggregates, clock } = deps;
  const nowMs = clock.now();
  const [[spike], members, inFiles, activities, hours] = await Promise.all([
    issues.spikes([pattern.id]),
    patterns.members(pattern.members),
    filesOf(deps, pattern.id),
    activitiesOf(deps, pattern.id, { limit: shownActivities }),
    hoursOf(
      aggregates,
      { ...pattern, firstSeen: '1970-01-01T00:00:00.000Z' },
      { until: new Date(nowMs).toISOString(), days: shownDays + 1 },
    ),
  ]);
  const counts = Map.groupBy(hours, ({ hour }) => hour.slice(0, 10));
  return {
    ...presentIssue(pattern, spike, nowMs),
    hours: hours.slice(-24).map(({ count }) => count),
    days: [...counts].slice(-shownDays).map(([day, ofDay]) => ({ day, count: ofDay.reduce((sum, { count }) => sum + count, 0) })),
    fingerprints: members.map(presentMember).toSorted((a, b) => b.total - a.total),
    inFiles: inFiles.map(presentInFile),
    activities,
    byHand: pattern.byHand,
  };
}

/** The latest files of the pattern and of those that were merged into it. */
async function filesOf({ patterns, issues }: ReadIssueDeps, patternId: string): Promise<FilePattern[]> {
  const ids = [patternId, ...(await issues.mergedInto(patternId))];
  const found = await Promise.all(ids.map((id) => patterns.filesOf(id, { limit: shownFiles })));
  return found
    .flat()
    .toSorted((a, b) => (a.fileId < b.fileId ? 1 : -1))
    .slice(0, shownFiles);
}

/** Fault: `logs.pattern-not-found`. */
export async function listActivities(
  { patterns, issues }: { readonly patterns: PatternStore; readonly issues: Pick<IssueStore, 'activities' | 'mergedInto'> },
  { patternId, limit, cursor }: { patternId: string; limit: number; cursor?: string | undefined },
): Promise<{ activities: Activity[]; nextCursor: string | null }> {
  if ((await patterns.pattern(patternId)) === undefined) throw issueFault('logs.pattern-not-found');
  const after = cursor === undefined ? undefined : cursors.decode(cursor);
  const activities = await activitiesOf({ issues }, patternId, { after, limit });
  const last = activities.length < limit ? undefined : activities.at(-1);
  return { activities, nextCursor: last === undefined ? null : cursors.encode(last.id) };
}

/** What happened to the pattern and to those that were merged into it, newest first. */
async function activitiesOf(
  { issues }: { readonly issues: Pick<IssueStore, 'activities' | 'mergedInto'> },
  patternId: string,
  page: { after?: string | undefined; limit: number },
): Promise<Activity[]> {
  const ids = [patternId, ...(await issues.mergedInto(patternId))];
  const found = await Promise.all(ids.map((id) => issues.activities(id, page)));
  return found
    .flat()
    .toSorted((a, b) => (a.id < b.id ? 1 : -1))
    .slice(0, page.limit);
}

/** A pattern as it is after a decision. */
export async function presentedIssue({ issues, clock }: Pick<ReadIssueDeps, 'issues' | 'clock'>, pattern: Pattern): Promise<IssueView> {
  const [spike] = await issues.spikes([pattern.id]);
  return presentIssue(pattern, spike, clock.now());
}
