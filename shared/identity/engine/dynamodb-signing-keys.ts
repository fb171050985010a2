/**
 * Signing keys: private halves, sealed, in the table of identity; public ones in the table that authorizers read.
 */
import { QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { JWK } from 'jose';
import * as z from 'zod';
import { publishedKeyOf } from '../dynamodb-session-guards.ts';
import type { AuthTables } from './dynamodb-auth-database.ts';
import type { SigningKeyStore } from './signing-keys.ts';

const partition = 'SIGNING-KEYS';
const signingKeySchema = z.object({
  id: z.string(),
  createdAtMs: z.int(),
  publicJwk: z.looseObject({ kid: z.string() }).transform((jwk) => jwk as JWK),
  sealedPrivateJwk: z.string(),
});

export function dynamodbSigningKeys({ identity, guards }: AuthTables): SigningKeyStore {
  const { client, name } = identity;
  return {
    async list() {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: name,
          KeyConditionExpression: 'pk = :keys',
          ExpressionAttributeValues: { ':keys': partition },
          ConsistentRead: true,
        }),
      );
      // Ids begin with their time, so the sort key has them oldest first.
      return Items.map((item) => signingKeySchema.parse(item));
    },
    async add(key) {
      await client.send(
        new TransactWriteCommand({
          TransactItems: [
            { Put: { TableName: name, Item: { pk: partition, sk: key.id, ...key }, ConditionExpression: 'attribute_not_exists(pk)' } },
            { Put: { TableName: guards, Item: { ...publishedKeyOf(key.id), jwk: key.publicJwk } } },
          ],
        }),
      );
    },
    async remove(keyId) {
      await client.send(
        new TransactWriteCommand({
          TransactItems: [
            { Delete: { TableName: name, Key: { pk: partition, sk: keyId } } },
            { Delete: { TableName: guards, Key: publishedKeyOf(keyId) } },
          ],
        }),
      );
    },
  };
}
