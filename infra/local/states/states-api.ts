/**
 * The API of Step Functions in the AWS JSON 1.0 protocol, as far as it starts, stops and reads executions.
 * Source: https://docs.aws.amazon.com/step-functions/latest/apireference/Welcome.html
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { ApiRefusal } from '../gateway/api-refusal.ts';
import type { StackModel } from '../ports.ts';
import type { Execution, ExecutionStore, HistoryEvent } from './execution-store.ts';
import type { Interpreter } from './interpreter.ts';
import type { DeclaredMachine } from './machines.ts';
import { executionLimits } from './transitions.ts';

export interface ApiParts {
  readonly model: Pick<StackModel, 'region' | 'accountId'>;
  readonly machines: readonly DeclaredMachine[];
  readonly store: ExecutionStore;
  readonly interpreter: Interpreter;
  readonly now: () => number;
}

/** How long a closed execution keeps its name and its history. */
export const retentionMs = 90 * 86_400_000;

type Operation = (input: unknown, parts: ApiParts) => object;

const operations: Readonly<Record<string, Operation>> = {
  StartExecution: startExecution,
  StopExecution: stopExecution,
  DescribeExecution: describeExecution,
  ListExecutions: listExecutions,
  GetExecutionHistory: getExecutionHistory,
  DescribeStateMachine: describeStateMachine,
  ListStateMachines: listStateMachines,
};

/** One call: the operation's name, and its input as it was sent. Throws `ApiRefusal` with the code that Step Functions would answer. */
export function answerStates(name: string, input: unknown, parts: ApiParts): object {
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (operation === undefined) throw new ApiRefusal('UnknownOperationException', `The local stack does not know the operation ${name}`);
  return operation(input, parts);
}

const pageSize = z.number().int().min(0).max(1_000).default(0);
const nextToken = z.string().max(3_096).optional();

function inputOf<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new ApiRefusal('ValidationException', z.prettifyError(parsed.error));
}

const nameForm = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]{1,80}$/u;

const StartInput = z.object({
  stateMachineArn: z.string(),
  name: z.string().optional(),
  input: z.string().default('{}'),
  traceHeader: z.string().optional(),
});

function startExecution(given: unknown, parts: ApiParts): object {
  const { stateMachineArn, name = randomUUID(), input } = inputOf(StartInput, given);
  const machine = machineOf(stateMachineArn, parts);
  if (!nameForm.test(name)) throw new ApiRefusal('InvalidName', `Invalid Name: '${name}'`);
  refuseInput(input);
  const arn = `arn:aws:states:${parts.model.region}:${parts.model.accountId}:execution:${machine.name}:${name}`;
  const existing = existingExecution(arn, input, parts);
  if (existing !== undefined) return { executionArn: arn, startDate: seconds(existing.startedAtMs) };
  const execution: Execution = {
    arn,
    machineArn: machine.arn,
    name,
    status: 'RUNNING',
    input,
    output: undefined,
    error: undefined,
    cause: undefined,
    startedAtMs: parts.now(),
    stoppedAtMs: undefined,
    definition: machine.definition,
    roleArn: machine.roleArn,
  };
  const { go } = parts.store.transaction(() => {
    parts.store.addExecution(execution);
    return parts.interpreter.begin(execution);
  });
  go();
  return { executionArn: arn, startDate: seconds(execution.startedAtMs) };
}

/** The same name and input of a running execution is the same call again; any other use of a name is refused for 90 days. */
function existingExecution(arn: string, input: string, { store, now }: ApiParts): Execution | undefined {
  const existing = store.execution(arn);
  if (existing === undefined) return undefined;
  if (existing.status === 'RUNNING' && existing.input === input) return existing;
  if (existing.stoppedAtMs !== undefined && existing.stoppedAtMs < now() - retentionMs) {
    store.transaction(() => store.deleteStoppedBefore(now() - retentionMs));
    return undefined;
  }
  throw new ApiRefusal('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
}

function refuseInput(input: string): void {
  if (Buffer.byteLength(input) > executionLimits.payloadBytesMax) {
    throw new ApiRefusal('ValidationException', `input is longer than ${executionLimits.payloadBytesMax} bytes`);
  }
  try {
    JSON.parse(input);
  } catch (error) {
    throw new ApiRefusal('InvalidExecutionInput', `Invalid State Machine Execution Input: '${(error as Error).message}'`);
  }
}

const StopInput = z.object({ executionArn: z.string(), error: z.string().max(256).optional(), cause: z.string().max(32_768).optional() });

function stopExecution(given: unknown, parts: ApiParts): object {
  const { executionArn, error, cause } = inputOf(StopInput, given);
  const { status } = executionOf(executionArn, parts);
  if (status === 'RUNNING') parts.interpreter.abort(executionArn, { error, cause });
  return { stopDate: seconds(executionOf(executionArn, parts).stoppedAtMs ?? parts.now()) };
}

function describeExecution(given: unknown, parts: ApiParts): object {
  const execution = executionOf(inputOf(z.object({ executionArn: z.string() }), given).executionArn, parts);
  const { input, output, error, cause, status } = execution;
  return {
    ...summary(execution),
    input,
    inputDetails: { included: true },
    ...(output === undefined ? {} : { output, outputDetails: { included: true } }),
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
    redriveStatus: 'NOT_REDRIVABLE',
    redriveStatusReason: status === 'RUNNING' ? 'Execution is RUNNING and cannot be redriven' : 'The local stack redrives no executions',
  };
}

function summary({ arn, machineArn, name, status, startedAtMs, stoppedAtMs }: Execution): object {
  return {
    executionArn: arn,
    stateMachineArn: machineArn,
    name,
    status,
    startDate: seconds(startedAtMs),
    ...(stoppedAtMs === undefined ? {} : { stopDate: seconds(stoppedAtMs) }),
    redriveCount: 0,
  };
}

const ListInput = z.object({
  stateMachineArn: z.string(),
  statusFilter: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE']).optional(),
  maxResults: pageSize,
  nextToken,
});

const pageSizeDefault = 100;

function listExecutions(given: unknown, parts: ApiParts): object {
  const { stateMachineArn, statusFilter: status, maxResults, nextToken: token } = inputOf(ListInput, given);
  const { arn: machineArn } = machineOf(stateMachineArn, parts);
  const limit = maxResults || pageSizeDefault;
  const after = token === undefined ? undefined : tokenContent(ListToken, token);
  const found = parts.store.executions({ machineArn, status, limit: limit + 1, after });
  const last = found.length > limit ? found[limit - 1] : undefined;
  return {
    executions: found.slice(0, limit).map(summary),
    ...(last === undefined ? {} : { nextToken: tokenOf({ startedAtMs: last.startedAtMs, arn: last.arn }) }),
  };
}

const HistoryInput = z.object({
  executionArn: z.string(),
  includeExecutionData: z.boolean().default(true),
  maxResults: pageSize,
  nextToken,
  reverseOrder: z.boolean().default(false),
});

function getExecutionHistory(given: unknown, parts: ApiParts): object {
  const { executionArn, includeExecutionData, maxResults, reverseOrder: reverse, nextToken: token } = inputOf(HistoryInput, given);
  executionOf(executionArn, parts);
  const limit = maxResults || pageSizeDefault;
  const first = reverse ? Number.MAX_SAFE_INTEGER : 1;
  const from = token === undefined ? first : tokenContent(HistoryToken, token).from;
  const found = parts.store.events(executionArn, { from, limit: limit + 1, reverse });
  const next = found[limit];
  return {
    events: found.slice(0, limit).map((event) => shownEvent(event, includeExecutionData)),
    ...(next === undefined ? {} : { nextToken: tokenOf({ from: next.id }) }),
  };
}

function shownEvent({ id, previousId, atMs, type, details }: HistoryEvent, withData: boolean): object {
  const members = JSON.parse(details) as Record<string, Record<string, unknown>>;
  const shown = Object.entries(members).map(([member, { input, output, parameters, ...rest }]) => [
    member,
    withData ? Object.assign(rest, defined({ input, output, parameters })) : rest,
  ]);
  return { id, previousEventId: previousId, timestamp: seconds(atMs), type, ...(Object.fromEntries(shown) as object) };
}

function defined(fields: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function describeStateMachine(given: unknown, parts: ApiParts): object {
  const { stateMachineArn } = inputOf(z.object({ stateMachineArn: z.string() }), given);
  const { definition, roleArn, ...machine } = machineOf(stateMachineArn, parts);
  return { ...machineSummary(machine), status: 'ACTIVE', definition, roleArn };
}

function listStateMachines(_given: unknown, { machines }: ApiParts): object {
  return { stateMachines: machines.map(machineSummary) };
}

/** They exist as long as the template does: its machines have no moment of creation here. */
function machineSummary({ arn, name }: Pick<DeclaredMachine, 'arn' | 'name'>): object {
  return { stateMachineArn: arn, name, type: 'STANDARD', creationDate: 0 };
}

function machineOf(arn: string, { machines }: ApiParts): DeclaredMachine {
  if (!/^arn:aws:states:[^:]*:\d+:stateMachine:[^:]+$/.test(arn)) throw new ApiRefusal('InvalidArn', `Invalid Arn: '${arn}'`);
  const machine = machines.find((one) => one.arn === arn);
  if (machine === undefined) throw new ApiRefusal('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
  return machine;
}

function executionOf(arn: string, { store }: ApiParts): Execution {
  if (!/^arn:aws:states:[^:]*:\d+:execution:[^:]+:[^:]+$/.test(arn)) throw new ApiRefusal('InvalidArn', `Invalid Arn: '${arn}'`);
  const execution = store.execution(arn);
  if (execution === undefined) throw new ApiRefusal('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
  return execution;
}

const ListToken = z.object({ startedAtMs: z.number(), arn: z.string() });
const HistoryToken = z.object({ from: z.number().int() });

function tokenOf(content: object): string {
  return Buffer.from(JSON.stringify(content)).toString('base64url');
}

function tokenContent<Schema extends z.ZodType>(schema: Schema, token: string): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(Buffer.from(token, 'base64url').toString('utf8')));
  } catch {
    throw new ApiRefusal('InvalidToken', `Invalid Token: '${token}'`);
  }
}

/** Times in the protocol are seconds since the epoch. */
function seconds(ms: number): number {
  return ms / 1_000;
}
