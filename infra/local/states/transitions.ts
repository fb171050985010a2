/**
 * The moves of an execution. Each runs inside one transaction, writes rows, history and timers, and answers which branches have
 * something to do next. Nothing here calls a function or waits.
 */
import type { LocalClock } from '../ports.ts';
import { covers } from './error-handling.ts';
import type { Branch, Execution, ExecutionStatus, ExecutionStore } from './execution-store.ts';
import { ExecutionHistory } from './execution-history.ts';
import { ExecutionTimers } from './execution-timers.ts';
import { frameOf, withItem, type Frame } from './frame.ts';
import { scheduledEvent, stopEvent, taskEvent } from './history-events.ts';
import type { ForkingState, Graph, Machine, MapState, RetryingState, State, TaskState } from './machine.ts';
import { StateFailure } from './state-failure.ts';

/** Ids of branches to drive on. */
type Next = readonly number[];

export const executionLimits = {
  /** Bytes of JSON that a state takes or gives (https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html). */
  payloadBytesMax: 256 * 1024,
  eventsMax: 25_000,
} as const;

/** How far a Map has come with its items. */
interface MapWork {
  readonly total: number;
  readonly begun: number;
}

interface Parts {
  readonly store: ExecutionStore;
  readonly clock: Pick<LocalClock, 'now' | 'schedule' | 'cancel'>;
  readonly machineOf: (execution: Execution) => Machine;
  /** From 0 up to 1, for jitter. */
  readonly chance: () => number;
}

interface Child {
  readonly position: number;
  readonly graphIndex: number;
  readonly input: unknown;
  readonly item?: object;
}

export class Transitions {
  readonly #parts: Parts;
  readonly #timers: ExecutionTimers;
  readonly #history: ExecutionHistory;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#timers = new ExecutionTimers(parts.clock);
    this.#history = new ExecutionHistory(parts);
  }

  /** Undefined for a branch that is gone. */
  frame(branchId: number): Frame | undefined {
    const { store, machineOf } = this.#parts;
    const branch = store.branch(branchId);
    const execution = branch === undefined ? undefined : store.execution(branch.executionArn);
    return branch === undefined || execution === undefined ? undefined : frameOf(branch, execution, machineOf(execution));
  }

  begin(execution: Execution): Next {
    const { store, clock, machineOf } = this.#parts;
    const { graph, timeoutSeconds } = machineOf(execution);
    const { arn, input, roleArn, startedAtMs } = execution;
    const started = this.#history.add(arn, 0, { type: 'ExecutionStarted', details: { executionStartedEventDetails: { input, roleArn } } });
    if (timeoutSeconds !== undefined) {
      this.#timers.armExecution(arn, startedAtMs + timeoutSeconds * 1_000);
    }
    const entered = this.#history.addEntered({ executionArn: arn, lastEventId: started }, stateIn(graph, graph.startAt), input);
    const at = { executionArn: arn, parentId: undefined, position: 0, graphPath: [], item: undefined };
    return [store.addBranch({ ...at, state: graph.startAt, input, enteredAtMs: clock.now(), lastEventId: entered })];
  }

  /** Out of a state with its output, into the next or to the end of the graph. */
  moveOn(frame: Frame, next: string | undefined, output: unknown): Next {
    const text = JSON.stringify(output);
    if (tooLarge(text))
      return this.fail(frame, dataLimit(`The state '${frame.state.name}' returned a result with a size exceeding the maximum`));
    const { branch, state } = frame;
    const details = { stateExitedEventDetails: { name: state.name, output: text } };
    const exited = this.#history.add(branch.executionArn, branch.lastEventId, { type: `${state.type}StateExited`, details });
    return next === undefined
      ? this.#finishGraph({ ...branch, lastEventId: exited }, text)
      : this.#enter(frame, { next, input: text, exited });
  }

  /** A state that worked: its result becomes its output. */
  succeed(frame: Frame & { readonly state: Extract<State, { next: string | undefined }> }, result: unknown): Next {
    return this.#orFail(frame, () => this.moveOn(frame, frame.state.next, frame.state.flow.finish(frame.scope, result)));
  }

  waitUntil({ branch }: Frame, dueAtMs: number): Next {
    this.#timers.armBranch(this.#parts.store.changeBranch(branch, { phase: 'waiting' }), dueAtMs);
    return [];
  }

  /** A task that is about to be called. Answers the branch as the call will find it when it comes back, or what to do instead. */
  beginTask(frame: Frame & { readonly state: TaskState }, parameters: unknown, timeoutSeconds: number | undefined): Branch | Next {
    const { store, clock } = this.#parts;
    const { branch, state } = frame;
    const work = JSON.stringify(parameters);
    if (tooLarge(work)) return this.fail(frame, dataLimit(`The input of the state '${state.name}' exceeds the maximum`));
    const scheduled = this.#history.add(branch.executionArn, branch.lastEventId, scheduledEvent(state, work));
    const started = this.#history.add(branch.executionArn, scheduled, taskEvent(state, 'Started', {}));
    const running = store.changeBranch(branch, { phase: 'running', work, lastEventId: started });
    if (timeoutSeconds !== undefined) this.#timers.armBranch(running, clock.now() + timeoutSeconds * 1_000);
    return running;
  }

  taskSucceeded(frame: Frame & { readonly state: TaskState }, result: unknown): Next {
    const text = JSON.stringify(result);
    this.#timers.disarmBranch(frame.branch.id);
    if (tooLarge(text))
      return this.fail(frame, dataLimit(`The state '${frame.state.name}' returned a result with a size exceeding the maximum`));
    return this.succeed(this.#history.after(frame, taskEvent(frame.state, 'Succeeded', { output: text })), result);
  }

  taskFailed(frame: Frame & { readonly state: TaskState }, failure: StateFailure): Next {
    this.#timers.disarmBranch(frame.branch.id);
    const type = failure.error === 'States.Timeout' ? 'TimedOut' : 'Failed';
    return this.fail(this.#history.after(frame, taskEvent(frame.state, type, { error: failure.error, cause: failure.reason })), failure);
  }

  forkParallel(frame: Frame, graphs: readonly Graph[], input: unknown): Next {
    const forked = this.#history.after(frame, { type: 'ParallelStateStarted', details: {} });
    return this.#orFail(forked, () => {
      this.#refuseLarge(input, forked);
      const parent = { ...forked, branch: this.#parts.store.changeBranch(forked.branch, { phase: 'forked' }) };
      return graphs.map((_graph, position) => this.#addChild(parent, { position, graphIndex: position, input }));
    });
  }

  forkMap(frame: Frame & { readonly state: MapState }, total: number, concurrency: number): Next {
    const forked = this.#history.after(frame, { type: 'MapStateStarted', details: { mapStateStartedEventDetails: { length: total } } });
    if (total === 0) return this.#joined(forked, []);
    return this.#orFail(forked, () => {
      const begun = Math.min(total, concurrency);
      const work = JSON.stringify({ total, begun } satisfies MapWork);
      const parent = { ...forked, branch: this.#parts.store.changeBranch(forked.branch, { phase: 'forked', work }) };
      return Array.from({ length: begun }, (_, index) => this.#addIteration(parent, index));
    });
  }

  /** A timer of the branch is due: a wait or a pause is over, or a task took too long. */
  wake(frame: Frame): Next {
    const { branch, state } = frame;
    if (branch.phase === 'retrying') return this.#readyAgain(branch);
    if (branch.phase === 'running' && state.type === 'Task')
      return this.taskFailed({ ...frame, state }, new StateFailure('States.Timeout', ''));
    if (branch.phase === 'waiting' && state.type === 'Wait') {
      return this.#orFail(frame, () => this.moveOn(frame, state.next, state.flow.pass(frame.scope)));
    }
    return [];
  }

  /** A state that failed: Retry first, then Catch, then whoever forked the branch, in the end the execution. */
  fail(frame: Frame, failure: StateFailure, ofBranch = false): Next {
    const { branch, state } = frame;
    if (!('retriers' in state)) return this.failGraph(branch, failure);
    const retried = this.#retry(branch, state, { failure, ofBranch });
    if (retried !== undefined) return retried;
    const catcher = state.catchers.find(({ errors }) => covers(errors, failure, ofBranch));
    if (catcher === undefined) return this.failGraph(branch, failure);
    try {
      return this.moveOn(frame, catcher.next, catcher.place(frame.scope.input, { Error: failure.error, Cause: failure.reason }));
    } catch (error) {
      if (error instanceof StateFailure) return this.failGraph(branch, error);
      throw error;
    }
  }

  failGraph(branch: Branch, failure: StateFailure): Next {
    const parent = branch.parentId === undefined ? undefined : this.frame(branch.parentId);
    if (parent === undefined) {
      this.stop(branch.executionArn, { status: 'FAILED', error: failure.error, cause: failure.reason, previousId: branch.lastEventId });
      return [];
    }
    this.#deleteBelow(parent.branch.id);
    const type = `${parent.state.type}StateFailed`;
    return this.fail(this.#history.after(parent, { type, details: {} }), failure, parent.state.type === 'Parallel');
  }

  /** Ends the execution, whatever runs: what comes back later finds no branch. */
  stop(executionArn: string, { status, output, error, cause, previousId }: Stop): void {
    const { store, clock } = this.#parts;
    for (const { id } of store.branchesOf(executionArn)) this.#deleteBranch(id);
    this.#timers.disarmExecution(executionArn);
    const last = previousId ?? store.eventCount(executionArn);
    this.#history.add(executionArn, last, stopEvent({ status, output, error, cause }));
    // AWS tells the reason of a timeout in the history alone.
    const reason = status === 'TIMED_OUT' ? {} : { error: error || undefined, cause: cause || undefined };
    store.stopExecution(executionArn, { status, output, error: reason.error, cause: reason.cause, stoppedAtMs: clock.now() });
  }

  #retry(
    branch: Branch,
    { retriers }: RetryingState,
    { failure, ofBranch }: { failure: StateFailure; ofBranch: boolean },
  ): Next | undefined {
    const index = retriers.findIndex(({ errors }) => covers(errors, failure, ofBranch));
    const retrier = retriers[index];
    const made = branch.retries[index] ?? 0;
    if (retrier === undefined || made >= retrier.attemptsMax) return undefined;
    const retries = retriers.map((_, other) => (branch.retries[other] ?? 0) + (other === index ? 1 : 0));
    const { store, clock, chance } = this.#parts;
    this.#timers.armBranch(
      store.changeBranch(branch, { phase: 'retrying', retries, work: undefined }),
      clock.now() + retrier.delayMs(made, chance()),
    );
    return [];
  }

  #readyAgain(branch: Branch): Next {
    this.#parts.store.changeBranch(branch, { phase: 'ready' });
    return [branch.id];
  }

  #enter({ branch, graph }: Frame, { next, input, exited }: { next: string; input: string; exited: number }): Next {
    const { store, clock } = this.#parts;
    if (store.eventCount(branch.executionArn) >= executionLimits.eventsMax) {
      const reason = `The execution reached the maximum number of history events (${executionLimits.eventsMax}).`;
      this.stop(branch.executionArn, { status: 'FAILED', error: 'States.Runtime', cause: reason, previousId: exited });
      return [];
    }
    const lastEventId = this.#history.addEntered({ ...branch, lastEventId: exited }, stateIn(graph, next), input);
    const enteredAtMs = clock.now();
    store.changeBranch(branch, { state: next, input, enteredAtMs, phase: 'ready', retries: [], work: undefined, lastEventId });
    return [branch.id];
  }

  #finishGraph(branch: Branch, output: string): Next {
    if (branch.parentId === undefined) {
      this.stop(branch.executionArn, { status: 'SUCCEEDED', output, previousId: branch.lastEventId });
      return [];
    }
    this.#parts.store.changeBranch(branch, { phase: 'done', output, lastEventId: branch.lastEventId });
    const parent = this.frame(branch.parentId);
    return parent === undefined ? [] : this.#orFail(parent, () => this.#childFinished(parent, branch.position));
  }

  #childFinished(parent: Frame, position: number): Next {
    const { store } = this.#parts;
    const { branch, state } = parent;
    if (state.type === 'Map') {
      const details = { mapIterationSucceededEventDetails: { name: state.name, index: position } };
      this.#history.add(branch.executionArn, branch.lastEventId, { type: 'MapIterationSucceeded', details });
      const { total, begun } = JSON.parse(branch.work ?? '{}') as MapWork;
      if (begun < total) {
        const work = JSON.stringify({ total, begun: begun + 1 } satisfies MapWork);
        return [this.#addIteration({ ...parent, branch: store.changeBranch(branch, { work }) }, begun)];
      }
    }
    if (store.unfinishedBelow(branch.id) > 0) return [];
    const results = store.branchesBelow(branch.id).map(({ output }) => JSON.parse(output ?? 'null') as unknown);
    this.#deleteBelow(branch.id);
    return this.#joined(parent, results);
  }

  #joined(parent: Frame, results: readonly unknown[]): Next {
    const { state } = parent;
    if (!('graphs' in state)) throw new Error(`${state.name} forks nothing`);
    const frame: Frame & { readonly state: ForkingState } = {
      ...this.#history.after(parent, { type: `${state.type}StateSucceeded`, details: {} }),
      state,
    };
    return this.succeed(frame, results);
  }

  #addIteration(parent: Frame, index: number): number {
    const { state, scope, branch } = parent;
    if (state.type !== 'Map') throw new Error(`${state.name} has no items`);
    const selected = { ...scope, input: state.flow.select(scope) };
    const item = { Index: index, Value: state.items(selected)[index] };
    const input = state.itemInput({ ...withItem(parent, item), input: selected.input }, item.Value);
    this.#refuseLarge(input, parent);
    const details = { mapIterationStartedEventDetails: { name: state.name, index } };
    const lastEventId = this.#history.add(branch.executionArn, branch.lastEventId, { type: 'MapIterationStarted', details });
    return this.#addChild({ ...parent, branch: { ...branch, lastEventId } }, { position: index, graphIndex: 0, input, item });
  }

  #addChild({ branch, state }: Frame, { position, graphIndex, input, item }: Child): number {
    const graph = 'graphs' in state ? state.graphs[graphIndex] : undefined;
    if (graph === undefined) throw new Error(`${state.name} has no graph ${graphIndex}`);
    const text = JSON.stringify(input);
    const lastEventId = this.#history.addEntered(branch, stateIn(graph, graph.startAt), text);
    return this.#parts.store.addBranch({
      executionArn: branch.executionArn,
      parentId: branch.id,
      position,
      graphPath: [...branch.graphPath, [state.name, graphIndex]],
      state: graph.startAt,
      input: text,
      enteredAtMs: this.#parts.clock.now(),
      // A branch of Parallel inside an iteration still sees the iteration's item.
      item: item === undefined ? branch.item : JSON.stringify(item),
      lastEventId,
    });
  }

  #refuseLarge(input: unknown, { state }: Frame): void {
    if (tooLarge(JSON.stringify(input))) throw dataLimit(`The input of a branch of the state '${state.name}' exceeds the maximum`);
  }

  #orFail(frame: Frame, move: () => Next): Next {
    try {
      return move();
    } catch (error) {
      if (!(error instanceof StateFailure)) throw error;
      this.#deleteBelow(frame.branch.id);
      return this.fail(frame, error);
    }
  }

  #deleteBelow(parentId: number): void {
    for (const { id } of this.#parts.store.branchesBelow(parentId)) {
      this.#deleteBelow(id);
      this.#deleteBranch(id);
    }
  }

  #deleteBranch(id: number): void {
    this.#timers.disarmBranch(id);
    this.#parts.store.deleteBranch(id);
  }
}

interface Stop {
  readonly status: Exclude<ExecutionStatus, 'RUNNING'>;
  readonly output?: string | undefined;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
  readonly previousId?: number;
}

function stateIn({ states }: Graph, name: string): State {
  const state = states.get(name);
  if (state === undefined) throw new Error(`no state ${name}`);
  return state;
}

function tooLarge(json: string): boolean {
  return json.length * 3 > executionLimits.payloadBytesMax && Buffer.byteLength(json) > executionLimits.payloadBytesMax;
}

function dataLimit(reason: string): StateFailure {
  return new StateFailure('States.DataLimitExceeded', `${reason} number of bytes service limit.`);
}
