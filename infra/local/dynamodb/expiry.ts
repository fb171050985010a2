import type { LocalClock, StackLog } from '../ports.ts';
import { DynamodbError, type EngineCall } from './engine-call.ts';
import type { ExpiredItem, ExpiringTable, MendedDatabase } from './mended-database.ts';

export interface Expiry {
  /** Deletes everything that has expired by now; one run at a time. */
  sweep(): Promise<void>;
  /** When the next item is due, in milliseconds, to the minute. */
  nextDueMs(): number | undefined;
  close(): Promise<void>;
}

export interface ExpiryOptions {
  readonly call: EngineCall;
  readonly database: MendedDatabase;
  readonly tables: readonly ExpiringTable[];
  readonly clock: LocalClock;
  readonly log: StackLog;
}

/** As many as a transaction may hold. */
const itemsPerTransaction = 100;
const sweepEveryMs = 20_000;
const minuteMs = 60_000;
/** AWS leaves items alone that claim to have expired more than five years ago: more likely the attribute is no time at all. */
const tooOldSeconds = 5 * 365.25 * 24 * 60 * 60;

/**
 * Deletes items past their expiry time, on the stack's clock. AWS promises days, this does it within the minute, and stops an advancing clock
 * once a minute at most, so that a hundred thousand items do not take as many steps.
 */
export function startExpiry({ call, database, tables, clock, log }: ExpiryOptions): Expiry {
  let running: Promise<void> | undefined;
  let closed = false;
  const nowSeconds = () => clock.now() / 1000;
  const range = () => ({ fromSeconds: nowSeconds() - tooOldSeconds, toSeconds: Math.floor(nowSeconds()) });

  const sweepTable = async (table: ExpiringTable): Promise<void> => {
    for (;;) {
      const items = closed ? [] : database.expired(table, { ...range(), limit: itemsPerTransaction });
      if (items.length === 0) return;
      database.mark(table, items);
      await remove(call, table, items).finally(() => database.unmark());
    }
  };
  const sweepAll = async (): Promise<void> => {
    for (const table of tables) await sweepTable(table);
  };
  const sweep = (): Promise<void> => {
    const next = (running ?? Promise.resolve()).then(sweepAll).catch((error: unknown) => {
      if (!closed) log.warn('dynamodb', `expired items could not be deleted: ${String(error)}`);
    });
    running = next;
    return next;
  };
  const timer = setInterval(() => void sweep(), sweepEveryMs);
  timer.unref();
  clock.onShift(async () => {
    if (!closed) await sweep();
  });
  clock.onNextDue(() => (closed ? undefined : nextDueMs()));
  const nextDueMs = (): number | undefined => {
    const nexts = tables.map((table) => database.nextExpiry(table, nowSeconds())).filter((next) => next !== undefined);
    return nexts.length === 0 ? undefined : Math.ceil((Math.min(...nexts) * 1000) / minuteMs) * minuteMs;
  };
  return {
    sweep,
    nextDueMs,
    close: async () => {
      closed = true;
      clearInterval(timer);
      await running;
    },
  };
}

/** Each only if its expiry is still what was read: an item whose time was moved on stays. */
async function remove(call: EngineCall, { name, expiryAttribute }: ExpiringTable, items: readonly ExpiredItem[]): Promise<void> {
  const deletes = items.map(({ key, expiresAt }) => ({
    TableName: name,
    Key: key,
    ConditionExpression: '#expiry = :read',
    ExpressionAttributeNames: { '#expiry': expiryAttribute },
    ExpressionAttributeValues: { ':read': { N: expiresAt } },
  }));
  try {
    await call('TransactWriteItems', { TransactItems: deletes.map((each) => ({ Delete: each })) });
  } catch (error) {
    if (!(error instanceof DynamodbError) || error.status >= 500) throw error;
    for (const each of deletes) await removeOne(call, each);
  }
}

async function removeOne(call: EngineCall, input: object): Promise<void> {
  try {
    await call('DeleteItem', input);
  } catch (error) {
    if (error instanceof DynamodbError && error.code === 'ConditionalCheckFailedException') return;
    throw error;
  }
}
