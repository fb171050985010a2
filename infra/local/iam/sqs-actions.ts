import type { AccessRequest, StackModel } from '../ports.ts';
import type { ApiCall } from './api-call.ts';

/** Batches are granted by the action of their single form. */
const actionOf: Readonly<Record<string, string>> = {
  SendMessageBatch: 'SendMessage',
  DeleteMessageBatch: 'DeleteMessage',
  ChangeMessageVisibilityBatch: 'ChangeMessageVisibility',
};

/** A queue's URL ends with account and name, whatever host it names. */
function queueName(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1);
}

export function sqsRequests({ operation, input }: ApiCall, model: StackModel): AccessRequest[] {
  const arn = (name: string) => `arn:aws:sqs:${model.region}:${model.accountId}:${name}`;
  const ask = (action: string, resource: string): AccessRequest => ({ action: `sqs:${action}`, resource, context: {} });
  const action = actionOf[operation] ?? operation;
  if (operation === 'StartMessageMoveTask') return moveRequests(input, ask);
  const { QueueUrl, QueueName, SourceArn } = input;
  if (typeof QueueUrl === 'string') return [ask(action, arn(queueName(QueueUrl)))];
  if (typeof QueueName === 'string') return [ask(action, arn(QueueName))];
  if (typeof SourceArn === 'string') return [ask(action, SourceArn)];
  return [ask(action, arn('*'))];
}

/** Moving messages takes reading and deleting at one end and, where it is named, sending at the other (SQS Developer Guide, DLQ redrive permissions). */
function moveRequests(input: ApiCall['input'], ask: (action: string, resource: string) => AccessRequest): AccessRequest[] {
  const source = String(input['SourceArn']);
  const destination = input['DestinationArn'];
  return [
    ...['StartMessageMoveTask', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'].map((action) => ask(action, source)),
    ...(typeof destination === 'string' ? [ask('SendMessage', destination)] : []),
  ];
}
