/**
 * The metadata of the local S3: one SQLite file, written ahead (WAL).
 *
 * `synchronous = NORMAL` hands every commit to the operating system before the answer goes out, so an acknowledged write outlives `kill -9`;
 * a loss of power can take the last commits, but never corrupts. Content is flushed before its row is written, so a row that is there has its bytes.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, StatementSync } from 'node:sqlite';

/** Keys are TEXT: SQLite compares their UTF-8 bytes, which is the order S3 lists in. */
const schema = `
  CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS buckets (
    name TEXT PRIMARY KEY,
    created_ms INTEGER NOT NULL,
    versioning TEXT NOT NULL,      -- '', 'Enabled' or 'Suspended'
    config TEXT NOT NULL           -- JSON: CORS, notifications, lifecycle
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS versions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    bucket TEXT NOT NULL,
    key TEXT NOT NULL,
    version_id TEXT NOT NULL,      -- 'null' where versioning is off
    latest INTEGER NOT NULL,
    delete_marker INTEGER NOT NULL,
    size INTEGER NOT NULL,
    etag TEXT NOT NULL,            -- without quotes
    modified_ms INTEGER NOT NULL,
    noncurrent_ms INTEGER,         -- when another version replaced it
    part_count INTEGER NOT NULL,   -- 0 unless uploaded in parts
    attributes TEXT NOT NULL       -- JSON: headers, metadata, tags, checksum
  ) STRICT;
  CREATE INDEX IF NOT EXISTS versions_by_key ON versions (bucket, key, id DESC);
  CREATE UNIQUE INDEX IF NOT EXISTS latest_by_key ON versions (bucket, key) WHERE latest = 1;
  CREATE TABLE IF NOT EXISTS segments (
    version INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,        -- offset within the object
    size INTEGER NOT NULL,
    file TEXT NOT NULL,
    checksum TEXT,                 -- of the part it was, base64
    PRIMARY KEY (version, ordinal)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS segments_by_file ON segments (file);
  CREATE TABLE IF NOT EXISTS uploads (
    id TEXT PRIMARY KEY,           -- begins with its time
    bucket TEXT NOT NULL,
    key TEXT NOT NULL,
    initiated_ms INTEGER NOT NULL,
    checksum_algorithm TEXT NOT NULL,
    checksum_type TEXT NOT NULL,
    attributes TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS uploads_by_key ON uploads (bucket, key, id);
  CREATE TABLE IF NOT EXISTS parts (
    upload TEXT NOT NULL,
    number INTEGER NOT NULL,
    size INTEGER NOT NULL,
    etag TEXT NOT NULL,
    checksum TEXT NOT NULL,        -- base64, of the upload's algorithm
    modified_ms INTEGER NOT NULL,
    file TEXT,                     -- NULL for an empty part
    PRIMARY KEY (upload, number)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS small_contents (
    file TEXT PRIMARY KEY,         -- as segments and parts name it
    bytes BLOB NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS parts_by_file ON parts (file);
  CREATE TABLE IF NOT EXISTS outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    bucket TEXT NOT NULL,
    rule_id TEXT NOT NULL,
    target_arn TEXT NOT NULL,
    event TEXT NOT NULL            -- JSON of the record, without its sequencer
  ) STRICT;
`;

/** A predecessor that was just killed may still hold the lock for an instant. */
const lockWaitMs = 5_000;

/** Raised with every change of the schema. There is no way from one to the next: the data of a local stack can be made again. */
const schemaVersion = 2;

export type Row = Readonly<Record<string, string | number | Uint8Array | null>>;

export interface Database {
  /** How often this folder was opened, this time included. */
  readonly generation: number;
  get(sql: string, ...values: SQLInputValue[]): Row | undefined;
  all(sql: string, ...values: SQLInputValue[]): Row[];
  /** Reads row by row; leaving the loop early ends the query. */
  each(sql: string, ...values: SQLInputValue[]): Iterable<Row>;
  run(sql: string, ...values: SQLInputValue[]): { readonly changes: number; readonly lastId: number };
  /** All or nothing. Not to be nested, nor to await in. */
  transaction<T>(work: () => T): T;
  close(): void;
}

export function openDatabase(directory: string): Database {
  mkdirSync(directory, { recursive: true });
  const database = new DatabaseSync(join(directory, 's3.db'), { timeout: lockWaitMs });
  database.exec(`
    PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY;
  `);
  requireVersion(database, directory);
  database.exec(schema);
  const generation = database
    .prepare(
      `INSERT INTO meta VALUES ('generation', '1')
       ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT) RETURNING value`,
    )
    .get()!['value'];

  const statements = new Map<string, StatementSync>();
  const prepare = (sql: string) => {
    const known = statements.get(sql);
    if (known) return known;
    const statement = database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  return {
    generation: Number(generation),
    get: (sql, ...values) => prepare(sql).get(...values) as Row | undefined,
    all: (sql, ...values) => prepare(sql).all(...values) as Row[],
    each: (sql, ...values) => prepare(sql).iterate(...values) as Iterable<Row>,
    run(sql, ...values) {
      const { changes, lastInsertRowid } = prepare(sql).run(...values);
      return { changes: Number(changes), lastId: Number(lastInsertRowid) };
    },
    transaction(work) {
      prepare('BEGIN IMMEDIATE').run();
      try {
        const result = work();
        prepare('COMMIT').run();
        return result;
      } catch (error) {
        prepare('ROLLBACK').run();
        throw error;
      }
    },
    close: () => database.close(),
  };
}

function requireVersion(database: DatabaseSync, directory: string): void {
  const found = Number(database.prepare('PRAGMA user_version').get()!['user_version']);
  const isNew = database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
  if (isNew) database.exec(`PRAGMA user_version = ${schemaVersion}`);
  else if (found !== schemaVersion) {
    throw new Error(
      `${directory} was written by another version of the local S3 (schema ${found}, this one has ${schemaVersion}); start with a fresh folder`,
    );
  }
}
