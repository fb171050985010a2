/**
 * What the sandbox gateway remembers, in the stack's own database: it survives a restart together with its timers.
 */
import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Items, Kind } from './items.ts';
import { sandboxLimits } from './sandbox-limits.ts';

export interface SandboxStore {
  get<K extends Kind>(kind: K, id: string): Items[K] | undefined;
  /** The latest under that reference. */
  find<K extends Kind>(kind: K, reference: string): Items[K] | undefined;
  /** Newest first. */
  list<K extends Kind>(kind: K, reference?: string): Items[K][];
  /** All that is kept, newest first. */
  all<K extends Kind>(kind: K): Items[K][];
  put<K extends Kind>(kind: K, item: Items[K]): void;
  remove(kind: Kind): void;
  /** The same row of them for the same seed: 32 hexadecimal digits. */
  nextId(): string;
  /** All or nothing, with whatever else is done on the connection: timers too. */
  transaction<T>(work: () => T): T;
}

const schema = `
  CREATE TABLE IF NOT EXISTS sandbox_items (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    reference TEXT NOT NULL,
    value TEXT NOT NULL,
    UNIQUE (kind, id)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS sandbox_items_by_reference ON sandbox_items (kind, reference, number);
  CREATE INDEX IF NOT EXISTS sandbox_items_by_kind ON sandbox_items (kind, number);
  CREATE TABLE IF NOT EXISTS sandbox_ids (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), used INTEGER NOT NULL) STRICT;
  INSERT OR IGNORE INTO sandbox_ids VALUES (1, 0);
`;

export function sandboxStore(database: DatabaseSync, seed: string): SandboxStore {
  database.exec(schema);
  const get = database.prepare('SELECT value FROM sandbox_items WHERE kind = ? AND id = ?');
  const list = database.prepare('SELECT value FROM sandbox_items WHERE kind = ? ORDER BY number DESC LIMIT ?');
  // A statement of its own, for the index by reference: with thousands of charges open, one for both would read them all for each that is asked for.
  const listUnder = database.prepare('SELECT value FROM sandbox_items WHERE kind = ? AND reference = ? ORDER BY number DESC LIMIT ?');
  const put = database.prepare(
    `INSERT INTO sandbox_items (kind, id, reference, value) VALUES (?, ?, ?, ?)
     ON CONFLICT (kind, id) DO UPDATE SET reference = excluded.reference, value = excluded.value`,
  );
  const trim = database.prepare(
    `DELETE FROM sandbox_items WHERE kind = ?1 AND number <=
       (SELECT number FROM sandbox_items WHERE kind = ?1 ORDER BY number DESC LIMIT 1 OFFSET ?2)`,
  );
  const remove = database.prepare('DELETE FROM sandbox_items WHERE kind = ?');
  const take = database.prepare('UPDATE sandbox_ids SET used = used + 1 RETURNING used');
  const listed = <K extends Kind>(kind: K, reference: string | undefined, limit: number): Items[K][] =>
    (reference === undefined ? list.all(kind, limit) : listUnder.all(kind, reference, limit)).map(
      ({ value }) => JSON.parse(String(value)) as Items[K],
    );
  const puts = new Map<Kind, number>();
  return {
    get: <K extends Kind>(kind: K, id: string) => {
      const row = get.get(kind, id);
      return row === undefined ? undefined : (JSON.parse(String(row['value'])) as Items[K]);
    },
    find: (kind, reference) => listed(kind, reference, 1)[0],
    list: (kind, reference) => listed(kind, reference, sandboxLimits.listedMax),
    all: (kind) => listed(kind, undefined, sandboxLimits.itemsMax),
    put: (kind, item) => {
      put.run(kind, item.id, item.reference, JSON.stringify(item));
      const count = (puts.get(kind) ?? 0) + 1;
      puts.set(kind, count);
      // It walks over everything that is kept, which is too much for every put.
      if (count % sandboxLimits.putsPerTrim === 0) trim.run(kind, sandboxLimits.itemsMax);
    },
    remove: (kind) => void remove.run(kind),
    nextId: () =>
      createHash('sha256')
        .update(`${seed}:${String(take.get()?.['used'])}`)
        .digest('hex')
        .slice(0, 32),
    transaction: (work) => {
      database.exec('SAVEPOINT sandbox');
      try {
        const result = work();
        database.exec('RELEASE sandbox');
        return result;
      } catch (error) {
        database.exec('ROLLBACK TO sandbox; RELEASE sandbox');
        throw error;
      }
    },
  };
}

/** `9f2c…` as a UUID. */
export function uuidOf(id: string): string {
  return [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20, 32)].join('-');
}

/** Decimal digits out of an id. */
export function digitsOf(id: string, count: number): string {
  return BigInt(`0x${id}`).toString().slice(-count).padStart(count, '0');
}
