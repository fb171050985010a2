/**
 * Every minute: gives up ranges whose workers died at their last attempt, and closes files that nobody is left to close.
 */
import type { Context } from 'aws-lambda';
import { systemChance } from '#shared/platform/chance.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { documentClient } from '#shared/platform/dynamodb.ts';
import { requireCountEnv, requireEnv } from '#shared/platform/env.ts';
import { log } from '#shared/platform/log.ts';
import { dynamodbFileStore } from '#shared/logs/dynamodb-file-store.ts';
import { dynamodbProgressStore } from '#shared/logs/dynamodb-progress-store.ts';
import { limits } from '#shared/logs/limits.ts';
import { sqsRollupQueue } from '#shared/logs/rollup/sqs-rollup-queue.ts';
import { sqsClient } from '#shared/logs/sqs-scan-queue.ts';
import { sweepFiles } from '#shared/logs/sweep-files.ts';

const env = requireEnv('LOGS_TABLE', 'ROLLUPS_QUEUE_URL');
const everyMs = requireCountEnv('SWEEP_EVERY_SECONDS') * 1_000;
const stalledAfterMs = requireCountEnv('STALLED_AFTER_SECONDS') * 1_000;
const table = { client: documentClient(), name: env.LOGS_TABLE, chance: systemChance, retentionDays: limits.retentionDays };
const deps = {
  files: dynamodbFileStore(table),
  progress: dynamodbProgressStore(table, systemClock),
  rollups: sqsRollupQueue(sqsClient(), env.ROLLUPS_QUEUE_URL),
  clock: systemClock,
};
/** Enough to finish the file in hand. */
const stopBeforeMs = 10_000;

export async function handler(_event: unknown, context: Context): Promise<void> {
  const deadlineMs = systemClock.now() + context.getRemainingTimeInMillis() - stopBeforeMs;
  const { open, rangesLost, closed, rollupsLate } = await sweepFiles(deps, { stalledAfterMs, everyMs, deadlineMs });
  log.info('Sweep', { open, rangesLost, rollupsLate });
  for (const { id, status, failure } of closed) log.warn('A file was closed by the sweep', { fileId: id, status, failure });
}
