/**
 * The durable half of the clock: pending timers and the offset, as rows. Every call is one statement that commits by itself, or with
 * the transaction the caller has open on the same connection: a room can store its own state and its timer in one commit.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Timer } from '../ports.ts';

export interface StoredTimer extends Omit<Timer, 'payload'> {
  /** JSON: parsed by who needs it, since most looks at the next timers only compare instants. */
  readonly payloadText: string;
  /** Rises with every `put`, also when the id stays the same: tells a timer from the one that replaced it. */
  readonly sequence: number;
  /** When to fire it next: `dueAtMs`, or later after a failed attempt. */
  readonly fireAtMs: number;
  readonly attempts: number;
}

export interface TimerStore {
  offsetMs(): number;
  saveOffset(offsetMs: number): void;
  put(timer: Timer): void;
  cancel(timerId: string): void;
  /** Removes exactly this timer: one that took over its id in the meantime stays. */
  finish(timer: StoredTimer): void;
  retryAt(timer: StoredTimer, fireAtMs: number): void;
  /** In firing order, at most `limit`. */
  next(limit: number): StoredTimer[];
  /** The same of one kind, past any crowd of others. */
  nextOf(kind: string, limit: number): StoredTimer[];
  lastSequence(): number;
}

const schema = `
  CREATE TABLE IF NOT EXISTS timers (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    due_at_ms INTEGER NOT NULL,
    fire_at_ms INTEGER NOT NULL,
    payload TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0
  );
  CREATE INDEX IF NOT EXISTS timers_in_firing_order ON timers (fire_at_ms, sequence);
  CREATE INDEX IF NOT EXISTS timers_of_kind_in_firing_order ON timers (kind, fire_at_ms, sequence);
  CREATE TABLE IF NOT EXISTS clock_offset (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), offset_ms INTEGER NOT NULL);
`;

export function sqliteTimerStore(database: DatabaseSync): TimerStore {
  database.exec(schema);
  const selectOffset = database.prepare('SELECT offset_ms FROM clock_offset');
  const saveOffset = database.prepare(
    'INSERT INTO clock_offset (only_row, offset_ms) VALUES (1, ?) ON CONFLICT (only_row) DO UPDATE SET offset_ms = excluded.offset_ms',
  );
  const put = database.prepare('INSERT OR REPLACE INTO timers (id, kind, due_at_ms, fire_at_ms, payload) VALUES (?, ?, ?, ?, ?)');
  const cancel = database.prepare('DELETE FROM timers WHERE id = ?');
  const finish = database.prepare('DELETE FROM timers WHERE sequence = ?');
  const retry = database.prepare('UPDATE timers SET fire_at_ms = ?, attempts = attempts + 1 WHERE sequence = ?');
  const next = database.prepare('SELECT * FROM timers ORDER BY fire_at_ms, sequence LIMIT ?');
  const nextOf = database.prepare('SELECT * FROM timers WHERE kind = ? ORDER BY fire_at_ms, sequence LIMIT ?');
  const last = database.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'timers'");

  return {
    offsetMs: () => Number(selectOffset.get()?.['offset_ms'] ?? 0),
    saveOffset: (offsetMs) => void saveOffset.run(offsetMs),
    put: ({ id, kind, dueAtMs, payload }) => void put.run(id, kind, dueAtMs, dueAtMs, JSON.stringify(payload ?? null)),
    cancel: (timerId) => void cancel.run(timerId),
    finish: (timer) => void finish.run(timer.sequence),
    retryAt: (timer, fireAtMs) => void retry.run(fireAtMs, timer.sequence),
    next: (limit) => next.all(limit).map(fromRow),
    nextOf: (kind, limit) => nextOf.all(kind, limit).map(fromRow),
    lastSequence: () => Number(last.get()?.['seq'] ?? 0),
  };
}

function fromRow(row: Record<string, unknown>): StoredTimer {
  return {
    sequence: Number(row['sequence']),
    id: String(row['id']),
    kind: String(row['kind']),
    dueAtMs: Number(row['due_at_ms']),
    fireAtMs: Number(row['fire_at_ms']),
    payloadText: String(row['payload']),
    attempts: Number(row['attempts']),
  };
}
