/** Events of an execution's history, as GetExecutionHistory names them. */
import type { ExecutionStatus } from './execution-store.ts';
import type { TaskState } from './machine.ts';

export interface NewEvent {
  readonly type: string;
  /** The member that the API gives the event, for example `{ stateEnteredEventDetails: … }`. */
  readonly details: object;
}

interface Ending {
  readonly status: Exclude<ExecutionStatus, 'RUNNING'>;
  readonly output?: string | undefined;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
}

const endings = { SUCCEEDED: 'Succeeded', FAILED: 'Failed', ABORTED: 'Aborted', TIMED_OUT: 'TimedOut' } as const;

export function stopEvent({ status, output, error, cause }: Ending): NewEvent {
  const details = status === 'SUCCEEDED' ? { output } : { error, cause };
  return { type: `Execution${endings[status]}`, details: { [`execution${endings[status]}EventDetails`]: details } };
}

/** Tasks that name a function by its ARN have events of their own kind. */
export function taskEvent({ resource }: TaskState, type: string, details: object): NewEvent {
  const ofFunction = resource.kind === 'function';
  const member = `${ofFunction ? 'lambdaFunction' : 'task'}${type}EventDetails`;
  const named = ofFunction ? details : { ...resourceNames(resource), ...details };
  return { type: `${ofFunction ? 'LambdaFunction' : 'Task'}${type}`, details: ofFunction && type === 'Started' ? {} : { [member]: named } };
}

export function scheduledEvent(state: TaskState, parameters: string): NewEvent {
  const { resource } = state;
  if (resource.kind === 'function') return taskEvent(state, 'Scheduled', { resource: resource.functionArn, input: parameters });
  return taskEvent(state, 'Scheduled', { parameters });
}

function resourceNames(resource: TaskState['resource']): object {
  if (resource.kind !== 'service') return { resourceType: 'lambda', resource: 'invoke' };
  return { resourceType: resource.service, resource: resource.action.charAt(0).toLowerCase() + resource.action.slice(1) };
}
