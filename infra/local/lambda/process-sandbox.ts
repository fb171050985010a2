import { type ChildProcess, fork } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { FromRuntime, OutputStream } from './protocol.ts';
import { outputEndMark } from './protocol.ts';
import { exitStatus } from './sandbox.ts';
import type { Sandbox, SandboxExit, SandboxListener, SandboxSpec } from './sandbox.ts';

/** How long an answer waits for the output that was written before it, once no more of it comes. */
const outputSilenceMsMax = 5_000;
/** How long pipes stay open behind a process that has ended: a grandchild may hold them. */
const pipesMsMax = 200;
/** How long a shift of the clock waits for code that does not let its event loop turn. */
const clockWaitMsMax = 500;

/** Runs an environment in a process of its own: nothing is shared, a crash of V8 itself or a native module hurts nobody else. */
export function startProcess(spec: SandboxSpec, listener: SandboxListener): Sandbox {
  const child = fork(spec.runtimeFile, [], {
    execArgv: [`--max-old-space-size=${spec.heapMegabytesMax}`, `--title=${spec.name}`],
    cwd: spec.taskRoot,
    env: { ...spec.variables },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
  });
  const outputs = (['stdout', 'stderr'] as const).map((name) => readOutput(child[name]!, name, listener));
  const clock = followClock(child);
  let outOfMemory = false;
  outputs[1]!.onText = (text) => {
    outOfMemory ||= text.includes('JavaScript heap out of memory');
  };
  child.on('message', (message: FromRuntime) => {
    if (message.type === 'clock-set') return clock.confirmed(message.number);
    const id = endedBy(message);
    if (id === undefined) listener.message(message);
    else void Promise.all(outputs.map((output) => output.until(id))).then(() => listener.message(message));
  });
  child.on('error', (error) => void listener.output('stderr', `${error.message}\n`));
  child.on('exit', () => setTimeout(() => [child.stdout, child.stderr].forEach((pipe) => pipe?.destroy()), pipesMsMax).unref());
  const closed = new Promise<void>((resolve) => {
    // `close` comes after the last output, `exit` need not.
    child.on('close', (code, signal) => {
      clock.end();
      listener.exit({ outOfMemory, status: statusOf(code, signal) } satisfies SandboxExit);
      resolve();
    });
  });
  return {
    send: (message) => void child.send(message, ignoreClosed),
    shiftClock: (offsetMs) => clock.shift(offsetMs),
    kill: async () => {
      child.kill('SIGKILL');
      await closed;
    },
  };
}

/** A channel that closed under a message says so at `close` as well. */
function ignoreClosed(): void {}

/** The mark behind the output of a message: which id to wait for before it is passed on. */
function endedBy(message: FromRuntime): string | undefined {
  if (message.type === 'answered' || message.type === 'failed') return message.requestId;
  return message.type === 'initialised' || message.type === 'init-failed' ? 'init' : undefined;
}

function statusOf(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal === 'SIGKILL') return 'signal: killed';
  if (signal === 'SIGABRT') return 'signal: aborted';
  return signal ? `signal: ${signal}` : exitStatus(code);
}

interface Output {
  /** Resolves when the mark with this id has come, or cannot be expected any more. */
  until(id: string): Promise<void>;
  onText: ((text: string) => void) | undefined;
}

/** Passes a pipe on without the marks that the runtime writes behind the output of each event. */
function readOutput(pipe: Readable, stream: OutputStream, listener: SandboxListener): Output {
  const seen = new Set<string>();
  let waiting: { id: string; resolve: () => void; silence: NodeJS.Timeout } | undefined;
  let rest = '';
  const take = (id: string): void => {
    if (waiting?.id !== id) return void seen.add(id);
    clearTimeout(waiting.silence);
    waiting.resolve();
    waiting = undefined;
  };
  const pass = (text: string): void => {
    if (text === '') return;
    output.onText?.(text);
    void listener.output(stream, text);
  };
  const output: Output = {
    onText: undefined,
    until: (id) => {
      if (seen.delete(id)) return Promise.resolve();
      return new Promise((resolve) => {
        waiting = { id, resolve, silence: setTimeout(() => take(id), outputSilenceMsMax) };
      });
    },
  };
  pipe.setEncoding('utf8');
  pipe.on('data', (text: string) => {
    waiting?.silence.refresh();
    rest = splitAtMarks(rest + text, { pass, take });
  });
  pipe.on('close', () => {
    pass(rest);
    if (waiting) take(waiting.id);
  });
  return output;
}

/** Returns what may be the beginning of a mark that has not come whole. */
function splitAtMarks(text: string, { pass, take }: { pass: (text: string) => void; take: (id: string) => void }): string {
  let from = 0;
  for (;;) {
    const mark = text.indexOf(outputEndMark[0]!, from);
    const end = mark < 0 ? -1 : text.indexOf('\n', mark);
    if (mark < 0) {
      pass(text.slice(from));
      return '';
    }
    if (end < 0) {
      pass(text.slice(from, mark));
      return text.slice(mark);
    }
    if (text.startsWith(outputEndMark, mark)) {
      pass(text.slice(from, mark));
      take(text.slice(mark + outputEndMark.length, end));
    } else {
      pass(text.slice(from, end + 1));
    }
    from = end + 1;
  }
}

interface FollowedClock {
  shift(offsetMs: number): Promise<void>;
  confirmed(number: number): void;
  end(): void;
}

function followClock(child: ChildProcess): FollowedClock {
  const waiting = new Map<number, () => void>();
  let last = 0;
  return {
    shift: (offsetMs) =>
      new Promise((resolve) => {
        const number = ++last;
        const timer = setTimeout(() => waiting.get(number)?.(), clockWaitMsMax);
        waiting.set(number, () => {
          clearTimeout(timer);
          waiting.delete(number);
          resolve();
        });
        child.send({ type: 'clock', offsetMs, number }, ignoreClosed);
      }),
    confirmed: (number) => waiting.get(number)?.(),
    end: () => {
      for (const resolve of waiting.values()) resolve();
    },
  };
}
