/**
 * The engine as a child process: DynamoDB's protocol over SQLite. It dies with its parent however that ends, and comes back when it
 * dies by itself.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import type { Closable, StackLog } from '../ports.ts';

export interface EngineProcess extends Closable {
  readonly url: string;
}

export interface EngineProcessOptions {
  readonly binary: string;
  readonly databaseFile: string;
  /** Holds the engine's process id while it runs. */
  readonly pidFile: string;
  readonly log: StackLog;
}

const startMsMax = 10_000;
const stopMsMax = 5_000;
const portTriesMax = 5;
const pollMs = 5;
/** Crashes within a minute after which it is left down: something is wrong that a restart does not mend. */
const crashesMax = 5;
const crashWindowMs = 60_000;

/**
 * The shell waits for the engine; beside it a reader waits for the end of the pipe from the parent, which the system closes even when the
 * parent is killed, and then ends the engine. No child outlives the stack to hold its database.
 */
const guard = `
  exec 3<&0
  "$@" </dev/null >/dev/null 2>&1 3<&- &
  engine=$!
  echo $engine > "$ENGINE_PID_FILE"
  trap 'kill -TERM $engine' TERM
  (cat <&3 >/dev/null; kill -KILL $engine) 2>/dev/null &
  exec 3<&-
  wait $engine
`;

/** Path of the engine: `DYNOXIDE_BIN`, or the package for this platform. Throws with what to do where there is neither. */
export function engineBinary(environment: NodeJS.ProcessEnv = process.env): string {
  const given = environment['DYNOXIDE_BIN'];
  if (given !== undefined && given !== '') {
    if (existsSync(given)) return given;
    throw new Error(`DYNOXIDE_BIN names ${given}, which does not exist.`);
  }
  try {
    return createRequire(import.meta.url).resolve('@dynoxide/linux-x64/dynoxide');
  } catch (error) {
    throw new Error(
      `No DynamoDB engine for ${process.platform}-${process.arch}: the package @dynoxide/linux-x64 is for Linux on x64 only. ` +
        'Build or download dynoxide 1.2.1 (https://github.com/nubo-db/dynoxide) and set DYNOXIDE_BIN to it.',
      { cause: error },
    );
  }
}

/** Resolves once the engine answers. */
export async function startEngineProcess(options: EngineProcessOptions): Promise<EngineProcess> {
  await endStale(options);
  for (let tries = 1; ; tries++) {
    const port = await freePort();
    const child = launch(options, port);
    if (await answers(child, port)) return supervise(child, port, options);
    await end(child);
    if (tries === portTriesMax) throw new Error(`${options.binary} does not start: is it a dynoxide 1.2 for this machine?`);
  }
}

function launch({ binary, databaseFile, pidFile }: EngineProcessOptions, port: number): ChildProcess {
  const args = [binary, 'serve', '--host', '127.0.0.1', '--port', String(port), '--db-path', databaseFile];
  return spawn('sh', ['-c', guard, 'sh', ...args], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { ...process.env, ENGINE_PID_FILE: pidFile },
    // Not in the terminal's process group: Ctrl-C is for the stack, which then ends the engine in its turn.
    detached: true,
  });
}

async function answers(child: ChildProcess, port: number): Promise<boolean> {
  const until = Date.now() + startMsMax;
  while (child.exitCode === null && child.signalCode === null && Date.now() < until) {
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/`);
      if ((await answer.text()).startsWith('healthy')) return true;
    } catch {
      // Not listening yet.
    }
    await pause(pollMs);
  }
  return false;
}

function supervise(first: ChildProcess, port: number, options: EngineProcessOptions): EngineProcess {
  let child = first;
  let closing = false;
  let crashes: number[] = [];
  const watch = (watched: ChildProcess): void => {
    watched.once('exit', (code, signal) => {
      if (closing) return;
      crashes = [...crashes.filter((at) => at > Date.now() - crashWindowMs), Date.now()];
      const again = crashes.length <= crashesMax;
      options.log.warn('dynamodb', `the engine ended (${signal ?? `code ${code}`}); ${again ? 'it is started again' : 'it stays down'}`);
      if (!again) return;
      child = launch(options, port);
      watch(child);
    });
  };
  watch(first);
  return {
    url: `http://127.0.0.1:${port}/`,
    close: async () => {
      closing = true;
      await end(child);
      rmSync(options.pidFile, { force: true });
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => {
    child.once('exit', resolve);
  });
  child.kill('SIGTERM');
  const patience = setTimeout(() => child.stdin?.end(), stopMsMax);
  await ended;
  clearTimeout(patience);
  child.stdin?.end();
}

/** An engine whose guard was killed too may still hold the database. It is ended only if it is certainly ours: same file on its command line. */
async function endStale({ pidFile, databaseFile }: EngineProcessOptions): Promise<void> {
  const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : Number.NaN;
  if (!Number.isInteger(pid) || pid <= 1) return;
  const until = Date.now() + stopMsMax;
  while (commandLine(pid).includes(databaseFile)) {
    if (Date.now() > until) throw new Error(`An engine of an earlier start (process ${pid}) still holds ${databaseFile} and does not end.`);
    process.kill(pid, 'SIGKILL');
    await pause(pollMs);
  }
}

/** Empty for a process that is gone, or dead and not yet reaped. Slim systems have no `ps`, others no `/proc`. */
function commandLine(pid: number): string {
  try {
    if (existsSync('/proc/self/cmdline')) return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return '';
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}
