/**
 * Making, changing and removing alert rules. Each is in the audit log with who did it, without the secrets of its channel.
 */
import type { AuditEntry } from '#shared/platform/audit/audit-record.ts';
import type { Chance } from '#shared/platform/chance.ts';
import type { Clock } from '#shared/platform/clock.ts';
import { prefixedId } from '#shared/platform/ids.ts';
import { auditedBy, type Staff } from '../issues/staff.ts';
import { alertFault } from './alert-faults.ts';
import type { RuleStore } from './ports.ts';
import { presentRule, type RuleView } from './present-rule.ts';
import { alertLimits, type AlertRule, type Channel } from './rule.ts';
import { refusalOfTarget, type WebhookReach } from './webhook-target.ts';

export interface RuleDeps {
  readonly rules: RuleStore;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly reach: WebhookReach;
}

/** A channel as it is asked for: a webhook's secret is ours to make. */
type WantedChannel = Exclude<Channel, { kind: 'webhook' }> | { readonly kind: 'webhook'; readonly url: string };

export type WantedRule = Omit<AlertRule, 'id' | 'channel' | 'createdAtMs' | 'updatedAtMs' | 'revision'> & {
  readonly channel: WantedChannel;
};

/** A rule that was made; `secret` is shown this once. */
export type MadeRule = RuleView & { readonly secret: string | null };

/** Characters of a webhook's secret: 256 bits. */
const secretBytes = 32;

/** Faults: `logs.alert-rules-full`, `logs.webhook-refused`. */
export async function makeRule(deps: RuleDeps, wanted: WantedRule, staff: Staff): Promise<MadeRule> {
  const channel = channelOf(deps, wanted.channel, undefined);
  if ((await deps.rules.all()).length >= alertLimits.rulesMax) throw alertFault('logs.alert-rules-full');
  const nowMs = deps.clock.now();
  const rule: AlertRule = { ...wanted, id: prefixedId('alr', deps), channel, createdAtMs: nowMs, updatedAtMs: nowMs, revision: 1 };
  if (!(await deps.rules.write(rule, entryOf(staff, { action: 'log-alert-rule.made', after: rule }))))
    throw alertFault('logs.alert-rule-changed');
  return { ...presentRule(rule), secret: channel.kind === 'webhook' ? channel.secret : null };
}

export interface RuleChange {
  readonly ruleId: string;
  /** What the change was made upon. */
  readonly revision: number;
  /** What stays out of it stays as it is. A webhook keeps its secret as long as it stays a webhook. */
  readonly change: { readonly [K in keyof WantedRule]?: WantedRule[K] | undefined };
}

/** Faults: `logs.alert-rule-not-found`, `logs.alert-rule-changed`, `logs.webhook-refused`. */
export async function changeRule(deps: RuleDeps, { ruleId, revision, change }: RuleChange, staff: Staff): Promise<MadeRule> {
  const before = await ruleAt(deps, ruleId, revision);
  const channel = change.channel === undefined ? before.channel : channelOf(deps, change.channel, before.channel);
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Partial<AlertRule>;
  const after: AlertRule = { ...before, ...given, channel, updatedAtMs: deps.clock.now(), revision: revision + 1 };
  if (!(await deps.rules.write(after, entryOf(staff, { action: 'log-alert-rule.changed', before, after }))))
    throw alertFault('logs.alert-rule-changed');
  const isNewSecret = channel.kind === 'webhook' && before.channel.kind !== 'webhook';
  return { ...presentRule(after), secret: isNewSecret ? channel.secret : null };
}

/** Faults: `logs.alert-rule-not-found`, `logs.alert-rule-changed`. */
export async function removeRule(deps: RuleDeps, { ruleId, revision }: Omit<RuleChange, 'change'>, staff: Staff): Promise<void> {
  const before = await ruleAt(deps, ruleId, revision);
  if (!(await deps.rules.remove(before, entryOf(staff, { action: 'log-alert-rule.removed', before }))))
    throw alertFault('logs.alert-rule-changed');
}

export async function listRules({ rules }: Pick<RuleDeps, 'rules'>): Promise<{ rules: RuleView[] }> {
  return { rules: (await rules.all()).map(presentRule) };
}

/** Fault: `logs.alert-rule-not-found`. */
export async function readRule({ rules }: Pick<RuleDeps, 'rules'>, ruleId: string): Promise<RuleView> {
  const rule = await rules.get(ruleId);
  if (rule === undefined) throw alertFault('logs.alert-rule-not-found');
  return presentRule(rule);
}

async function ruleAt({ rules }: RuleDeps, ruleId: string, revision: number): Promise<AlertRule> {
  const rule = await rules.get(ruleId);
  if (rule === undefined) throw alertFault('logs.alert-rule-not-found');
  if (rule.revision !== revision) throw alertFault('logs.alert-rule-changed');
  return rule;
}

function channelOf({ chance, reach }: RuleDeps, wanted: WantedChannel, before: Channel | undefined): Channel {
  if (!('url' in wanted)) return wanted;
  const refusal = refusalOfTarget(wanted.url, reach);
  if (refusal !== undefined) throw alertFault('logs.webhook-refused', { errors: [{ pointer: '/channel/url', detail: refusal }] });
  if (wanted.kind !== 'webhook') return wanted;
  const secret = before?.kind === 'webhook' ? before.secret : `whs_${Buffer.from(chance.bytes(secretBytes)).toString('base64url')}`;
  return { ...wanted, secret };
}

type Change = { readonly action: string; readonly before?: AlertRule; readonly after?: AlertRule };

function entryOf(staff: Staff, { action, before, after }: Change): AuditEntry {
  const subject = `log-alert-rule:${(after ?? before)?.id ?? ''}`;
  return {
    ...auditedBy(staff),
    stream: subject,
    subject,
    action,
    ...(before !== undefined && { before: presentRule(before) }),
    ...(after !== undefined && { after: presentRule(after) }),
  };
}
