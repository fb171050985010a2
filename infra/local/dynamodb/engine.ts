/**
 * The DynamoDB room: dynoxide (Rust on SQLite) as a child process, with what it lacks mended from a second connection to its database.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { operator } from '../operator.ts';
import type { Closable, LocalClock, StackLog, StackModel } from '../ports.ts';
import { openDurable } from '../state-database.ts';
import { keepStreamsShort } from './streams.ts';
import { ensureTables } from './tables.ts';
import { expireItems } from './time-to-live.ts';

export interface DynamoDbOptions {
  readonly model: StackModel;
  readonly dataDirectory: string;
  readonly clock: Pick<LocalClock, 'now' | 'onShift'>;
  readonly log: StackLog;
  /** The oldest sequence number of a table's stream that some cursor still needs; undefined when nobody follows it. */
  readonly oldestNeeded?: (tableName: string) => bigint | undefined;
}

export interface DynamoDbRoom extends Closable {
  /** Where the engine answers, unsigned, for the gateway and the stack's own rooms. */
  readonly url: string;
  readonly pid: number;
}

/** Starts the engine on `<dataDirectory>/dynamodb/tables.db` and brings its tables to what the template says. */
export async function startDynamoDb(options: DynamoDbOptions): Promise<DynamoDbRoom> {
  const folder = join(options.dataDirectory, 'dynamodb');
  mkdirSync(folder, { recursive: true });
  const databaseFile = join(folder, 'tables.db');
  const port = await freePort();
  const child = spawnEngine(port, databaseFile);
  const url = `http://127.0.0.1:${port}`;
  try {
    await answering(child, url);
    const tables = await ensureTables(client(url), options.model);
    const database = openDurable(databaseFile);
    const housekeeping = [
      keepStreamsShort({ database, tables, oldestNeeded: options.oldestNeeded ?? (() => undefined), log: options.log }),
      expireItems({ database, url, tables, clock: options.clock, log: options.log }),
    ];
    return {
      url,
      pid: child.pid ?? 0,
      close: async () => {
        await Promise.all(housekeeping.map((task) => task.close()));
        database.close();
        await stop(child);
      },
    };
  } catch (error) {
    await stop(child);
    throw error;
  }
}

/**
 * A shell stands between, because the engine would outlive a killed supervisor: when the supervisor's end of the pipe closes, however that happens, the shell ends
 * the engine. A process group of its own keeps Ctrl-C from ending the engine before the stack has closed what writes to it.
 */
function spawnEngine(port: number, databaseFile: string): ChildProcess {
  const script = 'exec 3<&0; "$@" & engine=$!; (cat <&3 >/dev/null; kill "$engine" 2>/dev/null) & wait "$engine"';
  const args = [enginePath(), 'serve', '--host', '127.0.0.1', '--port', String(port), '--db-path', databaseFile];
  const child = spawn('/bin/sh', ['-c', script, 'sh', ...args], { stdio: ['pipe', 'ignore', 'ignore'], detached: true, env: {} });
  child.stdin?.on('error', () => {});
  return child;
}

/** `DYNOXIDE_BIN`, or the binary that npm installed for this platform. Throws a sentence that says what to do where there is none. */
export function enginePath(): string {
  const given = process.env['DYNOXIDE_BIN'];
  if (given) {
    if (!existsSync(given)) throw new Error(`DYNOXIDE_BIN names ${given}, which does not exist.`);
    return given;
  }
  try {
    const manifest = createRequire(import.meta.url).resolve('@dynoxide/linux-x64/package.json');
    return join(manifest, '..', 'dynoxide');
  } catch (cause) {
    throw new Error(
      `There is no DynamoDB engine for ${process.platform}-${process.arch} among the installed packages: build dynoxide 1.2 and name its binary in DYNOXIDE_BIN.`,
      { cause },
    );
  }
}

const startTimeoutMs = 10_000;

async function answering(child: ChildProcess, url: string): Promise<void> {
  const deadline = performance.now() + startTimeoutMs;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`dynoxide ended with code ${child.exitCode} before it answered: is its database damaged?`);
    try {
      await fetch(url);
      return;
    } catch {
      await sleep(10);
    }
  }
  throw new Error(`dynoxide did not answer on ${url} within ${startTimeoutMs / 1000} s.`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  child.stdin?.end();
  await exited;
}

function client(url: string): DynamoDBClient {
  return new DynamoDBClient({ endpoint: url, region: 'local', credentials: operator });
}

/** The engine cannot tell a port that it chose itself, so one is found for it. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
