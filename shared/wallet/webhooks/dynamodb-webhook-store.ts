/**
 * Webhooks in the wallet table: `WEBHOOK#<channel>#<event id>` / `WEBHOOK`.
 */
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from '#shared/platform/dynamodb.ts';
import type { WebhookStore } from './ports.ts';
import { webhookSchema, type WebhookNews } from './webhook.ts';

const keyOf = ({ channel, eventId }: WebhookNews) => ({ pk: `WEBHOOK#${channel}#${eventId}`, sk: 'WEBHOOK' });

export function dynamodbWebhookStore({ client, name: TableName }: Table): WebhookStore {
  return {
    async keep(webhook) {
      const content = Object.entries({ ...webhook, processedAtMs: null });
      const { Attributes } = await client.send(
        new UpdateCommand({
          TableName,
          Key: keyOf(webhook),
          UpdateExpression: `SET ${content.map((_, place) => `#a${place} = if_not_exists(#a${place}, :a${place})`).join(', ')} ADD deliveries :one`,
          ExpressionAttributeNames: Object.fromEntries(content.map(([name], place) => [`#a${place}`, name])),
          ExpressionAttributeValues: { ...Object.fromEntries(content.map(([, value], place) => [`:a${place}`, value])), ':one': 1 },
          ReturnValues: 'ALL_NEW',
        }),
      );
      return webhookSchema.parse(Attributes);
    },
    async get(news) {
      const { Item } = await client.send(new GetCommand({ TableName, Key: keyOf(news), ConsistentRead: true }));
      return Item && webhookSchema.parse(Item);
    },
    async processed(news, nowMs) {
      await client.send(
        new UpdateCommand({
          TableName,
          Key: keyOf(news),
          UpdateExpression: 'SET processedAtMs = :now',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeValues: { ':now': nowMs },
        }),
      );
    },
  };
}
