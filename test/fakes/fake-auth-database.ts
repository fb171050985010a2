import type { CleanedWhere, CustomAdapter } from 'better-auth/adapters';
import type { SessionGuard, SessionGuards } from '#shared/identity/session-guard.ts';
import {
  RecordRefused,
  secondFactorRecordSchema,
  sessionRecordSchema,
  type AlsoWritten,
  type AuthDatabase,
  type Failures,
  type Guess,
  type GuessedBefore,
  type Together,
} from '#shared/identity/engine/auth-database.ts';
import { guessLimits } from '#shared/identity/engine/guesses.ts';
import type { Realm, Subject } from '#shared/identity/engine/realm.ts';

type Row = Record<string, unknown>;
type Where = readonly CleanedWhere[];
type Rows = ReadonlyMap<string, Row>;
/** Answers the rows as they are afterwards, or throws why not. */
type Write = (rows: Rows) => Rows;

/** The field that names a record of each model. */
const keyFields: Readonly<Record<string, string>> = {
  user: 'id',
  account: 'id',
  session: 'token',
  secondFactor: 'userId',
  verification: 'id',
};

export interface FakeAuthDatabase<User> extends AuthDatabase<User> {
  readonly guards: SessionGuards;
  /** All records, as `model key` → record. */
  rows(): Rows;
  /** What a transaction was given beside its own writes. */
  readonly also: AlsoWritten[];
  /** Requests so far, by kind. */
  readonly requests: string[];
}

/** A database of one realm in memory, which keeps the promises of the port. */
export function fakeAuthDatabase<User extends Subject>(realm: Realm<User>): FakeAuthDatabase<User> {
  let rows: Rows = new Map();
  const guards = new Map<string, SessionGuard>();
  const also: AlsoWritten[] = [];
  const requests: string[] = [];
  const apply = (writes: readonly Write[]) => {
    rows = writes.reduce((state, write) => write(state), rows);
    // A subject is born with its guard.
    for (const row of all('user')) open(String(row['id']));
  };
  const all = (model: string) => [...rows].filter(([key]) => key.startsWith(`${model} `)).map(([, row]) => row);
  const find = (model: string, where: Where) => all(model).filter((row) => where.every((clause) => holds(clause, row)));
  const open = (id: string) => guards.set(id, guards.get(id) ?? { version: 1, revoked: {} });

  const recordsOf = (unit: Write[] | undefined): CustomAdapter => {
    const write = (kind: string, one: Write) => {
      if (unit === undefined) {
        requests.push(kind);
        apply([one]);
      } else unit.push(one);
    };
    const changed = ({ model, where, update, increment = {} }: Change): Row | null => {
      const [row] = find(model, where);
      if (row === undefined) return null;
      const added = Object.entries(increment).map(([field, delta]) => [field, Number(row[field] ?? 0) + delta]);
      const next = { ...row, ...update, ...Object.fromEntries(added) };
      apply([replaced(realm, { model, row, next })]);
      return next;
    };
    const adapter = {
      async create({ model, data }: { model: string; data: Row }) {
        write('create', created(realm, model, data));
        return data;
      },
      async update({ model, where, update }: Change) {
        if (unit === undefined) {
          requests.push('update');
          return changed({ model, where, update });
        }
        unit.push((state) => {
          const row = [...state].find(([key, one]) => key.startsWith(`${model} `) && where.every((clause) => holds(clause, one)))?.[1];
          if (row === undefined) throw new RecordRefused('changed', model);
          return replaced(realm, { model, row, next: { ...row, ...update } })(state);
        });
        return update;
      },
      async delete({ model, where }: { model: string; where: Where }) {
        write('delete', (state) => {
          const found = [...state].find(([key, one]) => key.startsWith(`${model} `) && where.every((clause) => holds(clause, one)));
          if (found === undefined && where.length > 1) throw new RecordRefused('changed', model);
          return new Map([...state].filter(([key]) => key !== found?.[0]));
        });
      },
      async findOne({ model, where }: { model: string; where: Where }) {
        requests.push('findOne');
        return find(model, where)[0] ?? null;
      },
      async findMany({ model, where = [], limit, sortBy, offset = 0 }: FindMany) {
        requests.push('findMany');
        const sign = sortBy?.direction === 'desc' ? -1 : 1;
        const sorted = sortBy
          ? find(model, where).toSorted((a, b) => sign * compare(a[sortBy.field], b[sortBy.field]))
          : find(model, where);
        return sorted.slice(offset, offset + limit);
      },
      async count({ model, where = [] }: { model: string; where?: Where }) {
        requests.push('count');
        return find(model, where).length;
      },
      async updateMany({ model, where, update }: Change) {
        requests.push('updateMany');
        const found = find(model, where);
        apply(found.map((row) => replaced(realm, { model, row, next: { ...row, ...update } })));
        return found.length;
      },
      async deleteMany({ model, where }: { model: string; where: Where }) {
        requests.push('deleteMany');
        const found = find(model, where).map((row) => keyOf(model, row));
        rows = new Map([...rows].filter(([key]) => !found.includes(key)));
        return found.length;
      },
      async consumeOne({ model, where }: { model: string; where: Where }) {
        requests.push('consumeOne');
        const [row] = find(model, where);
        if (row !== undefined) rows = new Map([...rows].filter(([key]) => key !== keyOf(model, row)));
        return row ?? null;
      },
      async incrementOne({ model, where, increment, set = {} }: Change & { set?: Row }) {
        requests.push('incrementOne');
        return changed({ model, where, update: set, ...(increment && { increment }) });
      },
    };
    return adapter as unknown as CustomAdapter;
  };

  return {
    also,
    requests,
    rows: () => rows,
    records: recordsOf(undefined),
    async transact(work, { also: alongside = [], guard, failures, known } = {}) {
      const unit: Write[] = [];
      const answer = await work(recordsOf(unit));
      requests.push('transact');
      if (guard !== undefined && guards.get(guard.id)?.version !== guard.version) throw new RecordRefused('changed', 'guard');
      if (failures !== undefined) unit.push(forgetting(failures));
      if (known !== undefined) unit.push((state) => new Map(state).set(`known ${known.id} ${known.network}`, { untilMs: known.untilMs }));
      apply(unit);
      also.push(...alongside);
      for (const one of alongside) (one as { apply?: () => void }).apply?.();
      return answer;
    },
    async findHolder(field, value) {
      requests.push('findHolder');
      const same = (row: Row) => String(row[field]).toLowerCase() === value.toLowerCase() && row[field] !== null;
      return all('user').find(same)?.['id'] as string | undefined;
    },
    async load(id, { sessionId, guess } = {}) {
      requests.push('load');
      const one = (model: string, key: string) => rows.get(`${model} ${key}`);
      const [user, account, secondFactor] = [one('user', id), one('account', `${id}.credential`), one('secondFactor', id)];
      const session = one('session', `${id}.${sessionId ?? ''}`);
      return {
        id,
        user: user && realm.user.parse(user),
        passwordHash: account?.['password'] as string | undefined,
        secondFactor: secondFactor && secondFactorRecordSchema.parse(secondFactor),
        before: guess && beforeOf(rows, id, guess),
        version: guards.get(id)?.version ?? 0,
        session: session && sessionRecordSchema.parse(session),
      };
    },
    async countFailure(id, counter, nowMs) {
      requests.push('countFailure');
      const key = `failures ${id} ${counter}`;
      const former = rows.get(key) as Failures | undefined;
      const isForgotten = former === undefined || former.lastFailureAt + guessLimits.forgottenAfterMs <= nowMs;
      const failures = isForgotten ? 1 : former.failures + 1;
      rows = new Map(rows).set(key, { failures, lastFailureAt: nowMs });
      return failures;
    },
    async forgetFailures(id, what) {
      requests.push('forgetFailures');
      rows = new Map([...rows].filter(([key]) => !key.startsWith(`failures ${id} ${what}`)));
    },
    guards: {
      read: async (subject) => guards.get(subject),
      async open(subject) {
        open(subject);
      },
      async raise(subject) {
        const version = (guards.get(subject)?.version ?? 0) + 1;
        guards.set(subject, { version, revoked: {} });
        return version;
      },
      async revoke(subject, sessionId) {
        const guard = guards.get(subject);
        if (guard) guards.set(subject, { ...guard, revoked: { ...guard.revoked, [sessionId]: 1 } });
      },
    },
  };
}

interface Change {
  readonly model: string;
  readonly where: Where;
  readonly update: Row;
  readonly increment?: Record<string, number>;
}

interface FindMany {
  readonly model: string;
  readonly where?: Where;
  readonly limit: number;
  readonly sortBy?: { readonly field: string; readonly direction: 'asc' | 'desc' };
  readonly offset?: number;
}

const forgetting =
  ({ id, counters }: NonNullable<Together['failures']>): Write =>
  (rows) => {
    const keyed = counters.map(({ name, atMost = Infinity }) => ({ key: `failures ${id} ${name}`, atMost }));
    if (keyed.some(({ key, atMost }) => Number(rows.get(key)?.['failures'] ?? 0) > atMost)) throw new RecordRefused('changed', 'failures');
    return new Map([...rows].filter(([key]) => !keyed.some((one) => one.key === key)));
  };

function beforeOf(rows: Rows, id: string, guess: Guess): GuessedBefore {
  const failures = (counter: string) => rows.get(`failures ${id} ${counter}`) as Failures | undefined;
  const knownUntilMs = Number(rows.get(`known ${id} ${guess.network}`)?.['untilMs'] ?? 0);
  return { guess, here: failures(guess.here), everywhere: failures(guess.everywhere), knownUntilMs };
}

const keyOf = (model: string, row: Row): string => `${model} ${String(row[keyFields[model] ?? 'id'])}`;

function created<User extends Subject>(realm: Realm<User>, model: string, data: Row): Write {
  return (rows) => {
    const key = keyOf(model, data);
    if (rows.has(key)) throw new RecordRefused('exists', model);
    if (model === 'user') refuseTaken(realm, rows, data);
    return new Map(rows).set(key, data);
  };
}

function replaced<User extends Subject>(realm: Realm<User>, { model, row, next }: { model: string; row: Row; next: Row }): Write {
  return (rows) => {
    if (model === 'user') refuseTaken(realm, rows, next);
    return new Map(rows).set(keyOf(model, row), next);
  };
}

function refuseTaken<User extends Subject>({ keys }: Realm<User>, rows: Rows, user: Row): void {
  for (const [field, claim] of Object.entries(keys.claims)) {
    const pk = (one: Row) => (typeof one[field] === 'string' ? claim(one[field]).pk : undefined);
    const others = [...rows].filter(([key, one]) => key.startsWith('user ') && one['id'] !== user['id']).map(([, one]) => pk(one));
    if (pk(user) !== undefined && others.includes(pk(user))) throw new RecordRefused('taken', 'user', field);
  }
}

const compare = (a: unknown, b: unknown): number => (a === b ? 0 : (a as number) < (b as number) ? -1 : 1);

function holds({ field, operator, value }: CleanedWhere, row: Row): boolean {
  const found = row[field] ?? null;
  if (operator === 'eq') return field === 'email' || field === 'handle' ? lower(found) === lower(value) : found === value;
  if (operator === 'ne') return found !== value;
  if (operator === 'in') return (value as unknown[]).includes(found);
  if (found === null || value === null) return false;
  const order = compare(found, value);
  return { lt: order < 0, lte: order <= 0, gt: order > 0, gte: order >= 0 }[operator as 'lt'];
}

const lower = (value: unknown): unknown => (typeof value === 'string' ? value.toLowerCase() : value);
