/**
 * What all log files together say.
 */
import { systemChance } from '#shared/platform/chance.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { documentClient } from '#shared/platform/dynamodb.ts';
import { requireEnv } from '#shared/platform/env.ts';
import { httpHandler, on } from '#shared/platform/http/http-handler.ts';
import { dashboardRoutes } from '#shared/logs/dashboard/dashboard-routes.ts';
import { readDashboard } from '#shared/logs/dashboard/read-dashboard.ts';
import { dynamodbFileStore } from '#shared/logs/dynamodb-file-store.ts';
import { dynamodbProgressStore } from '#shared/logs/dynamodb-progress-store.ts';
import { limits } from '#shared/logs/limits.ts';
import { dynamodbAggregateReader } from '#shared/logs/rollup/dynamodb-count-store.ts';
import { dynamodbPatternStore } from '#shared/logs/rollup/dynamodb-pattern-store.ts';

const env = requireEnv('LOGS_TABLE');
const table = { client: documentClient(), name: env.LOGS_TABLE, chance: systemChance, retentionDays: limits.retentionDays };
const deps = {
  files: dynamodbFileStore(table),
  progress: dynamodbProgressStore(table, systemClock),
  patterns: dynamodbPatternStore(table),
  aggregates: dynamodbAggregateReader(table),
  clock: systemClock,
};

export const handler = httpHandler(on(dashboardRoutes.readDashboard, ({ query }) => readDashboard(deps, query)));
