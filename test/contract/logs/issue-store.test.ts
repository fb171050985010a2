import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fakeClock } from '#test/fakes/clock.ts';
import { fakeAuditLog } from '#test/fakes/fake-audit-log.ts';
import { fakeIssueStore } from '#test/fakes/fake-issue-store.ts';
import { fakePatternStores } from '#test/fakes/fake-rollup-stores.ts';
import { samplePattern } from '#test/fakes/pattern-samples.ts';
import { findingOf, type Activity } from '#shared/logs/issues/activity.ts';
import { dynamodbIssueStore } from '#shared/logs/issues/dynamodb-issue-store.ts';
import type { IssueStore } from '#shared/logs/issues/ports.ts';
import { dynamodbPatternStore } from '#shared/logs/rollup/dynamodb-pattern-store.ts';
import type { PatternStore } from '#shared/logs/rollup/ports.ts';
import type { AuditEntry } from '#shared/platform/audit/audit-record.ts';
import { dynamodbAuditLog } from '#shared/platform/audit/dynamodb-audit-log.ts';
import { dynamodbAuditReader } from '#shared/platform/audit/dynamodb-audit-reader.ts';
import type { AuditReader } from '#shared/platform/audit/ports.ts';
import { startDynamodb, type Engine } from './dynamodb-engine.ts';

interface World {
  readonly issues: IssueStore;
  readonly patterns: PatternStore;
  readonly audit: AuditReader;
}

let engine: Engine;

beforeAll(async () => {
  engine = await startDynamodb();
});
afterAll(async () => {
  await engine.stop();
});

const subject = 'log-pattern:pat_1_a';
const entry: AuditEntry = { stream: subject, action: 'log-pattern.resolved', actor: 'staff:stf_ann', subject };
const activity = (id: string, different: Partial<Activity> = {}): Activity => ({
  id,
  patternId: 'pat_1_a',
  at: '2026-11-21T12:00:00.000Z',
  by: 'stf_ann',
  byName: 'Ann',
  kind: 'commented',
  text: 'Disk of db-2.',
  details: {},
  ...different,
});

async function inDynamodb(): Promise<World> {
  const table = await engine.table();
  // Both tables are one engine's in AWS: a transaction has to reach them both.
  const name = (await engine.table()).name;
  const records = { ...table, name };
  return {
    issues: dynamodbIssueStore(table, dynamodbAuditLog(records, fakeClock())),
    patterns: dynamodbPatternStore(table),
    audit: dynamodbAuditReader(records),
  };
}

async function inMemory(): Promise<World> {
  const { patterns } = fakePatternStores();
  const audit = fakeAuditLog(fakeClock());
  return { issues: fakeIssueStore({ patterns, audit }), patterns, audit };
}

describe.each([
  ['the fake', inMemory],
  ['DynamoDB', inDynamodb],
])('an issue store: %s', (_, open) => {
  let world: World;
  beforeEach(async () => {
    world = await open();
    await world.patterns.addPattern(samplePattern());
  });

  it('writes a decision, its history and its record, or nothing', async () => {
    const { issues, patterns, audit } = world;
    const after = samplePattern({ revision: 2, files: 7 });
    expect(await issues.commit({ patterns: [after], activities: [activity('act_2')], audit: entry })).toBe(true);
    expect(await patterns.pattern('pat_1_a')).toEqual(after);
    expect(await issues.activities('pat_1_a', { limit: 10 })).toEqual([activity('act_2')]);
    expect(await audit.ofStream(subject, { limit: 10 })).toHaveLength(1);

    expect(await issues.commit({ patterns: [samplePattern({ revision: 2 })], activities: [activity('act_3')], audit: entry })).toBe(false);
    expect(await patterns.pattern('pat_1_a')).toEqual(after);
    expect(await issues.activities('pat_1_a', { limit: 10 })).toHaveLength(1);
    expect(await audit.ofStream(subject, { limit: 10 })).toHaveLength(1);
  });

  it('makes a new pattern only where there is none, with the places of its fingerprints', async () => {
    const { issues, patterns } = world;
    const part = samplePattern({ id: 'pat_1_new', members: ['pat_1_f'] });
    const placement = { fingerprint: 'pat_1_f', patternId: 'pat_1_new', countedAs: 'pat_1_f', byHand: true };
    const decision = { patterns: [part, samplePattern({ revision: 2 })], placements: [placement], activities: [], audit: entry };
    expect(await issues.commit(decision)).toBe(true);
    expect(await patterns.placements(['pat_1_f'])).toEqual([placement]);
    expect(await issues.commit(decision)).toBe(false);
  });

  it('remembers what was merged into a pattern', async () => {
    const merges = [
      { into: 'pat_1_a', from: 'pat_1_b' },
      { into: 'pat_1_a', from: 'pat_1_c' },
    ];
    await world.issues.commit({ patterns: [samplePattern({ revision: 2 })], merges, activities: [], audit: entry });
    expect((await world.issues.mergedInto('pat_1_a')).toSorted()).toEqual(['pat_1_b', 'pat_1_c']);
    expect(await world.issues.mergedInto('pat_1_b')).toEqual([]);
  });

  it('pages what happened, newest first, and of that pattern alone', async () => {
    for (const id of ['act_1', 'act_2', 'act_3', 'act_4']) await world.issues.note(activity(id));
    await world.issues.note(activity('act_5', { patternId: 'pat_1_other' }));
    const first = await world.issues.activities('pat_1_a', { limit: 2 });
    expect(first.map(({ id }) => id)).toEqual(['act_4', 'act_3']);
    const second = await world.issues.activities('pat_1_a', { after: 'act_3', limit: 2 });
    expect(second.map(({ id }) => id)).toEqual(['act_2', 'act_1']);
    expect(await world.issues.activities('pat_1_a', { after: 'act_1', limit: 2 })).toEqual([]);
  });

  it('notes a finding once, however often it is found', async () => {
    const finding = findingOf('2026-11-21T10:00:00.000Z', {
      patternId: 'pat_1_a',
      kind: 'regressed',
      details: { fileId: 'log_1', count: 3 },
    });
    await world.issues.note(finding);
    await world.issues.note(
      findingOf('2026-11-21T10:00:00.000Z', { patternId: 'pat_1_a', kind: 'regressed', details: { fileId: 'log_1', count: 3 } }),
    );
    expect(await world.issues.activities('pat_1_a', { limit: 5 })).toEqual([finding]);
  });

  it('remembers the latest spike', async () => {
    const mark = { patternId: 'pat_1_a', hour: '2026-11-21T10:00:00.000Z', count: 900, expected: 12.5, foundAtMs: 1 };
    await world.issues.markSpike(mark);
    await world.issues.markSpike({ ...mark, count: 1_000 });
    expect(await world.issues.spikes(['pat_1_a', 'pat_1_none'])).toEqual([{ ...mark, count: 1_000 }]);
  });
});
