/**
 * Alert rules in the table of the logs: `ALERTRULES` / rule id. All of them are one partition, as all are read for every file.
 */
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { AuditEntry } from '#shared/platform/audit/audit-record.ts';
import type { DynamodbAuditLog, TransactItems } from '#shared/platform/audit/dynamodb-audit-log.ts';
import { queryUpTo, type Table } from '#shared/platform/dynamodb.ts';
import type { RuleStore } from './ports.ts';
import { alertLimits, ruleSchema } from './rule.ts';

const partition = 'ALERTRULES';
const keyOf = (ruleId: string) => ({ pk: partition, sk: ruleId });

/** The store of a function that only reads has no audit log. */
export function dynamodbRuleStore(table: Table, audit: DynamodbAuditLog | undefined): RuleStore {
  return {
    async get(ruleId) {
      const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: keyOf(ruleId), ConsistentRead: true }));
      return Item && ruleSchema.parse(Item);
    },
    async all() {
      const items = await queryUpTo(table, alertLimits.rulesMax, {
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': partition },
        ConsistentRead: true,
      });
      return items.map((item) => ruleSchema.parse(item));
    },
    write: (rule, entry) =>
      decide(table, audit, {
        entry,
        write: {
          Put: { TableName: table.name, Item: { ...keyOf(rule.id), ...ruleSchema.parse(rule) }, ...ifRevision(rule.revision - 1) },
        },
      }),
    remove: (rule, entry) =>
      decide(table, audit, {
        entry,
        write: { Delete: { TableName: table.name, Key: keyOf(rule.id), ...ifRevision(rule.revision) } },
      }),
  };
}

const ifRevision = (before: number) =>
  before === 0
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : { ConditionExpression: 'revision = :before', ExpressionAttributeValues: { ':before': before } };

interface Decision {
  readonly entry: AuditEntry;
  readonly write: TransactItems[number];
}

async function decide(table: Table, audit: DynamodbAuditLog | undefined, { entry, write }: Decision): Promise<boolean> {
  if (audit === undefined) throw new TypeError('This store takes no decisions: it has no audit log.');
  return audit.within(entry, async (record) => {
    try {
      await table.client.send(new TransactWriteCommand({ TransactItems: [write, ...record] }));
      return true;
    } catch (error) {
      const isChanged = error instanceof TransactionCanceledException && error.CancellationReasons?.[0]?.Code === 'ConditionalCheckFailed';
      if (isChanged) return false;
      throw error;
    }
  });
}
