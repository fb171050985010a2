import type { AccessRequest, StackModel } from '../ports.ts';
import type { ApiCall } from './api-call.ts';
import { dynamodbRequests } from './dynamodb-actions.ts';
import { sqsRequests } from './sqs-actions.ts';

/**
 * Everything a call wants to do; all of it must be granted. Table, queue and event bus names become ARNs of the model's region and account.
 * Throws `UnreadableCall` for a call that cannot be analysed.
 */
export function accessRequests(call: ApiCall, model: StackModel): AccessRequest[] {
  switch (call.service) {
    case 'dynamodb':
    case 'dynamodbstreams':
      return dynamodbRequests(call, model);
    case 'sqs':
      return sqsRequests(call, model);
    case 'states':
      return [{ action: `states:${call.operation}`, resource: statesResource(call.input), context: {} }];
    case 'events':
      return eventsRequests(call, model);
    case 'sts':
      // Whoever has a key may ask who they are.
      return [];
    default:
      return call.service satisfies never;
  }
}

function statesResource(input: ApiCall['input']): string {
  const named = input['stateMachineArn'] ?? input['executionArn'] ?? input['mapRunArn'] ?? input['activityArn'] ?? input['resourceArn'];
  return typeof named === 'string' ? named : '*';
}

interface EventEntry {
  readonly EventBusName?: string;
  readonly Source?: string;
  readonly DetailType?: string;
}

function eventsRequests({ operation, input }: ApiCall, model: StackModel): AccessRequest[] {
  const action = `events:${operation}`;
  if (operation !== 'PutEvents') return [{ action, resource: '*', context: {} }];
  return ((input['Entries'] ?? []) as EventEntry[]).map(({ EventBusName = 'default', Source, DetailType }) => ({
    action,
    resource: EventBusName.startsWith('arn:')
      ? EventBusName
      : `arn:aws:events:${model.region}:${model.accountId}:event-bus/${EventBusName}`,
    context: {
      ...(Source === undefined ? {} : { 'events:source': [Source] }),
      ...(DetailType === undefined ? {} : { 'events:detail-type': [DetailType] }),
    },
  }));
}
