/**
 * Plans the objects that S3 says were created, and goes on with plans that take more than one step.
 */
import { systemChance } from '#shared/platform/chance.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { documentClient } from '#shared/platform/dynamodb.ts';
import { requireCountEnv, requireEnv } from '#shared/platform/env.ts';
import { log } from '#shared/platform/log.ts';
import { sqsHandler } from '#shared/platform/queue.ts';
import { sqsRedelivery } from '#shared/platform/sqs-redelivery.ts';
import { dynamodbFileStore } from '#shared/logs/dynamodb-file-store.ts';
import { limits } from '#shared/logs/limits.ts';
import type { LogFile } from '#shared/logs/log-file.ts';
import { continuePlan, planFile } from '#shared/logs/plan-file.ts';
import { s3LogSource, s3ReadClient } from '#shared/logs/s3-log-source.ts';
import { createdObjects, planMessage } from '#shared/logs/scan-messages.ts';
import { sqsClient, sqsScanQueue } from '#shared/logs/sqs-scan-queue.ts';

const env = requireEnv('LOGS_TABLE', 'RANGES_QUEUE_URL', 'PLANS_QUEUE_URL');
const sqs = sqsClient();
const redeliver = sqsRedelivery(sqs, env.PLANS_QUEUE_URL);
const deps = {
  files: dynamodbFileStore({ client: documentClient(), name: env.LOGS_TABLE, chance: systemChance, retentionDays: limits.retentionDays }),
  source: s3LogSource({ client: s3ReadClient(), chance: systemChance }),
  queue: sqsScanQueue(sqs, { ranges: env.RANGES_QUEUE_URL, plans: env.PLANS_QUEUE_URL }),
  clock: systemClock,
  rangeBytesMin: requireCountEnv('RANGE_BYTES_MIN'),
};

export const handler = sqsHandler({ message: planMessage, redeliver }, async (message) => {
  if ('continue' in message) logStep(await continuePlan(deps, message.continue));
  if ('Records' in message) for (const created of createdObjects(message)) logStep(await planFile(deps, created));
});

function logStep(file: LogFile | undefined): void {
  log.info('Plan', {
    fileId: file?.id,
    status: file?.status,
    failure: file?.failure?.reason,
    ranges: file?.ranges,
    chunksQueued: file?.chunksQueued,
  });
}
