/**
 * The DynamoDB engine of the local stack, for tables of any capability.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateTableCommand, DynamoDBClient, ListTablesCommand, type CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Table } from '#shared/platform/dynamodb.ts';
import { seededChance } from '#test/fakes/chance.ts';

const binary = process.env['DYNOXIDE_BIN'] ?? join(import.meta.dirname, '../../../node_modules/@dynoxide/linux-x64/dynoxide');

type Projection = 'ALL' | 'KEYS_ONLY';

export interface Engine {
  /** Where it answers, for processes of their own; any credentials will do. */
  readonly url: string;
  /** A new table with nothing in it: pk and sk, and indexes by the same pattern. They project everything unless it is said otherwise. */
  table(indexes?: readonly string[], projection?: Projection): Promise<Table>;
  stop(): Promise<void>;
}

export async function startDynamodb(): Promise<Engine> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const folder = await mkdtemp(join(tmpdir(), 'xm-dynamodb-'));
  const child = spawn(binary, ['serve', '--port', String(port), '--db-path', join(folder, 'engine.db')], { stdio: 'ignore' });
  const client = new DynamoDBClient({ endpoint: url, region: 'local', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
  await ready(client, child);
  let tables = 0;
  return {
    url,
    async table(indexes = [], projection = 'ALL') {
      tables += 1;
      const name = `table-${tables}`;
      await client.send(new CreateTableCommand(definition(name, indexes, projection)));
      return {
        client: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
        name,
        chance: seededChance(),
      };
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

function definition(TableName: string, indexes: readonly string[], ProjectionType: Projection): CreateTableCommandInput {
  const key = (prefix: string) => [
    { AttributeName: `${prefix}pk`, KeyType: 'HASH' as const },
    { AttributeName: `${prefix}sk`, KeyType: 'RANGE' as const },
  ];
  const attributes = ['', ...indexes].flatMap((prefix) => key(prefix).map(({ AttributeName }) => AttributeName));
  return {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: attributes.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: key(''),
    ...(indexes.length > 0 && {
      GlobalSecondaryIndexes: indexes.map((IndexName) => ({ IndexName, KeySchema: key(IndexName), Projection: { ProjectionType } })),
    }),
  };
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
