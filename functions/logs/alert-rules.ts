/**
 * Alert rules, and the alerts that they raised.
 */
import { dynamodbStaffNames } from '#shared/identity/staff/dynamodb-staff-names.ts';
import { dynamodbAuditLog } from '#shared/platform/audit/dynamodb-audit-log.ts';
import { systemChance } from '#shared/platform/chance.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { documentClient } from '#shared/platform/dynamodb.ts';
import { requireEnv } from '#shared/platform/env.ts';
import { edgeHttpHandler, on } from '#shared/platform/http/http-handler.ts';
import { dynamodbRateLimits } from '#shared/platform/rate-limit/dynamodb-rate-limits.ts';
import { limited } from '#shared/platform/rate-limit/limited.ts';
import { secretReader } from '#shared/platform/secret.ts';
import { alertRoutes } from '#shared/logs/alerts/alert-routes.ts';
import { changeRule, listRules, makeRule, readRule, removeRule } from '#shared/logs/alerts/change-rules.ts';
import { dynamodbAlertStore } from '#shared/logs/alerts/dynamodb-alert-store.ts';
import { dynamodbRuleStore } from '#shared/logs/alerts/dynamodb-rule-store.ts';
import { listAlerts } from '#shared/logs/alerts/list-alerts.ts';
import { sqsAlertClient, sqsAlertQueue } from '#shared/logs/alerts/sqs-alert-queue.ts';
import { testRate, testRule } from '#shared/logs/alerts/test-rule.ts';
import { webhookReachOf } from '#shared/logs/alerts/webhook-target.ts';
import { staffOf } from '#shared/logs/issues/staff.ts';

const env = requireEnv('LOGS_TABLE', 'AUDIT_TABLE', 'IDENTITY_TABLE', 'ALERTS_QUEUE_URL', 'WEBHOOK_REACH', 'ORIGIN_KEY_SECRET_ID');
const [client, clock, chance] = [documentClient(), systemClock, systemChance];
const table = { client, name: env.LOGS_TABLE, chance };
const audit = dynamodbAuditLog({ client, name: env.AUDIT_TABLE, chance }, clock);
const rates = dynamodbRateLimits(table, clock);
const deps = {
  rules: dynamodbRuleStore(table, audit),
  alerts: dynamodbAlertStore(table, audit),
  queue: sqsAlertQueue(sqsAlertClient(), env.ALERTS_QUEUE_URL),
  reach: webhookReachOf(env.WEBHOOK_REACH),
  staff: dynamodbStaffNames({ client, name: env.IDENTITY_TABLE }),
  clock,
  chance,
};

export const handler = edgeHttpHandler(
  secretReader(env.ORIGIN_KEY_SECRET_ID, clock),
  on(alertRoutes.listRules, () => listRules(deps)),
  on(alertRoutes.makeRule, async (input) => makeRule(deps, input.body, await staffOf(deps.staff, input))),
  on(alertRoutes.readRule, ({ path }) => readRule(deps, path.ruleId)),
  on(alertRoutes.changeRule, async (input) => {
    const { revision, ...change } = input.body;
    return changeRule(deps, { ...input.path, revision, change }, await staffOf(deps.staff, input));
  }),
  on(alertRoutes.removeRule, async (input) => {
    await removeRule(deps, { ...input.path, ...input.query }, await staffOf(deps.staff, input));
    return undefined;
  }),
  on(alertRoutes.testRule, (input) => {
    const { ruleId } = input.path;
    return limited(rates, [{ rule: testRate, key: ruleId }], async () => testRule(deps, ruleId, await staffOf(deps.staff, input)));
  }),
  on(alertRoutes.listAlerts, ({ query }) => listAlerts(deps, query)),
);
