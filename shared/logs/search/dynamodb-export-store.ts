/**
 * Exports in the table of the logs: `EXPORT#<id>` / `EXPORT`.
 */
import { GetCommand, PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { DynamodbAuditLog } from '#shared/platform/audit/dynamodb-audit-log.ts';
import type { Item, Table } from '#shared/platform/dynamodb.ts';
import { exportLimits, logExportSchema, type LogExport } from './log-export.ts';
import type { ExportStore } from './ports.ts';

const keyOf = (exportId: string) => ({ pk: `EXPORT#${exportId}`, sk: 'EXPORT' });

/** The store of a function that makes exports and is not asked for any has no audit log. */
export function dynamodbExportStore(table: Table, audit: DynamodbAuditLog | undefined): ExportStore {
  return {
    async add(one, entry) {
      if (audit === undefined) throw new TypeError('This store takes no new exports: it has no audit log.');
      const put = { Put: { TableName: table.name, Item: itemOf(one), ConditionExpression: 'attribute_not_exists(pk)' } };
      await audit.within(entry, (record) => table.client.send(new TransactWriteCommand({ TransactItems: [put, ...record] })));
    },
    async get(exportId) {
      const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: keyOf(exportId), ConsistentRead: true }));
      return Item && logExportSchema.parse(Item);
    },
    finish: async (one) => void (await table.client.send(new PutCommand({ TableName: table.name, Item: itemOf(one) }))),
  };
}

const itemOf = (one: LogExport): Item => ({
  ...keyOf(one.id),
  ...logExportSchema.parse(one),
  ttl: Math.floor(one.createdAtMs / 1_000) + exportLimits.keptDays * 86_400,
});
