/**
 * What happened to a pattern, newest first: decisions, comments, and what the scanner found out about it.
 */
import * as z from 'zod';
import type { Chance } from '#shared/platform/chance.ts';
import type { Clock } from '#shared/platform/clock.ts';
import { prefixedId } from '#shared/platform/ids.ts';
import type { Staff } from './staff.ts';
import type { Triage, TriageDecision } from './triage.ts';

export const activityLimits = { commentCharactersMax: 5_000 } as const;

const activityKinds = [
  'commented',
  'resolved',
  'muted',
  'reopened',
  'assigned',
  'regressed',
  'mute-ended',
  'spiked',
  'merged',
  'split',
] as const;

export const activitySchema = z.object({
  /** `act_…`, by its time: sorts as things happened. */
  id: z.string(),
  patternId: z.string(),
  at: z.iso.datetime(),
  /** A person of the staff; null for the scanner. */
  by: z.string().nullable(),
  /** As they were called then; null where that was not noted. */
  byName: z.string().nullable().default(null),
  kind: z.enum(activityKinds),
  /** A comment's words. */
  text: z.string().nullable(),
  /** What there is to say beside: the version, the end of a mute, whom it was given to, the file of a return, the patterns of a merge. */
  details: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
});
export type Activity = z.infer<typeof activitySchema>;

type Said = Pick<Activity, 'patternId' | 'kind'> & Partial<Pick<Activity, 'text' | 'details'>>;

/** Something that a person does now. */
export function activityBy(deps: { clock: Clock; chance: Chance }, { id: by, name }: Pick<Staff, 'id' | 'name'>, said: Said): Activity {
  const at = new Date(deps.clock.now()).toISOString();
  return { id: prefixedId('act', deps), at, by, byName: name ?? null, text: null, details: {}, ...said };
}

/** What the scanner found out: the same finding has the same id, however often it is found. Of several at one time, each has a mark of its own. */
export function findingOf(at: string, said: Said, mark = ''): Activity {
  const chance = { bytes: (count: number) => new Uint8Array(count), fraction: () => 0 };
  const id = prefixedId('act', { clock: { now: () => Date.parse(at) }, chance });
  return { id: `${id}-${said.kind}${mark}`, at, by: null, byName: null, text: null, details: {}, ...said };
}

const decisionKinds = { resolve: 'resolved', mute: 'muted', reopen: 'reopened', assign: 'assigned' } as const satisfies Record<
  TriageDecision['kind'],
  Activity['kind']
>;

export function saidOf(patternId: string, decision: TriageDecision, after: Triage): Said {
  const kind = decisionKinds[decision.kind];
  switch (decision.kind) {
    case 'resolve':
      return { patternId, kind, details: { inVersion: decision.inVersion, fixedAt: decision.fixedAt } };
    case 'mute':
      return { patternId, kind, details: { until: decision.until, count: decision.count } };
    case 'assign':
      return { patternId, kind, details: { assignee: after.assignee, assigneeName: after.assigneeName } };
    case 'reopen':
      return { patternId, kind };
    default:
      return decision satisfies never;
  }
}
