/**
 * Alerts in the table of the logs: `ALERT#<id>` / `ALERT`, in the index at `ALERTS` / `<raised at>#<id>`.
 */
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { DynamodbAuditLog } from '#shared/platform/audit/dynamodb-audit-log.ts';
import { getAll, queryDown, type Table } from '#shared/platform/dynamodb.ts';
import { indexName } from '../dynamodb-keys.ts';
import { alertSchema, type Alert } from './alert.ts';
import type { AlertPosition, AlertStore } from './ports.ts';
import { alertLimits } from './rule.ts';

const keyOf = (alertId: string) => ({ pk: `ALERT#${alertId}`, sk: 'ALERT' });
const listPartition = 'ALERTS';
const listKey = ({ raisedAtMs, id }: AlertPosition): string => `${new Date(raisedAtMs).toISOString()}#${id}`;

/** The store of a function that no person asks for an alert has no audit log. */
export function dynamodbAlertStore(table: Table, audit?: DynamodbAuditLog): AlertStore {
  const get = async (alertId: string): Promise<Alert | undefined> => {
    const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: keyOf(alertId), ConsistentRead: true }));
    return Item && alertSchema.parse(Item);
  };
  return {
    get,
    async raise(alert) {
      try {
        await table.client.send(
          new PutCommand({ TableName: table.name, Item: itemOf(alert), ConditionExpression: 'attribute_not_exists(pk)' }),
        );
        return alert;
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        return (await get(alert.id)) ?? alert;
      }
    },
    async add(alert, entry) {
      if (audit === undefined) throw new TypeError('This store takes no alerts from people: it has no audit log.');
      const put = { Put: { TableName: table.name, Item: itemOf(alert), ConditionExpression: 'attribute_not_exists(pk)' } };
      await audit.within(entry, (record) => table.client.send(new TransactWriteCommand({ TransactItems: [put, ...record] })));
    },
    async claim(alertId, { nowMs, untilMs }) {
      try {
        await table.client.send(
          new UpdateCommand({
            TableName: table.name,
            Key: keyOf(alertId),
            UpdateExpression: 'SET claimedUntilMs = :until',
            ConditionExpression: '#status = :pending AND (attribute_not_exists(claimedUntilMs) OR claimedUntilMs <= :now)',
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: { ':until': untilMs, ':now': nowMs, ':pending': 'pending' satisfies Alert['status'] },
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
    // Without the claim, which ends with it.
    settle: async (alert) => void (await table.client.send(new PutCommand({ TableName: table.name, Item: itemOf(alert) }))),
    async newest({ after, limit }) {
      const below = after === undefined ? '9' : listKey(after);
      const items = await queryDown(table, { index: indexName, partition: listPartition, from: '0', below, limit });
      const ids = items.map((item) => indexEntry.parse(item).gsi1sk).map((key) => key.slice(key.indexOf('#') + 1));
      const found = await getAll(table, ids.map(keyOf), { consistent: false });
      const byId = new Map(found.map((item) => alertSchema.parse(item)).map((alert) => [alert.id, alert]));
      return ids.flatMap((id) => byId.get(id) ?? []);
    },
  };
}

const indexEntry = z.object({ gsi1sk: z.string() });

const itemOf = (alert: Alert) => ({
  ...keyOf(alert.id),
  ...alertSchema.parse(alert),
  gsi1pk: listPartition,
  gsi1sk: listKey(alert),
  ttl: Math.floor(alert.raisedAtMs / 1_000) + alertLimits.alertDaysMax * 86_400,
});
