/**
 * Writes of better-auth's records as parts of a DynamoDB transaction, each with what it means when it is refused.
 */
import { ConditionalCheckFailedException, TransactionCanceledException, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  PutCommand,
  TransactWriteCommand,
  UpdateCommand,
  type DeleteCommandInput,
  type PutCommandInput,
  type TransactWriteCommandInput,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CleanedWhere } from 'better-auth/adapters';
import type { Chance } from '#shared/platform/chance.ts';
import type { Item, Table } from '#shared/platform/dynamodb.ts';
import type { RecordRefused } from './auth-database.ts';
import { conditionOf, placeholders } from './dynamodb-conditions.ts';
import type { Key } from './dynamodb-record-keys.ts';

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

export interface Write {
  readonly item: TransactItem;
  readonly refusal: RecordRefused;
}

/** DynamoDB's own bound. */
const itemsPerTransaction = 100;
/** Another transaction may be at the same items; the waits add up to about a second. */
const conflicts = { attemptsMax: 6, firstMs: 20 } as const;

export interface Change {
  readonly key: Key;
  /** Attributes to set; an undefined one is removed. */
  readonly set: Item;
  /** Added to what is there, or to zero. */
  readonly add?: Readonly<Record<string, number>>;
  readonly where: readonly CleanedWhere[];
}

/** Puts an item that must not be there yet. */
export function creation(table: Table, item: Item, refusal: RecordRefused): Write {
  return { item: { Put: { TableName: table.name, Item: item, ConditionExpression: 'attribute_not_exists(pk)' } }, refusal };
}

/** Changes an item that is there and for which `where` holds. */
export function updateInput(table: Table, { key, set, add = {}, where }: Change): UpdateCommandInput & { UpdateExpression: string } {
  const holders = placeholders();
  const present = Object.entries(set).filter(([, value]) => value !== undefined);
  const absent = Object.keys(set).filter((field) => set[field] === undefined);
  const clauses = [
    clause(
      'SET',
      present.map(([field, value]) => `${holders.name(field)} = ${holders.value(value)}`),
    ),
    clause(
      'REMOVE',
      absent.map((field) => holders.name(field)),
    ),
    clause(
      'ADD',
      Object.entries(add).map(([field, delta]) => `${holders.name(field)} ${holders.value(delta)}`),
    ),
  ];
  const condition = conditionOf(where, holders);
  return {
    TableName: table.name,
    Key: key,
    UpdateExpression: clauses.filter((text) => text !== '').join(' '),
    ConditionExpression: `attribute_exists(pk)${condition === undefined ? '' : ` AND ${condition}`}`,
    ...holders.attributes(),
  };
}

/** Deletes an item for which `where` holds. Without a `where` it need not be there. */
export function deleteInput(table: Table, key: Key, where: readonly CleanedWhere[]) {
  const holders = placeholders();
  const condition = conditionOf(where, holders);
  return {
    TableName: table.name,
    Key: key,
    ...(condition !== undefined && { ConditionExpression: condition }),
    ...holders.attributes(),
  } satisfies DeleteCommandInput;
}

/** Writes all or nothing. Throws the refusal of the first own part that was refused, or the database's error when another part was. */
export async function commit(table: Table, writes: readonly Write[], also: readonly TransactItem[] = []): Promise<void> {
  const [only] = writes;
  if (only === undefined && also.length === 0) return;
  if (writes.length + also.length > itemsPerTransaction) throw new RangeError(`A transaction has at most ${itemsPerTransaction} parts`);
  const isAlone = writes.length === 1 && also.length === 0 && only?.item.ConditionCheck === undefined;
  if (only !== undefined && isAlone) await commitOne(table, only);
  else await commitAll(table, writes, also);
}

/** Undefined when the condition of the one write that `send` makes did not hold. */
export async function unlessRefused<T>({ chance }: Table, send: () => Promise<T>): Promise<T | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send();
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      // A transaction is at the item, and the SDK does not try again by itself.
      if (!(error instanceof TransactionConflictException) || attempt >= conflicts.attemptsMax) throw error;
      await waitBefore(chance, attempt);
    }
  }
}

const waitBefore = (chance: Chance, attempt: number): Promise<void> => sleep(chance.fraction() * conflicts.firstMs * 2 ** attempt);

/** One write needs no transaction, which costs twice as much. */
async function commitOne(table: Table, { item, refusal }: Write): Promise<void> {
  const { client } = table;
  const answer = await unlessRefused(table, () =>
    item.Put
      ? client.send(new PutCommand(item.Put as PutCommandInput))
      : item.Update
        ? client.send(new UpdateCommand(item.Update as UpdateCommandInput))
        : client.send(new DeleteCommand(item.Delete as DeleteCommandInput)),
  );
  if (answer === undefined) throw refusal;
}

async function commitAll(table: Table, writes: readonly Write[], also: readonly TransactItem[]): Promise<void> {
  const command = new TransactWriteCommand({ TransactItems: [...writes.map(({ item }) => item), ...also] });
  for (let attempt = 1; ; attempt += 1) {
    try {
      await table.client.send(command);
      return;
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code);
      const refused = codes.indexOf('ConditionalCheckFailed');
      const refusal = writes[refused]?.refusal;
      if (refusal !== undefined) throw refusal;
      // Whoever made the other parts knows what their refusal means.
      if (refused >= 0) throw error;
      if (!codes.includes('TransactionConflict') || attempt >= conflicts.attemptsMax) throw error;
      await waitBefore(table.chance, attempt);
    }
  }
}

const clause = (word: string, parts: readonly string[]): string => (parts.length > 0 ? `${word} ${parts.join(', ')}` : '');
