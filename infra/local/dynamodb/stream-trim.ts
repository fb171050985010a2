import type { MendedDatabase } from './mended-database.ts';

/** Tells the sequence number from which on a reader of a stream still needs its records; undefined while it does not know. */
export type NeededFrom = () => number | undefined;

export interface StreamTrim {
  /** Nothing that a reader still needs is dropped. */
  hold(tableName: string, neededFrom: NeededFrom): void;
  trim(): void;
  close(): void;
}

const trimEveryMs = 30_000;
/** Records kept behind the readers, for whoever looks at a stream by hand. */
const keptRecords = 1_000;
/** Dropped per statement, so that the engine's writes do not wait long. */
const droppedPerTrim = 2_000;

/**
 * Drops records of streams that everybody has read, as AWS does after a day: the engine itself never does. A stream that the template gives a
 * reader is left alone until that reader says where it stands.
 */
export function startStreamTrim(
  database: MendedDatabase,
  tables: readonly { readonly name: string; readonly hasReaders: boolean }[],
): StreamTrim {
  const holds = new Map<string, NeededFrom[]>();
  const trim = (): void => {
    for (const { name, hasReaders } of tables) {
      const readers = holds.get(name) ?? [];
      if (hasReaders && readers.length === 0) continue;
      const newest = database.newestRecord(name);
      const needed = readers.map((neededFrom) => neededFrom());
      if (newest === undefined || needed.includes(undefined)) continue;
      const before = Math.min(newest - keptRecords, ...needed.filter((sequence) => sequence !== undefined));
      if (before > 0) database.trimStream(name, before, droppedPerTrim);
    }
  };
  const timer = setInterval(trim, trimEveryMs);
  timer.unref();
  return {
    hold: (tableName, neededFrom) => holds.set(tableName, [...(holds.get(tableName) ?? []), neededFrom]),
    trim,
    close: () => clearInterval(timer),
  };
}
