/**
 * Splitting by hand: some fingerprints of a pattern become a pattern of their own, with all that was counted of them. Nothing joins either of the two by
 * itself any more: people have said what belongs together.
 */
import { fingerprintOf } from '../patterns/fingerprint.ts';
import { sumOfSights, type Member, type Pattern, type Sight } from '../rollup/pattern.ts';
import { activityBy } from './activity.ts';
import { attempts, entryOf, livePattern, type IssueDeps } from './decide-issue.ts';
import { issueFault } from './issue-faults.ts';
import { isFingerprint } from './merge-issues.ts';
import type { Staff } from './staff.ts';
import { untouched } from './triage.ts';

/**
 * Answers the new pattern, which is open and has the owner of the one it comes from. Faults: `logs.pattern-not-found`, `logs.pattern-merged`,
 * `logs.split-impossible`, `logs.pattern-changed`.
 */
export async function splitIssue(
  deps: IssueDeps,
  split: { patternId: string; fingerprints: readonly string[] },
  staff: Staff,
): Promise<Pattern> {
  const { patternId } = split;
  const wanted = new Set(split.fingerprints);
  return attempts(async () => {
    const whole = await livePattern(deps, patternId);
    const rest = whole.members.filter((id) => !wanted.has(id));
    const members = await deps.patterns.members(whole.members);
    const taken = members.filter(({ id }) => wanted.has(id) && isFingerprint(id));
    if (taken.length !== wanted.size || rest.length === 0) throw issueFault('logs.split-impossible');
    const left = members.filter(({ id }) => !wanted.has(id));
    const part = partOf(whole, taken, deps.clock.now());
    const remaining: Pattern = { ...whole, ...sightOf(left), members: rest, byHand: true, revision: whole.revision + 1 };
    const isCommitted = await deps.issues.commit({
      patterns: [remaining, part],
      placements: taken.map(({ id }) => ({ fingerprint: id, patternId: part.id, countedAs: id, byHand: true })),
      activities: [
        activityBy(deps, staff, { patternId, kind: 'split', details: { into: part.id } }),
        activityBy(deps, staff, { patternId: part.id, kind: 'split', details: { from: patternId } }),
      ],
      audit: entryOf(staff, { patternId, action: 'split', after: { into: part.id, fingerprints: [...wanted] } }),
    });
    return isCommitted ? part : undefined;
  });
}

function partOf(whole: Pattern, taken: readonly Member[], nowMs: number): Pattern {
  const [first] = taken.toSorted((a, b) => (a.firstSeen < b.firstSeen ? -1 : 1));
  return {
    ...whole,
    ...sightOf(taken),
    id: idOf(whole, taken),
    template: first?.template ?? whole.template,
    // Files are not counted by fingerprint: one is certain, and more are counted from now on.
    files: 1,
    members: taken.map(({ id }) => id),
    createdAtMs: nowMs,
    byHand: true,
    mergedByHand: false,
    mergedInto: null,
    triage: { ...untouched, assignee: whole.triage.assignee, assigneeName: whole.triage.assigneeName },
    revision: 1,
  };
}

/** Never a fingerprint's own id, which the pattern that it was taken from may have. */
function idOf({ id, revision }: Pattern, taken: readonly Member[]): string {
  return fingerprintOf(['split', id, revision, ...taken.map((one) => one.id).toSorted()].join('\n'));
}

function sightOf([first, ...others]: readonly Member[]): Sight {
  if (first === undefined) throw issueFault('logs.split-impossible');
  const { counts, firstSeen, lastSeen, services, sample } = others.reduce<Sight>(sumOfSights, first);
  return { counts, firstSeen, lastSeen, services, sample };
}
