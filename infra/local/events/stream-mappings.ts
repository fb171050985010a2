/**
 * Event source mappings from DynamoDB streams to functions.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Closable, EngineEndpoints, Invoker, LocalClock, StackLog, StackModel } from '../ports.ts';
import { awsJsonClient } from './aws-json.ts';
import { mappingsOf, type RoleGrants } from './mapping-settings.ts';
import { horizon, StreamCursors } from './stream-cursors.ts';
import { onlyShard, StreamLane, streamLimits } from './stream-lane.ts';
import type { EngineRecord } from './stream-record.ts';
import { streamSettings, type StreamSettings } from './stream-settings.ts';

export interface StreamMappingOptions {
  readonly model: StackModel;
  readonly invoker: Invoker;
  readonly clock: Pick<LocalClock, 'now'>;
  /** Keeps the cursors. */
  readonly database: DatabaseSync;
  readonly dynamodb: StreamEngine;
  readonly endpoints: Pick<EngineEndpoints, 'sqsUrl'>;
  readonly log: StackLog;
  /** Left out, every role may read every stream. */
  readonly grants?: RoleGrants;
}

interface StreamEngine {
  /** One call of DynamoDB Streams, in the terms of the model. */
  call(operation: string, input: object): Promise<object>;
  /** From which sequence number on a table's records are still needed; undefined while that is not known. */
  holdStream(tableName: string, neededFrom: () => number | undefined): void;
}

/**
 * Begins to read, once every mapping's place is found and kept. Throws `TemplateError`, which names the logical id, for a mapping that
 * Lambda would refuse or this machine cannot run.
 */
export async function startStreamMappings(options: StreamMappingOptions): Promise<Closable> {
  const { model, database, grants } = options;
  const settings = mappingsOf(model, 'dynamodb').map((mapping) => streamSettings(mapping, model, grants));
  const cursors = new StreamCursors(database);
  const lanes: StreamLane[] = [];
  for (const one of settings.filter(({ enabled }) => enabled)) lanes.push(...(await lanesOf(one, cursors, options)));
  for (const lane of lanes) lane.start();
  return { close: async () => void (await Promise.all(lanes.map((lane) => lane.close()))) };
}

async function lanesOf(settings: StreamSettings, cursors: StreamCursors, options: StreamMappingOptions): Promise<StreamLane[]> {
  const { dynamodb, invoker, clock, log, endpoints, model } = options;
  const { logicalId: mapping, streamArn, lanes, startsAtHorizon, tableName } = settings;
  const call = (operation: string, input: object) => dynamodb.call(operation, input);
  const sqs = awsJsonClient(endpoints.sqsUrl, 'AmazonSQS');
  const address = { mapping, streamArn, lanes };
  const places = cursors.open(address) ?? cursors.restart(address, startsAtHorizon ? horizon : await newest(call, streamArn));
  const made = places.map(
    (cursor, lane) =>
      new StreamLane(
        settings,
        { lane, cursor },
        {
          call,
          invoker,
          clock,
          log,
          save: (reached) => cursors.save({ ...address, lane }, reached),
          report: async (body) => {
            const QueueUrl = new URL(`/${model.accountId}/${settings.failureQueue}`, endpoints.sqsUrl).href;
            await sqs('SendMessage', { QueueUrl, MessageBody: body });
          },
        },
      ),
  );
  dynamodb.holdStream(tableName, () => Math.min(...made.map(({ cursor }) => Number(cursor))) + 1);
  return made;
}

/**
 * The last record of a stream now. LATEST is turned into a sequence number at once, so that what is written from here on is delivered even
 * when the process dies before it has read any of it. A new mapping's stream is short: it is read to its end.
 */
async function newest(call: (operation: string, input: object) => Promise<object>, streamArn: string): Promise<string> {
  const at = { StreamArn: streamArn, ShardId: await onlyShard(call, streamArn), ShardIteratorType: 'TRIM_HORIZON' };
  let { ShardIterator: iterator } = (await call('GetShardIterator', at)) as { ShardIterator?: string };
  let last = horizon;
  while (iterator !== undefined) {
    const page = (await call('GetRecords', { ShardIterator: iterator, Limit: streamLimits.recordsPerRead })) as {
      readonly Records?: readonly EngineRecord[];
      readonly NextShardIterator?: string;
    };
    const end = page.Records?.at(-1);
    if (end === undefined) break;
    last = end.dynamodb.SequenceNumber;
    iterator = page.NextShardIterator;
  }
  return last;
}
