import { describe, expect, it } from 'vitest';
import { fakeClock } from '#test/fakes/clock.ts';
import { fakeAlertQueue, fakeAlertStore, fakeRuleStore } from '#test/fakes/fake-alert-stores.ts';
import { fakeAuditLog } from '#test/fakes/fake-audit-log.ts';
import { fakeIssueStore } from '#test/fakes/fake-issue-store.ts';
import { fakePatternStores } from '#test/fakes/fake-rollup-stores.ts';
import { sampleFile } from '#test/fakes/log-samples.ts';
import { sampleInFile, samplePattern, sampleRule } from '#test/fakes/pattern-samples.ts';
import { raiseAlerts } from '#shared/logs/alerts/raise-alerts.ts';
import { alertLimits, type AlertRule } from '#shared/logs/alerts/rule.ts';
import { untouched, type Triage } from '#shared/logs/issues/triage.ts';
import type { SeriesDay } from '#shared/logs/rollup/aggregates.ts';
import type { FilePattern, Pattern } from '#shared/logs/rollup/pattern.ts';
import type { AggregateReader } from '#shared/logs/rollup/ports.ts';

const closedAtMs = Date.UTC(2026, 10, 21, 11, 50);
const file = sampleFile({ status: 'done', closedAtMs });

/** Counts by hour of every pattern: so many at the hours of `busy`, one an hour otherwise. */
function aggregatesOf(busy: Readonly<Record<string, number>>): AggregateReader {
  const day = (name: string): SeriesDay => ({
    day: name,
    hours: new Map(
      Array.from({ length: 24 }, (_, hour) => {
        const at = `${name}T${String(hour).padStart(2, '0')}`;
        return [hour, { error: at > '2026-11-21T11' ? 0 : (busy[at] ?? 1), fatal: 0 }];
      }),
    ),
  });
  const days = ['2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21'];
  return {
    ...fakePatternStores().aggregates,
    days: async (_, { from, to }) => days.filter((name) => name >= from && name <= to).map(day),
  };
}

async function watching(rules: readonly AlertRule[], busy: Readonly<Record<string, number>> = {}) {
  const clock = fakeClock();
  const audit = fakeAuditLog(clock);
  const deps = {
    rules: fakeRuleStore(audit),
    alerts: fakeAlertStore(audit),
    queue: fakeAlertQueue(),
    issues: fakeIssueStore({ patterns: fakePatternStores().patterns, audit }),
    aggregates: aggregatesOf(busy),
    clock,
  };
  for (const rule of rules) {
    const stream = `log-alert-rule:${rule.id}`;
    await deps.rules.write(rule, { stream, subject: stream, action: 'log-alert-rule.made', actor: 'system' });
  }
  const raise = async (...seen: { pattern?: Partial<Pattern>; inFile?: Partial<FilePattern> }[]) => {
    const patterns = seen.map(({ pattern, inFile }) => ({
      pattern: samplePattern({ firstSeen: '2026-11-18T00:00:00.000Z', ...pattern }),
      inFile: sampleInFile({ patternId: pattern?.id ?? 'pat_1_a', fileId: file.id, ...inFile }),
    }));
    return raiseAlerts(deps, { file, patterns });
  };
  return { ...deps, raise };
}

const triage = (change: Partial<Triage>): Triage => ({ ...untouched, ...change });
const regression = { at: '2026-11-21T11:55:00.000Z', fileId: file.id, inVersion: null };
const fresh = { createdAtMs: closedAtMs + 1 };

describe('a file that was rolled up', () => {
  it('tells of a new pattern once, however often it is rolled up, and by every rule', async () => {
    const { raise, queue, alerts } = await watching([sampleRule(), sampleRule({ id: 'alr_2' })]);
    expect((await raise({ pattern: fresh })).map(({ kind, ruleId }) => `${ruleId} ${kind}`)).toEqual(['alr_1 new', 'alr_2 new']);
    const again = await raise({ pattern: fresh });
    expect(await alerts.newest({ limit: 10 })).toHaveLength(2);
    // What is not settled is sent for delivery again: the first roll-up may have died before it did.
    expect(queue.queued).toEqual([...again, ...again].map(({ id }) => id));
    for (const alert of again) await alerts.settle({ ...alert, status: 'sent', settledAtMs: 1 });
    expect(await raise({ pattern: fresh })).toEqual([]);
  });

  it('tells of a return, and of the next one after another resolution', async () => {
    const { raise, issues } = await watching([sampleRule()]);
    const first = await raise({ pattern: { triage: triage({ regression }) } });
    expect(first).toMatchObject([{ kind: 'regressed', patternId: 'pat_1_a', status: 'pending', count: 3, total: 12 }]);
    const later = { ...regression, at: '2026-11-21T12:55:00.000Z' };
    const second = await raise({ pattern: { triage: triage({ regression: later }) } });
    expect(second[0]?.id).not.toBe(first[0]?.id);
    expect((await issues.activities('pat_1_a', { limit: 5 })).map(({ kind, by }) => [kind, by])).toEqual([
      ['regressed', null],
      ['regressed', null],
    ]);
  });

  it('says nothing of what is old, muted, resolved, or regressed in another file', async () => {
    const { raise } = await watching([sampleRule()], { '2026-11-21T11': 5_000 });
    const mute = { at: '2026-11-21T00:00:00.000Z', until: null, count: 9_999, totalBefore: 0 };
    const resolution = { at: '2026-11-21T00:00:00.000Z', inVersion: null, fixedAt: null };
    expect(await raise({ pattern: { triage: triage({ status: 'muted', mute }) } })).toEqual([]);
    expect(await raise({ pattern: { ...fresh, triage: triage({ status: 'resolved', resolution }) } })).toEqual([]);
    expect(await raise({ pattern: { mergedInto: 'pat_1_b' } })).toEqual([]);
    const { raise: calm } = await watching([sampleRule()]);
    expect(await calm({ pattern: { triage: triage({ regression: { ...regression, fileId: 'log_other' } }) } })).toEqual([]);
  });

  it('tells of a spike once a day, by the hour in all files, and marks the pattern', async () => {
    const { raise, issues } = await watching([sampleRule()], { '2026-11-21T11': 400 });
    const [alert] = await raise({});
    expect(alert).toMatchObject({ kind: 'spike', hour: '2026-11-21T11:00:00.000Z', count: 400, expected: 1 });
    expect(await issues.spikes(['pat_1_a'])).toMatchObject([{ hour: '2026-11-21T11:00:00.000Z', count: 400 }]);
    expect((await raise({}))[0]?.id).toBe(alert?.id);
  });

  it('does not judge hours that the file has nothing of', async () => {
    const { raise } = await watching([sampleRule()], { '2026-11-21T06': 400 });
    expect(await raise({})).toEqual([]);
    expect(await raise({ inFile: { firstSeen: '2026-11-21T06:10:00.000Z' } })).toHaveLength(1);
  });

  it('tells of many by the number that the rule names', async () => {
    const { raise } = await watching(
      [
        sampleRule({ kinds: ['volume'], countPerHourMin: 9 }),
        sampleRule({ id: 'alr_2', kinds: ['volume'], countPerHourMin: 10 }),
        sampleRule({ id: 'alr_3', kinds: ['new'], countPerHourMin: 1 }),
      ],
      { '2026-11-21T11': 9 },
    );
    expect(await raise({})).toMatchObject([{ ruleId: 'alr_1', kind: 'volume', count: 9, hour: '2026-11-21T11:00:00.000Z' }]);
  });

  it.each<[string, Partial<AlertRule>, number]>([
    ['is switched off', { isEnabled: false }, 0],
    ['asks for other kinds', { kinds: ['spike'] }, 0],
    ['asks for another level', { filter: { level: 'fatal', service: null, text: null, filePrefix: null } }, 0],
    ['asks for this level', { filter: { level: 'error', service: null, text: null, filePrefix: null } }, 1],
    ['asks for another service', { filter: { level: null, service: 'shop', text: null, filePrefix: null } }, 0],
    ['asks for this service', { filter: { level: null, service: 'shop.orders', text: null, filePrefix: null } }, 1],
    ['asks for another text', { filter: { level: null, service: null, text: 'refund', filePrefix: null } }, 0],
    ['asks for this text', { filter: { level: null, service: null, text: 'ORDER', filePrefix: null } }, 1],
    ['asks for other files', { filter: { level: null, service: null, text: null, filePrefix: 'nowhere/' } }, 0],
    ['asks for these files', { filter: { level: null, service: null, text: null, filePrefix: file.object.key.slice(0, 3) } }, 1],
  ])('by a rule that %s: %j', async (_, change, count) => {
    const { raise } = await watching([sampleRule(change)]);
    expect(await raise({ pattern: fresh })).toHaveLength(count);
  });

  it('tells of many new patterns at once as a few and how many more', async () => {
    const { raise } = await watching([sampleRule({ kinds: ['new'] })]);
    const many = Array.from({ length: alertLimits.alertsPerFileMax + 15 }, (_, index) => ({
      pattern: { ...fresh, id: `pat_1_${String(index).padStart(3, '0')}` },
      inFile: { counts: { error: 100 - index, fatal: 0 } },
    }));
    const raised = await raise(...many);
    expect(raised).toHaveLength(alertLimits.alertsPerFileMax + 1);
    expect(raised.at(-1)).toMatchObject({ kind: 'more', patternId: null, count: 15 });
    expect(raised[0]).toMatchObject({ count: 100 });
  });
});
