/**
 * What a state machine asks of other services, on behalf of its role: the same check as at the gateway, then the engine.
 */
import type { DynamodbEngine } from './dynamodb/engine.ts';
import { DynamodbError } from './dynamodb/engine-call.ts';
import { accessRequests } from './iam/actions.ts';
import type { LocalAccess } from './iam/access.ts';
import type { StackLog, StackModel } from './ports.ts';
import type { SqsEngine } from './sqs/engine.ts';
import { SqsError } from './sqs/sqs-error.ts';
import type { ServiceAnswer, ServiceCall } from './states/tasks.ts';

export interface ServiceCallOptions {
  readonly model: StackModel;
  readonly access: LocalAccess;
  readonly dynamodb: DynamodbEngine;
  readonly sqs: SqsEngine;
  readonly putEvents: (input: object) => Promise<object>;
  readonly log: StackLog;
}

const statesService = 'states.amazonaws.com';

/** Never rejects: what a service refuses is an answer, which a state machine may catch by name. */
export function serviceCalls(options: ServiceCallOptions): (call: ServiceCall) => Promise<ServiceAnswer> {
  return async (call) => {
    const refusal = refusalOf(call, options);
    if (refusal) return refusal;
    try {
      return { ok: true, output: await run(call, options) };
    } catch (error) {
      return { ok: false, error: nameOf(error), message: (error as Error).message };
    }
  };
}

function refusalOf(call: ServiceCall, { model, access, log }: ServiceCallOptions): ServiceAnswer | undefined {
  const principal = access.principalOfRole(call.roleArn, statesService);
  const wanted = accessRequests({ service: call.service, operation: call.action, input: { ...call.parameters } }, model);
  const denied = access.denied(principal, wanted);
  if (!denied) return undefined;
  log.warn('iam', `${principal.name} may not ${denied.action} on ${denied.resource}: no policy of its role in the template grants it`);
  const message = `User: ${principal.arn} is not authorized to perform: ${denied.action} on resource: ${denied.resource}`;
  return { ok: false, error: 'AccessDeniedException', message };
}

async function run({ service, action, parameters }: ServiceCall, { dynamodb, sqs, putEvents }: ServiceCallOptions): Promise<unknown> {
  switch (service) {
    case 'dynamodb':
      return dynamodb.call(action, parameters);
    case 'sqs':
      return sqs.call(action, parameters);
    case 'events':
      return putEvents(parameters);
    default:
      return service satisfies never;
  }
}

function nameOf(error: unknown): string {
  return error instanceof SqsError || error instanceof DynamodbError ? error.code : 'ServiceException';
}
