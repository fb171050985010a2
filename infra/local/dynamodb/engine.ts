/**
 * DynamoDB of the local stack: the engine with the tables of the template, mended where it falls short of AWS.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { serveEngine } from '../gateway/engine-server.ts';
import type { Closable, LocalClock, StackLog, StackModel } from '../ports.ts';
import { applyTables } from './apply-tables.ts';
import { carriesArns, fromEngine, toEngine, type Translation } from './arns.ts';
import { writeBatch } from './batch-commit.ts';
import { connectEngine, dynamodbTarget, parsedAnswer, streamsTarget, type EngineAnswer, type EngineConnection } from './engine-call.ts';
import { engineBinary, startEngineProcess } from './engine-process.ts';
import { startExpiry } from './expiry.ts';
import { isExpiring, openMendedDatabase } from './mended-database.ts';
import { startStreamTrim, type NeededFrom } from './stream-trim.ts';
import { tableDefinitions, type TableDefinition } from './table-definitions.ts';

export interface DynamodbOptions {
  /** The engine's file lies in it. */
  readonly directory: string;
  readonly model: StackModel;
  readonly clock: LocalClock;
  readonly log: StackLog;
  /** Default: `DYNOXIDE_BIN` or the installed package. */
  readonly binary?: string;
}

export interface DynamodbEngine extends Closable {
  /** The engine over HTTP, for rooms of the stack: in the terms of the model, no signatures. */
  readonly url: string;
  /**
   * One call in the terms of the model, for rooms of the stack: operations of DynamoDB and of its streams. Rejects with `DynamodbError`.
   */
  call(operation: string, input: object): Promise<object>;
  /** The same for a request that came over the wire: bytes in, bytes out, refusals included. */
  forward(operation: string, request: WireRequest): Promise<EngineAnswer>;
  /** A reader of a table's stream says from which sequence number on it still needs records. */
  holdStream(tableName: string, neededFrom: NeededFrom): void;
  /** Drops what all readers have read; happens by itself every half minute. */
  trimStreams(): void;
  /** Deletes what has expired; happens by itself every twenty seconds and whenever the clock is moved. */
  expire(): Promise<void>;
}

interface WireRequest {
  readonly body: Buffer;
  /** The same, parsed. */
  readonly input: Readonly<Record<string, unknown>>;
}

const streamOperations = new Set(['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams']);

export async function startDynamodb(options: DynamodbOptions): Promise<DynamodbEngine> {
  const { directory, model, clock, log, binary = engineBinary() } = options;
  const definitions = tableDefinitions(model);
  mkdirSync(directory, { recursive: true });
  const databaseFile = join(directory, 'dynamodb.db');
  const process = await startEngineProcess({ binary, databaseFile, pidFile: join(directory, 'dynamodb.pid'), log });
  const connection = connectEngine(process.url);
  try {
    await applyTables(connection.call, definitions, log);
    const translation: Translation = {
      region: model.region,
      accountId: model.accountId,
      offsetMs: () => clock.offsetMs,
    };
    const database = openMendedDatabase(databaseFile, definitions);
    const trim = startStreamTrim(database, streamedTables(definitions, model));
    const expiry = startExpiry({ call: connection.call, database, tables: definitions.filter(isExpiring), clock, log });
    const forward: DynamodbEngine['forward'] = (operation, request) => forwardTo(connection, translation, { operation, ...request });
    const server = await serveEngine((operation, body) =>
      forward(operation, { body, input: JSON.parse(body.toString()) as WireRequest['input'] }),
    );
    return {
      url: server.url,
      forward,
      call: (operation, input) => callThrough(forward, operation, input),
      holdStream: (tableName, neededFrom) => trim.hold(tableName, neededFrom),
      trimStreams: () => trim.trim(),
      expire: () => expiry.sweep(),
      close: async () => {
        trim.close();
        await expiry.close();
        database.close();
        await server.close();
        connection.close();
        await process.close();
      },
    };
  } catch (error) {
    connection.close();
    await process.close();
    throw error;
  }
}

async function forwardTo(
  connection: EngineConnection,
  translation: Translation,
  { operation, body, input }: WireRequest & { readonly operation: string },
): Promise<EngineAnswer> {
  const asked = toEngine(input);
  const text = asked === input ? body : JSON.stringify(asked);
  if (operation === 'BatchWriteItem') return writeBatch(connection, asked, text);
  const target = `${streamOperations.has(operation) ? streamsTarget : dynamodbTarget}.${operation}`;
  const answer = await connection.send(target, text);
  if (answer.status !== 200 || !carriesArns(operation)) return answer;
  const parsed = JSON.parse(answer.body.toString()) as Record<string, unknown>;
  return { status: 200, body: Buffer.from(JSON.stringify(fromEngine(operation, parsed, translation))) };
}

async function callThrough(forward: DynamodbEngine['forward'], operation: string, input: object): Promise<object> {
  const { status, body } = await forward(operation, { input: input as Record<string, unknown>, body: Buffer.from(JSON.stringify(input)) });
  return parsedAnswer(status, body);
}

function streamedTables(
  definitions: readonly TableDefinition[],
  model: StackModel,
): { readonly name: string; readonly hasReaders: boolean }[] {
  const sources = model.ofType('AWS::Lambda::EventSourceMapping').map(({ properties }) => String(properties['EventSourceArn']));
  return definitions
    .filter(({ streamView }) => streamView !== undefined)
    .map(({ name }) => ({ name, hasReaders: sources.some((arn) => arn.includes(`:table/${name}/stream/`)) }));
}
