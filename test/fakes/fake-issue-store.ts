import type { Activity } from '#shared/logs/issues/activity.ts';
import type { IssueStore, SpikeMark } from '#shared/logs/issues/ports.ts';
import type { PatternStore } from '#shared/logs/rollup/ports.ts';
import type { AuditLog } from '#shared/platform/audit/ports.ts';

/** Decisions in memory, with the promises of `IssueStore`: patterns and places go into `patterns`, records into `audit`. */
export function fakeIssueStore({ patterns, audit }: { readonly patterns: PatternStore; readonly audit: AuditLog }): IssueStore {
  const activities = new Map<string, Activity>();
  const merges: { into: string; from: string }[] = [];
  const spikes = new Map<string, SpikeMark>();
  return {
    async commit(decision) {
      const change = { patterns: decision.patterns, placements: decision.placements ?? [] };
      if (decision.patterns.length > 0 && !(await patterns.commit(change))) return false;
      merges.push(...(decision.merges ?? []));
      for (const activity of decision.activities) activities.set(activity.id, structuredClone(activity));
      await audit.append(decision.audit);
      return true;
    },
    note: async (finding) => void activities.set(finding.id, structuredClone(finding)),
    async noteMerge(merge) {
      if (!merges.some(({ into, from }) => into === merge.into && from === merge.from)) merges.push(merge);
    },
    async activities(patternId, { after, limit }) {
      const of = [...activities.values()].filter((one) => one.patternId === patternId && (after === undefined || one.id < after));
      return structuredClone(of.toSorted((a, b) => (a.id < b.id ? 1 : -1)).slice(0, limit));
    },
    mergedInto: async (patternId) => merges.filter(({ into }) => into === patternId).map(({ from }) => from),
    markSpike: async (mark) => void spikes.set(mark.patternId, mark),
    spikes: async (patternIds) => patternIds.flatMap((id) => spikes.get(id) ?? []),
  };
}
