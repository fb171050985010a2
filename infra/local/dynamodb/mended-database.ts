/**
 * What the engine's database lacks, from a second connection to it: an index on stream records, whose writes are quadratic without; an index
 * on expiry times; and the mark by which a stream tells a deletion by expiry from one by a client. Its statements are short, as both
 * connections wait for each other's commits.
 */
import type { SQLInputValue } from 'node:sqlite';
import { openDurable } from '../state-database.ts';
import type { TableDefinition } from './table-definitions.ts';

export interface ExpiredItem {
  /** In the attribute format of the API. */
  readonly key: Readonly<Record<string, unknown>>;
  /** The number as it is written in the item. */
  readonly expiresAt: string;
}

export type ExpiringTable = TableDefinition & { readonly expiryAttribute: string };

export interface MendedDatabase {
  /** Items that expired after `fromSeconds` and no later than `toSeconds`, oldest first. */
  expired(table: ExpiringTable, range: { readonly fromSeconds: number; readonly toSeconds: number; readonly limit: number }): ExpiredItem[];
  /** The first expiry after `afterSeconds`, in epoch seconds. */
  nextExpiry(table: ExpiringTable, afterSeconds: number): number | undefined;
  /** Deletions of these items that the stream records until `unmark` are the service's own. */
  mark(table: ExpiringTable, items: readonly ExpiredItem[]): void;
  unmark(): void;
  /** The newest stream record of a table, or undefined. */
  newestRecord(tableName: string): number | undefined;
  /** Drops records of a table's stream before a sequence number, at most `limit` of them; returns how many. */
  trimStream(tableName: string, beforeSequence: number, limit: number): number;
  close(): void;
}

const serviceIdentity = '{"type":"Service","principalId":"dynamodb.amazonaws.com"}';

export function openMendedDatabase(file: string, tables: readonly TableDefinition[]): MendedDatabase {
  const database = openDurable(file);
  database.exec(`
    CREATE INDEX IF NOT EXISTS xm_stream_order ON _stream_records (table_name, CAST(sequence_number AS INTEGER));
    CREATE INDEX IF NOT EXISTS xm_stream_shard ON _stream_records (table_name, shard_id, CAST(sequence_number AS INTEGER));
    CREATE TABLE IF NOT EXISTS xm_expiring (table_name TEXT, hash_value TEXT, range_value TEXT, PRIMARY KEY (table_name, hash_value, range_value)) WITHOUT ROWID;
    DELETE FROM xm_expiring;
  `);
  for (const table of tables) if (isExpiring(table)) database.exec(expiryMend(table));
  const statements = new Map<string, ReturnType<typeof database.prepare>>();
  const prepared = (sql: string) => {
    const known = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, known);
    return known;
  };
  const get = (sql: string, ...values: SQLInputValue[]) => prepared(sql).get(...values) as { readonly found: number | null } | undefined;
  return {
    expired: (table, { fromSeconds, toSeconds, limit }) => {
      const rows = prepared(candidates(table)).all(fromSeconds, toSeconds, limit) as {
        hash_value: string;
        range_value: string;
        expires_at: string;
      }[];
      return rows.map(({ hash_value, range_value, expires_at }) => ({
        key: keyOf(table, [hash_value, range_value]),
        expiresAt: expires_at,
      }));
    },
    nextExpiry: (table, afterSeconds) => {
      const { value, filter } = expirySql(table);
      return (
        get(`SELECT min(${value}) AS found FROM ${quoted(table.name)} WHERE ${filter} AND ${value} > ?`, afterSeconds)?.found ?? undefined
      );
    },
    mark: (table, items) => {
      if (table.streamView === undefined) return;
      const insert = prepared('INSERT OR IGNORE INTO xm_expiring VALUES (?, ?, ?)');
      database.exec('BEGIN IMMEDIATE');
      for (const { key } of items) insert.run(table.name, ...keyTexts(table, key));
      database.exec('COMMIT');
    },
    unmark: () => void prepared('DELETE FROM xm_expiring').run(),
    newestRecord: (tableName) =>
      get('SELECT max(CAST(sequence_number AS INTEGER)) AS found FROM _stream_records WHERE table_name = ?', tableName)?.found ?? undefined,
    trimStream: (tableName, beforeSequence, limit) =>
      Number(
        prepared(
          `DELETE FROM _stream_records WHERE id IN (SELECT id FROM _stream_records
             WHERE table_name = ? AND CAST(sequence_number AS INTEGER) < ? ORDER BY CAST(sequence_number AS INTEGER) LIMIT ?)`,
        ).run(tableName, beforeSequence, limit).changes,
      ),
    close: () => database.close(),
  };
}

export function isExpiring(table: TableDefinition): table is ExpiringTable {
  return table.expiryAttribute !== undefined;
}

/** The index covers items whose attribute is a number; AWS leaves others alone too. */
function expiryMend(table: ExpiringTable): string {
  const { value, filter } = expirySql(table);
  const [hash, range] = keyPaths(table);
  const sameKey = (row: string) =>
    `expiring.table_name = ${row}.table_name AND expiring.hash_value = json_extract(${row}.keys_json, ${hash})
     AND expiring.range_value = ${range === undefined ? `''` : `json_extract(${row}.keys_json, ${range})`}`;
  // The attribute is part of the name: another attribute gets an index of its own.
  return `
    CREATE INDEX IF NOT EXISTS ${quoted(`xm_expiry_${table.name}_${table.expiryAttribute}`)} ON ${quoted(table.name)} (${value}) WHERE ${filter};
    DROP TRIGGER IF EXISTS ${quoted(`xm_expired_${table.name}`)};
    CREATE TRIGGER ${quoted(`xm_expired_${table.name}`)} AFTER INSERT ON _stream_records
      WHEN NEW.table_name = ${literal(table.name)} AND NEW.event_name = 'REMOVE' AND EXISTS (SELECT 1 FROM xm_expiring AS expiring WHERE ${sameKey('NEW')})
      BEGIN UPDATE _stream_records SET user_identity = ${literal(serviceIdentity)} WHERE id = NEW.id; END;
  `;
}

function candidates(table: ExpiringTable): string {
  const { value, raw, filter } = expirySql(table);
  const [hash, range] = keyPaths(table);
  return `
    SELECT json_extract(item_json, ${hash}) AS hash_value, ${range === undefined ? `''` : `json_extract(item_json, ${range})`} AS range_value, ${raw} AS expires_at
    FROM ${quoted(table.name)} WHERE ${filter} AND ${value} > ? AND ${value} <= ? ORDER BY ${value} LIMIT ?`;
}

function expirySql({ expiryAttribute }: ExpiringTable) {
  const raw = `json_extract(item_json, ${jsonPath(expiryAttribute, 'N')})`;
  return { raw, value: `CAST(${raw} AS INTEGER)`, filter: `${raw} IS NOT NULL` };
}

function keyPaths({ keySchema }: TableDefinition): [string, string | undefined] {
  const path = (type: string) => {
    const element = keySchema.find(({ KeyType }) => KeyType === type);
    return element && jsonPath(element.AttributeName);
  };
  return [path('HASH') ?? '', path('RANGE')];
}

function keyOf({ keySchema }: TableDefinition, values: readonly string[]): Readonly<Record<string, unknown>> {
  const ordered = keySchema.toSorted((a, b) => (a.KeyType < b.KeyType ? -1 : 1));
  return Object.fromEntries(ordered.map(({ AttributeName }, index) => [AttributeName, JSON.parse(values[index] ?? 'null') as unknown]));
}

function keyTexts({ keySchema }: TableDefinition, key: ExpiredItem['key']): [string, string] {
  const textOf = (type: string) => {
    const element = keySchema.find(({ KeyType }) => KeyType === type);
    return element === undefined ? '' : JSON.stringify(key[element.AttributeName]);
  };
  return [textOf('HASH'), textOf('RANGE')];
}

/** As an SQL literal: `'$."pk"."S"'`. */
function jsonPath(...names: string[]): string {
  const broken = names.find((name) => name.includes('"'));
  if (broken !== undefined) throw new Error(`attribute name ${broken} cannot be looked up in the engine's database`);
  return literal(`$${names.map((name) => `."${name}"`).join('')}`);
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}
