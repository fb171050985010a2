/**
 * The engine finds stream records without an index and keeps them for ever, which makes every write to a followed table slower than the one before. This gives
 * it the indexes and lets go of what nobody needs.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Closable, StackLog } from '../ports.ts';
import type { Table } from './tables.ts';

export interface StreamOptions {
  readonly database: DatabaseSync;
  readonly tables: readonly Table[];
  readonly oldestNeeded: (tableName: string) => bigint | undefined;
  readonly log: StackLog;
}

const trimEveryMs = 30_000;
/** As long as DynamoDB keeps a stream record. */
const keptSeconds = 24 * 3600;

/** Creates the indexes and trims every half minute: what every cursor has passed, or, where nobody follows, what is older than a day. */
export function keepStreamsShort(options: StreamOptions): Closable {
  const { database, log } = options;
  database.exec(`
    CREATE INDEX IF NOT EXISTS xm_stream_by_sequence ON _stream_records (table_name, CAST(sequence_number AS INTEGER));
    CREATE INDEX IF NOT EXISTS xm_stream_by_shard ON _stream_records (shard_id, CAST(sequence_number AS INTEGER));
  `);
  const timer = setInterval(() => {
    try {
      trim(options);
    } catch (error) {
      log.warn('dynamodb', `trimming stream records failed, trying again later: ${String(error)}`);
    }
  }, trimEveryMs);
  timer.unref();
  return { close: async () => clearInterval(timer) };
}

/** The newest record of a table always stays: the engine counts on from it. */
export function trim({ database, tables, oldestNeeded }: Omit<StreamOptions, 'log'>): void {
  const passed = database.prepare(`
    DELETE FROM _stream_records WHERE table_name = :table AND CAST(sequence_number AS INTEGER) < :needed
      AND CAST(sequence_number AS INTEGER) < (SELECT MAX(CAST(sequence_number AS INTEGER)) FROM _stream_records WHERE table_name = :table)`);
  const old = database.prepare(`
    DELETE FROM _stream_records WHERE table_name = :table AND created_at < unixepoch() - ${keptSeconds}
      AND CAST(sequence_number AS INTEGER) < (SELECT MAX(CAST(sequence_number AS INTEGER)) FROM _stream_records WHERE table_name = :table)`);
  for (const { name: table, streamed } of tables) {
    if (!streamed) continue;
    const needed = oldestNeeded(table);
    if (needed === undefined) old.run({ table });
    else passed.run({ table, needed });
  }
}
