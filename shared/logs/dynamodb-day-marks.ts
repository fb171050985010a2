/**
 * Which days have records, and in which partitions of the index: so that reading walks the days there are and not all of them.
 */
import { GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { LogsTable } from './dynamodb-file-store.ts';
import { dayExpiryOf, daysKey, expiryOf } from './dynamodb-keys.ts';
import type { ErrorDay, ErrorPartition, ErrorStore } from './ports.ts';

export interface DayMarks {
  /** Makes sure that these partitions are found for as long as the file's records are kept. */
  mark(fileId: string, partitions: readonly ErrorPartition[]): Promise<void>;
  readonly days: ErrorStore['days'];
}

/** Marks that one function instance remembers having made; then it forgets them all and looks again. */
const rememberedMax = 20_000;

export function dayMarks(table: LogsTable): DayMarks {
  const remembered = new Set<string>();
  return {
    async mark(fileId, partitions) {
      const marks = partitions.map(({ day, level, shard }) => `${day}/${level}#${shard}`).filter((mark) => !remembered.has(mark));
      const byDay = Map.groupBy(new Set(marks), dayOfMark);
      await Promise.all([...byDay].map(([day, ofDay]) => markDay(table, fileId, { day, partitions: ofDay.map(partitionOfMark) })));
      if (remembered.size > rememberedMax) remembered.clear();
      for (const mark of marks) remembered.add(mark);
    },
    days: (request) => days(table, request),
  };
}

const dayOfMark = (mark: string): string => mark.slice(0, mark.indexOf('/'));
const partitionOfMark = (mark: string): string => mark.slice(mark.indexOf('/') + 1);

/** Reads before it writes: thousands of workers mark the same day, and an item takes a thousand writes a second but many more reads. */
async function markDay(table: LogsTable, fileId: string, { day, partitions }: { day: string; partitions: string[] }): Promise<void> {
  const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: daysKey(day) }));
  const known = Item && dayItem.parse(Item);
  if (known && known.ttl >= expiryOf(fileId, table.retentionDays) && partitions.every((partition) => known.partitions.has(partition)))
    return;
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: daysKey(day),
      UpdateExpression: 'ADD #partitions :partitions SET #ttl = :ttl',
      ExpressionAttributeNames: { '#partitions': 'partitions', '#ttl': 'ttl' },
      ExpressionAttributeValues: { ':partitions': new Set(partitions), ':ttl': dayExpiryOf(fileId, table.retentionDays) },
    }),
  );
}

async function days(table: LogsTable, { since, until, limit }: Parameters<ErrorStore['days']>[0]): Promise<ErrorDay[]> {
  const bounds = { ':since': since ?? '0', ':until': until ?? '9999-12-31' };
  // DynamoDB refuses a BETWEEN whose bounds are the wrong way round; here that is a window with nothing in it.
  if (bounds[':since'] > bounds[':until']) return [];
  const { Items = [] } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :since AND :until',
      ExpressionAttributeValues: { ':pk': daysKey('').pk, ...bounds },
      ScanIndexForward: false,
      Limit: limit,
    }),
  );
  return Items.map((item) => {
    const { sk: day, partitions } = dayItem.parse(item);
    return { day, partitions: [...partitions].toSorted().map((name) => partitionOfName(day, name)) };
  });
}

function partitionOfName(day: string, name: string): ErrorPartition {
  const [level, shard] = partitionName.parse(name.split('#'));
  return { day, level, shard };
}

const partitionName = z.tuple([z.enum(['error', 'fatal']), z.coerce.number().int()]);
const dayItem = z.object({ sk: z.string(), partitions: z.set(z.string()), ttl: z.int() });
