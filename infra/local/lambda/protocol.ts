/**
 * What the local stack and the runtime inside an execution environment say to each other.
 *
 * Events and answers travel as JSON text: a handler sees and returns exactly what would cross the wire on AWS.
 */

/** First message of an environment: what to load. */
export interface InitRequest {
  readonly type: 'init';
  /** Folder of the bundle; `LAMBDA_TASK_ROOT`. */
  readonly taskRoot: string;
  /** As in the template: `index.handler`. */
  readonly handler: string;
  /** Whether the runtime still takes `(event, context, callback)`: up to Node 22. */
  readonly callbacks: boolean;
  readonly context: StaticContext;
  /** Offset of the stack's clock. Threads read the live one from shared memory. */
  readonly offsetMs: number;
}

/** The part of a handler's context that stays the same for the life of an environment. */
export interface StaticContext {
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  readonly memoryLimitInMB: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
}

/** One event; the next is sent only after its answer. */
export interface RunRequest {
  readonly type: 'run';
  readonly requestId: string;
  readonly event: string;
  readonly timeoutMs: number;
}

/** A new offset of the stack's clock, for processes only; answered with the same number. */
interface ClockRequest {
  readonly type: 'clock';
  readonly offsetMs: number;
  readonly number: number;
}

export type ToRuntime = InitRequest | RunRequest | ClockRequest;

/** What went wrong, as Lambda reports it to the caller. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

export type FromRuntime =
  | { readonly type: 'initialised' }
  | { readonly type: 'init-failed'; readonly error: FunctionError }
  | { readonly type: 'answered'; readonly requestId: string; readonly json: string; readonly memoryBytes: number }
  | { readonly type: 'failed'; readonly requestId: string; readonly error: FunctionError; readonly memoryBytes: number }
  /** Nobody caught it: the environment ends itself next. */
  | { readonly type: 'crashed'; readonly error: FunctionError }
  | { readonly type: 'clock-set'; readonly number: number }
  /** Threads only: a process writes to its pipes. */
  | { readonly type: 'output'; readonly stream: OutputStream; readonly text: string };

export type OutputStream = 'stdout' | 'stderr';

/**
 * Memory that a thread shares with the stack: the clock's offset as a float, and the bytes of output that the stack has not taken yet.
 * The offset is read without `Atomics`, which knows no floats: an aligned 64-bit value is never torn on the machines this runs on.
 */
export const sharedBytes = 16;
export const sharedOffsetIndex = 0;
export const sharedPendingIndex = 2;

/** What a worker thread is started with. */
export interface ThreadData {
  readonly port: import('node:worker_threads').MessagePort;
  readonly shared: SharedArrayBuffer;
}

/** Begins the line that a process writes to both of its pipes behind the output of one event; the request id follows. */
export const outputEndMark = '\u0000end ';
