/**
 * The DynamoDB engine of the local stack, with an empty table of the Log Scanner.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { LogsTable } from '#shared/logs/dynamodb-file-store.ts';
import { limits } from '#shared/logs/limits.ts';
import { seededChance } from '#test/fakes/chance.ts';

const binary = process.env['DYNOXIDE_BIN'] ?? join(import.meta.dirname, '../../../node_modules/@dynoxide/linux-x64/dynoxide');

export interface Engine {
  /** A new table with nothing in it. */
  table(): Promise<LogsTable>;
  stop(): Promise<void>;
}

export async function startDynamodb(): Promise<Engine> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'xm-dynamodb-'));
  const child = spawn(binary, ['serve', '--port', String(port), '--db-path', join(folder, 'engine.db')], { stdio: 'ignore' });
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'local',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  await ready(client, child);
  let tables = 0;
  return {
    async table() {
      tables += 1;
      return createTable(client, `logs-${tables}`);
    },
    async stop() {
      client.destroy();
      const ended = once(child, 'exit');
      child.kill();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function createTable(client: DynamoDBClient, name: string): Promise<LogsTable> {
  const key = (partition: string, sort: string) => [
    { AttributeName: partition, KeyType: 'HASH' as const },
    { AttributeName: sort, KeyType: 'RANGE' as const },
  ];
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk', 'gsi1pk', 'gsi1sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
      KeySchema: key('pk', 'sk'),
      GlobalSecondaryIndexes: [{ IndexName: 'gsi1', KeySchema: key('gsi1pk', 'gsi1sk'), Projection: { ProjectionType: 'KEYS_ONLY' } }],
    }),
  );
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  return { client: documents, name, chance: seededChance(), retentionDays: limits.retentionDays };
}

async function ready(client: DynamoDBClient, child: ChildProcess): Promise<void> {
  for (let attempt = 1; attempt <= 200; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`The engine ended with ${child.exitCode}`);
    try {
      await client.send(new ListTablesCommand({}));
      return;
    } catch {
      await sleep(25);
    }
  }
  throw new Error('The engine did not come up within 5 s');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
