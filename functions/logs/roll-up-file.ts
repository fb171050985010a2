/**
 * Adds what a closed file's records say to the patterns and counts of all files, and raises the alerts that somebody asked for.
 */
import { systemChance } from '#shared/platform/chance.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { documentClient } from '#shared/platform/dynamodb.ts';
import { requireEnv } from '#shared/platform/env.ts';
import { log } from '#shared/platform/log.ts';
import { sqsHandler } from '#shared/platform/queue.ts';
import { sqsRedelivery } from '#shared/platform/sqs-redelivery.ts';
import { dynamodbAlertStore } from '#shared/logs/alerts/dynamodb-alert-store.ts';
import { dynamodbRuleStore } from '#shared/logs/alerts/dynamodb-rule-store.ts';
import { raiseAlerts } from '#shared/logs/alerts/raise-alerts.ts';
import { sqsAlertClient, sqsAlertQueue } from '#shared/logs/alerts/sqs-alert-queue.ts';
import { dynamodbFileStore } from '#shared/logs/dynamodb-file-store.ts';
import { dynamodbProgressStore } from '#shared/logs/dynamodb-progress-store.ts';
import { dynamodbIssueStore } from '#shared/logs/issues/dynamodb-issue-store.ts';
import { limits } from '#shared/logs/limits.ts';
import { dynamodbCorpusStore } from '#shared/logs/rollup/dynamodb-corpus-store.ts';
import { dynamodbAggregateReader, dynamodbCountStore } from '#shared/logs/rollup/dynamodb-count-store.ts';
import { dynamodbPatternStore } from '#shared/logs/rollup/dynamodb-pattern-store.ts';
import { dynamodbSummaryStore } from '#shared/logs/rollup/dynamodb-summary-store.ts';
import { rollUpFile } from '#shared/logs/rollup/roll-up-file.ts';
import { rollupMessage } from '#shared/logs/rollup/sqs-rollup-queue.ts';
import { sqsClient } from '#shared/logs/sqs-scan-queue.ts';

const env = requireEnv('LOGS_TABLE', 'ROLLUPS_QUEUE_URL', 'ALERTS_QUEUE_URL');
const table = { client: documentClient(), name: env.LOGS_TABLE, chance: systemChance, retentionDays: limits.retentionDays };
const redeliver = sqsRedelivery(sqsClient(), env.ROLLUPS_QUEUE_URL);
const deps = {
  files: dynamodbFileStore(table),
  progress: dynamodbProgressStore(table, systemClock),
  summaries: dynamodbSummaryStore(table),
  corpora: dynamodbCorpusStore(table),
  patterns: dynamodbPatternStore(table),
  counts: dynamodbCountStore(table),
  aggregates: dynamodbAggregateReader(table),
  rules: dynamodbRuleStore(table, undefined),
  alerts: dynamodbAlertStore(table),
  queue: sqsAlertQueue(sqsAlertClient(), env.ALERTS_QUEUE_URL),
  issues: dynamodbIssueStore(table, undefined),
  clock: systemClock,
};

export const handler = sqsHandler({ message: rollupMessage, redeliver }, async ({ fileId }) => {
  const report = await rollUpFile(deps, fileId);
  const alerts = report === undefined ? [] : await raiseAlerts(deps, report);
  log.info('Roll-up', { fileId, records: report?.records, patterns: report?.patterns.length, alerts: alerts.length });
});
