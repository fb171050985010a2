/**
 * Search over the errors of all files, and exports of what it finds.
 */
import { dynamodbStaffNames } from '#shared/identity/staff/dynamodb-staff-names.ts';
import { dynamodbAuditLog } from '#shared/platform/audit/dynamodb-audit-log.ts';
import { systemChance } from '#shared/platform/chance.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { documentClient } from '#shared/platform/dynamodb.ts';
import { requireEnv } from '#shared/platform/env.ts';
import { edgeHttpHandler, on } from '#shared/platform/http/http-handler.ts';
import { secretReader } from '#shared/platform/secret.ts';
import { dynamodbErrorStore } from '#shared/logs/dynamodb-error-store.ts';
import { dynamodbFileStore } from '#shared/logs/dynamodb-file-store.ts';
import { dynamodbProgressStore } from '#shared/logs/dynamodb-progress-store.ts';
import { staffOf } from '#shared/logs/issues/staff.ts';
import { limits } from '#shared/logs/limits.ts';
import { dynamodbPatternStore } from '#shared/logs/rollup/dynamodb-pattern-store.ts';
import { dynamodbExportStore } from '#shared/logs/search/dynamodb-export-store.ts';
import { askForExport, presentExport, readExport } from '#shared/logs/search/export-errors.ts';
import { exportClient, s3LogExportFiles } from '#shared/logs/search/s3-log-export-files.ts';
import { searchErrors } from '#shared/logs/search/search-errors.ts';
import { searchRoutes } from '#shared/logs/search/search-routes.ts';
import { sqsExportQueue } from '#shared/logs/search/sqs-export-queue.ts';
import { sqsClient } from '#shared/logs/sqs-scan-queue.ts';

const env = requireEnv('LOGS_TABLE', 'AUDIT_TABLE', 'IDENTITY_TABLE', 'EXPORTS_QUEUE_URL', 'EXPORTS_BUCKET', 'ORIGIN_KEY_SECRET_ID');
const [client, clock, chance] = [documentClient(), systemClock, systemChance];
const table = { client, name: env.LOGS_TABLE, chance, retentionDays: limits.retentionDays };
const staff = dynamodbStaffNames({ client, name: env.IDENTITY_TABLE });
const finding = {
  files: dynamodbFileStore(table),
  progress: dynamodbProgressStore(table, clock),
  errors: dynamodbErrorStore(table),
  patterns: dynamodbPatternStore(table),
};
const exporting = {
  exports: dynamodbExportStore(table, dynamodbAuditLog({ client, name: env.AUDIT_TABLE, chance }, clock)),
  queue: sqsExportQueue(sqsClient(), env.EXPORTS_QUEUE_URL),
  files: s3LogExportFiles(exportClient(), env.EXPORTS_BUCKET),
  clock,
  chance,
};

export const handler = edgeHttpHandler(
  secretReader(env.ORIGIN_KEY_SECRET_ID, clock),
  on(searchRoutes.search, ({ query }) => searchErrors(finding, query)),
  on(searchRoutes.askForExport, async (input) =>
    presentExport(await askForExport(exporting, input.body, await staffOf(staff, input)), null, clock.now()),
  ),
  on(searchRoutes.readExport, ({ path }) => readExport(exporting, path.exportId)),
);
