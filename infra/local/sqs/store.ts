/**
 * Queues and messages on disk. Every change is committed when the call (or its transaction) returns, so nothing acknowledged is lost
 * when the process is killed. Times are milliseconds since the epoch, local stack time.
 */
import type { SQLInputValue, StatementSync } from 'node:sqlite';
import { openDurable } from '../state-database.ts';

export interface StoredQueue {
  readonly id: number;
  readonly name: string;
  /** JSON. */
  readonly attributes: string;
  /** JSON. */
  readonly tags: string;
  readonly created_ms: number;
  readonly modified_ms: number;
}

export interface StoredMessage extends NewMessage {
  readonly seq: number;
  readonly queue_id: number;
  readonly receive_count: number;
  readonly first_received_ms: number | null;
  readonly received_ms: number | null;
  /** What the latest receiver must show; null as long as nobody received it. */
  readonly receipt: string | null;
}

export interface NewMessage {
  readonly message_id: string;
  readonly body: string;
  /** JSON, or null. */
  readonly attributes: string | null;
  readonly trace_header: string | null;
  readonly sender_id: string;
  readonly sent_ms: number;
  /** When retention begins to count. */
  readonly enqueued_ms: number;
  /** From when on it can be received: after its delay, or when the visibility of its last receive ends. */
  readonly visible_ms: number;
  readonly group_id: string | null;
  readonly deduplication_id: string | null;
  /** ARN of the queue it failed in, when this is a dead-letter queue. */
  readonly dead_letter_source: string | null;
}

interface Counts {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

export interface MoveTask {
  readonly handle: string;
  readonly source: string;
  readonly destination: string | null;
  readonly per_second_max: number | null;
  readonly status: 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';
  readonly moved: number;
  readonly to_move: number;
  readonly started_ms: number;
  readonly failure: string | null;
}

const schema = `
  CREATE TABLE IF NOT EXISTS queues (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, attributes TEXT NOT NULL, tags TEXT NOT NULL,
    created_ms INTEGER NOT NULL, modified_ms INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS messages (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, queue_id INTEGER NOT NULL REFERENCES queues ON DELETE CASCADE,
    message_id TEXT NOT NULL, body TEXT NOT NULL, attributes TEXT, trace_header TEXT, sender_id TEXT NOT NULL,
    sent_ms INTEGER NOT NULL, enqueued_ms INTEGER NOT NULL, visible_ms INTEGER NOT NULL,
    group_id TEXT, deduplication_id TEXT, dead_letter_source TEXT,
    receive_count INTEGER NOT NULL DEFAULT 0, first_received_ms INTEGER, received_ms INTEGER, receipt TEXT
  ) STRICT;
  CREATE INDEX IF NOT EXISTS messages_in_turn ON messages (queue_id, visible_ms);
  CREATE INDEX IF NOT EXISTS messages_by_age ON messages (queue_id, enqueued_ms);
  CREATE INDEX IF NOT EXISTS messages_of_group ON messages (queue_id, group_id, visible_ms) WHERE group_id IS NOT NULL;
  CREATE TABLE IF NOT EXISTS deduplications (
    queue_id INTEGER NOT NULL REFERENCES queues ON DELETE CASCADE, scope TEXT NOT NULL, id TEXT NOT NULL,
    message_id TEXT NOT NULL, seq INTEGER NOT NULL, until_ms INTEGER NOT NULL,
    PRIMARY KEY (queue_id, scope, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS deduplications_by_end ON deduplications (queue_id, until_ms);
  CREATE TABLE IF NOT EXISTS move_tasks (
    handle TEXT PRIMARY KEY, source TEXT NOT NULL, destination TEXT, per_second_max INTEGER, status TEXT NOT NULL,
    moved INTEGER NOT NULL DEFAULT 0, to_move INTEGER NOT NULL, started_ms INTEGER NOT NULL, failure TEXT
  ) STRICT;
`;

export type MessageStore = ReturnType<typeof openMessageStore>;

const standardCandidates = 'SELECT * FROM messages WHERE queue_id = ? AND visible_ms <= ? ORDER BY visible_ms, seq LIMIT ?';

/** In a FIFO queue a message waits for all of its group that are in flight, and for earlier ones that are still delayed. */
const fifoCandidates = `
  SELECT * FROM messages AS m WHERE queue_id = ?1 AND visible_ms <= ?2 AND NOT EXISTS (
    SELECT 1 FROM messages AS other WHERE other.queue_id = ?1 AND other.group_id = m.group_id AND other.visible_ms > ?2
      AND (other.receipt IS NOT NULL OR other.seq < m.seq)
  ) ORDER BY seq LIMIT ?3`;

export function openMessageStore(file: string) {
  const database = openDurable(file);
  database.exec(schema);
  const statements = new Map<string, StatementSync>();
  const prepared = (sql: string): StatementSync => {
    const known = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, known);
    return known;
  };
  const run = (sql: string, ...values: SQLInputValue[]) => prepared(sql).run(...values);
  const get = (sql: string, ...values: SQLInputValue[]): unknown => prepared(sql).get(...values);
  const all = (sql: string, ...values: SQLInputValue[]): unknown[] => prepared(sql).all(...values);
  return {
    close: () => database.close(),
    /** All or nothing; not to be nested. */
    transaction<Result>(work: () => Result): Result {
      run('BEGIN IMMEDIATE');
      try {
        const result = work();
        run('COMMIT');
        return result;
      } catch (error) {
        run('ROLLBACK');
        throw error;
      }
    },
    ...queueRows({ run, get, all }),
    ...messageRows({ run, get, all }),
    ...deduplicationRows({ run, get, all }),
    ...moveTaskRows({ run, get, all }),
  };
}

interface Sql {
  readonly run: (
    sql: string,
    ...values: SQLInputValue[]
  ) => { readonly changes: number | bigint; readonly lastInsertRowid: number | bigint };
  /** Whoever asks knows the columns. */
  readonly get: (sql: string, ...values: SQLInputValue[]) => unknown;
  readonly all: (sql: string, ...values: SQLInputValue[]) => unknown[];
}

function queueRows({ run, get, all }: Sql) {
  return {
    queues: () => all('SELECT * FROM queues') as StoredQueue[],
    queueNamed: (name: string) => get('SELECT * FROM queues WHERE name = ?', name) as StoredQueue | undefined,
    addQueue: ({ name, attributes, tags, created_ms }: Omit<StoredQueue, 'id' | 'modified_ms'>) =>
      run(
        'INSERT INTO queues (name, attributes, tags, created_ms, modified_ms) VALUES (?, ?, ?, ?4, ?4)',
        name,
        attributes,
        tags,
        created_ms,
      ),
    changeQueue: (id: number, { attributes, tags, modified_ms }: Pick<StoredQueue, 'attributes' | 'tags' | 'modified_ms'>) =>
      run('UPDATE queues SET attributes = ?, tags = ?, modified_ms = ? WHERE id = ?', attributes, tags, modified_ms, id),
    removeQueue: (id: number) => run('DELETE FROM queues WHERE id = ?', id),
  };
}

const newColumns: readonly (keyof NewMessage)[] = [
  'message_id',
  'body',
  'attributes',
  'trace_header',
  'sender_id',
  'sent_ms',
  'enqueued_ms',
  'visible_ms',
  'group_id',
  'deduplication_id',
  'dead_letter_source',
];
const insertMessage = `INSERT INTO messages (queue_id, ${newColumns.join(', ')}) VALUES (?, ${newColumns.map(() => '?').join(', ')})`;

function messageRows({ run, get, all }: Sql) {
  return {
    addMessage: (queueId: number, message: NewMessage) =>
      Number(run(insertMessage, queueId, ...newColumns.map((column) => message[column])).lastInsertRowid),
    /** What can be received now, in the order to receive it. */
    candidates: (queueId: number, nowMs: number, { limit, fifo }: { readonly limit: number; readonly fifo: boolean }) =>
      all(fifo ? fifoCandidates : standardCandidates, queueId, nowMs, limit) as StoredMessage[],
    message: (seq: number) => get('SELECT * FROM messages WHERE seq = ?', seq) as StoredMessage | undefined,
    markReceived: (
      seq: number,
      { receipt, nowMs, visibleMs }: { readonly receipt: string; readonly nowMs: number; readonly visibleMs: number },
    ) =>
      run(
        `UPDATE messages SET receipt = ?1, visible_ms = ?2, received_ms = ?3, receive_count = receive_count + 1,
           first_received_ms = COALESCE(first_received_ms, ?3) WHERE seq = ?4`,
        receipt,
        visibleMs,
        nowMs,
        seq,
      ),
    changeVisible: (seq: number, visibleMs: number) => run('UPDATE messages SET visible_ms = ? WHERE seq = ?', visibleMs, seq),
    removeMessage: (seq: number) => run('DELETE FROM messages WHERE seq = ?', seq),
    removeMessages: (queueId: number) => run('DELETE FROM messages WHERE queue_id = ?', queueId),
    removeEnqueuedBefore: (queueId: number, beforeMs: number) =>
      run('DELETE FROM messages WHERE queue_id = ? AND enqueued_ms <= ?', queueId, beforeMs),
    counts(queueId: number, nowMs: number): Counts {
      const count = (condition: string) =>
        (get(`SELECT count(*) AS n FROM messages WHERE queue_id = ? AND ${condition}`, queueId, nowMs) as { n: number }).n;
      return {
        visible: count('visible_ms <= ?'),
        inFlight: count('visible_ms > ? AND receipt IS NOT NULL'),
        delayed: count('visible_ms > ? AND receipt IS NULL'),
      };
    },
    /** The next instant after `nowMs` at which a message of the queue can be received. */
    nextVisible: (queueId: number, nowMs: number): number | undefined =>
      (get(nextVisible, queueId, nowMs) as { readonly next: number | null }).next ?? undefined,
    /** Into another queue as the same message, receivable at once; its receives go on counting. */
    moveMessage: (seq: number, to: Pick<StoredMessage, 'queue_id' | 'enqueued_ms' | 'visible_ms' | 'dead_letter_source'>) =>
      run(
        'UPDATE messages SET queue_id = ?, enqueued_ms = ?, visible_ms = ?, dead_letter_source = ?, receipt = NULL WHERE seq = ?',
        to.queue_id,
        to.enqueued_ms,
        to.visible_ms,
        to.dead_letter_source,
        seq,
      ),
  };
}

const nextVisible = 'SELECT min(visible_ms) AS next FROM messages WHERE queue_id = ? AND visible_ms > ?';

interface Deduplication {
  readonly message_id: string;
  readonly seq: number;
  readonly until_ms: number;
}

function deduplicationRows({ run, get }: Sql) {
  return {
    deduplication: (queueId: number, scope: string, id: string) =>
      get('SELECT * FROM deduplications WHERE queue_id = ? AND scope = ? AND id = ?', queueId, scope, id) as Deduplication | undefined,
    noteDeduplication: (queueId: number, scope: string, note: { id: string; messageId: string; seq: number; untilMs: number }) =>
      run(
        'INSERT OR REPLACE INTO deduplications VALUES (?, ?, ?, ?, ?, ?)',
        queueId,
        scope,
        note.id,
        note.messageId,
        note.seq,
        note.untilMs,
      ),
    removeDeduplicationsUntil: (queueId: number, nowMs: number) =>
      run('DELETE FROM deduplications WHERE queue_id = ? AND until_ms <= ?', queueId, nowMs),
  };
}

function moveTaskRows({ run, get, all }: Sql) {
  return {
    addMoveTask: (task: MoveTask) =>
      run(
        'INSERT INTO move_tasks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
        task.handle,
        task.source,
        task.destination,
        task.per_second_max,
        task.status,
        task.moved,
        task.to_move,
        task.started_ms,
        task.failure,
      ),
    moveTask: (handle: string) => get('SELECT * FROM move_tasks WHERE handle = ?', handle) as MoveTask | undefined,
    runningMoveTasks: () => all(`SELECT * FROM move_tasks WHERE status = 'RUNNING'`) as MoveTask[],
    moveTasksFrom: (source: string, limit: number) =>
      all('SELECT * FROM move_tasks WHERE source = ? ORDER BY started_ms DESC LIMIT ?', source, limit) as MoveTask[],
    changeMoveTask: (handle: string, { status, moved, failure }: Pick<MoveTask, 'status' | 'moved' | 'failure'>) =>
      run('UPDATE move_tasks SET status = ?, moved = ?, failure = ? WHERE handle = ?', status, moved, failure, handle),
  };
}
