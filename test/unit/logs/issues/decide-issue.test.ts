import { describe, expect, it } from 'vitest';
import { seededChance } from '#test/fakes/chance.ts';
import { fakeClock } from '#test/fakes/clock.ts';
import { fakeAuditLog } from '#test/fakes/fake-audit-log.ts';
import { fakeIssueStore } from '#test/fakes/fake-issue-store.ts';
import { fakePatternStores } from '#test/fakes/fake-rollup-stores.ts';
import { ann, sampleMember, samplePattern } from '#test/fakes/pattern-samples.ts';
import type { StaffNames } from '#shared/identity/staff/decider.ts';
import { commentOnIssue, decideIssue } from '#shared/logs/issues/decide-issue.ts';
import { listIssues, type ListRequest } from '#shared/logs/issues/list-issues.ts';
import { presentIssue } from '#shared/logs/issues/present-issue.ts';
import { mergeIssues } from '#shared/logs/issues/merge-issues.ts';
import type { IssueDecision } from '#shared/logs/issues/ports.ts';
import { splitIssue } from '#shared/logs/issues/split-issue.ts';
import { totalOf, type Pattern } from '#shared/logs/rollup/pattern.ts';

/** Patterns with one member each, or those that are named, each member seen so many times. */
async function desk(...patterns: (Partial<Pattern> & { readonly seen?: readonly number[] })[]) {
  const clock = fakeClock();
  const audit = fakeAuditLog(clock);
  const stores = fakePatternStores();
  for (const { seen = [12], ...different } of patterns) {
    const pattern = samplePattern(different);
    const counts = { error: seen.reduce((sum, count) => sum + count, 0), fatal: 0 };
    await stores.patterns.addPattern({ ...pattern, counts });
    const members = pattern.members.map((id, index) => sampleMember({ id, counts: { error: seen[index] ?? 0, fatal: 0 } }));
    await stores.counts.add({ fileId: 'log_none', shares: [], members });
  }
  const { patterns: store, aggregates } = stores;
  const issues = fakeIssueStore({ patterns: store, audit });
  const deps = { patterns: store, issues, staff: people, aggregates, clock, chance: seededChance() };
  const actions = (): string[] => audit.all().map(({ action }) => action);
  return { deps, audit, actions };
}

/** The staff has one person beside the one who decides. */
const people: StaffNames = {
  get: async (id) =>
    id === 'stf_bo'
      ? { id, email: 'bo@xm.example', name: 'Bo', roles: ['ops'], status: 'active', locale: 'id', createdAtMs: 0, lastSeenAtMs: null }
      : undefined,
};

describe('a decision about a pattern', () => {
  it('is made upon what was read, and says who made it', async () => {
    const { deps, actions } = await desk({});
    const resolve = { kind: 'resolve', inVersion: '4.2', fixedAt: null } as const;
    const resolved = await decideIssue(deps, { patternId: 'pat_1_a', decision: resolve, revision: 0 }, ann);
    expect(resolved.triage).toMatchObject({ status: 'resolved', revision: 1 });
    await expect(decideIssue(deps, { patternId: 'pat_1_a', decision: { kind: 'reopen' }, revision: 0 }, ann)).rejects.toThrow(
      'logs.pattern-changed',
    );
    deps.clock.advance(1_000);
    await commentOnIssue(deps, { patternId: 'pat_1_a', text: 'Disk.' }, ann);
    expect(actions()).toEqual(['log-pattern.resolved', 'log-pattern.commented']);
    const [comment, decision] = await deps.issues.activities('pat_1_a', { limit: 5 });
    expect(comment).toMatchObject({ kind: 'commented', by: 'stf_ann', text: 'Disk.' });
    expect(decision).toMatchObject({ kind: 'resolved', by: 'stf_ann', details: { inVersion: '4.2' } });
  });

  it('keeps what people were called, in its history, its record and the pattern', async () => {
    const { deps, audit } = await desk({});
    const assign = (assignee: string | null) =>
      decideIssue(deps, { patternId: 'pat_1_a', decision: { kind: 'assign', assignee } }, { ...ann, name: 'Ann' });
    const assigned = await assign('stf_bo');
    expect(presentIssue(assigned, undefined, deps.clock.now())).toMatchObject({
      assignee: 'stf_bo',
      assigneeName: 'Bo',
      state: 'assigned',
    });
    expect(await deps.issues.activities('pat_1_a', { limit: 1 })).toMatchObject([
      { by: 'stf_ann', byName: 'Ann', details: { assignee: 'stf_bo', assigneeName: 'Bo' } },
    ]);
    expect(audit.all()).toMatchObject([{ actor: 'staff:stf_ann', actorName: 'Ann' }]);
    expect((await assign('stf_gone')).triage).toMatchObject({ assignee: 'stf_gone', assigneeName: null });
    expect((await assign(null)).triage).toMatchObject({ assignee: null, assigneeName: null });
  });

  it('that changes nothing leaves no trace', async () => {
    const { deps, actions } = await desk({});
    const before = await deps.patterns.pattern('pat_1_a');
    expect(await decideIssue(deps, { patternId: 'pat_1_a', decision: { kind: 'reopen' } }, ann)).toEqual(before);
    expect(actions()).toEqual([]);
  });

  it('holds while the scanner writes the same pattern', async () => {
    const { deps } = await desk({});
    let scans = 3;
    const issues = {
      ...deps.issues,
      commit: async (decision: IssueDecision) => {
        scans -= 1;
        const now = await deps.patterns.pattern('pat_1_a');
        if (scans >= 0 && now) await deps.patterns.commit({ patterns: [{ ...now, files: now.files + 1, revision: now.revision + 1 }] });
        return deps.issues.commit(decision);
      },
    };
    const decided = await decideIssue({ ...deps, issues }, { patternId: 'pat_1_a', decision: { kind: 'assign', assignee: 'stf_bo' } }, ann);
    expect(decided).toMatchObject({ files: 5, triage: { assignee: 'stf_bo' } });
    scans = 100;
    await expect(
      decideIssue({ ...deps, issues }, { patternId: 'pat_1_a', decision: { kind: 'assign', assignee: null } }, ann),
    ).rejects.toThrow('logs.pattern-changed');
  });

  it('is made about nothing that is not there, or was merged', async () => {
    const { deps } = await desk({}, { id: 'pat_1_b', mergedInto: 'pat_1_a' });
    const decision = { kind: 'reopen' } as const;
    await expect(decideIssue(deps, { patternId: 'pat_1_x', decision }, ann)).rejects.toThrow('logs.pattern-not-found');
    await expect(decideIssue(deps, { patternId: 'pat_1_b', decision }, ann)).rejects.toThrow('logs.pattern-merged');
  });
});

describe('merging and splitting', () => {
  it('loses and doubles nothing, and back again is what it was', async () => {
    const { deps, actions } = await desk({ seen: [12] }, { id: 'pat_1_b', seen: [7] }, { id: 'pat_1_c', seen: [5] });
    const merged = await mergeIssues(deps, { into: 'pat_1_a', from: ['pat_1_b', 'pat_1_c', 'pat_1_b', 'pat_1_a'] }, ann);
    expect(totalOf(merged.counts)).toBe(24);
    expect(merged.members.toSorted()).toEqual(['pat_1_a', 'pat_1_b', 'pat_1_c']);
    expect(
      (await deps.patterns.placements(['pat_1_b', 'pat_1_c'])).every(({ patternId, byHand }) => patternId === 'pat_1_a' && byHand),
    ).toBe(true);
    expect((await deps.patterns.pattern('pat_1_b'))?.mergedInto).toBe('pat_1_a');

    const part = await splitIssue(deps, { patternId: 'pat_1_a', fingerprints: ['pat_1_b', 'pat_1_c'] }, ann);
    const rest = await deps.patterns.pattern('pat_1_a');
    expect([totalOf(part.counts), rest && totalOf(rest.counts)]).toEqual([12, 12]);
    expect(part).toMatchObject({ byHand: true, mergedInto: null, triage: { status: 'open' } });
    expect(rest).toMatchObject({ byHand: true, members: ['pat_1_a'] });
    expect(await deps.patterns.placements(['pat_1_b'])).toEqual([
      { fingerprint: 'pat_1_b', patternId: part.id, countedAs: 'pat_1_b', byHand: true },
    ]);
    expect(actions()).toEqual(['log-pattern.merged', 'log-pattern.split']);
  });

  it('refuses what cannot be: all fingerprints, none of its own, what is counted as the rest, more than one can count', async () => {
    const many = Array.from({ length: 40 }, (_, index) => `pat_1_m${index}`);
    const { deps } = await desk(
      { members: ['pat_1_a', 'pat_1_a2', 'pat_1_a~rest'], seen: [1, 2, 3] },
      { id: 'pat_1_b', members: many },
      { id: 'pat_1_c', members: many.map((id) => `${id}x`) },
    );
    const split = (fingerprints: string[]) => splitIssue(deps, { patternId: 'pat_1_a', fingerprints }, ann);
    await expect(split(['pat_1_a', 'pat_1_a2', 'pat_1_a~rest'])).rejects.toThrow('logs.split-impossible');
    await expect(split(['pat_1_a~rest'])).rejects.toThrow('logs.split-impossible');
    await expect(split(['pat_1_b'])).rejects.toThrow('logs.split-impossible');
    await expect(mergeIssues(deps, { into: 'pat_1_b', from: ['pat_1_c'] }, ann)).rejects.toThrow('logs.merge-too-large');
  });
});

describe('the list of patterns', () => {
  const at = (hour: number): string => `2026-11-21T${String(hour).padStart(2, '0')}:00:00.000Z`;
  const some = () =>
    desk(
      ...[0, 1, 2, 3, 4, 5, 6].map((index) => ({
        id: `pat_1_${index}`,
        template: index % 2 === 0 ? 'Disk <*> full' : 'Card <*> refused',
        lastSeen: at(index),
        seen: [1 + ((index * 3) % 7)],
      })),
    );

  it.each<[ListRequest['sort'], string[]]>([
    ['last-seen', ['6', '5', '4', '3', '2', '1', '0']],
    ['count', ['2', '4', '6', '1', '3', '5', '0']],
  ])('by %s comes page by page without loss or repetition', async (sort, expected) => {
    const { deps } = await some();
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listIssues(deps, { sort, limit: 3, cursor });
      expect(page.partial).toBe(false);
      ids.push(...page.patterns.map(({ id }) => id.slice('pat_1_'.length)));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(ids).toEqual(expected);
  });

  it('is filtered by text, state, flag and owner', async () => {
    const { deps } = await some();
    const ids = async (request: Partial<ListRequest>): Promise<string[]> =>
      (await listIssues(deps, { sort: 'last-seen', limit: 50, ...request })).patterns.map(({ id }) => id.slice('pat_1_'.length));
    expect(await ids({ text: 'CARD' })).toEqual(['5', '3', '1']);
    await decideIssue(deps, { patternId: 'pat_1_3', decision: { kind: 'assign', assignee: 'stf_bo' } }, ann);
    await decideIssue(deps, { patternId: 'pat_1_4', decision: { kind: 'mute', until: null, count: 3 } }, ann);
    expect(await ids({ state: 'muted' })).toEqual(['4']);
    expect(await ids({ state: 'assigned' })).toEqual(['3']);
    expect(await ids({ state: 'open', text: 'card' })).toEqual(['5', '3', '1']);
    expect(await ids({ assignee: 'stf_bo' })).toEqual(['3']);
    await deps.issues.markSpike({ patternId: 'pat_1_6', hour: at(6), count: 90, expected: 2, foundAtMs: deps.clock.now() });
    expect(await ids({ flag: 'spiking' })).toEqual(['6']);
    deps.clock.advance(24 * 3_600_000);
    expect(await ids({ flag: 'spiking' })).toEqual([]);
  });
});
