/**
 * Merging by hand: several patterns that people take for one, for good. The fingerprints of the others are placed in the first one, so that whatever is
 * scanned from then on joins it; what was counted stays counted under each fingerprint, so that a split can take it back.
 */
import { patternLimits, sumOfSights, type Pattern, type Placement, type Sight } from '../rollup/pattern.ts';
import { activityBy } from './activity.ts';
import { attempts, entryOf, livePattern, type IssueDeps } from './decide-issue.ts';
import { issueFault } from './issue-faults.ts';
import type { Staff } from './staff.ts';

/**
 * Merges the patterns `from` into `into`, whose status and owner stay. Faults: `logs.pattern-not-found`, `logs.pattern-merged`, `logs.merge-too-large`,
 * `logs.pattern-changed`.
 */
export async function mergeIssues(deps: IssueDeps, merge: { into: string; from: readonly string[] }, staff: Staff): Promise<Pattern> {
  const { into } = merge;
  const from = [...new Set(merge.from)].filter((id) => id !== into);
  return attempts(async () => {
    const target = await livePattern(deps, into);
    const others = await Promise.all(from.map((id) => livePattern(deps, id)));
    if (others.length === 0) return target;
    const merged = mergedPattern(target, others);
    const activity = activityBy(deps, staff, { patternId: into, kind: 'merged', details: { patterns: from.join(' ') } });
    const isCommitted = await deps.issues.commit({
      patterns: [merged, ...others.map((one) => ({ ...one, mergedInto: into, revision: one.revision + 1 }))],
      placements: others.flatMap((one) => placementsOf(one, into)),
      merges: from.map((id) => ({ into, from: id })),
      activities: [activity, ...others.map(({ id }) => activityBy(deps, staff, { patternId: id, kind: 'merged', details: { into } }))],
      audit: entryOf(staff, { patternId: into, action: 'merged', after: { from, members: merged.members.length } }),
    });
    return isCommitted ? merged : undefined;
  });
}

/** Counts, times and services are sums; the number of files too, which counts a file twice that had several of the patterns. */
function mergedPattern(target: Pattern, others: readonly Pattern[]): Pattern {
  const members = [...new Set([target, ...others].flatMap((one) => one.members))];
  if (members.length > patternLimits.membersMax) throw issueFault('logs.merge-too-large');
  return {
    ...target,
    ...others.reduce<Sight>(sumOfSights, target),
    members,
    files: [target, ...others].reduce((sum, { files }) => sum + files, 0),
    mergedByHand: true,
    revision: target.revision + 1,
  };
}

const placementsOf = ({ members }: Pattern, into: string): Placement[] =>
  members.filter(isFingerprint).map((id) => ({ fingerprint: id, patternId: into, countedAs: id, byHand: true }));

/** What is left of a pattern beyond its members is counted under an id of its own, which no record has. */
export const isFingerprint = (memberId: string): boolean => !memberId.includes('~');
