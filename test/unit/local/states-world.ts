import { DatabaseSync } from 'node:sqlite';
import { openClock, type DurableClock } from '#infra/local/clock/clock.ts';
import type { InvokeOutcome } from '#infra/local/ports.ts';
import { openStates, type States } from '#infra/local/states/states.ts';
import type { ServiceAnswer, ServiceCall } from '#infra/local/states/tasks.ts';
import { modelOf } from '#test/fakes/stack-model.ts';

export const workArn = 'arn:aws:lambda:ap-southeast-3:000000000000:function:work';
export const machineArn = 'arn:aws:states:ap-southeast-3:000000000000:stateMachine:machine';
export const roleArn = 'arn:aws:iam::000000000000:role/machine';

export interface WorldOptions {
  readonly database?: DatabaseSync;
  readonly invoke?: (event: unknown, call: number) => InvokeOutcome | Promise<InvokeOutcome>;
  readonly call?: (call: ServiceCall) => Promise<ServiceAnswer>;
  readonly mayInvoke?: (roleArn: string, functionArn: string) => boolean;
  readonly chance?: () => number;
  readonly properties?: Record<string, unknown>;
}

interface Described {
  readonly status: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly startDate: number;
  readonly stopDate?: number;
}

export interface World {
  readonly clock: DurableClock;
  readonly states: States;
  readonly events: unknown[];
  readonly warnings: string[];
  readonly start: (input?: unknown, name?: string) => Promise<string>;
  readonly describe: (executionArn: string) => Promise<Described>;
  readonly history: (executionArn: string) => Promise<{ type: string; id: number; previousEventId: number; timestamp: number }[]>;
  /** Starts, waits until nothing moves without time passing, and describes. */
  readonly run: (input?: unknown) => Promise<Described>;
  readonly close: () => Promise<void>;
}

export const ok = (payload: unknown): InvokeOutcome => ({ ok: true, payload });
export const failed = (errorType: string, errorMessage = 'no'): InvokeOutcome => ({ ok: false, reason: 'error', errorType, errorMessage });

const opened: World[] = [];

export async function closeWorlds(): Promise<void> {
  for (const world of opened.splice(0)) await world.close();
}

/** One state machine with a role and the function `work`. */
export async function world(definition: object, options: WorldOptions = {}): Promise<World> {
  const { database = new DatabaseSync(':memory:'), invoke = () => ok(null), call, mayInvoke = () => true, chance } = options;
  const warnings: string[] = [];
  const log = { info: () => undefined, warn: (_room: string, message: string) => void warnings.push(message) };
  const clock = openClock({ database, log });
  const events: unknown[] = [];
  const states = openStates({
    database,
    clock,
    log,
    model: modelOf({
      work: { type: 'AWS::Lambda::Function' },
      Machine: {
        type: 'AWS::StepFunctions::StateMachine',
        physicalName: 'machine',
        arn: machineArn,
        properties: { RoleArn: roleArn, DefinitionString: JSON.stringify(definition), ...options.properties },
      },
    }),
    invoker: {
      invoke: async (_arn, event) => {
        events.push(event);
        return invoke(event, events.length);
      },
    },
    call: call ?? (async () => ({ ok: false, error: 'Unexpected', message: 'no service is called here' })),
    mayInvoke,
    ...(chance === undefined ? {} : { chance }),
  });
  await clock.start();
  states.start();
  const describe = async (executionArn: string) => (await states.handle('DescribeExecution', { executionArn })) as Described;
  const start = async (input: unknown = {}, name?: string) => {
    const answer = await states.handle('StartExecution', { stateMachineArn: machineArn, input: JSON.stringify(input), name });
    return (answer as { executionArn: string }).executionArn;
  };
  const made: World = {
    clock,
    states,
    events,
    warnings,
    start,
    describe,
    history: async (executionArn) => {
      const answer = await states.handle('GetExecutionHistory', { executionArn, maxResults: 1_000 });
      return (answer as { events: Awaited<ReturnType<World['history']>> }).events;
    },
    run: async (input) => {
      const arn = await start(input);
      await states.settled(5_000);
      return describe(arn);
    },
    close: async () => {
      await states.close();
      await clock.close();
    },
  };
  opened.push(made);
  return made;
}

/** A machine of one state. */
export function single(state: object): object {
  return { StartAt: 'S', States: { S: { End: true, ...state } } };
}

/** What a machine of one Pass state makes of an input. */
export async function passed(state: object, input: unknown): Promise<unknown> {
  const { status, output, error, cause } = await (await world(single({ Type: 'Pass', ...state }))).run(input);
  return status === 'SUCCEEDED' ? JSON.parse(output ?? 'null') : { status, error, cause };
}

/** A task that invokes the one function. */
export const task = { Type: 'Task', Resource: workArn };
/** What an execution gave, parsed. */
export const output = ({ output }: { output?: string }) => JSON.parse(output ?? 'null') as unknown;
