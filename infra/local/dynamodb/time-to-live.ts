/**
 * Deletes expired items on the stack's clock; the engine knows the attribute but never acts on it.
 */
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AttributeValue, DeleteItemCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { operator } from '../operator.ts';
import type { Closable, LocalClock, StackLog } from '../ports.ts';
import type { Table } from './tables.ts';

export interface ExpiryOptions {
  readonly database: DatabaseSync;
  readonly url: string;
  readonly tables: readonly Table[];
  readonly clock: Pick<LocalClock, 'now' | 'onShift'>;
  readonly log: StackLog;
}

type ExpiringTable = Table & { readonly ttlAttribute: string };

const everyMs = 30_000;
/** Deletes under way at once; the client's own pool of 50 connections bounds what reaches the engine. */
const batch = 500;
/** DynamoDB leaves items alone whose expiry lies more than five years back: such a value is taken for a mistake. */
const longestPastSeconds = 5 * 365 * 24 * 3600;

/** Deletes what has expired every half minute, and on every move of the clock before anything else happens at the new time. */
export function expireItems(options: ExpiryOptions): Closable {
  const expiring = options.tables.filter((table): table is ExpiringTable => table.ttlAttribute !== undefined);
  const client = new DynamoDBClient({ endpoint: options.url, region: 'local', credentials: operator });
  for (const table of expiring) indexExpiry(options.database, table);
  const stop = new AbortController();
  let last: Promise<void> = Promise.resolve();
  // One pass at a time; a failed one is its own caller's news and not the next one's.
  const passAfter = async (before: Promise<void>): Promise<void> => {
    await before.catch(() => {});
    for (const table of expiring) await expire(table, client, options);
  };
  const pass = (): Promise<void> => {
    last = passAfter(last);
    return last;
  };
  options.clock.onShift(async () => {
    if (!stop.signal.aborted) await pass();
  });
  const ticking = tick(pass, stop.signal, options.log);
  return {
    close: async () => {
      stop.abort();
      await ticking;
      await last.catch(() => {});
      client.destroy();
    },
  };
}

async function tick(pass: () => Promise<void>, signal: AbortSignal, log: StackLog): Promise<void> {
  while (!signal.aborted) {
    try {
      await pass();
      await sleep(everyMs, undefined, { signal, ref: false });
    } catch (error) {
      if (signal.aborted) return;
      log.warn('dynamodb', `expiring items failed, trying again later: ${String(error)}`);
      await sleep(1_000, undefined, { ref: false });
    }
  }
}

/** The delete asks again, so an item whose expiry has been moved meanwhile stays. */
async function expire(table: ExpiringTable, client: DynamoDBClient, { database, clock }: ExpiryOptions): Promise<void> {
  const { Table: described } = await client.send(new DescribeTableCommand({ TableName: table.name }));
  const keyNames = (described?.KeySchema ?? []).map(({ AttributeName }) => AttributeName ?? '');
  const expired = database.prepare(`
    SELECT item_json FROM ${quoted(table.name)}
    WHERE ${expiryOf(table)} > :oldest AND ${expiryOf(table)} <= :now LIMIT ${batch}`);
  for (;;) {
    const now = Math.floor(clock.now() / 1000);
    const rows = expired.all({ now, oldest: now - longestPastSeconds });
    await Promise.all(
      rows.map((row) => {
        const item = JSON.parse(String(row['item_json'])) as Record<string, AttributeValue>;
        return deleteExpired(client, { table, now, key: Object.fromEntries(keyNames.map((name) => [name, item[name] as AttributeValue])) });
      }),
    );
    if (rows.length < batch) return;
  }
}

interface ExpiredItem {
  readonly table: ExpiringTable;
  readonly key: Record<string, AttributeValue>;
  readonly now: number;
}

async function deleteExpired(client: DynamoDBClient, { table, key, now }: ExpiredItem): Promise<void> {
  try {
    await client.send(
      new DeleteItemCommand({
        TableName: table.name,
        Key: key,
        ConditionExpression: '#ttl <= :now',
        ExpressionAttributeNames: { '#ttl': table.ttlAttribute },
        ExpressionAttributeValues: { ':now': { N: String(now) } },
      }),
    );
  } catch (error) {
    if ((error as Error).name !== 'ConditionalCheckFailedException') throw error;
  }
}

function indexExpiry(database: DatabaseSync, table: ExpiringTable): void {
  database.exec(`CREATE INDEX IF NOT EXISTS ${quoted(`xm_expiry_${table.name}`)} ON ${quoted(table.name)} (${expiryOf(table)})`);
}

function expiryOf({ ttlAttribute }: ExpiringTable): string {
  return `CAST(json_extract(item_json, '$."${ttlAttribute.replaceAll("'", "''")}".N') AS INTEGER)`;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
