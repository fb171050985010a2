/**
 * An alert: one signal told by one rule, once.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { base36 } from '#shared/platform/ids.ts';
import type { LogFile } from '../log-file.ts';
import { levelOf, totalOf } from '../rollup/pattern.ts';
import { alertLimits, channelKinds, signalKinds, type AlertRule } from './rule.ts';
import type { Signal } from './signals.ts';

/**
 * - `pending`: on its way.
 * - `sent`: taken by the channel.
 * - `refused`: the channel will never take it (an address that is gone, a host inside of our network).
 */
const alertStatuses = ['pending', 'sent', 'refused'] as const;

export const alertSchema = z.object({
  /** `alt_` and a hash of what it is told for once. */
  id: z.string(),
  ruleId: z.string(),
  ruleName: z.string(),
  channel: z.enum(channelKinds),
  /** `more` stands for those of a file that are too many to be told one by one; `test` for nothing: somebody has tried the rule out. */
  kind: z.enum([...signalKinds, 'more', 'test']),
  /** Null for `more` and `test`. */
  patternId: z.string().nullable(),
  template: z.string().nullable(),
  level: z.enum(['error', 'fatal']).nullable(),
  services: z.array(z.string()),
  /** Occurrences; of `more`, the alerts that it stands for. */
  count: z.int().nonnegative(),
  total: z.int().nonnegative().nullable(),
  expected: z.number().nullable(),
  hour: z.string().nullable(),
  /** Null for `test`. */
  file: z.object({ id: z.string(), key: z.string() }).nullable(),
  raisedAtMs: z.int(),
  status: z.enum(alertStatuses),
  settledAtMs: z.int().nullable(),
  /** Why it was refused. */
  detail: z.string().nullable(),
});
export type Alert = z.infer<typeof alertSchema>;

/** Alerts that a rule raises for a file: one a signal, and one for all that are too many. */
export function alertsOf(rule: AlertRule, signals: readonly Signal[], moment: { file: LogFile; nowMs: number }): Alert[] {
  const loudest = signals.toSorted((a, b) => b.count - a.count || (a.pattern.id < b.pattern.id ? -1 : 1));
  const alerts = loudest.slice(0, alertLimits.alertsPerFileMax).map((signal) => alertOf(rule, signal, moment));
  const more = loudest.length - alerts.length;
  return more === 0 ? alerts : [...alerts, moreOf(rule, more, moment)];
}

function alertOf(rule: AlertRule, signal: Signal, moment: { file: LogFile; nowMs: number }): Alert {
  const { pattern, kind, count, expected, hour, window } = signal;
  return {
    ...headOf(rule, moment, [pattern.id, kind, window]),
    kind,
    patternId: pattern.id,
    template: pattern.template,
    level: levelOf(pattern),
    services: pattern.services,
    count,
    total: totalOf(pattern.counts),
    expected,
    hour,
  };
}

function moreOf(rule: AlertRule, count: number, moment: { file: LogFile; nowMs: number }): Alert {
  return {
    ...headOf(rule, moment, ['', 'more', moment.file.id]),
    kind: 'more',
    patternId: null,
    template: null,
    level: null,
    services: [],
    count,
    total: null,
    expected: null,
    hour: null,
  };
}

function headOf(rule: AlertRule, { file, nowMs }: { file: LogFile; nowMs: number }, once: readonly string[]) {
  return {
    id: alertId(rule.id, once),
    ruleId: rule.id,
    ruleName: rule.name,
    channel: rule.channel.kind,
    file: { id: file.id, key: file.object.key },
    raisedAtMs: nowMs,
    status: 'pending',
    settledAtMs: null,
    detail: null,
  } as const;
}

/** 80 bits, in 16 digits of base 36. */
function alertId(ruleId: string, once: readonly string[]): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([ruleId, ...once]))
    .digest();
  return `alt_${base36(digest.subarray(0, 10), 16)}`;
}
