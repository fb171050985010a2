/**
 * Calls what a Task state names, under the state machine's role, and says what came of it in Step Functions' words.
 */
import type { Invoker, StackModel } from '../ports.ts';
import type { TaskState } from './machine.ts';
import { runtimeFailure, StateFailure } from './state-failure.ts';
import type { ServiceResource, TaskResource } from './task-resource.ts';

/** One call of a service's API on behalf of a state machine. */
export interface ServiceCall {
  readonly roleArn: string;
  readonly service: ServiceResource['service'];
  /** As the API names it, for example `SendMessage`. */
  readonly action: string;
  readonly parameters: object;
}

export type ServiceAnswer =
  | { readonly ok: true; readonly output: unknown }
  /** `error` is the exception's name, for example `ConditionalCheckFailedException`. */
  | { readonly ok: false; readonly error: string; readonly message: string };

export interface TaskParts {
  readonly model: Pick<StackModel, 'ofType' | 'byArn'>;
  readonly invoker: Invoker;
  /** Refuses what the role does not grant with `AccessDeniedException`. */
  readonly call: (call: ServiceCall) => Promise<ServiceAnswer>;
  readonly mayInvoke: (roleArn: string, functionArn: string) => boolean;
}

/** Resolves with the task's result. Rejects with a StateFailure. */
export type RunTask = (resource: TaskState['resource'], roleArn: string, parameters: unknown) => Promise<unknown>;

export function taskRunner(parts: TaskParts): RunTask {
  return async (resource, roleArn, parameters) => {
    if (resource.kind === 'service') return callService(resource, { roleArn, parameters }, parts);
    if (resource.kind === 'function') return invoke({ functionArn: resource.functionArn, roleArn, event: parameters }, parts);
    return invokeWrapped(roleArn, objectIn(parameters), parts);
  };
}

interface Invocation {
  readonly functionArn: string;
  readonly roleArn: string;
  readonly event: unknown;
}

async function invoke({ functionArn, roleArn, event }: Invocation, { model, invoker, mayInvoke }: TaskParts): Promise<unknown> {
  if (!mayInvoke(roleArn, functionArn)) {
    const denied = `${roleArn} is not authorized to perform: lambda:InvokeFunction on resource: ${functionArn}`;
    throw new StateFailure(
      'Lambda.AWSLambdaException',
      `User: ${denied} (Service: AWSLambda; Status Code: 403; Error Code: AccessDeniedException)`,
    );
  }
  if (model.byArn(functionArn) === undefined)
    throw new StateFailure('Lambda.ResourceNotFoundException', `Function not found: ${functionArn}`);
  const outcome = await invoker.invoke(functionArn, event);
  if (outcome.ok) return outcome.payload ?? null;
  if (outcome.reason === 'throttled') throw new StateFailure('Lambda.TooManyRequestsException', outcome.errorMessage);
  const { errorType, errorMessage, trace } = outcome as typeof outcome & { readonly trace?: readonly string[] };
  throw new StateFailure(errorType, JSON.stringify({ errorMessage, errorType, trace }));
}

/** `lambda:invoke`: the answer comes with what HTTP said about it. */
async function invokeWrapped(roleArn: string, parameters: Readonly<Record<string, unknown>>, parts: TaskParts): Promise<unknown> {
  const { FunctionName: name, Payload: event = {}, InvocationType: type = 'RequestResponse', ...others } = parameters;
  const [other] = Object.keys(others);
  if (other !== undefined) throw runtimeFailure(`The field '${other}' of lambda:invoke is not supported by the local stack`);
  if (type !== 'RequestResponse') throw runtimeFailure(`The InvocationType ${JSON.stringify(type)} is not supported by the local stack`);
  const functionArn = functionArnOf(name, parts.model);
  const payload = await invoke({ functionArn, roleArn, event }, parts);
  const length = String(Buffer.byteLength(JSON.stringify(payload)));
  return {
    ExecutedVersion: '$LATEST',
    Payload: payload,
    SdkHttpMetadata: {
      AllHttpHeaders: { 'Content-Type': ['application/json'], 'Content-Length': [length], 'X-Amz-Executed-Version': ['$LATEST'] },
      HttpHeaders: { 'Content-Type': 'application/json', 'Content-Length': length, 'X-Amz-Executed-Version': '$LATEST' },
      HttpStatusCode: 200,
    },
    StatusCode: 200,
  };
}

function functionArnOf(name: unknown, model: TaskParts['model']): string {
  if (typeof name !== 'string') throw runtimeFailure('The field FunctionName of lambda:invoke is no text');
  const plain = name.replace(/:\$LATEST$/, '');
  const found = model.ofType('AWS::Lambda::Function').find(({ arn, physicalName }) => plain === arn || plain === physicalName);
  return found?.arn ?? plain;
}

async function callService(
  resource: ServiceResource,
  { roleArn, parameters }: { readonly roleArn: string; readonly parameters: unknown },
  { call }: TaskParts,
): Promise<unknown> {
  const { service, action, errorPrefix } = resource;
  const given = resource.optimised ? withTexts(resource, objectIn(parameters)) : objectIn(parameters);
  const answer = await call({ roleArn, service, action, parameters: given });
  if (!answer.ok) throw new StateFailure(`${errorPrefix}.${answer.error}`, answer.message);
  if (service === 'events' && resource.optimised) refuseFailedEntries(answer.output);
  return answer.output;
}

/** Optimised integrations take JSON where the API wants its text. */
function withTexts({ service }: ServiceResource, parameters: Readonly<Record<string, unknown>>): object {
  if (service === 'sqs') return { ...parameters, MessageBody: textOf(parameters['MessageBody']) };
  if (service !== 'events' || !Array.isArray(parameters['Entries'])) return parameters;
  return {
    ...parameters,
    Entries: parameters['Entries'].map((entry: Readonly<Record<string, unknown>>) =>
      Object.assign({}, entry, { Detail: textOf(entry['Detail']) }),
    ),
  };
}

function textOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}

function refuseFailedEntries(output: unknown): void {
  const { FailedEntryCount: failed = 0 } = output as { FailedEntryCount?: number };
  if (failed > 0) throw new StateFailure('EventBridge.FailedEntry', JSON.stringify(output));
}

function objectIn(parameters: unknown): Readonly<Record<string, unknown>> {
  if (typeof parameters === 'object' && parameters !== null && !Array.isArray(parameters)) return parameters as Record<string, unknown>;
  throw runtimeFailure('The parameters of the task are no object');
}

/** Functions that a machine's role must be able to invoke, as far as its definition names them. */
export function namedFunction(resource: TaskResource): string | undefined {
  return resource.kind === 'function' ? resource.functionArn : undefined;
}
