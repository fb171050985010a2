/**
 * Step Functions of the local stack: standard workflows of the template, interpreted durably on the stack's clock. A Wait survives a
 * restart and may last a year.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Closable, Invoker, LocalClock, StackLog, StackModel } from '../ports.ts';
import { ExecutionStore } from './execution-store.ts';
import { Interpreter } from './interpreter.ts';
import { declaredMachines, machineCache } from './machines.ts';
import { answerStates, retentionMs } from './states-api.ts';
import { taskRunner, type ServiceAnswer, type ServiceCall } from './tasks.ts';

export interface StatesOptions {
  /** The connection that the clock is on: a state and its timer commit together. */
  readonly database: DatabaseSync;
  readonly clock: LocalClock;
  readonly model: StackModel;
  readonly invoker: Invoker;
  /** SQS, DynamoDB and EventBridge on behalf of a state machine; answers `AccessDeniedException` for what its role does not grant. */
  readonly call: (call: ServiceCall) => Promise<ServiceAnswer>;
  /** Whether a state machine's role grants `lambda:InvokeFunction`. */
  readonly mayInvoke: (roleArn: string, functionArn: string) => boolean;
  readonly log: StackLog;
  /** From 0 up to 1, for the jitter of retries. */
  readonly chance?: () => number;
}

export interface States extends Closable {
  /** One call of the API, for example `StartExecution`. Access was decided before. Rejects with `ApiRefusal` as Step Functions would refuse. */
  readonly handle: (operation: string, input: unknown) => Promise<object>;
  /** Takes up the executions that a stopped process left. Call once functions can be invoked. */
  start(): void;
  /** Resolves once every execution waits for a timer or is done, or the time is over. */
  settled(limitMs: number): Promise<void>;
}

/** Call before the clock starts. Throws `TemplateError` with logical id, state and field for a machine that it cannot run as AWS does. */
export function openStates(options: StatesOptions): States {
  const { database, clock, model, log, mayInvoke, chance = Math.random } = options;
  const machines = declaredMachines(model, mayInvoke);
  const store = new ExecutionStore(database);
  store.transaction(() => store.deleteStoppedBefore(clock.now() - retentionMs));
  const interpreter = new Interpreter({ store, clock, log, chance, runTask: taskRunner(options), machineOf: machineCache() });
  const parts = { model, machines, store, interpreter, now: () => clock.now() };
  return {
    handle: async (operation, input) => answerStates(operation, input, parts),
    start: () => interpreter.start(),
    settled: (limitMs) => interpreter.settled(limitMs),
    close: () => interpreter.close(),
  };
}
