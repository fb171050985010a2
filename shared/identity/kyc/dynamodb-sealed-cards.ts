/**
 * Sealed cards in DynamoDB, for functions that may read these two attributes of a card and nothing else of the table.
 */
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from '#shared/platform/dynamodb.ts';
import { cardKey } from './dynamodb-card-store.ts';
import { kycCardSchema } from './kyc-card.ts';
import type { SealedCards } from './ports.ts';

const sealedCardSchema = kycCardSchema.pick({ state: true, sealed: true });

export function dynamodbSealedCards({ client, name }: Pick<Table, 'client' | 'name'>): SealedCards {
  return {
    async get(memberId) {
      const { Item } = await client.send(
        new GetCommand({
          TableName: name,
          Key: cardKey(memberId),
          ProjectionExpression: '#state, sealed',
          ExpressionAttributeNames: { '#state': 'state' },
          ConsistentRead: true,
        }),
      );
      return Item && sealedCardSchema.parse(Item);
    },
  };
}
