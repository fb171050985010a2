/**
 * Scans one range of a file for error records.
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
import { dynamodbProgressStore } from '#shared/logs/dynamodb-progress-store.ts';
import { limits } from '#shared/logs/limits.ts';
import { ownRulesOf } from '#shared/logs/redaction/own-rules.ts';
import { redactor } from '#shared/logs/redaction/redact.ts';
import { dynamodbSummaryStore } from '#shared/logs/rollup/dynamodb-summary-store.ts';
import { sqsRollupQueue } from '#shared/logs/rollup/sqs-rollup-queue.ts';
import { s3LogSource, s3ReadClient } from '#shared/logs/s3-log-source.ts';
import { scanFileRange } from '#shared/logs/scan-file-range.ts';
import { rangeMessage } from '#shared/logs/scan-messages.ts';
import { sqsClient } from '#shared/logs/sqs-scan-queue.ts';

const env = requireEnv('LOGS_TABLE', 'RANGES_QUEUE_URL', 'ROLLUPS_QUEUE_URL', 'REDACTION_RULES');
const attemptsMax = requireCountEnv('RANGE_ATTEMPTS_MAX');
const table = { client: documentClient(), name: env.LOGS_TABLE, chance: systemChance, retentionDays: limits.retentionDays };
const sqs = sqsClient();
const redeliver = sqsRedelivery(sqs, env.RANGES_QUEUE_URL);
const deps = {
  files: dynamodbFileStore(table),
  progress: dynamodbProgressStore(table, systemClock),
  errors: dynamodbErrorStore(table, { error: requireCountEnv('ERROR_RETENTION_DAYS'), fatal: requireCountEnv('FATAL_RETENTION_DAYS') }),
  source: s3LogSource({ client: s3ReadClient(), chance: systemChance }),
  summaries: dynamodbSummaryStore(table),
  rollups: sqsRollupQueue(sqs, env.ROLLUPS_QUEUE_URL),
  redact: redactor(ownRulesOf(env.REDACTION_RULES)),
  clock: systemClock,
};

export const handler = sqsHandler(
  { message: rangeMessage, redeliver, leaseSeconds: ({ leaseSeconds }) => leaseSeconds },
  async ({ fileId, range }, delivery) => {
    const deadlineMs = systemClock.now() + delivery.remainingMs();
    const { outcome, result, closed } = await scanFileRange(deps, {
      fileId,
      range,
      attempt: delivery.receiveCount,
      attemptsMax,
      deadlineMs,
    });
    log.info('Range', { fileId, range, outcome, counts: result?.counts, failure: result?.failure, closed: closed?.status });
  },
);
