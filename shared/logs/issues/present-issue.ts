/**
 * A pattern as the API shows it.
 */
import * as z from 'zod';
import { patternView, presentPattern } from '../rollup/present-pattern.ts';
import { totalOf, type FilePattern, type Member, type Pattern } from '../rollup/pattern.ts';
import { activitySchema } from './activity.ts';
import { issueLimits, type SpikeMark } from './ports.ts';
import { triageSchema } from './triage.ts';

const hourMs = 3_600_000;

const { resolution, mute, regression, wake } = triageSchema.shape;

export const issueView = patternView
  .extend({
    state: z.enum(['open', 'assigned', 'resolved', 'muted']).meta({ description: 'The status, where `assigned` is open with an owner.' }),
    assigneeName: z.string().nullable().meta({ description: 'As they were called when it was given to them, where that is known.' }),
    resolution,
    mute,
    regression,
    wake,
    revision: z.int().nonnegative().meta({ description: 'Of the decisions; to be named with the next one.' }),
    flags: z.object({ new: z.boolean(), regressed: z.boolean(), spiking: z.boolean() }),
    spike: z
      .object({ hour: z.string(), count: z.int(), expected: z.number(), foundAt: z.iso.datetime() })
      .nullable()
      .meta({ description: 'The latest hour with far more than was to be expected.' }),
    mergedInto: z.string().nullable(),
  })
  .meta({ id: 'LogIssue' });
export type IssueView = z.infer<typeof issueView>;

export const issueInListView = z
  .object({
    ...issueView.shape,
    sparkline: z.array(z.int().nonnegative()).meta({ description: 'Occurrences in each of the last 24 hours, this hour last.' }),
  })
  .meta({ id: 'LogIssueInList' });

export const issueDetailView = z
  .object({
    ...issueView.shape,
    hours: z.array(z.int().nonnegative()).meta({ description: 'Occurrences in each of the last 24 hours, this hour last.' }),
    days: z
      .array(z.object({ day: z.iso.date(), count: z.int().nonnegative() }))
      .meta({ description: 'Occurrences on each of the last 30 days, UTC, today last.' }),
    fingerprints: z.array(z.object({ id: z.string(), template: z.string(), total: z.int(), firstSeen: z.string(), lastSeen: z.string() })),
    inFiles: z
      .array(z.object({ fileId: z.string(), total: z.int(), firstSeen: z.string(), lastSeen: z.string() }))
      .meta({ description: 'The files that have it, the latest upload first; at most 50.' }),
    activities: z.array(activitySchema).meta({ description: 'What happened to it, newest first; at most 20.' }),
    byHand: z.boolean().meta({ description: 'A person has split it: nothing joins it by itself.' }),
  })
  .meta({ id: 'LogIssueDetail' });
export type IssueDetail = z.infer<typeof issueDetailView>;

export function presentIssue(pattern: Pattern, spike: SpikeMark | undefined, nowMs: number): IssueView {
  const { resolution, mute, regression, wake, assignee, assigneeName, revision } = pattern.triage;
  const shown = presentPattern(pattern, nowMs);
  return {
    ...shown,
    state: shown.status === 'open' && assignee !== null ? 'assigned' : shown.status,
    assigneeName,
    resolution,
    mute: shown.status === 'muted' ? mute : null,
    regression,
    wake,
    revision,
    flags: flagsOf(pattern, spike, nowMs),
    spike: spike === undefined ? null : spikeView(spike),
    mergedInto: pattern.mergedInto,
  };
}

const spikeView = ({ hour, count, expected, foundAtMs }: SpikeMark) => ({
  hour,
  count,
  expected,
  foundAt: new Date(foundAtMs).toISOString(),
});

function flagsOf({ createdAtMs, triage }: Pattern, spike: SpikeMark | undefined, nowMs: number): IssueView['flags'] {
  return {
    new: nowMs - createdAtMs < issueLimits.newHours * hourMs,
    regressed: triage.regression !== null,
    spiking: spike !== undefined && nowMs - spike.foundAtMs < issueLimits.spikeNewsHours * hourMs,
  };
}

export const presentMember = ({ id, template, counts, firstSeen, lastSeen }: Member) => ({
  id,
  template,
  total: totalOf(counts),
  firstSeen,
  lastSeen,
});

export const presentInFile = ({ fileId, counts, firstSeen, lastSeen }: FilePattern) => ({
  fileId,
  total: totalOf(counts),
  firstSeen,
  lastSeen,
});
