import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fakeClock } from '#test/fakes/clock.ts';
import { fakeAlertStore, fakeRuleStore } from '#test/fakes/fake-alert-stores.ts';
import { fakeAuditLog } from '#test/fakes/fake-audit-log.ts';
import { sampleFile } from '#test/fakes/log-samples.ts';
import { samplePattern, sampleRule } from '#test/fakes/pattern-samples.ts';
import { alertsOf, type Alert } from '#shared/logs/alerts/alert.ts';
import { dynamodbAlertStore } from '#shared/logs/alerts/dynamodb-alert-store.ts';
import { dynamodbRuleStore } from '#shared/logs/alerts/dynamodb-rule-store.ts';
import type { AlertStore, RuleStore } from '#shared/logs/alerts/ports.ts';
import { dynamodbAuditLog } from '#shared/platform/audit/dynamodb-audit-log.ts';
import { dynamodbAuditReader } from '#shared/platform/audit/dynamodb-audit-reader.ts';
import type { AuditReader } from '#shared/platform/audit/ports.ts';
import type { AuditEntry } from '#shared/platform/audit/audit-record.ts';
import { startDynamodb, type Engine } from './dynamodb-engine.ts';

interface World {
  readonly alerts: AlertStore;
  readonly rules: RuleStore;
  readonly audit: AuditReader;
}

let engine: Engine;
beforeAll(async () => {
  engine = await startDynamodb();
});
afterAll(() => engine.stop());

const nowMs = Date.UTC(2026, 10, 21, 12);
const stream = 'log-alert-rule:alr_1';
const entry: AuditEntry = { stream, action: 'log-alert-rule.made', actor: 'staff:stf_ann', subject: stream };

function alertAt(minutes: number): Alert {
  const signal = {
    kind: 'new',
    pattern: samplePattern({ id: `pat_1_${minutes}` }),
    count: 3,
    expected: null,
    hour: null,
    window: 'ever',
  } as const;
  const [alert] = alertsOf(sampleRule(), [signal], { file: sampleFile(), nowMs: nowMs + minutes * 60_000 });
  if (alert === undefined) throw new Error('A signal raises an alert.');
  return alert;
}

async function inDynamodb(): Promise<World> {
  const table = await engine.table();
  const records = { ...table, name: (await engine.table()).name };
  const audit = dynamodbAuditLog(records, fakeClock());
  return { alerts: dynamodbAlertStore(table, audit), rules: dynamodbRuleStore(table, audit), audit: dynamodbAuditReader(records) };
}

async function inMemory(): Promise<World> {
  const audit = fakeAuditLog(fakeClock());
  return { alerts: fakeAlertStore(audit), rules: fakeRuleStore(audit), audit };
}

describe.each([
  ['the fakes', inMemory],
  ['DynamoDB', inDynamodb],
])('alerts and their rules: %s', (_, open) => {
  let world: World;
  beforeEach(async () => {
    world = await open();
  });

  it('raises an alert once, and answers the first one', async () => {
    const { alerts } = world;
    const alert = alertAt(0);
    expect(await alerts.raise(alert)).toEqual(alert);
    const sent: Alert = { ...alert, status: 'sent', settledAtMs: nowMs };
    await alerts.settle(sent);
    expect(await alerts.raise({ ...alert, count: 99 })).toEqual(sent);
    expect(await alerts.get(alert.id)).toEqual(sent);
    expect(await alerts.get('alt_none')).toBeUndefined();
  });

  it('keeps an alert that somebody asked for, with the record of who did', async () => {
    const { alerts, audit } = world;
    const test: Alert = { ...alertAt(0), kind: 'test', patternId: null, file: null };
    await alerts.add(test, { ...entry, action: 'log-alert-rule.tested' });
    expect(await alerts.get(test.id)).toEqual(test);
    expect(await alerts.newest({ limit: 5 })).toEqual([test]);
    expect((await audit.ofStream(stream, { limit: 5 })).map(({ action }) => action)).toEqual(['log-alert-rule.tested']);
  });

  it('gives a pending alert to one at a time, until their time is up or they give it back', async () => {
    const { alerts } = world;
    const alert = await alerts.raise(alertAt(0));
    const claim = (atMs: number) => alerts.claim(alert.id, { nowMs: atMs, untilMs: atMs + 30_000 });
    const won = await Promise.all([claim(nowMs), claim(nowMs), claim(nowMs)]);
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await claim(nowMs + 29_999)).toBe(false);
    expect(await claim(nowMs + 30_000)).toBe(true);
    await alerts.settle(alert);
    expect(await claim(nowMs + 30_001)).toBe(true);
    await alerts.settle({ ...alert, status: 'refused', settledAtMs: nowMs, detail: 'gone' });
    expect(await claim(nowMs + 90_000)).toBe(false);
    expect(await alerts.claim('alt_none', { nowMs, untilMs: nowMs })).toBe(false);
  });

  it('lists alerts newest first, page by page', async () => {
    const { alerts } = world;
    const raised = await Promise.all([0, 1, 2, 3, 4].map((minutes) => alerts.raise(alertAt(minutes))));
    const first = await alerts.newest({ limit: 3 });
    expect(first).toEqual(raised.toReversed().slice(0, 3));
    expect(await alerts.newest({ after: first[2], limit: 3 })).toEqual(raised.toReversed().slice(3));
  });

  it('writes a rule with its record, upon what was read', async () => {
    const { rules, audit } = world;
    const channel = { kind: 'webhook', url: 'https://example.com/hook', secret: 'whs_0123456789abcdef' } as const;
    const rule = sampleRule({ channel });
    expect(await rules.write(rule, entry)).toBe(true);
    expect(await rules.write(rule, entry)).toBe(false);
    expect(await rules.write({ ...rule, name: 'Other', revision: 3 }, entry)).toBe(false);
    expect(await rules.write({ ...rule, name: 'Other', revision: 2 }, entry)).toBe(true);
    await rules.write(sampleRule({ id: 'alr_2' }), entry);
    expect(await rules.all()).toEqual([{ ...rule, name: 'Other', revision: 2 }, sampleRule({ id: 'alr_2' })]);
    expect(await rules.remove(rule, entry)).toBe(false);
    expect(await rules.remove({ ...rule, revision: 2 }, entry)).toBe(true);
    expect(await rules.get('alr_1')).toBeUndefined();
    expect(await audit.ofStream(stream, { limit: 10 })).toHaveLength(4);
  });
});
