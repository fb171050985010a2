/**
 * Patterns of errors, and what people decide about them.
 */
import { dynamodbStaffNames } from '#shared/identity/staff/dynamodb-staff-names.ts';
import { dynamodbAuditLog } from '#shared/platform/audit/dynamodb-audit-log.ts';
import { systemChance } from '#shared/platform/chance.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { documentClient } from '#shared/platform/dynamodb.ts';
import { requireEnv } from '#shared/platform/env.ts';
import { edgeHttpHandler, on } from '#shared/platform/http/http-handler.ts';
import { secretReader } from '#shared/platform/secret.ts';
import { commentOnIssue, decideIssue } from '#shared/logs/issues/decide-issue.ts';
import { dynamodbIssueStore } from '#shared/logs/issues/dynamodb-issue-store.ts';
import { issueRoutes } from '#shared/logs/issues/issue-routes.ts';
import { listIssues } from '#shared/logs/issues/list-issues.ts';
import { mergeIssues } from '#shared/logs/issues/merge-issues.ts';
import { listActivities, presentedIssue, readIssue } from '#shared/logs/issues/read-issue.ts';
import { splitIssue } from '#shared/logs/issues/split-issue.ts';
import { staffOf } from '#shared/logs/issues/staff.ts';
import { limits } from '#shared/logs/limits.ts';
import { dynamodbAggregateReader } from '#shared/logs/rollup/dynamodb-count-store.ts';
import { dynamodbPatternStore } from '#shared/logs/rollup/dynamodb-pattern-store.ts';

const env = requireEnv('LOGS_TABLE', 'AUDIT_TABLE', 'IDENTITY_TABLE', 'ORIGIN_KEY_SECRET_ID');
const [client, clock, chance] = [documentClient(), systemClock, systemChance];
const table = { client, name: env.LOGS_TABLE, chance, retentionDays: limits.retentionDays };
const deps = {
  patterns: dynamodbPatternStore(table),
  issues: dynamodbIssueStore(table, dynamodbAuditLog({ client, name: env.AUDIT_TABLE, chance }, clock)),
  aggregates: dynamodbAggregateReader(table),
  staff: dynamodbStaffNames({ client, name: env.IDENTITY_TABLE }),
  clock,
  chance,
};

export const handler = edgeHttpHandler(
  secretReader(env.ORIGIN_KEY_SECRET_ID, clock),
  on(issueRoutes.list, ({ query }) => listIssues(deps, query)),
  on(issueRoutes.read, ({ path }) => readIssue(deps, path.patternId)),
  on(issueRoutes.listActivities, ({ path, query }) => listActivities(deps, { ...path, ...query })),
  on(issueRoutes.decide, async (input) =>
    presentedIssue(deps, await decideIssue(deps, { ...input.path, ...input.body }, await staffOf(deps.staff, input))),
  ),
  on(issueRoutes.comment, async (input) => commentOnIssue(deps, { ...input.path, ...input.body }, await staffOf(deps.staff, input))),
  on(issueRoutes.merge, async (input) => {
    const merge = { into: input.path.patternId, from: input.body.patterns };
    return presentedIssue(deps, await mergeIssues(deps, merge, await staffOf(deps.staff, input)));
  }),
  on(issueRoutes.split, async (input) =>
    presentedIssue(deps, await splitIssue(deps, { ...input.path, ...input.body }, await staffOf(deps.staff, input))),
  ),
);
