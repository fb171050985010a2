import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ToRuntime } from './protocol.ts';
import { exitStatus } from './sandbox.ts';
import type { Sandbox, SandboxListener, SandboxSpec } from './sandbox.ts';
import type { FromHost, ToHost } from './thread-host-protocol.ts';

const program = fileURLToPath(new URL('./thread-host-program.ts', import.meta.url));
/** How long a shift of the clock may take on its way. */
const clockWaitMsMax = 500;

interface HostedThread {
  readonly listener: SandboxListener;
  isBusy: boolean;
  ended(): void;
}

/**
 * Runs environments in worker threads of one child process.
 *
 * Why not of the stack's own process: a thread that asks for much more than its heap in one go does not end as out of memory, it aborts the whole
 * process with it (Node gives V8 16 MB of leeway). Then all threads are lost, as they would be with a machine of Lambda's, and the stack goes on with
 * a new process. The way through it costs about 0.1 ms a call.
 */
export class ThreadHost {
  readonly #warn: (text: string) => void;
  readonly #threads = new Map<number, HostedThread>();
  readonly #shifts = new Map<number, () => void>();
  #child: ChildProcess | undefined;
  #errorText = '';
  #last = 0;

  /** `warn` is told when the process is lost. It starts at once, so that the first event need not wait for it. */
  constructor(warn: (text: string) => void) {
    this.#warn = warn;
    this.#child = this.#startChild();
  }

  start(spec: SandboxSpec, listener: SandboxListener): Sandbox {
    const id = ++this.#last;
    const ended = new Promise<void>((resolve) => {
      this.#threads.set(id, { listener, isBusy: true, ended: resolve });
    });
    this.#tell({ type: 'start', id, spec });
    return {
      send: (message) => this.#send(id, message),
      shiftClock: (offsetMs) => this.#shift(id, offsetMs),
      kill: () => {
        this.#tell({ type: 'kill', id });
        return ended;
      },
    };
  }

  /** Ends the process. Its threads must have been ended before. */
  close(): void {
    const child = this.#child;
    this.#child = undefined;
    child?.kill('SIGKILL');
  }

  #send(id: number, message: ToRuntime): void {
    const thread = this.#threads.get(id);
    if (thread) thread.isBusy = true;
    this.#tell({ type: 'send', id, message });
  }

  #shift(id: number, offsetMs: number): Promise<void> {
    return new Promise((resolve) => {
      const number = ++this.#last;
      const done = (): void => {
        clearTimeout(timer);
        this.#shifts.delete(number);
        resolve();
      };
      const timer = setTimeout(done, clockWaitMsMax);
      this.#shifts.set(number, done);
      this.#tell({ type: 'shift', id, offsetMs, number });
    });
  }

  #tell(message: ToHost): void {
    this.#child ??= this.#startChild();
    // A channel that closed under the message says so at `close` as well.
    this.#child.send(message, () => {});
  }

  #startChild(): ChildProcess {
    const child = fork(program, [], {
      execArgv: ['--title=xm-functions'],
      // The time zone of every thread, and nothing of this machine's environment.
      env: { TZ: 'UTC' },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      serialization: 'advanced',
    });
    this.#errorText = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#errorText = `${this.#errorText}${text}`.slice(-4_096);
    });
    child.on('message', (message: FromHost) => this.#receive(message));
    child.on('close', (code, signal) => this.#lost(child, signal ? `signal: ${signal}` : exitStatus(code)));
    return child;
  }

  #receive(message: FromHost): void {
    if (message.type === 'shifted') return this.#shifts.get(message.number)?.();
    const thread = this.#threads.get(message.id);
    if (!thread) return;
    if (message.type === 'output') return void thread.listener.output(message.stream, message.text);
    if (message.type === 'exit') return this.#end(message.id, message.exit);
    thread.isBusy = false;
    thread.listener.message(message.message);
  }

  #end(id: number, exit: Parameters<SandboxListener['exit']>[0]): void {
    const thread = this.#threads.get(id);
    this.#threads.delete(id);
    thread?.listener.exit(exit);
    thread?.ended();
  }

  /** Which thread has brought the process down is only certain when no other was at work. */
  #lost(child: ChildProcess, status: string): void {
    if (this.#child !== child && this.#child !== undefined) return;
    const isClosed = this.#child === undefined;
    this.#child = undefined;
    for (const done of this.#shifts.values()) done();
    const outOfMemory = this.#errorText.includes('heap out of memory');
    const busy = [...this.#threads.values()].filter((thread) => thread.isBusy).length;
    if (!isClosed) {
      this.#warn(
        `the process of the function threads ended (${outOfMemory ? 'out of memory' : status}) with ${this.#threads.size} of them, ${busy} at work`,
      );
    }
    for (const [id, thread] of this.#threads) this.#end(id, { outOfMemory: outOfMemory && thread.isBusy && busy === 1, status });
  }
}
