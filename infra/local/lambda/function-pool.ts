import { randomUUID } from 'node:crypto';
import type { Capacity, IdleOwner } from './capacity.ts';
import { ExecutionEnvironment, type RunOutcome } from './environment.ts';
import type { FunctionConfig } from './function-config.ts';
import { type FunctionLog, LineCutter } from './function-log.ts';
import { Growth } from './growth.ts';
import { exceedsPayload, type LambdaOutcome, outcomeOf, requestTooLarge, throttled } from './outcome.ts';
import type { FunctionError } from './protocol.ts';
import type { StartSandbox } from './sandbox.ts';
import { functionVariables, type VariableSources } from './variables.ts';

/** The last Node runtime that takes handlers with a callback (https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html). */
const callbacksUpToNode = 22;

/**
 * How long an event waits for a warm environment before one may be started for it. On AWS it would not wait; here loading takes a core away from those
 * that work, and a burst of short events is through before.
 */
const patienceMs = 50;

export interface PoolOptions {
  readonly config: FunctionConfig;
  readonly sources: VariableSources;
  readonly capacity: Capacity;
  readonly log: FunctionLog;
  readonly clock: { now(): number; readonly offsetMs: number };
  readonly startSandbox: StartSandbox;
  readonly runtimeFile: string;
  readonly warmth: Warmth;
  /** How long loading the handler may take before it is tried once more, within the function's own timeout. */
  readonly initMsMax: number;
}

/** How long environments stay warm without an event, in milliseconds of real time. */
export interface Warmth {
  /** At the most. */
  readonly idleMsMax: number;
  /** For those beyond the `keptMax` that were used last: a burst leaves many, and each holds 10 to 20 MB. */
  readonly surplusIdleMsMax: number;
  readonly keptMax: number;
}

interface Warm {
  readonly environment: ExecutionEnvironment;
  readonly lines: LineCutter;
  idleSinceMs: number;
  idleTimer: NodeJS.Timeout | undefined;
}

interface Waiting {
  take(lease: Lease): void;
  readonly patience: NodeJS.Timeout | undefined;
}

/** What an event gets: an environment, new or warm, or the reason why none could be started. */
type Lease = { readonly warm: Warm; readonly initMs?: number } | { readonly failed: RunOutcome };

/** The environments of one function. */
export class FunctionPool implements IdleOwner {
  readonly #options: PoolOptions;
  readonly #environments = new Set<ExecutionEnvironment>();
  /** The one used last is at the end and goes first, so that the others can grow old and end. */
  readonly #idle: Warm[] = [];
  readonly #waiting: Waiting[] = [];
  readonly #growth: Growth;
  #nextLook: NodeJS.Timeout | undefined;
  #starting = 0;
  #running = 0;
  #isClosed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#growth = new Growth(options.capacity.crewMax);
    options.capacity.join(this);
  }

  get environmentCount(): number {
    return this.#environments.size;
  }

  get idleSinceMs(): number | undefined {
    return this.#idle[0]?.idleSinceMs;
  }

  endLongestIdle(): void {
    const longest = this.#idle[0];
    if (longest) this.#end(longest);
  }

  async invoke(event: unknown): Promise<LambdaOutcome> {
    const json = JSON.stringify(event) ?? 'null';
    if (exceedsPayload(json)) return requestTooLarge();
    if (this.#isClosed) return throttled('TheLocalStackIsStopping');
    const { capacity, config } = this.#options;
    if (this.#running >= (config.reservedConcurrency ?? Infinity)) return throttled('ReservedFunctionConcurrentInvocationLimitExceeded');
    if (!capacity.tryEnter()) return throttled('ConcurrentInvocationLimitExceeded');
    this.#running++;
    try {
      return await this.#serve(json);
    } finally {
      this.#running--;
      capacity.leave();
    }
  }

  /** Resolves when every environment sees the new time. */
  async shiftClock(offsetMs: number): Promise<void> {
    await Promise.all([...this.#environments].map((environment) => environment.shiftClock(offsetMs)));
  }

  /** Ends every environment; what runs in one ends as `exit`. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#nextLook);
    for (const { idleTimer } of this.#idle) clearTimeout(idleTimer);
    await Promise.all([...this.#environments].map((environment) => environment.kill()));
    while (this.#serveWaiting({ failed: { kind: 'exit', exit: { outOfMemory: false, status: '' }, error: undefined } }));
    this.#options.log.close();
  }

  async #serve(event: string): Promise<LambdaOutcome> {
    const { config, log } = this.#options;
    const requestId = randomUUID();
    const lease = await this.#lease();
    if ('failed' in lease) return this.#told(lease.failed, requestId);
    log.start(requestId);
    this.#growth.began();
    const startedMs = performance.now();
    const run = await lease.warm.environment.run({ requestId, event, timeoutMs: config.timeoutMs });
    const durationMs = performance.now() - startedMs;
    this.#growth.served(durationMs);
    lease.warm.lines.flush();
    const outcome = this.#told(run, requestId);
    log.end({
      requestId,
      durationMs,
      memoryMegabytes: config.memoryMegabytes,
      memoryUsedBytes: 'memoryBytes' in run ? run.memoryBytes : undefined,
      initMs: lease.initMs,
      status: outcome.ok ? undefined : outcome.reason,
    });
    this.#release(lease.warm);
    return outcome;
  }

  #told(run: RunOutcome, requestId: string): LambdaOutcome {
    const outcome = outcomeOf(run, { requestId, timeoutMs: this.#options.config.timeoutMs });
    if (!outcome.ok) this.#logError('Invoke Error', requestId, outcome);
    return outcome;
  }

  #logError(message: string, requestId: string, { errorType, errorMessage, trace }: FunctionError): void {
    if (this.#isClosed) return;
    const timestamp = new Date(this.#options.clock.now()).toISOString();
    const error = { name: errorType, message: errorMessage, stack: trace.join('\n') };
    this.#options.log.line(JSON.stringify({ level: 'ERROR', message, timestamp, requestId, error }));
  }

  async #lease(): Promise<Lease> {
    const warm = this.#idle.pop();
    if (warm) {
      clearTimeout(warm.idleTimer);
      return { warm };
    }
    return new Promise((take) => {
      const isFirst = this.#environments.size === 0;
      const patience = isFirst ? undefined : setTimeout(() => this.#startInTurn(), patienceMs);
      this.#waiting.push({ take, patience });
      if (isFirst) this.#startInTurn();
    });
  }

  #startInTurn(): void {
    void this.#options.capacity.inTurn(() => this.#startForWaiting());
  }

  /** Environments that came free, or that start already, may have served or may yet serve all who wait. */
  async #startForWaiting(): Promise<void> {
    if (this.#isClosed || this.#waiting.length <= this.#starting) return;
    this.#lookAgain();
    if (this.#isBetterServedByPatience() || !this.#options.capacity.makeRoom()) return;
    this.#starting++;
    const lease = await this.#start();
    this.#starting--;
    if ('failed' in lease) this.#serveWaiting(lease);
    else this.#offer(lease);
  }

  /**
   * On busy cores another environment slows the others down, as long as these come free. A hundred requests at once to a cold stack on two cores
   * started eighty environments, and ran into every time limit.
   */
  #isBetterServedByPatience(): boolean {
    const demand = { waiting: this.#waiting.length, environments: this.#environments.size };
    return this.#options.capacity.cores.areBusy() && !this.#growth.grants(demand);
  }

  /** Whoever was not served by a start, or was told to wait, must not wait for ever: an environment may take minutes for its event. */
  #lookAgain(): void {
    this.#nextLook ??= setTimeout(() => {
      this.#nextLook = undefined;
      this.#startInTurn();
    }, patienceMs);
  }

  #serveWaiting(lease: Lease): boolean {
    const waiting = this.#waiting.shift();
    clearTimeout(waiting?.patience);
    waiting?.take(lease);
    return waiting !== undefined;
  }

  /** On AWS too, loading gets its own time at first, and a second chance within the function's timeout. */
  async #start(): Promise<Lease> {
    const { initMsMax, config } = this.#options;
    const first = await this.#tryStart(initMsMax);
    return 'failed' in first && first.failed.kind === 'timeout' ? this.#tryStart(config.timeoutMs) : first;
  }

  async #tryStart(limitMs: number): Promise<Lease> {
    const startedMs = performance.now();
    const warm = this.#newEnvironment();
    const outcome = await warm.environment.init(limitMs);
    const initMs = performance.now() - startedMs;
    warm.lines.flush();
    if (outcome.kind === 'answered') {
      this.#growth.loaded(initMs);
      return { warm, initMs };
    }
    const status = outcome.kind === 'timeout' ? 'timeout' : 'error';
    if (!this.#isClosed) this.#options.log.note(`INIT_REPORT Init Duration: ${initMs.toFixed(2)} ms\tPhase: init\tStatus: ${status}`);
    this.#environments.delete(warm.environment);
    await warm.environment.kill();
    return { failed: outcome };
  }

  #newEnvironment(): Warm {
    const { config, sources, clock, log, runtimeFile, startSandbox } = this.#options;
    const logStreamName = `${new Date(clock.now()).toISOString().slice(0, 10).replaceAll('-', '/')}/[$LATEST]${randomUUID().replaceAll('-', '')}`;
    const lines = new LineCutter((line) => this.#isClosed || log.line(line));
    const environment = new ExecutionEnvironment({
      startSandbox,
      sandbox: {
        name: config.name,
        runtimeFile,
        taskRoot: config.taskRoot,
        variables: functionVariables(config, logStreamName, sources),
        heapMegabytesMax: config.memoryMegabytes,
        offsetMs: clock.offsetMs,
      },
      init: {
        taskRoot: config.taskRoot,
        handler: config.handler,
        callbacks: Number(/\d+/.exec(config.runtime)?.[0]) <= callbacksUpToNode,
        context: {
          functionName: config.name,
          functionVersion: '$LATEST',
          invokedFunctionArn: config.arn,
          memoryLimitInMB: String(config.memoryMegabytes),
          logGroupName: config.logGroupName,
          logStreamName,
        },
      },
      onOutput: (stream, text) => lines.push(stream, text),
      onIdleExit: (exit, error) => this.#endedIdle(warm, error ?? { errorType: 'Runtime.ExitError', errorMessage: exit.status, trace: [] }),
    });
    const warm: Warm = { environment, lines, idleSinceMs: 0, idleTimer: undefined };
    this.#environments.add(environment);
    return warm;
  }

  #offer(lease: Extract<Lease, { warm: Warm }>): void {
    if (this.#serveWaiting(lease)) return;
    const { warm } = lease;
    warm.idleSinceMs = performance.now();
    const { idleMsMax, surplusIdleMsMax } = this.#options.warmth;
    warm.idleTimer = setTimeout(() => this.#cool(warm), Math.min(surplusIdleMsMax, idleMsMax)).unref();
    this.#idle.push(warm);
  }

  /** Environments grow old in the order of the list, so the first ones are those that were used least. */
  #cool(warm: Warm): void {
    const { idleMsMax, surplusIdleMsMax, keptMax } = this.#options.warmth;
    if (this.#idle.length > keptMax || idleMsMax <= surplusIdleMsMax) return this.#end(warm);
    warm.idleTimer = setTimeout(() => this.#end(warm), idleMsMax - surplusIdleMsMax).unref();
  }

  #release(warm: Warm): void {
    if (warm.environment.isAlive) this.#offer({ warm });
    else this.#environments.delete(warm.environment);
  }

  #end(warm: Warm): void {
    this.#forget(warm);
    void warm.environment.kill();
  }

  #forget(warm: Warm): void {
    clearTimeout(warm.idleTimer);
    this.#environments.delete(warm.environment);
    const index = this.#idle.indexOf(warm);
    if (index >= 0) this.#idle.splice(index, 1);
  }

  /** An environment that the pool has ended itself is not in the list any more. */
  #endedIdle(warm: Warm, error: FunctionError): void {
    warm.lines.flush();
    if (!this.#environments.has(warm.environment)) return;
    this.#forget(warm);
    this.#logError('An environment failed between two events', '', error);
  }
}
