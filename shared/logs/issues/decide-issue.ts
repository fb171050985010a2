/**
 * Decisions about one pattern: its status, its owner, a comment. Each is in the pattern's history and in the audit log.
 */
import type { StaffNames } from '#shared/identity/staff/decider.ts';
import type { Chance } from '#shared/platform/chance.ts';
import type { Clock } from '#shared/platform/clock.ts';
import type { AuditEntry } from '#shared/platform/audit/audit-record.ts';
import type { PatternStore } from '../rollup/ports.ts';
import { totalOf, type Pattern } from '../rollup/pattern.ts';
import { activityBy, saidOf, type Activity } from './activity.ts';
import { issueFault } from './issue-faults.ts';
import { issueLimits, type IssueStore } from './ports.ts';
import { auditedBy, type Staff } from './staff.ts';
import { decided, type Triage, type TriageDecision } from './triage.ts';

export interface IssueDeps {
  readonly patterns: PatternStore;
  readonly issues: IssueStore;
  readonly clock: Clock;
  readonly chance: Chance;
}

export interface DecideDeps extends IssueDeps {
  /** To know what the person is called whom a pattern is given to. */
  readonly staff: StaffNames;
}

export interface DecisionRequest {
  readonly patternId: string;
  readonly decision: TriageDecision;
  /** The triage that the decision was made upon; without it, the decision is made upon whatever stands there. */
  readonly revision?: number | undefined;
}

/** Answers the pattern as it is then. Faults: `logs.pattern-not-found`, `logs.pattern-merged`, `logs.pattern-changed`. */
export async function decideIssue(deps: DecideDeps, request: DecisionRequest, staff: Staff): Promise<Pattern> {
  const { patternId, revision } = request;
  const decision = await named(deps.staff, request.decision);
  return attempts(async () => {
    const before = await livePattern(deps, patternId);
    if (revision !== undefined && revision !== before.triage.revision) throw issueFault('logs.pattern-changed');
    const triage = decided(before.triage, decision, { nowMs: deps.clock.now(), total: totalOf(before.counts) });
    if (triage === undefined) return before;
    const after: Pattern = { ...before, triage, revision: before.revision + 1 };
    const activity = activityBy(deps, staff, saidOf(patternId, decision, triage));
    const audit = entryOf(staff, { patternId, action: activity.kind, before: stateOf(before.triage), after: stateOf(triage) });
    return (await deps.issues.commit({ patterns: [after], activities: [activity], audit })) ? after : undefined;
  });
}

async function named(staff: StaffNames, decision: TriageDecision): Promise<TriageDecision> {
  if (decision.kind !== 'assign' || decision.assignee === null) return decision;
  return { ...decision, assigneeName: (await staff.get(decision.assignee))?.name ?? null };
}

/** Faults: `logs.pattern-not-found`, `logs.pattern-merged`. */
export async function commentOnIssue(deps: IssueDeps, comment: { patternId: string; text: string }, staff: Staff): Promise<Activity> {
  const { patternId, text } = comment;
  await livePattern(deps, patternId);
  const activity = activityBy(deps, staff, { patternId, kind: 'commented', text });
  const audit = entryOf(staff, { patternId, action: 'commented', after: { comment: activity.id } });
  await deps.issues.commit({ patterns: [], activities: [activity], audit });
  return activity;
}

/** The pattern, if there is anything to be decided about it. */
export async function livePattern({ patterns }: Pick<IssueDeps, 'patterns'>, patternId: string): Promise<Pattern> {
  const pattern = await patterns.pattern(patternId);
  if (pattern === undefined) throw issueFault('logs.pattern-not-found');
  if (pattern.mergedInto !== null) throw issueFault('logs.pattern-merged');
  return pattern;
}

/** Decides anew while the scanner, or somebody else, writes what was decided upon; undefined asks for another attempt. */
export async function attempts<T>(attempt: () => Promise<T | undefined>): Promise<T> {
  for (let count = 1; count <= issueLimits.attemptsMax; count += 1) {
    const outcome = await attempt();
    if (outcome !== undefined) return outcome;
  }
  throw issueFault('logs.pattern-changed');
}

type Said = { readonly patternId: string; readonly action: string } & Pick<AuditEntry, 'before' | 'after'>;

/** What concerns a pattern stands in one stream, which is its subject. */
export function entryOf(staff: Staff, { patternId, action, ...states }: Said): AuditEntry {
  const subject = `log-pattern:${patternId}`;
  return { ...auditedBy(staff), stream: subject, subject, action: `log-pattern.${action}`, ...states };
}

const stateOf = ({ status, assignee, resolution, mute }: Triage) => ({ status, assignee, resolution, mute });
