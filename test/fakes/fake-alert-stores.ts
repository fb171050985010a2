import type { Alert } from '#shared/logs/alerts/alert.ts';
import type { AlertQueue, AlertStore, RuleStore } from '#shared/logs/alerts/ports.ts';
import type { AlertRule } from '#shared/logs/alerts/rule.ts';
import type { AuditLog } from '#shared/platform/audit/ports.ts';

/** Rules in memory, with the promises of `RuleStore`. */
export function fakeRuleStore(audit: AuditLog): RuleStore {
  const rules = new Map<string, AlertRule>();
  return {
    get: async (ruleId) => structuredClone(rules.get(ruleId)),
    all: async () => structuredClone([...rules.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1))),
    async write(rule, entry) {
      if ((rules.get(rule.id)?.revision ?? 0) !== rule.revision - 1) return false;
      rules.set(rule.id, structuredClone(rule));
      await audit.append(entry);
      return true;
    },
    async remove(rule, entry) {
      if (rules.get(rule.id)?.revision !== rule.revision) return false;
      rules.delete(rule.id);
      await audit.append(entry);
      return true;
    },
  };
}

/** Alerts in memory, with the promises of `AlertStore`. */
export function fakeAlertStore(audit: AuditLog): AlertStore {
  const alerts = new Map<string, Alert>();
  const claims = new Map<string, number>();
  const place = ({ raisedAtMs, id }: { raisedAtMs: number; id: string }): string => `${new Date(raisedAtMs).toISOString()}#${id}`;
  return {
    async raise(alert) {
      if (!alerts.has(alert.id)) alerts.set(alert.id, structuredClone(alert));
      return structuredClone(alerts.get(alert.id) ?? alert);
    },
    async add(alert, entry) {
      alerts.set(alert.id, structuredClone(alert));
      await audit.append(entry);
    },
    get: async (alertId) => structuredClone(alerts.get(alertId)),
    async claim(alertId, { nowMs, untilMs }) {
      if (alerts.get(alertId)?.status !== 'pending' || (claims.get(alertId) ?? 0) > nowMs) return false;
      claims.set(alertId, untilMs);
      return true;
    },
    async settle(alert) {
      alerts.set(alert.id, structuredClone(alert));
      claims.delete(alert.id);
    },
    async newest({ after, limit }) {
      return structuredClone(
        [...alerts.values()]
          .filter((alert) => after === undefined || place(alert) < place(after))
          .toSorted((a, b) => (place(a) < place(b) ? 1 : -1))
          .slice(0, limit),
      );
    },
  };
}

/** What is to be delivered, in memory. */
export function fakeAlertQueue(): AlertQueue & { readonly queued: string[] } {
  const queued: string[] = [];
  return { queued, deliver: async (alertIds) => void queued.push(...alertIds) };
}
