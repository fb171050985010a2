/**
 * Takes an alert to its channel, once.
 */
import type { Clock } from '#shared/platform/clock.ts';
import type { Alert } from './alert.ts';
import { messageOf, type AlertMessage } from './alert-message.ts';
import type { AlertCarriers, AlertStore, ChannelOutcome, RuleStore } from './ports.ts';
import { alertLimits, type Channel } from './rule.ts';

export interface DeliverDeps {
  readonly alerts: AlertStore;
  readonly rules: RuleStore;
  readonly carriers: AlertCarriers;
  readonly clock: Clock;
  /** Of the backoffice. */
  readonly origin: string;
}

/**
 * Delivers a pending alert. Only whoever claimed it sends it, so that a message that comes twice is told once; a sender that dies between the channel's
 * answer and its own note of it sends again after its claim. Throws what may work another time.
 */
export async function deliverAlert(deps: DeliverDeps, alertId: string): Promise<Alert['status'] | 'unknown' | 'taken'> {
  const { alerts, clock } = deps;
  const alert = await alerts.get(alertId);
  if (alert === undefined) return 'unknown';
  const nowMs = clock.now();
  if (alert.status !== 'pending') return alert.status;
  if (!(await alerts.claim(alertId, { nowMs, untilMs: nowMs + alertLimits.deliverySecondsMax * 1_000 }))) return 'taken';
  try {
    const outcome = await sent(deps, alert);
    return await settled(deps, alert, outcome);
  } catch (error) {
    await alerts.settle(alert);
    throw error;
  }
}

async function sent({ rules, carriers, origin }: DeliverDeps, alert: Alert): Promise<ChannelOutcome> {
  const rule = await rules.get(alert.ruleId);
  if (rule === undefined) return { isSent: false, reason: 'The rule was removed.' };
  return carry(carriers, rule.channel, { alert, message: messageOf(alert, origin) });
}

async function settled({ alerts, clock }: DeliverDeps, alert: Alert, outcome: ChannelOutcome): Promise<Alert['status']> {
  const status = outcome.isSent ? 'sent' : 'refused';
  const detail = outcome.isSent ? null : outcome.reason.slice(0, 300);
  await alerts.settle({ ...alert, status, settledAtMs: clock.now(), detail });
  return status;
}

/** The channel's kind decides the carrier, which its type cannot say of a lookup. */
function carry(carriers: AlertCarriers, channel: Channel, told: { alert: Alert; message: AlertMessage }): Promise<ChannelOutcome> {
  const { alert, message } = told;
  switch (channel.kind) {
    case 'slack':
      return carriers.slack.send(channel, alert, message);
    case 'webhook':
      return carriers.webhook.send(channel, alert, message);
    case 'sns':
      return carriers.sns.send(channel, alert, message);
    case 'email':
      return carriers.email.send(channel, alert, message);
    default:
      return channel satisfies never;
  }
}
