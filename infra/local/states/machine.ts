/** A state machine ready to run: every path, template and rule of its definition parsed. */
import type { Flow } from './data-flow.ts';
import type { ErrorHandling } from './error-handling.ts';
import type { Scope } from './expression.ts';
import type { TaskResource } from './task-resource.ts';

export interface Machine {
  readonly graph: Graph;
  /** Longest run of an execution; undefined for none. */
  readonly timeoutSeconds: number | undefined;
}

/** The states of the machine itself, of a branch of Parallel, or of Map's processor. */
export interface Graph {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
}

interface Common {
  readonly name: string;
  readonly flow: Flow;
}

interface Onward {
  /** Undefined where the graph ends. */
  readonly next: string | undefined;
}

export interface PassState extends Common, Onward {
  readonly type: 'Pass';
  /** A function, since `undefined` means none and JSON null is a result. */
  readonly result: (() => unknown) | undefined;
}

export interface WaitState extends Common, Onward {
  readonly type: 'Wait';
  /** When to go on, in milliseconds since the epoch. `scope.input` is what InputPath leaves. */
  until(scope: Scope, enteredAtMs: number): number;
}

export interface TaskState extends Common, Onward, ErrorHandling {
  readonly type: 'Task';
  readonly resource: TaskResource;
  timeoutSeconds(scope: Scope): number | undefined;
}

export interface ChoiceState extends Common {
  readonly type: 'Choice';
  /** Every state it may choose. */
  readonly targets: readonly string[];
  /** The name of the next state; throws `States.NoChoiceMatched`. `scope.input` is what InputPath leaves. */
  choose(scope: Scope): string;
}

export interface SucceedState extends Common {
  readonly type: 'Succeed';
}

export interface FailState extends Common {
  readonly type: 'Fail';
  error(scope: Scope): string | undefined;
  cause(scope: Scope): string | undefined;
}

export interface ParallelState extends Common, Onward, ErrorHandling {
  readonly type: 'Parallel';
  readonly graphs: readonly Graph[];
}

export interface MapState extends Common, Onward, ErrorHandling {
  readonly type: 'Map';
  /** Its one graph runs for every item. */
  readonly graphs: readonly [Graph];
  /** Throws `States.Runtime` when ItemsPath leads to no list. `scope.input` is what InputPath leaves. */
  items(scope: Scope): readonly unknown[];
  /** What one iteration starts with; the item is in the context as `$$.Map.Item`. */
  itemInput(scope: Scope, item: unknown): unknown;
  concurrency(scope: Scope): number;
}

export type State = PassState | WaitState | TaskState | ChoiceState | SucceedState | FailState | ParallelState | MapState;

/** States that run graphs of their own. */
export type ForkingState = ParallelState | MapState;

/** States whose failures Retry and Catch may handle. */
export type RetryingState = TaskState | ForkingState;
