/**
 * Errors of all log files.
 */
import { systemChance } from '#shared/platform/chance.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { documentClient } from '#shared/platform/dynamodb.ts';
import { requireEnv } from '#shared/platform/env.ts';
import { httpHandler, on } from '#shared/platform/http/http-handler.ts';
import { dynamodbErrorStore } from '#shared/logs/dynamodb-error-store.ts';
import { dynamodbFileStore } from '#shared/logs/dynamodb-file-store.ts';
import { dynamodbProgressStore } from '#shared/logs/dynamodb-progress-store.ts';
import { limits } from '#shared/logs/limits.ts';
import { listErrors } from '#shared/logs/list-errors.ts';
import { logRoutes } from '#shared/logs/log-routes.ts';
import { readContext } from '#shared/logs/read-context.ts';
import { readError } from '#shared/logs/read-error.ts';
import { dynamodbPatternStore } from '#shared/logs/rollup/dynamodb-pattern-store.ts';
import { s3LogSource, s3ReadClient } from '#shared/logs/s3-log-source.ts';

const env = requireEnv('LOGS_TABLE');
const table = { client: documentClient(), name: env.LOGS_TABLE, chance: systemChance, retentionDays: limits.retentionDays };
const deps = {
  files: dynamodbFileStore(table),
  progress: dynamodbProgressStore(table, systemClock),
  errors: dynamodbErrorStore(table),
  patterns: dynamodbPatternStore(table),
  source: s3LogSource({ client: s3ReadClient(), chance: systemChance }),
};

export const handler = httpHandler(
  on(logRoutes.listErrors, ({ query }) => listErrors(deps, query)),
  on(logRoutes.readError, ({ path }) => readError(deps, path.errorId)),
  on(logRoutes.readContext, ({ path, query }) => readContext(deps, { id: path.errorId, lines: query.lines })),
);
