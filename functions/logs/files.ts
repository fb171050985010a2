/**
 * Log files and the errors in each.
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
import { listFileErrors } from '#shared/logs/list-file-errors.ts';
import { listFiles } from '#shared/logs/list-files.ts';
import { logRoutes } from '#shared/logs/log-routes.ts';
import { readFile } from '#shared/logs/read-file.ts';

const env = requireEnv('LOGS_TABLE');
const table = { client: documentClient(), name: env.LOGS_TABLE, chance: systemChance, retentionDays: limits.retentionDays };
const deps = {
  files: dynamodbFileStore(table),
  progress: dynamodbProgressStore(table, systemClock),
  errors: dynamodbErrorStore(table),
  clock: systemClock,
};

export const handler = httpHandler(
  on(logRoutes.listFiles, ({ query }) => listFiles(deps, query)),
  on(logRoutes.readFile, ({ path }) => readFile(deps, path.fileId)),
  on(logRoutes.listFileErrors, ({ path, query }) => listFileErrors(deps, { ...query, fileId: path.fileId })),
);
