/**
 * The supervisor's own database, and the lock that keeps a second stack out of the data folder.
 *
 * WAL with `synchronous = NORMAL`: a commit is in the file system's hands when it returns, so a killed process loses nothing it has
 * acknowledged. Only a machine that loses power may lose the last instants, never its consistency; that is worth the twentyfold speed.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface StateDatabase {
  /** Rooms keep their tables in it: one connection, so that a room's state commits together with its timers. */
  readonly database: DatabaseSync;
  /** Random, made with the folder: what the secrets of this stack are derived from. */
  readonly seed: string;
  /** Also gives the folder free. */
  close(): void;
}

/** Somebody else runs on the data folder. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError';
}

/**
 * Opens `state.db` in the folder, which is made if need be. Throws `FolderInUseError` with the process id of the stack that holds it.
 * `fresh` empties the folder first, once it is sure that nobody runs on it.
 */
export function openStateDatabase(dataDirectory: string, { fresh = false } = {}): StateDatabase {
  mkdirSync(dataDirectory, { recursive: true });
  const lock = lockFolder(dataDirectory);
  try {
    if (fresh) empty(dataDirectory);
    const database = openDurable(join(dataDirectory, 'state.db'));
    return {
      database,
      seed: seedOf(database),
      close: () => {
        database.close();
        lock.close();
      },
    };
  } catch (error) {
    lock.close();
    throw error;
  }
}

const busyTimeoutMs = 5_000;

/** A database that survives `kill -9` with everything that was committed. */
export function openDurable(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: busyTimeoutMs });
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;');
  return database;
}

const lockFileName = 'stack.lock';
const pidFileName = 'stack.pid';

function empty(dataDirectory: string): void {
  for (const entry of readdirSync(dataDirectory)) {
    // SQLite keeps a journal beside the lock.
    if (!entry.startsWith(lockFileName) && entry !== pidFileName) rmSync(join(dataDirectory, entry), { recursive: true });
  }
}

/**
 * The operating system's lock on a file of SQLite's: it goes with the process, however that ends, so no stale lock is ever left to judge.
 * The process id beside it is only for the message.
 */
function lockFolder(dataDirectory: string): DatabaseSync {
  const pidFile = join(dataDirectory, pidFileName);
  const lock = new DatabaseSync(join(dataDirectory, lockFileName));
  try {
    lock.exec('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE;');
  } catch (error) {
    lock.close();
    if (!/locked|busy/i.test(String(error))) throw error;
    throw new FolderInUseError(`another stack ${holderOf(pidFile)} runs on ${dataDirectory}: stop it, or choose another folder`, {
      cause: error,
    });
  }
  writeFileSync(pidFile, `${process.pid}\n`);
  return lock;
}

function holderOf(pidFile: string): string {
  try {
    return `(process ${readFileSync(pidFile, 'utf8').trim()})`;
  } catch {
    return '(still starting)';
  }
}

function seedOf(database: DatabaseSync): string {
  database.exec('CREATE TABLE IF NOT EXISTS stack (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT');
  database.prepare(`INSERT OR IGNORE INTO stack VALUES ('seed', ?)`).run(randomBytes(32).toString('base64url'));
  return String(database.prepare(`SELECT value FROM stack WHERE key = 'seed'`).get()?.['value']);
}
