/**
 * Trying an alert rule out: a message that says it is a test goes the whole way of an alert, by the rule's own channel.
 */
import { prefixedId } from '#shared/platform/ids.ts';
import type { RateRule } from '#shared/platform/rate-limit/rate-rule.ts';
import { auditedBy, type Staff } from '../issues/staff.ts';
import type { Alert } from './alert.ts';
import { alertFault } from './alert-faults.ts';
import type { RuleDeps } from './change-rules.ts';
import { presentAlert, type AlertView } from './list-alerts.ts';
import type { AlertQueue, AlertStore } from './ports.ts';
import { presentRule } from './present-rule.ts';

/** Of one rule: whoever reads the channel is not to be flooded by it. */
export const testRate: RateRule = { name: 'log-alert-test', limit: 5, windowSeconds: 600 };

export interface TestDeps extends Pick<RuleDeps, 'rules' | 'clock' | 'chance'> {
  readonly alerts: Pick<AlertStore, 'add'>;
  readonly queue: AlertQueue;
}

/** A test that is on its way, and where to see what becomes of it. */
export interface SentTest {
  readonly alert: AlertView;
  readonly seeAt: string;
}

/** Sends a test by a rule's channel, also of a rule that is paused. Fault: `logs.alert-rule-not-found`. */
export async function testRule(deps: TestDeps, ruleId: string, staff: Staff): Promise<SentTest> {
  const rule = await deps.rules.get(ruleId);
  if (rule === undefined) throw alertFault('logs.alert-rule-not-found');
  const alert: Alert = {
    id: prefixedId('alt', deps),
    ruleId: rule.id,
    ruleName: rule.name,
    channel: rule.channel.kind,
    kind: 'test',
    patternId: null,
    template: null,
    level: null,
    services: [],
    count: 0,
    total: null,
    expected: null,
    hour: null,
    file: null,
    raisedAtMs: deps.clock.now(),
    status: 'pending',
    settledAtMs: null,
    detail: null,
  };
  const subject = `log-alert-rule:${rule.id}`;
  const after = { alert: alert.id, channel: presentRule(rule).channel };
  await deps.alerts.add(alert, { ...auditedBy(staff), stream: subject, subject, action: 'log-alert-rule.tested', after });
  await deps.queue.deliver([alert.id]);
  return { alert: presentAlert(alert), seeAt: `/api/admin/logs/alerts?id=${alert.id}` };
}
