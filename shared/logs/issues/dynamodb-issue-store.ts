/**
 * What people decide about patterns, in the table of the logs and, in the same transaction, in the audit log.
 *
 * | what | pk | sk |
 * | --- | --- | --- |
 * | pattern | `PATTERN#<id>` | `PATTERN` |
 * | what happened to it | `PATTERN#<id>` | `ACT#<activity id>` |
 * | pattern that was merged into it | `PATTERN#<id>` | `MERGED#<id>` |
 * | its latest spike | `PATTERN#<id>` | `SPIKE` |
 */
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { DynamodbAuditLog } from '#shared/platform/audit/dynamodb-audit-log.ts';
import { getAll, queryDown, queryUpTo, type Item } from '#shared/platform/dynamodb.ts';
import type { LogsTable } from '../dynamodb-file-store.ts';
import { patternKey } from '../dynamodb-keys.ts';
import { patternWrite, placeItem } from '../rollup/dynamodb-pattern-store.ts';
import { activitySchema, type Activity } from './activity.ts';
import { issueLimits, type IssueDecision, type IssueStore, type SpikeMark } from './ports.ts';

const activityPrefix = 'ACT#';
const mergedPrefix = 'MERGED#';

/** The store of a function that only reads, or that only keeps what the scanner finds, has no audit log. */
export function dynamodbIssueStore(table: LogsTable, audit: DynamodbAuditLog | undefined): IssueStore {
  const put = async (item: Item): Promise<void> => {
    await table.client.send(new PutCommand({ TableName: table.name, Item: item }));
  };
  return {
    commit: (decision) => commit(table, audit, decision),
    note: (finding) => put(activityItem(finding)),
    noteMerge: (merge) => put(mergedItemOf(merge)),
    async activities(patternId, { after, limit }) {
      const below = `${activityPrefix}${after ?? '~'}`;
      const items = await queryDown(table, { partition: patternKey(patternId).pk, from: activityPrefix, below, limit });
      return items.map((item) => activitySchema.parse(item));
    },
    async mergedInto(patternId) {
      const items = await queryUpTo(table, issueLimits.mergedMax, {
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': patternKey(patternId).pk, ':prefix': mergedPrefix },
      });
      return items.map((item) => mergedItem.parse(item).from);
    },
    markSpike: (mark) => put({ ...spikeKey(mark.patternId), ...spikeSchema.parse(mark) }),
    async spikes(patternIds) {
      const items = await getAll(table, [...new Set(patternIds)].map(spikeKey), { consistent: false });
      return items.map((item) => spikeSchema.parse(item));
    },
  };
}

/** Writes the decision beside its audit record. False when a pattern was written since; a race for the audit log's next number is run again there. */
async function commit(table: LogsTable, audit: DynamodbAuditLog | undefined, decision: IssueDecision): Promise<boolean> {
  if (audit === undefined) throw new TypeError('This store takes no decisions: it has no audit log.');
  const patterns = decision.patterns.map((pattern) => patternWrite(table, pattern));
  const writes = [
    ...patterns,
    ...[
      ...(decision.placements ?? []).map(placeItem),
      ...(decision.merges ?? []).map(mergedItemOf),
      ...decision.activities.map(activityItem),
    ].map((Item) => ({ Put: { TableName: table.name, Item } })),
  ];
  return audit.within(decision.audit, async (record) => {
    try {
      await table.client.send(new TransactWriteCommand({ TransactItems: [...writes, ...record] }));
      return true;
    } catch (error) {
      if (isChanged(error, patterns.length)) return false;
      throw error;
    }
  });
}

/** True when one of the first writes has a condition that does not hold. */
function isChanged(error: unknown, conditional: number): boolean {
  if (!(error instanceof TransactionCanceledException)) return false;
  return (error.CancellationReasons ?? []).slice(0, conditional).some(({ Code }) => Code === 'ConditionalCheckFailed');
}

const mergedKey = (into: string, from: string) => ({ pk: patternKey(into).pk, sk: `${mergedPrefix}${from}` });
const mergedItemOf = ({ into, from }: { into: string; from: string }): Item => ({ ...mergedKey(into, from), from });
const spikeKey = (patternId: string) => ({ pk: patternKey(patternId).pk, sk: 'SPIKE' });

const activityItem = (activity: Activity): Item => ({
  pk: patternKey(activity.patternId).pk,
  sk: `${activityPrefix}${activity.id}`,
  ...activitySchema.parse(activity),
});

const mergedItem = z.object({ from: z.string() });

const spikeSchema: z.ZodType<SpikeMark> = z.object({
  patternId: z.string(),
  hour: z.string(),
  count: z.int(),
  expected: z.number(),
  foundAtMs: z.int(),
});
