/**
 * better-auth's records in the table of identity. Unique values are items of their own, which change in one transaction with their holder.
 */
import { DeleteCommand, GetCommand, QueryCommand, UpdateCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import type { CleanedWhere, CustomAdapter } from 'better-auth/adapters';
import type { Item, Table } from '#shared/platform/dynamodb.ts';
import { guardKey } from '../dynamodb-session-guards.ts';
import { equal, RecordRefused, type AuthDatabase, type Together } from './auth-database.ts';
import { commit, creation, deleteInput, unlessRefused, updateInput, type Change, type Write } from './dynamodb-auth-writes.ts';
import { conditionOf, placeholders, UnsupportedQuery } from './dynamodb-conditions.ts';
import { countFailure, failuresDeletions, failuresKey, forgetFailures, knownPut } from './dynamodb-failures.ts';
import { keyOfRecord, placeOf, type Key, type Place } from './dynamodb-record-keys.ts';
import { loadSubject } from './dynamodb-subject.ts';
import type { Realm, Subject } from './realm.ts';

export interface AuthTables {
  readonly identity: Table;
  /** Name of the table that the authorizer reads. */
  readonly guards: string;
}

type Where = readonly CleanedWhere[];
type Row = Record<string, unknown>;

/** Records that one look finds. A where clause that has no limit still ends: nobody honest has more sessions or accounts than this. */
const recordsMax = 1_000;

export function dynamodbAuthDatabase<User extends Subject>(tables: AuthTables, realm: Realm<User>): AuthDatabase<User> {
  const records = recordsOf(tables, realm, undefined);
  return {
    records,
    async transact(work, { also = [], guard, failures, known } = {}) {
      const writes: Write[] = [];
      const answer = await work(recordsOf(tables, realm, writes));
      if (guard !== undefined) writes.push(guardCheck(tables, guard));
      if (failures !== undefined) writes.push(...failuresDeletions(tables.identity, realm.keys.partition(failures.id), failures));
      if (known !== undefined) writes.push(knownPut(tables.identity, realm.keys.partition(known.id), known));
      await commit(tables.identity, writes, also);
      return answer;
    },
    findHolder: async (field, value) => (await readClaim(tables.identity, realm, { field, value })) ?? undefined,
    load: (id, asked) => loadSubject(tables, realm, { ...asked, id }),
    countFailure: (id, counter, nowMs) => countFailure(tables.identity, failuresKey(realm.keys.partition(id), counter), nowMs),
    forgetFailures: (id, what) => forgetFailures(tables.identity, realm.keys.partition(id), what),
  };
}

function guardCheck({ guards }: AuthTables, { id, version }: NonNullable<Together['guard']>): Write {
  return {
    item: {
      ConditionCheck: {
        TableName: guards,
        Key: guardKey(id),
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': version },
      },
    },
    refusal: new RecordRefused('changed', 'guard'),
  };
}

/** Writes at once, or onto `unit` when there is one. */
function recordsOf<User extends Subject>(tables: AuthTables, realm: Realm<User>, unit: Write[] | undefined): CustomAdapter {
  const table = tables.identity;
  const reading = reader(table, realm);
  const write = async (...writes: readonly Write[]): Promise<void> => {
    if (unit === undefined) await commit(table, writes);
    else unit.push(...writes);
  };
  const adapter = {
    async create({ model, data }: { model: string; data: Row }) {
      const writes = model === 'user' ? userCreation(tables, realm, data) : [recordCreation(table, realm, { model, data })];
      await write(...writes);
      return data;
    },
    async update({ model, where, update }: { model: string; where: Where; update: Row }) {
      const place = await reading.resolve(model, where);
      if (place.kind !== 'items' || place.keys[0] === undefined) throw new UnsupportedQuery(`Update of many ${model}`);
      const change = changeOf(realm, { model, key: place.keys[0], set: update, where: place.where });
      const claims = model === 'user' ? await claimChanges(reading, { table, realm, change, update }) : [];
      if (claims.length > 0 || unit !== undefined) {
        await write(...claims, { item: { Update: updateInput(table, change) }, refusal: new RecordRefused('changed', model) });
        return unit === undefined ? reading.get(change.key) : { ...equalTo(where), ...update };
      }
      return changed(table, change);
    },
    async delete({ model, where }: { model: string; where: Where }) {
      const found = await reading.resolve(model, where);
      if (found.kind !== 'items') throw new UnsupportedQuery(`Delete of many ${model}`);
      const refusal = new RecordRefused('changed', model);
      const claims = model === 'user' ? await heldClaims(reading, { table, realm, key: found.keys[0] }) : [];
      await write(...claims, ...found.keys.map((key) => ({ item: { Delete: deleteInput(table, key, found.where) }, refusal })));
    },
    findOne: async ({ model, where }: { model: string; where: Where }) => (await reading.find(model, where, 1))[0] ?? null,
    findMany: ({ model, where = [], limit, sortBy, offset = 0 }: FindMany) =>
      reading.find(model, where, recordsMax).then((rows) => sorted(rows, sortBy).slice(offset, offset + limit)),
    count: async ({ model, where = [] }: { model: string; where?: Where }) => (await reading.find(model, where, recordsMax)).length,
    async updateMany({ model, where, update }: { model: string; where: Where; update: Row }) {
      const rows = await reading.find(model, where, recordsMax);
      const answers = rows.map((row) => changed(table, changeOf(realm, { model, key: keyOf(row), set: update, where })));
      return (await Promise.all(answers)).filter((row) => row !== null).length;
    },
    deleteMany: ({ model, where }: { model: string; where: Where }) => deleteEvery(table, () => reading.find(model, where, recordsMax)),
    async consumeOne({ model, where }: { model: string; where: Where }) {
      const place = await reading.resolve(model, where);
      const key = place.kind === 'items' ? place.keys[0] : (await reading.find(model, where, 1)).map(keyOf)[0];
      return key === undefined ? null : consumed(table, key, place.where);
    },
    async incrementOne({
      model,
      where,
      increment,
      set = {},
    }: {
      model: string;
      where: Where;
      increment: Record<string, number>;
      set?: Row;
    }) {
      const place = await reading.resolve(model, where);
      if (place.kind !== 'items' || place.keys[0] === undefined) throw new UnsupportedQuery(`Increment of many ${model}`);
      return changed(table, { ...changeOf(realm, { model, key: place.keys[0], set, where: place.where }), add: increment });
    },
  };
  // better-auth's contract leaves the row's type to the caller.
  return adapter as unknown as CustomAdapter;
}

interface FindMany {
  readonly model: string;
  readonly where?: Where;
  readonly limit: number;
  readonly sortBy?: { readonly field: string; readonly direction: 'asc' | 'desc' };
  readonly offset?: number;
}

type Reader = ReturnType<typeof reader>;

function reader<User extends Subject>(table: Table, realm: Realm<User>) {
  const get = async (key: Key): Promise<Row | null> => {
    const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true }));
    return Item ?? null;
  };
  /** A place without claims: these are followed to their holder. */
  const resolve = async (model: string, where: Where): Promise<Exclude<Place, { kind: 'claim' }>> => {
    const place = placeOf(realm.keys, model, where);
    if (place.kind !== 'claim') return place;
    const { [realm.keys.holder]: holder } = (await get(place.key)) ?? {};
    return { kind: 'items', keys: typeof holder === 'string' ? [realm.keys.user(holder)] : [], where: place.where };
  };
  const find = async (model: string, where: Where, limit: number): Promise<Row[]> => {
    const place = await resolve(model, where);
    if (place.kind === 'partition') return query(table, place, limit);
    const rows = await Promise.all(place.keys.map(get));
    return rows.filter((row) => row !== null && holds(place.where, row)).slice(0, limit) as Row[];
  };
  return { get, resolve, find };
}

async function query(table: Table, { pk, prefix, where }: Extract<Place, { kind: 'partition' }>, limit: number): Promise<Row[]> {
  const holders = placeholders();
  const KeyConditionExpression = `${holders.name('pk')} = ${holders.value(pk)} AND begins_with(${holders.name('sk')}, ${holders.value(prefix)})`;
  const filter = conditionOf(where, holders);
  const input: QueryCommandInput = { TableName: table.name, KeyConditionExpression, ConsistentRead: true, ...holders.attributes() };
  const rows: Row[] = [];
  let start: Item | undefined;
  do {
    const page: QueryCommandInput = { ...input, ...(filter && { FilterExpression: filter }), ...(start && { ExclusiveStartKey: start }) };
    const { Items = [], LastEvaluatedKey } = await table.client.send(new QueryCommand(page));
    rows.push(...Items);
    start = LastEvaluatedKey;
  } while (start !== undefined && rows.length < limit);
  return rows.slice(0, limit);
}

/** What the filter of a query does, for items that were read by their key. */
function holds(where: Where, row: Row): boolean {
  return where.every(({ field, operator, value }) => {
    const found = row[field] ?? null;
    if (operator === 'eq') return found === value;
    if (operator === 'ne') return found !== value;
    if (operator === 'in') return (value as unknown[]).includes(found);
    if (typeof found !== typeof value || found === null || value === null) return false;
    return compares[operator]?.(found as never, value as never) ?? unsupported(`${operator} on ${field}`);
  });
}

const compares: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  lt: (a, b) => a < b,
  lte: (a, b) => a <= b,
  gt: (a, b) => a > b,
  gte: (a, b) => a >= b,
};

function unsupported(what: string): never {
  throw new UnsupportedQuery(what);
}

function sorted(rows: readonly Row[], sortBy: FindMany['sortBy']): Row[] {
  if (sortBy === undefined) return [...rows];
  const sign = sortBy.direction === 'asc' ? 1 : -1;
  const value = (row: Row) => row[sortBy.field] as number | string;
  return rows.toSorted((a, b) => (value(a) === value(b) ? 0 : sign * (value(a) < value(b) ? -1 : 1)));
}

const keyOf = ({ pk, sk }: Row): Key => ({ pk: String(pk), sk: String(sk) });
const equalTo = (where: Where): Row =>
  Object.fromEntries(where.filter((one) => one.operator === 'eq').map((one) => [one.field, one.value]));

/** DynamoDB deletes what has run out, some day. */
const ttlOf = ({ expiresAt }: Row): Row => (typeof expiresAt === 'number' ? { ttl: Math.ceil(expiresAt / 1_000) } : {});

function recordCreation<User extends Subject>(table: Table, realm: Realm<User>, { model, data }: { model: string; data: Row }): Write {
  const key = keyOfRecord(realm.keys, model, data);
  return creation(table, { ...data, ...key, ...ttlOf(data) }, new RecordRefused('exists', model));
}

/** A subject is born with its unique values and its session guard. */
function userCreation<User extends Subject>(tables: AuthTables, realm: Realm<User>, data: Row): Write[] {
  const user = realm.user.parse(data);
  const guard = { ...guardKey(user.id), version: 1, revoked: {} };
  return [
    creation(tables.identity, realm.keys.item(user), new RecordRefused('exists', 'user')),
    ...claimsOf(realm, data).map(([field, key]) => claimCreation(tables.identity, realm, { field, key, id: user.id })),
    creation({ ...tables.identity, name: tables.guards }, guard, new RecordRefused('exists', 'user')),
  ];
}

function claimsOf<User extends Subject>({ keys }: Realm<User>, data: Row): [field: string, key: Key][] {
  return Object.entries(keys.claims).flatMap(([field, claim]): [string, Key][] => {
    const value = data[field];
    return typeof value === 'string' ? [[field, claim(value)]] : [];
  });
}

function claimCreation<User extends Subject>(
  table: Table,
  { keys }: Realm<User>,
  { field, key, id }: { field: string; key: Key; id: string },
): Write {
  return creation(table, { ...key, [keys.holder]: id }, new RecordRefused('taken', 'user', field));
}

interface UserChange<User extends Subject> {
  readonly table: Table;
  readonly realm: Realm<User>;
  readonly change: Change;
  readonly update: Row;
}

/** Gives back former unique values and takes the new ones. A value that is the same but for its case keeps its claim. */
async function claimChanges<User extends Subject>(reading: Reader, { table, realm, change, update }: UserChange<User>): Promise<Write[]> {
  const fields = Object.keys(realm.keys.claims).filter((field) => field in update);
  if (fields.length === 0) return [];
  const former = new Map(claimsOf(realm, pick((await reading.get(change.key)) ?? {}, fields)));
  const next = new Map(claimsOf(realm, pick(update, fields)));
  const id = change.key.pk.slice(realm.keys.partition('').length);
  const same = (field: string) => former.get(field)?.pk === next.get(field)?.pk;
  const given = [...former].filter(([field]) => !same(field)).map(([, key]) => releaseOf(table, realm, { key, id }));
  const taken = [...next].filter(([field]) => !same(field)).map(([field, key]) => claimCreation(table, realm, { field, key, id }));
  return [...given, ...taken];
}

async function heldClaims<User extends Subject>(
  reading: Reader,
  { table, realm, key }: { table: Table; realm: Realm<User>; key: Key | undefined },
): Promise<Write[]> {
  const user = key && (await reading.get(key));
  if (!user) return [];
  return claimsOf(realm, user).map(([, claim]) => releaseOf(table, realm, { key: claim, id: String(user['id']) }));
}

/** Only the holder's own claim goes: it may have changed hands meanwhile. */
function releaseOf<User extends Subject>(table: Table, { keys }: Realm<User>, { key, id }: { key: Key; id: string }): Write {
  return { item: { Delete: deleteInput(table, key, [equal(keys.holder, id)]) }, refusal: new RecordRefused('changed', 'user') };
}

const pick = (row: Row, fields: readonly string[]): Row => Object.fromEntries(fields.map((field) => [field, row[field]]));

function changeOf<User extends Subject>(realm: Realm<User>, { model, key, set, where }: Change & { model: string }): Change {
  const index = model === 'user' ? realm.keys.indexChanges(key.pk.slice(realm.keys.partition('').length), set as Partial<User>) : {};
  return { key, set: { ...set, ...ttlOf(set), ...index }, where };
}

async function changed(table: Table, change: Change): Promise<Row | null> {
  const input = { ...updateInput(table, change), ReturnValues: 'ALL_NEW' as const };
  return (await unlessRefused(table, () => table.client.send(new UpdateCommand(input))))?.Attributes ?? null;
}

async function consumed(table: Table, key: Key, where: Where): Promise<Row | null> {
  const input = { ...deleteInput(table, key, where), ReturnValues: 'ALL_OLD' as const };
  return (await unlessRefused(table, () => table.client.send(new DeleteCommand(input))))?.Attributes ?? null;
}

/** Until a look finds no more: whoever has opened more sessions than one look shows must not keep the rest. */
async function deleteEvery(table: Table, look: () => Promise<Row[]>): Promise<number> {
  let deleted = 0;
  for (;;) {
    const rows = await look();
    const answers = await Promise.all(rows.map((row) => consumed(table, keyOf(row), [])));
    deleted += answers.filter((row) => row !== null).length;
    if (rows.length < recordsMax) return deleted;
  }
}

async function readClaim<User extends Subject>(
  table: Table,
  { keys }: Realm<User>,
  { field, value }: { field: string; value: string },
): Promise<string | undefined> {
  const claim = keys.claims[field];
  if (claim === undefined) throw new UnsupportedQuery(`${field} is not unique`);
  const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: claim(value), ConsistentRead: true }));
  const holder = (Item as Row | undefined)?.[keys.holder];
  return typeof holder === 'string' ? holder : undefined;
}
