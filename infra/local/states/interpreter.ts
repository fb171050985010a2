/**
 * Drives executions: takes each branch through its states until it waits for a timer, a task or its siblings. A transition is committed
 * before the next begins. After a crash every branch goes on where it stood; a task that was running is called again, with what it
 * was called with before (at least once).
 */
import { setImmediate as breathe } from 'node:timers/promises';
import type { LocalClock, StackLog } from '../ports.ts';
import type { Branch, Execution, ExecutionStore } from './execution-store.ts';
import { timerKinds, type BranchTimer, type ExecutionTimer } from './execution-timers.ts';
import type { Frame } from './frame.ts';
import type { Machine, MapState, State, TaskState, WaitState } from './machine.ts';
import { runtimeFailure, StateFailure } from './state-failure.ts';
import type { RunTask } from './tasks.ts';
import { Transitions } from './transitions.ts';

export interface InterpreterParts {
  readonly store: ExecutionStore;
  readonly clock: LocalClock;
  readonly runTask: RunTask;
  readonly machineOf: (execution: Execution) => Machine;
  /** From 0 up to 1, for jitter. */
  readonly chance: () => number;
  readonly log: StackLog;
}

const interpreterLimits = {
  /** Tasks called at once by all executions together; the others queue. */
  tasksMax: 100,
  /** Transitions of a branch in one go before others get their turn. */
  transitionsInARow: 32,
  /** How long an advance of the clock waits for tasks that run: one that hangs must not stop time, which may be what ends it. */
  settleMsMax: 10_000,
  /** How long `close` waits for tasks that run. */
  closeMsMax: 10_000,
} as const;

type Move<Type extends State['type']> = (frame: Frame & { readonly state: Extract<State, { type: Type }> }) => readonly number[];

export class Interpreter {
  readonly #parts: InterpreterParts;
  readonly #transitions: Transitions;
  readonly #driving = new Set<Promise<void>>();
  readonly #queue: (() => void)[] = [];
  #tasks = 0;
  #closed = false;

  constructor(parts: InterpreterParts) {
    this.#parts = parts;
    this.#transitions = new Transitions(parts);
    parts.clock.handle(timerKinds.branch, async ({ payload }) => this.#wake(payload as BranchTimer));
    parts.clock.handle(timerKinds.execution, async ({ payload }) => this.#timeOut(payload as ExecutionTimer));
    parts.clock.onNextDue(async () => {
      await this.settled(interpreterLimits.settleMsMax);
      return undefined;
    });
  }

  /** Takes up what a stopped process left. */
  start(): void {
    this.#drive(this.#parts.store.branchesToDrive());
  }

  /** Call inside a transaction in which the execution was stored; `go` once it is committed. */
  begin(execution: Execution): { readonly go: () => void } {
    const next = this.#transitions.begin(execution);
    return { go: () => this.#drive(next) };
  }

  abort(executionArn: string, reason: { readonly error: string | undefined; readonly cause: string | undefined }): void {
    this.#parts.store.transaction(() => this.#transitions.stop(executionArn, { status: 'ABORTED', ...reason }));
  }

  /** Resolves once every branch waits for a timer or is done, or the time is over. */
  async settled(limitMs: number): Promise<void> {
    const { promise: over, resolve } = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => resolve(true), limitMs);
    while (this.#driving.size > 0) {
      if (await Promise.race([Promise.all(this.#driving).then(() => false), over])) break;
    }
    clearTimeout(timer);
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const go of this.#queue.splice(0)) go();
    await this.settled(interpreterLimits.closeMsMax);
  }

  #wake({ branchId, visit }: BranchTimer): void {
    const frame = this.#transitions.frame(branchId);
    if (frame === undefined || frame.branch.visit !== visit) return;
    this.#drive(this.#parts.store.transaction(() => this.#transitions.wake(frame)));
  }

  #timeOut({ arn }: ExecutionTimer): void {
    if (this.#parts.store.execution(arn)?.status !== 'RUNNING') return;
    this.#parts.store.transaction(() => this.#transitions.stop(arn, { status: 'TIMED_OUT' }));
  }

  #drive(branchIds: readonly number[]): void {
    for (const id of branchIds) {
      const driving = this.#driveOne(id)
        .catch((error: unknown) => this.#parts.log.warn('states', `a branch stopped, and goes on with the next start: ${String(error)}`))
        .finally(() => this.#driving.delete(driving));
      this.#driving.add(driving);
    }
  }

  async #driveOne(branchId: number): Promise<void> {
    let next: readonly number[] = [branchId];
    for (let transitions = 0; next[0] !== undefined && !this.#closed; transitions++) {
      const [id, ...others] = next;
      this.#drive(others);
      if (transitions % interpreterLimits.transitionsInARow === interpreterLimits.transitionsInARow - 1) await breathe();
      const frame = this.#transitions.frame(id);
      if (frame === undefined) return;
      next = await this.#step(frame);
    }
  }

  /** What the branch's state does. Answers the branches to drive next. */
  async #step(frame: Frame): Promise<readonly number[]> {
    const { state } = frame;
    if (frame.branch.phase === 'running' && state.type === 'Task') return this.#callTask({ ...frame, state }, frame.branch);
    if (frame.branch.phase !== 'ready') return [];
    if (state.type === 'Task') return this.#enterTask({ ...frame, state });
    const move = this.#moves[state.type] as (frame: Frame) => readonly number[];
    return this.#commit(frame, () => move(frame));
  }

  /** States that are done without waiting for anybody. */
  readonly #moves: { readonly [Type in Exclude<State['type'], 'Task'>]: Move<Type> } = {
    Pass: (frame) => {
      const { state, scope } = frame;
      const result = state.result === undefined ? state.flow.prepare(scope) : state.result();
      return this.#transitions.moveOn(frame, state.next, state.flow.finish(scope, result));
    },
    Choice: (frame) => {
      const { state, scope } = frame;
      const chosen = state.choose({ ...scope, input: state.flow.select(scope) });
      return this.#transitions.moveOn(frame, chosen, state.flow.pass(scope));
    },
    Succeed: (frame) => this.#transitions.moveOn(frame, undefined, frame.state.flow.pass(frame.scope)),
    Fail: ({ branch, state, scope }) =>
      this.#transitions.failGraph(branch, new StateFailure(state.error(scope) ?? '', state.cause(scope) ?? '')),
    Wait: (frame) => this.#wait(frame),
    Parallel: (frame) => this.#transitions.forkParallel(frame, frame.state.graphs, frame.state.flow.prepare(frame.scope)),
    Map: (frame) => this.#fork(frame),
  };

  #wait(frame: Frame & { readonly state: WaitState }): readonly number[] {
    const { state, scope, branch } = frame;
    const dueAtMs = state.until({ ...scope, input: state.flow.select(scope) }, branch.enteredAtMs);
    if (dueAtMs > this.#parts.clock.now()) return this.#transitions.waitUntil(frame, dueAtMs);
    return this.#transitions.moveOn(frame, state.next, state.flow.pass(scope));
  }

  #fork(frame: Frame & { readonly state: MapState }): readonly number[] {
    const { state, scope } = frame;
    const selected = { ...scope, input: state.flow.select(scope) };
    return this.#transitions.forkMap(frame, state.items(selected).length, state.concurrency(selected));
  }

  async #enterTask(frame: Frame & { readonly state: TaskState }): Promise<readonly number[]> {
    const { state, scope } = frame;
    let running: Branch | undefined;
    const next = this.#commit(frame, () => {
      const parameters = state.flow.prepare(scope);
      const begun = this.#transitions.beginTask(frame, parameters, state.timeoutSeconds({ ...scope, input: state.flow.select(scope) }));
      if (!('id' in begun)) return begun;
      running = begun;
      return [];
    });
    return running === undefined ? next : this.#callTask(frame, running);
  }

  /** Calls the task, and moves on unless the branch has been stopped, timed out or taken away meanwhile. */
  async #callTask({ state, execution }: Frame & { readonly state: TaskState }, { id, visit, work }: Branch): Promise<readonly number[]> {
    await this.#turn();
    try {
      if (this.#closed) return [];
      const parameters = JSON.parse(work ?? 'null') as unknown;
      const outcome = await this.#parts.runTask(state.resource, execution.roleArn, parameters).then(
        (result) => ({ result }),
        (error: unknown) => ({ failure: error instanceof StateFailure ? error : runtimeFailure(String(error)) }),
      );
      const frame = this.#transitions.frame(id);
      // Closing leaves the task to the next start only when its outcome can no longer be kept.
      if (frame === undefined || frame.branch.visit !== visit || frame.state.type !== 'Task') return [];
      const back = { ...frame, state: frame.state };
      return this.#commit(frame, () =>
        'failure' in outcome ? this.#transitions.taskFailed(back, outcome.failure) : this.#transitions.taskSucceeded(back, outcome.result),
      );
    } finally {
      this.#passOn();
    }
  }

  async #turn(): Promise<void> {
    if (this.#tasks < interpreterLimits.tasksMax) this.#tasks++;
    else await new Promise<void>((resolve) => this.#queue.push(resolve));
  }

  /** The turn goes to the next in the queue, if there is one. */
  #passOn(): void {
    const next = this.#queue.shift();
    if (next === undefined) this.#tasks--;
    else next();
  }

  /** One transaction. What a state's expressions throw becomes the state's failure. */
  #commit(frame: Frame, move: () => readonly number[]): readonly number[] {
    return this.#parts.store.transaction(() => {
      try {
        return move();
      } catch (error) {
        if (error instanceof StateFailure) return this.#transitions.fail(frame, error);
        throw error;
      }
    });
  }
}
