/**
 * Writes the errors of a filter into a file.
 */
import { systemChance } from '#shared/platform/chance.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { documentClient } from '#shared/platform/dynamodb.ts';
import { requireCountEnv, requireEnv } from '#shared/platform/env.ts';
import { log } from '#shared/platform/log.ts';
import { sqsHandler } from '#shared/platform/queue.ts';
import { sqsRedelivery } from '#shared/platform/sqs-redelivery.ts';
import { dynamodbErrorStore } from '#shared/logs/dynamodb-error-store.ts';
import { dynamodbFileStore } from '#shared/logs/dynamodb-file-store.ts';
import { limits } from '#shared/logs/limits.ts';
import { dynamodbPatternStore } from '#shared/logs/rollup/dynamodb-pattern-store.ts';
import { dynamodbExportStore } from '#shared/logs/search/dynamodb-export-store.ts';
import { makeExport } from '#shared/logs/search/export-errors.ts';
import { exportClient, s3LogExportFiles } from '#shared/logs/search/s3-log-export-files.ts';
import { exportMessage } from '#shared/logs/search/sqs-export-queue.ts';
import { sqsClient } from '#shared/logs/sqs-scan-queue.ts';

const env = requireEnv('LOGS_TABLE', 'EXPORTS_QUEUE_URL', 'EXPORTS_BUCKET');
const attemptsMax = requireCountEnv('EXPORT_ATTEMPTS_MAX');
const table = { client: documentClient(), name: env.LOGS_TABLE, chance: systemChance, retentionDays: limits.retentionDays };
const deps = {
  files: dynamodbFileStore(table),
  errors: dynamodbErrorStore(table),
  patterns: dynamodbPatternStore(table),
  exports: dynamodbExportStore(table, undefined),
  exportFiles: s3LogExportFiles(exportClient(), env.EXPORTS_BUCKET),
  clock: systemClock,
};
const redeliver = sqsRedelivery(sqsClient(), env.EXPORTS_QUEUE_URL);

export const handler = sqsHandler({ message: exportMessage, redeliver }, async ({ exportId }, delivery) => {
  const made = await makeExport(deps, {
    exportId,
    deadlineMs: systemClock.now() + delivery.remainingMs(),
    isLastAttempt: delivery.receiveCount >= attemptsMax,
  });
  log.info('Export', { exportId, status: made?.status, records: made?.records, partial: made?.partial });
});
