/**
 * The tables of identity on the DynamoDB engine of the local stack, each time new ones.
 */
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import type { AuthTables } from '#shared/identity/engine/dynamodb-auth-database.ts';
import { startDynamodb } from '../logs/dynamodb-engine.ts';

export interface IdentityEngine {
  tables(): Promise<AuthTables>;
  /** Another table without indexes. */
  table(): Promise<string>;
  stop(): Promise<void>;
}

export async function startIdentityTables(): Promise<IdentityEngine> {
  const engine = await startDynamodb();
  const { client, chance } = await engine.table();
  let count = 0;
  const create = async (name: string, indexes: readonly string[]) => {
    const keys = ['pk', 'sk', ...indexes.flatMap((index) => [`${index}pk`, `${index}sk`])];
    const schema = (hash: string, range: string) => [
      { AttributeName: hash, KeyType: 'HASH' as const },
      { AttributeName: range, KeyType: 'RANGE' as const },
    ];
    await client.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
        KeySchema: schema('pk', 'sk'),
        ...(indexes.length > 0 && {
          GlobalSecondaryIndexes: indexes.map((index) => ({
            IndexName: index,
            KeySchema: schema(`${index}pk`, `${index}sk`),
            Projection: { ProjectionType: 'ALL' as const },
          })),
        }),
      }),
    );
    return name;
  };
  return {
    async tables() {
      count += 1;
      const identity = { client, chance, name: await create(`identity-${count}`, ['gsi1', 'gsi2', 'gsi3']) };
      return { identity, guards: await create(`guards-${count}`, []) };
    },
    table() {
      count += 1;
      return create(`other-${count}`, []);
    },
    stop: () => engine.stop(),
  };
}
