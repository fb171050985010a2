import { describe, expect, it } from 'vitest';
import { seededChance } from '#test/fakes/chance.ts';
import { fakeClock } from '#test/fakes/clock.ts';
import { fakeAlertQueue, fakeAlertStore, fakeRuleStore } from '#test/fakes/fake-alert-stores.ts';
import { fakeAuditLog } from '#test/fakes/fake-audit-log.ts';
import { ann, sampleRule } from '#test/fakes/pattern-samples.ts';
import type { Alert } from '#shared/logs/alerts/alert.ts';
import type { AlertMessage } from '#shared/logs/alerts/alert-message.ts';
import { deliverAlert } from '#shared/logs/alerts/deliver-alert.ts';
import { listAlerts } from '#shared/logs/alerts/list-alerts.ts';
import type { AlertCarriers, ChannelOutcome } from '#shared/logs/alerts/ports.ts';
import { testRule } from '#shared/logs/alerts/test-rule.ts';

const made = { stream: 'log-alert-rule:alr_1', subject: 'log-alert-rule:alr_1', action: 'log-alert-rule.made', actor: 'system' } as const;

async function desk(different: Parameters<typeof sampleRule>[0] = {}) {
  const clock = fakeClock();
  const audit = fakeAuditLog(clock);
  const deps = { rules: fakeRuleStore(audit), alerts: fakeAlertStore(audit), queue: fakeAlertQueue(), clock, chance: seededChance() };
  await deps.rules.write(sampleRule(different), made);
  const told: AlertMessage[] = [];
  const send = async (_channel: unknown, _alert: Alert, message: AlertMessage): Promise<ChannelOutcome> => {
    told.push(message);
    return { isSent: true };
  };
  const carriers: AlertCarriers = { slack: { send }, webhook: { send }, sns: { send }, email: { send } };
  return { deps, audit, told, delivering: { ...deps, carriers, origin: 'https://backoffice.example.id' } };
}

describe('a test of an alert rule', () => {
  it('goes the way of an alert, says that it is a test, and can be followed', async () => {
    const { deps, told, delivering } = await desk();
    const { alert, seeAt } = await testRule(deps, 'alr_1', ann);
    expect(alert).toMatchObject({ kind: 'test', ruleId: 'alr_1', status: 'pending', file: null });
    expect(seeAt).toBe(`/api/admin/logs/alerts?id=${alert.id}`);
    expect(deps.queue.queued).toEqual([alert.id]);
    expect(await deliverAlert(delivering, alert.id)).toBe('sent');
    expect(told).toEqual([
      {
        headline: 'Test of an alert rule: nothing has happened',
        facts: [{ name: 'Rule', value: sampleRule().name }],
        link: 'https://backoffice.example.id/#/log-alert-rules',
        patternLink: null,
      },
    ]);
    expect(await listAlerts(deps, { id: alert.id, limit: 1 })).toMatchObject({
      alerts: [{ id: alert.id, status: 'sent' }],
      nextCursor: null,
    });
    expect(await listAlerts(deps, { id: 'alt_none', limit: 1 })).toEqual({ alerts: [], nextCursor: null });
  });

  it('is another message every time, also of a rule that is paused', async () => {
    const { deps } = await desk({ isEnabled: false });
    const tests = [await testRule(deps, 'alr_1', ann), await testRule(deps, 'alr_1', ann)];
    expect(new Set(tests.map(({ alert }) => alert.id)).size).toBe(2);
  });

  it('is in the audit log with who asked, without what only the sender may know', async () => {
    const { deps, audit } = await desk({ channel: { kind: 'webhook', url: 'https://example.com/T0/key', secret: 's'.repeat(20) } });
    const { alert } = await testRule(deps, 'alr_1', ann);
    const record = audit.all().at(-1);
    expect(record).toMatchObject({ action: 'log-alert-rule.tested', actor: 'staff:stf_ann', subject: 'log-alert-rule:alr_1' });
    expect(JSON.stringify(record)).toContain(alert.id);
    expect(JSON.stringify(record)).not.toMatch(/T0\/key|ssss/);
  });

  it('of a rule that is gone is not sent', async () => {
    const { deps, audit } = await desk();
    await expect(testRule(deps, 'alr_2', ann)).rejects.toMatchObject({ code: 'logs.alert-rule-not-found' });
    expect(deps.queue.queued).toEqual([]);
    expect(audit.all()).toHaveLength(1);
  });
});
