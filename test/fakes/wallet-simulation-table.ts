/**
 * DynamoDB in memory, for the wallet's real adapters: conditions are evaluated, transactions are all or nothing, and a transaction that meets
 * another is cancelled by chance, which the local stack's engine never does.
 */
import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
  type DynamoDBDocumentClient,
} from '@aws-sdk/lib-dynamodb';
import type { Chance } from '#shared/platform/chance.ts';
import type { Item } from '#shared/platform/dynamodb.ts';
import { conditionOf, updateOf, type Bindings } from './wallet-simulation-expressions.ts';

/** An item as it was and as it is. */
export interface Written {
  readonly table: string;
  readonly before: Item | undefined;
  readonly after: Item;
}

interface Options {
  readonly chance: Chance;
  /** How many of a hundred transactions are cancelled although nothing stands against them. */
  readonly conflictPercent: number;
  /** Whether `spent.writeUnits` is wanted: to know them takes as long as everything else. */
  readonly countsUnits?: boolean | undefined;
  /** Told of every write that was done, in the step that did it. */
  readonly onWritten: (written: readonly Written[]) => void;
}

/** One call at a time goes through `around`, which may let others go first, or never come back. */
export type Around = <T>(call: () => T) => Promise<Awaited<T>>;

const partitionKeys = ['pk', 'gsi1pk', 'gsi2pk', 'gsi3pk'];

/** Items by their names, and the names in each partition of the table and its indexes. */
class MemoryTable {
  readonly items = new Map<string, Item>();
  private readonly partitions = new Map(partitionKeys.map((key) => [key, new Map<unknown, Set<string>>()]));

  /** Those of a partition, in no order. */
  in(partitionKey: string, partition: unknown): Item[] {
    const names = this.partitions.get(partitionKey)?.get(partition) ?? [];
    return [...names].map((name) => this.items.get(name)).filter((item) => item !== undefined);
  }

  set(after: Item): void {
    const name = nameOf(after);
    const before = this.items.get(name);
    for (const [key, partitions] of this.partitions) {
      if (before?.[key] === after[key]) continue;
      partitions.get(before?.[key])?.delete(name);
      if (after[key] !== undefined) partitions.set(after[key], (partitions.get(after[key]) ?? new Set()).add(name));
    }
    this.items.set(name, after);
  }
}

export class MemoryTables {
  private readonly tables = new Map<string, MemoryTable>();
  private readonly options: Options;
  /** What was asked for so far, and what was written: units of DynamoDB, those of indexes and failures left out. */
  readonly spent = { calls: 0, writeUnits: 0 };

  constructor(options: Options) {
    this.options = options;
  }

  /** What a process sees of it. */
  client(around: Around): DynamoDBDocumentClient {
    const send = async (command: { readonly input: object }): Promise<object> => {
      this.spent.calls += 1;
      // An index lags behind anyway: it is as good as read at the step before.
      if (command instanceof QueryCommand && command.input.IndexName !== undefined) return this.answer(command);
      if (!(command instanceof BatchGetCommand)) return around(() => this.answer(command));
      // A batch is read item by item, and others write meanwhile.
      const [[table, wanted] = ['', undefined]] = Object.entries(command.input.RequestItems ?? {});
      const found: Item[] = [];
      for (const part of halves(wanted?.Keys ?? [])) found.push(...(await around(() => this.found(table, part))));
      return { Responses: { [table]: found } };
    };
    return { send } as unknown as DynamoDBDocumentClient;
  }

  /** Everything there is. */
  all(table: string): Item[] {
    return [...this.itemsOf(table).values()];
  }

  private tableOf(name: string): MemoryTable {
    const table = this.tables.get(name) ?? new MemoryTable();
    this.tables.set(name, table);
    return table;
  }

  private itemsOf(table: string): ReadonlyMap<string, Item> {
    return this.tableOf(table).items;
  }

  private found(table: string, keys: readonly Item[]): Item[] {
    return keys.map((key) => this.itemsOf(table).get(nameOf(key))).filter((item) => item !== undefined);
  }

  private answer(command: object): object {
    if (command instanceof GetCommand) {
      const { TableName = '', Key = {} } = command.input;
      return { Item: this.itemsOf(TableName).get(nameOf(Key)) };
    }
    if (command instanceof QueryCommand || command instanceof ScanCommand) return this.listed(command);
    if (command instanceof TransactWriteCommand) return this.transacted(command);
    if (command instanceof PutCommand) return this.single({ Put: command.input as Action });
    if (command instanceof UpdateCommand) return this.single({ Update: command.input as Action });
    throw new TypeError(`${command.constructor.name} is not understood`);
  }

  private listed({ input }: QueryCommand | ScanCommand): object {
    const { TableName = '', IndexName, FilterExpression, Limit = Infinity, ...rest } = input;
    const { KeyConditionExpression, ScanIndexForward = true } = rest as QueryCommand['input'];
    const bindings = bindingsOf(rest);
    const conditions = [KeyConditionExpression, FilterExpression].flatMap((text) => (text === undefined ? [] : [conditionOf(text)]));
    const isFound = (item: Item): boolean => conditions.every((condition) => condition(item, bindings));
    const sortKey = `${IndexName === undefined ? '' : IndexName}sk`;
    const order = (item: Item): string => `${String(item[sortKey])} ${String(item['pk'])}`;
    const partition = `${IndexName === undefined ? '' : IndexName}pk`;
    const [, wanted] = /= (:\w+)/.exec(KeyConditionExpression ?? '') ?? [];
    const near = wanted === undefined ? this.all(TableName) : this.tableOf(TableName).in(partition, bindings.values[wanted]);
    const found = near.filter((item) => item[sortKey] !== undefined && isFound(item));
    const sorted = found.toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
    return { Items: (ScanIndexForward ? sorted : sorted.toReversed()).slice(0, Limit) };
  }

  private single(write: Write): object {
    const outcome = this.outcomeOf(write);
    if (!outcome.holds) throw new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: {} });
    this.keep([outcome]);
    this.spend([outcome], 1);
    return { Attributes: outcome.after };
  }

  private transacted({ input }: TransactWriteCommand): object {
    const { chance, conflictPercent } = this.options;
    const outcomes = (input.TransactItems ?? []).map((write) => this.outcomeOf(write as Write));
    const names = outcomes.map(({ table, after }) => `${table} ${nameOf(after)}`);
    if (names.length === 0 || names.length > 100 || new Set(names).size < names.length)
      throw new TypeError(`No transaction: ${names.join(', ')}`);
    const conflictAt = chance.fraction() * 100 < conflictPercent ? Math.floor(chance.fraction() * names.length) : -1;
    if (conflictAt >= 0 || outcomes.some(({ holds }) => !holds)) {
      const CancellationReasons = outcomes.map((outcome, place) => reasonOf(outcome, place === conflictAt));
      throw new TransactionCanceledException({ message: 'Transaction cancelled', $metadata: {}, CancellationReasons });
    }
    this.keep(outcomes);
    // A transaction writes everything twice.
    this.spend(outcomes, 2);
    return {};
  }

  private spend(written: readonly Written[], times: number): void {
    if (this.options.countsUnits === true) this.spent.writeUnits += times * unitsOf(written);
  }

  private outcomeOf(write: Write): Outcome {
    const action = write.Put ?? write.Update;
    if (action === undefined) throw new TypeError(`${Object.keys(write).join(' ')} is not understood`);
    const { TableName: table, Item, Key = {}, ConditionExpression } = action;
    const before = this.itemsOf(table).get(nameOf(Item ?? Key));
    const holds = ConditionExpression === undefined || conditionOf(ConditionExpression)(before ?? {}, bindingsOf(action));
    const after = Item ?? updateOf(action.UpdateExpression ?? '')(before ?? Key, bindingsOf(action));
    return { table, before, after: plain(after) as Item, holds, tells: action.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' };
  }

  private keep(written: readonly Outcome[]): void {
    for (const { table, after } of written) this.tableOf(table).set(after);
    this.options.onWritten(written);
  }
}

interface Action {
  readonly TableName: string;
  readonly Item?: Item;
  readonly Key?: Item;
  readonly ConditionExpression?: string;
  readonly UpdateExpression?: string;
  readonly ReturnValuesOnConditionCheckFailure?: string;
  readonly ExpressionAttributeNames?: Record<string, string> | undefined;
  readonly ExpressionAttributeValues?: Item | undefined;
}

type Write = { readonly Put?: Action; readonly Update?: Action };

interface Outcome extends Written {
  readonly holds: boolean;
  /** Whether a failed condition is to be told with what stood there. */
  readonly tells: boolean;
}

const nameOf = ({ pk, sk }: Item): string => `${String(pk)} ${String(sk)}`;

/** One for each kilobyte that was begun. */
const unitsOf = (written: readonly Written[]): number =>
  written.reduce((units, { after }) => units + Math.ceil(Buffer.byteLength(JSON.stringify(after)) / 1_024), 0);

const bindingsOf = (input: Pick<Action, 'ExpressionAttributeNames' | 'ExpressionAttributeValues'>): Bindings => ({
  names: input.ExpressionAttributeNames ?? {},
  values: input.ExpressionAttributeValues ?? {},
});

function reasonOf({ holds, before, tells }: Outcome, isConflict: boolean) {
  if (isConflict) return { Code: 'TransactionConflict' };
  if (holds) return { Code: 'None' };
  const Item = before && tells && { pk: { S: String(before['pk']) }, sk: { S: String(before['sk']) } };
  return { Code: 'ConditionalCheckFailed', ...(Item && { Item }) };
}

function halves(keys: readonly Item[]): Item[][] {
  const middle = Math.ceil(keys.length / 2);
  return [keys.slice(0, middle), keys.slice(middle)].filter((part) => part.length > 0);
}

/** A copy as DynamoDB would keep it, without what is undefined: whoever wrote it may go on with theirs. Readers parse, and so have their own. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => plain(each));
  if (typeof value !== 'object' || value === null) return value;
  const copy: Item = {};
  for (const [name, each] of Object.entries(value)) if (each !== undefined) copy[name] = plain(each);
  return copy;
}
