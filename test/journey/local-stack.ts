/**
 * The whole local stack as its user starts it: a process of its own on a data folder of its own.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { S3Client } from '@aws-sdk/client-s3';
import { root } from '#infra/build.ts';
import { isAlive } from '#infra/in-turn.ts';
import { operator } from '#infra/local/operator.ts';
import { mintToken } from '#infra/local/token-issuer.ts';

export interface RunningStack {
  readonly dataDirectory: string;
  readonly api: string;
  readonly backoffice: string;
  readonly depositPage: string;
  /** The payment gateways' stand-in. */
  readonly sandbox: string;
  /** DynamoDB, SQS, Step Functions and EventBridge. */
  readonly gateway: string;
  readonly s3: S3Client;
  readonly bucket: string;
  /** What the process has printed so far. */
  output(): string;
  /** GET of the API with a token of these roles; no Authorization header for an empty list. */
  get(path: string, roles?: readonly string[]): Promise<Response>;
  token(...roles: string[]): Promise<string>;
  advance(duration: string): Promise<void>;
  /** Ctrl-C; resolves with the exit code. */
  stop(): Promise<number | null>;
  /** kill -9 of the supervisor alone. */
  kill(): Promise<void>;
  /** The same folder and ports, started again. */
  restart(): Promise<RunningStack>;
  /** Stops what runs and removes the folder. */
  dispose(): Promise<void>;
}

/** Two minutes were too few for a demo among thirty busy processes. */
const startMsMax = 220_000;

export function startLocalStack(...args: string[]): Promise<RunningStack> {
  return startLocalStackOn(mkdtempSync(join(tmpdir(), 'xm-journey-')), { args });
}

interface Start {
  /** Of `npm start`, besides folder and ports. */
  readonly args?: readonly string[];
  /** Aborts when the stack has to be up. */
  readonly limit?: AbortSignal;
}

/** The same on a folder of its own that may hold something. A stack that does not start leaves neither process nor folder. */
export async function startLocalStackOn(
  dataDirectory: string,
  { args = [], limit = AbortSignal.timeout(startMsMax) }: Start = {},
): Promise<RunningStack> {
  try {
    return await start({ dataDirectory, port: await freePorts(6), args }, limit);
  } catch (error) {
    rmSync(dataDirectory, { recursive: true, force: true });
    throw error;
  }
}

interface Place {
  readonly dataDirectory: string;
  readonly port: number;
  readonly args: readonly string[];
}

async function start(place: Place, limit = AbortSignal.timeout(startMsMax)): Promise<RunningStack> {
  const { dataDirectory, port } = place;
  const { child, output } = await launch(place, limit);
  const url = (offset: number): string => `http://127.0.0.1:${port + offset}`;
  const s3 = new S3Client({ endpoint: url(2), region: 'ap-southeast-3', credentials: operator, forcePathStyle: true });
  const token = async (...roles: string[]): Promise<string> => {
    const { now } = (await (await fetch(`${url(0)}/_local/clock`)).json()) as { now: string };
    return mintToken(dataDirectory, { roles, lifetimeMinutes: 60, nowMs: Date.parse(now) });
  };
  const stack: RunningStack = {
    dataDirectory,
    api: url(0),
    backoffice: url(1),
    depositPage: url(4),
    sandbox: url(5),
    gateway: url(3),
    s3,
    bucket: /s3:\/\/(\S+)/.exec(output())?.[1] ?? '',
    output,
    token,
    get: async (path, roles = ['ops']) =>
      fetch(`${url(0)}${path}`, roles.length > 0 ? { headers: { authorization: `Bearer ${await token(...roles)}` } } : {}),
    advance: async (duration) => {
      const answer = await fetch(`${url(0)}/_local/clock`, { method: 'POST', body: JSON.stringify({ advance: duration }) });
      if (!answer.ok) throw new Error(`The clock answered ${answer.status}: ${await answer.text()}`);
    },
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        process.kill(-(child.pid ?? 0), 'SIGINT');
        await exited(child);
      }
      return child.exitCode;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exited(child);
    },
    restart: async () => {
      await stack.stop();
      return start(place);
    },
    dispose: async () => {
      s3.destroy();
      await stack.stop();
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
  return stack;
}

interface Launched {
  readonly child: ChildProcess;
  /** What it has printed so far. */
  readonly output: () => string;
}

/** Resolves once it tells what to try next. Rejects, with nothing left running, when it ends before that or the limit is over. */
async function launch({ dataDirectory, port, args }: Place, limit: AbortSignal): Promise<Launched> {
  const program = ['--disable-warning=ExperimentalWarning', 'infra/local/main.ts'];
  const options = ['--data', dataDirectory, '--port', String(port), ...args];
  // A process group of its own, so that a signal can be sent as a terminal does: to the supervisor and all it has started.
  const child = spawn(process.execPath, [...program, ...options], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let printed = '';
  child.stdout.on('data', (chunk) => (printed += String(chunk)));
  child.stderr.on('data', (chunk) => (printed += String(chunk)));
  const began = performance.now();
  while (!printed.includes('Try next')) {
    const hasEnded = child.exitCode !== null || child.signalCode !== null;
    if (hasEnded || limit.aborted) {
      const what = hasEnded ? `ended with ${child.exitCode ?? child.signalCode}` : 'was not up';
      const seconds = ((performance.now() - began) / 1_000).toFixed(1);
      await endAtOnce(child, dataDirectory);
      throw new Error(`The stack ${what} after ${seconds} s. The last it said:\n${lastLines(printed)}`);
    }
    await sleep(50);
  }
  return { child, output: () => printed };
}

const lastLines = (text: string): string => text.trimEnd().split('\n').slice(-20).join('\n');

const engineEndMsMax = 20_000;

/** Kills the supervisor and its group. The engine has a group of its own and ends by itself when the supervisor is gone: that is waited for. */
async function endAtOnce(child: ChildProcess, dataDirectory: string): Promise<void> {
  if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGKILL');
  await exited(child);
  await until(() => !isEngineAlive(dataDirectory), engineEndMsMax);
}

function isEngineAlive(dataDirectory: string): boolean {
  const pidFile = join(dataDirectory, 'engines', 'dynamodb.pid');
  const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0;
  return pid > 0 && isAlive(pid);
}

/** Asks until the answer is true; the error says how long it waited. */
export async function until(holds: () => boolean | Promise<boolean>, millisecondsMax = 60_000): Promise<void> {
  const deadline = performance.now() + millisecondsMax;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`It did not come true within ${millisecondsMax / 1000} s.`);
    await sleep(50);
  }
}

/** What a function has logged on this data folder, over all starts. */
export function functionLog(stack: RunningStack, name: string): string {
  return readFileSync(join(stack.dataDirectory, 'logs', `${name}.log`), 'utf8');
}

function exited(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
  });
}

/** The first of several neighbouring ports that are free, below the range that systems hand out by themselves. */
async function freePorts(count: number): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const first = 12_000 + Math.floor(Math.random() * 1_800) * 10;
    const free = await Promise.all(Array.from({ length: count }, (_, offset) => isFree(first + offset)));
    if (free.every(Boolean)) return first;
  }
  throw new Error(`No ${count} neighbouring ports are free.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
