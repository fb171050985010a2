/**
 * Executions as rows: what was started, where each of its branches stands, and its history. Every change belongs to a transaction that
 * the interpreter opens, together with the timers that go with it.
 */
import type { DatabaseSync } from 'node:sqlite';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

export interface Execution {
  readonly arn: string;
  readonly machineArn: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  /** JSON. */
  readonly input: string;
  readonly output: string | undefined;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  readonly startedAtMs: number;
  readonly stoppedAtMs: number | undefined;
  /** The definition it runs to its end, whatever the template says by then. */
  readonly definition: string;
  readonly roleArn: string;
}

/**
 * - `ready`: at the door of its state
 * - `waiting`, `retrying`: until its timer
 * - `running`: its task was called
 * - `forked`: until the branches below it are done
 * - `done`: has its output, and waits for its siblings
 */
type Phase = 'ready' | 'waiting' | 'retrying' | 'running' | 'forked' | 'done';

/** One line of control: an execution begins with one, and Parallel and Map fork more. */
export interface Branch {
  readonly id: number;
  readonly executionArn: string;
  readonly parentId: number | undefined;
  /** Among its siblings: the branch of Parallel, the item of Map. */
  readonly position: number;
  /** Which graph it runs: state and graph number, from the machine's own graph downwards. */
  readonly graphPath: readonly (readonly [string, number])[];
  readonly state: string;
  /** Raw input of the state, JSON. */
  readonly input: string;
  readonly enteredAtMs: number;
  readonly phase: Phase;
  /** Rises with every change: what began before one finds that it comes too late. */
  readonly visit: number;
  /** Retries made, by retrier. */
  readonly retries: readonly number[];
  /** JSON of `$$.Map.Item`, in an iteration of Map. */
  readonly item: string | undefined;
  /** JSON of what a running task was called with, or of how far a Map has started its items. */
  readonly work: string | undefined;
  /** JSON, when done. */
  readonly output: string | undefined;
  readonly lastEventId: number;
}

export interface HistoryEvent {
  readonly id: number;
  readonly previousId: number;
  readonly atMs: number;
  readonly type: string;
  /** JSON of the member that the API gives the event, for example `{"stateEnteredEventDetails":{…}}`. */
  readonly details: string;
}

const schema = `
  CREATE TABLE IF NOT EXISTS state_definitions (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
  CREATE TABLE IF NOT EXISTS executions (
    arn TEXT PRIMARY KEY,
    machine_arn TEXT NOT NULL,
    name TEXT NOT NULL,
    status TEXT NOT NULL,
    input TEXT NOT NULL,
    output TEXT,
    error TEXT,
    cause TEXT,
    started_at_ms INTEGER NOT NULL,
    stopped_at_ms INTEGER,
    definition_id INTEGER NOT NULL REFERENCES state_definitions (id),
    role_arn TEXT NOT NULL,
    events INTEGER NOT NULL DEFAULT 0
  );
  CREATE INDEX IF NOT EXISTS executions_newest ON executions (machine_arn, started_at_ms DESC, arn DESC);
  CREATE INDEX IF NOT EXISTS executions_stopped ON executions (stopped_at_ms) WHERE stopped_at_ms IS NOT NULL;
  CREATE TABLE IF NOT EXISTS execution_branches (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    execution_arn TEXT NOT NULL,
    parent_id INTEGER,
    position INTEGER NOT NULL,
    graph_path TEXT NOT NULL,
    state TEXT NOT NULL,
    input TEXT NOT NULL,
    entered_at_ms INTEGER NOT NULL,
    phase TEXT NOT NULL,
    visit INTEGER NOT NULL DEFAULT 0,
    retries TEXT NOT NULL DEFAULT '[]',
    item TEXT,
    work TEXT,
    output TEXT,
    last_event_id INTEGER NOT NULL
  );
  CREATE INDEX IF NOT EXISTS branches_of_execution ON execution_branches (execution_arn);
  CREATE INDEX IF NOT EXISTS branches_below ON execution_branches (parent_id);
  CREATE INDEX IF NOT EXISTS branches_to_drive ON execution_branches (id) WHERE phase IN ('ready', 'running');
  CREATE TABLE IF NOT EXISTS execution_events (
    execution_arn TEXT NOT NULL,
    id INTEGER NOT NULL,
    previous_id INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    type TEXT NOT NULL,
    details TEXT NOT NULL,
    PRIMARY KEY (execution_arn, id)
  ) WITHOUT ROWID;
`;

type NewExecution = Pick<Execution, 'arn' | 'machineArn' | 'name' | 'input' | 'startedAtMs' | 'definition' | 'roleArn'>;
type NewBranch = Pick<
  Branch,
  'executionArn' | 'parentId' | 'position' | 'graphPath' | 'state' | 'input' | 'enteredAtMs' | 'item' | 'lastEventId'
>;
type BranchChange = Partial<Pick<Branch, 'state' | 'input' | 'enteredAtMs' | 'phase' | 'retries' | 'work' | 'output' | 'lastEventId'>>;
type Stop = Pick<Execution, 'status' | 'output' | 'error' | 'cause'> & { readonly stoppedAtMs: number };

export interface Page {
  readonly machineArn: string;
  readonly status: string | undefined;
  readonly limit: number;
  /** The last row of the page before. */
  readonly after: Pick<Execution, 'startedAtMs' | 'arn'> | undefined;
}

export class ExecutionStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    database.exec(schema);
  }

  /** All or nothing. */
  transaction<Result>(work: () => Result): Result {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#database.exec('COMMIT');
      return result;
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  addExecution(execution: NewExecution): void {
    this.#run('INSERT OR IGNORE INTO state_definitions (text) VALUES (?)', execution.definition);
    this.#run(
      `INSERT INTO executions (arn, machine_arn, name, status, input, started_at_ms, role_arn, definition_id)
       SELECT ?, ?, ?, 'RUNNING', ?, ?, ?, id FROM state_definitions WHERE text = ?`,
      execution.arn,
      execution.machineArn,
      execution.name,
      execution.input,
      execution.startedAtMs,
      execution.roleArn,
      execution.definition,
    );
  }

  execution(arn: string): Execution | undefined {
    const sql = 'SELECT e.*, d.text AS definition FROM executions e JOIN state_definitions d ON d.id = e.definition_id WHERE e.arn = ?';
    return this.#all(sql, arn).map(executionOf)[0];
  }

  /** Newest first. */
  executions({ machineArn, status, limit, after }: Page): Execution[] {
    const sql = `
      SELECT e.*, d.text AS definition FROM executions e JOIN state_definitions d ON d.id = e.definition_id
      WHERE machine_arn = ? AND (? IS NULL OR status = ?) AND (started_at_ms, arn) < (?, ?)
      ORDER BY started_at_ms DESC, arn DESC LIMIT ?`;
    const from = after ?? { startedAtMs: Number.MAX_SAFE_INTEGER, arn: '' };
    return this.#all(sql, machineArn, status ?? null, status ?? null, from.startedAtMs, from.arn, limit).map(executionOf);
  }

  stopExecution(arn: string, { status, output, error, cause, stoppedAtMs }: Stop): void {
    const sql = 'UPDATE executions SET status = ?, output = ?, error = ?, cause = ?, stopped_at_ms = ? WHERE arn = ?';
    this.#run(sql, status, output ?? null, error ?? null, cause ?? null, stoppedAtMs, arn);
  }

  /** With history; executions that run have branches besides, and are not for deletion. */
  deleteStoppedBefore(ms: number): void {
    const old = 'SELECT arn FROM executions WHERE stopped_at_ms < ?';
    this.#run(`DELETE FROM execution_events WHERE execution_arn IN (${old})`, ms);
    this.#run('DELETE FROM executions WHERE stopped_at_ms < ?', ms);
    this.#run('DELETE FROM state_definitions WHERE id NOT IN (SELECT definition_id FROM executions)');
  }

  addBranch(branch: NewBranch): number {
    const sql = `
      INSERT INTO execution_branches
        (execution_arn, parent_id, position, graph_path, state, input, entered_at_ms, phase, item, last_event_id)
      VALUES (?, ?, ?, ?, ?, ?, ?, 'ready', ?, ?)`;
    const { executionArn, parentId, position, graphPath, state, input, enteredAtMs, item, lastEventId } = branch;
    const path = JSON.stringify(graphPath);
    return this.#run(sql, executionArn, parentId ?? null, position, path, state, input, enteredAtMs, item ?? null, lastEventId);
  }

  branch(id: number): Branch | undefined {
    return this.#all('SELECT * FROM execution_branches WHERE id = ?', id).map(branchOf)[0];
  }

  branchesOf(executionArn: string): Branch[] {
    return this.#all('SELECT * FROM execution_branches WHERE execution_arn = ?', executionArn).map(branchOf);
  }

  /** By position. */
  branchesBelow(parentId: number): Branch[] {
    return this.#all('SELECT * FROM execution_branches WHERE parent_id = ? ORDER BY position', parentId).map(branchOf);
  }

  /** Those that a stopped process left with something to do at once. */
  branchesToDrive(): number[] {
    const sql = "SELECT id FROM execution_branches WHERE phase IN ('ready', 'running') ORDER BY id";
    return this.#all(sql).map(({ id }) => Number(id));
  }

  unfinishedBelow(parentId: number): number {
    const [row] = this.#all("SELECT COUNT(*) AS unfinished FROM execution_branches WHERE parent_id = ? AND phase <> 'done'", parentId);
    return Number(row?.['unfinished']);
  }

  changeBranch(branch: Branch, change: BranchChange): Branch {
    const changed = { ...branch, ...change, visit: branch.visit + 1 };
    this.#run(
      `UPDATE execution_branches SET state = ?, input = ?, entered_at_ms = ?, phase = ?, visit = ?, retries = ?, work = ?, output = ?,
         last_event_id = ? WHERE id = ?`,
      changed.state,
      changed.input,
      changed.enteredAtMs,
      changed.phase,
      changed.visit,
      JSON.stringify(changed.retries),
      changed.work ?? null,
      changed.output ?? null,
      changed.lastEventId,
      changed.id,
    );
    return changed;
  }

  deleteBranch(id: number): void {
    this.#run('DELETE FROM execution_branches WHERE id = ?', id);
  }

  /** Returns the id, which counts from 1 in each execution. */
  addEvent(executionArn: string, { previousId, atMs, type, details }: Omit<HistoryEvent, 'id'>): number {
    this.#run('UPDATE executions SET events = events + 1 WHERE arn = ?', executionArn);
    this.#run(
      'INSERT INTO execution_events SELECT arn, events, ?, ?, ?, ? FROM executions WHERE arn = ?',
      previousId,
      atMs,
      type,
      details,
      executionArn,
    );
    return this.eventCount(executionArn);
  }

  eventCount(executionArn: string): number {
    return Number(this.#all('SELECT events FROM executions WHERE arn = ?', executionArn)[0]?.['events'] ?? 0);
  }

  /** From the event with this id on, which is the first or the last of the page. */
  events(
    executionArn: string,
    { from, limit, reverse }: { readonly from: number; readonly limit: number; readonly reverse: boolean },
  ): HistoryEvent[] {
    const [compare, order] = reverse ? ['<=', 'DESC'] : ['>=', 'ASC'];
    const sql = `SELECT * FROM execution_events WHERE execution_arn = ? AND id ${compare} ? ORDER BY id ${order} LIMIT ?`;
    return this.#all(sql, executionArn, from, limit).map(eventOf);
  }

  #run(sql: string, ...values: (string | number | null)[]): number {
    return Number(this.#prepared(sql).run(...values).lastInsertRowid);
  }

  #all(sql: string, ...values: (string | number | null)[]): Row[] {
    return this.#prepared(sql).all(...values) as Row[];
  }

  readonly #statements = new Map<string, ReturnType<DatabaseSync['prepare']>>();

  #prepared(sql: string): ReturnType<DatabaseSync['prepare']> {
    const known = this.#statements.get(sql) ?? this.#database.prepare(sql);
    this.#statements.set(sql, known);
    return known;
  }
}

type Row = Readonly<Record<string, string | number | null>>;

function executionOf(row: Row): Execution {
  return {
    arn: String(row['arn']),
    machineArn: String(row['machine_arn']),
    name: String(row['name']),
    status: row['status'] as ExecutionStatus,
    input: String(row['input']),
    output: textOf(row['output']),
    error: textOf(row['error']),
    cause: textOf(row['cause']),
    startedAtMs: Number(row['started_at_ms']),
    stoppedAtMs: row['stopped_at_ms'] === null ? undefined : Number(row['stopped_at_ms']),
    definition: String(row['definition']),
    roleArn: String(row['role_arn']),
  };
}

function branchOf(row: Row): Branch {
  return {
    id: Number(row['id']),
    executionArn: String(row['execution_arn']),
    parentId: row['parent_id'] === null ? undefined : Number(row['parent_id']),
    position: Number(row['position']),
    graphPath: JSON.parse(String(row['graph_path'])) as Branch['graphPath'],
    state: String(row['state']),
    input: String(row['input']),
    enteredAtMs: Number(row['entered_at_ms']),
    phase: row['phase'] as Phase,
    visit: Number(row['visit']),
    retries: JSON.parse(String(row['retries'])) as number[],
    item: textOf(row['item']),
    work: textOf(row['work']),
    output: textOf(row['output']),
    lastEventId: Number(row['last_event_id']),
  };
}

function eventOf(row: Row): HistoryEvent {
  return {
    id: Number(row['id']),
    previousId: Number(row['previous_id']),
    atMs: Number(row['at_ms']),
    type: String(row['type']),
    details: String(row['details']),
  };
}

function textOf(value: Row[string] | undefined): string | undefined {
  return value === null || value === undefined ? undefined : String(value);
}
