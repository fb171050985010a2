/** How far each lane of a stream mapping has come: the sequence number of the last record that it is done with. */
import type { DatabaseSync } from 'node:sqlite';

/** The place before the first record. */
export const horizon = '0';

export interface LaneAddress {
  readonly mapping: string;
  readonly streamArn: string;
  readonly lanes: number;
  readonly lane: number;
}

const schema = `
  CREATE TABLE IF NOT EXISTS stream_cursors (
    mapping TEXT NOT NULL,
    stream_arn TEXT NOT NULL,
    lanes INTEGER NOT NULL,
    lane INTEGER NOT NULL,
    sequence_number TEXT NOT NULL,
    PRIMARY KEY (mapping, lane)
  )
`;

export class StreamCursors {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    database.exec(schema);
  }

  /**
   * The cursors of a mapping's lanes. When their number has changed, all begin where the slowest of the former stood: some records come
   * again, none is left out. Undefined for a mapping that never ran on this stream.
   */
  open({ mapping, streamArn, lanes }: Omit<LaneAddress, 'lane'>): string[] | undefined {
    const rows = this.#database
      .prepare('SELECT lanes, sequence_number FROM stream_cursors WHERE mapping = ? AND stream_arn = ? ORDER BY lane')
      .all(mapping, streamArn);
    const cursors = rows.map((row) => String(row['sequence_number']));
    const [first] = cursors;
    if (first === undefined) return undefined;
    if (Number(rows[0]?.['lanes']) === lanes) return cursors;
    return this.restart(
      { mapping, streamArn, lanes },
      cursors.reduce((least, cursor) => (BigInt(cursor) < BigInt(least) ? cursor : least), first),
    );
  }

  /** Sets all lanes of a mapping to one place. */
  restart({ mapping, streamArn, lanes }: Omit<LaneAddress, 'lane'>, cursor: string): string[] {
    this.#database.exec('BEGIN IMMEDIATE');
    this.#database.prepare('DELETE FROM stream_cursors WHERE mapping = ?').run(mapping);
    for (let lane = 0; lane < lanes; lane++) this.save({ mapping, streamArn, lanes, lane }, cursor);
    this.#database.exec('COMMIT');
    return Array.from({ length: lanes }, () => cursor);
  }

  save({ mapping, streamArn, lanes, lane }: LaneAddress, cursor: string): void {
    this.#database.prepare('INSERT OR REPLACE INTO stream_cursors VALUES (?, ?, ?, ?, ?)').run(mapping, streamArn, lanes, lane, cursor);
  }
}
