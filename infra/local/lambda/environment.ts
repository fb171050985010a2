import type { FromRuntime, FunctionError, InitRequest, OutputStream } from './protocol.ts';
import type { Sandbox, SandboxExit, SandboxSpec, StartSandbox } from './sandbox.ts';

/** How loading the handler, or one event, ended. */
export type RunOutcome =
  | { readonly kind: 'answered'; readonly json: string; readonly memoryBytes: number }
  | { readonly kind: 'failed'; readonly error: FunctionError; readonly memoryBytes: number }
  | { readonly kind: 'timeout' }
  /** The environment is gone. `error` is what nobody caught, if that is why. */
  | { readonly kind: 'exit'; readonly exit: SandboxExit; readonly error: FunctionError | undefined };

export interface EnvironmentOptions {
  readonly startSandbox: StartSandbox;
  readonly sandbox: SandboxSpec;
  readonly init: Omit<InitRequest, 'type' | 'offsetMs'>;
  onOutput(stream: OutputStream, text: string): void;
  /** The environment ended by itself while nothing ran in it: something a former event left behind has failed. */
  onIdleExit(exit: SandboxExit, error: FunctionError | undefined): void;
}

/** What one event needs. */
export interface Run {
  readonly requestId: string;
  readonly event: string;
  readonly timeoutMs: number;
}

/** One loaded copy of a function. It runs one event at a time, and is of no more use once an outcome is `timeout` or `exit`. */
export class ExecutionEnvironment {
  readonly #options: EnvironmentOptions;
  readonly #sandbox: Sandbox;
  /** Takes the outcome of what runs at the moment. */
  #settle: ((outcome: RunOutcome) => void) | undefined;
  #crash: FunctionError | undefined;
  #exit: SandboxExit | undefined;
  #isEnding = false;

  constructor(options: EnvironmentOptions) {
    this.#options = options;
    this.#sandbox = options.startSandbox(options.sandbox, {
      message: (message) => this.#receive(message),
      output: (stream, text) => options.onOutput(stream, text),
      exit: (exit) => this.#ended(exit),
    });
  }

  get isAlive(): boolean {
    return this.#exit === undefined && !this.#isEnding;
  }

  /** Loads the handler. An `answered` outcome carries nothing. */
  init(limitMs: number): Promise<RunOutcome> {
    return this.#within(limitMs, () =>
      this.#sandbox.send({ type: 'init', ...this.#options.init, offsetMs: this.#options.sandbox.offsetMs }),
    );
  }

  run(run: Run): Promise<RunOutcome> {
    return this.#within(run.timeoutMs, () => this.#sandbox.send({ type: 'run', ...run }));
  }

  shiftClock(offsetMs: number): Promise<void> {
    return this.isAlive ? this.#sandbox.shiftClock(offsetMs) : Promise.resolve();
  }

  async kill(): Promise<void> {
    this.#isEnding = true;
    if (this.#exit === undefined) await this.#sandbox.kill();
  }

  async #within(limitMs: number, start: () => void): Promise<RunOutcome> {
    if (this.#exit) return { kind: 'exit', exit: this.#exit, error: this.#crash };
    let timer: NodeJS.Timeout | undefined;
    const outcome = await new Promise<RunOutcome>((resolve) => {
      this.#settle = resolve;
      timer = setTimeout(() => resolve({ kind: 'timeout' }), limitMs);
      start();
    });
    clearTimeout(timer);
    this.#settle = undefined;
    // Only when the code is gone may the caller try again: two of them must not work on the same event.
    if (outcome.kind === 'timeout') await this.kill();
    return outcome;
  }

  #receive(message: FromRuntime): void {
    if (message.type === 'initialised') this.#settle?.({ kind: 'answered', json: 'null', memoryBytes: 0 });
    else if (message.type === 'init-failed') this.#settle?.({ kind: 'failed', error: message.error, memoryBytes: 0 });
    else if (message.type === 'answered') this.#settle?.({ kind: 'answered', json: message.json, memoryBytes: message.memoryBytes });
    else if (message.type === 'failed') this.#settle?.({ kind: 'failed', error: message.error, memoryBytes: message.memoryBytes });
    else if (message.type === 'crashed') this.#crash = message.error;
  }

  #ended(exit: SandboxExit): void {
    this.#exit = exit;
    if (this.#settle) this.#settle({ kind: 'exit', exit, error: this.#crash });
    else if (!this.#isEnding) this.#options.onIdleExit(exit, this.#crash);
  }
}
