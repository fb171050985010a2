import { keyNamed, keyOfCiphertext } from '../keys/key-names.ts';
import type { AccessRequest, StackModel } from '../ports.ts';
import { secretNamed } from '../secrets/secrets.ts';
import type { ApiCall } from './api-call.ts';
import { dynamodbRequests } from './dynamodb-actions.ts';
import { sqsRequests } from './sqs-actions.ts';

/**
 * Everything a call wants to do; all of it must be granted. Table, queue and event bus names become ARNs of the model's region and account.
 * Throws `UnreadableCall` for a call that cannot be analysed.
 */
export function accessRequests(call: ApiCall, model: StackModel): AccessRequest[] {
  return requestsOf[call.service](call, model);
}

type Analysis = (call: ApiCall, model: StackModel) => AccessRequest[];

const requestsOf: Readonly<Record<ApiCall['service'], Analysis>> = {
  dynamodb: dynamodbRequests,
  dynamodbstreams: dynamodbRequests,
  sqs: sqsRequests,
  states: ({ operation, input }) => [{ action: `states:${operation}`, resource: statesResource(input), context: {} }],
  events: eventsRequests,
  secretsmanager: ({ operation, input }, model) => {
    const secret = secretNamed(model, textOf(input['SecretId']) ?? '');
    return [{ action: `secretsmanager:${operation}`, resource: secret?.arn ?? '*', context: {} }];
  },
  kms: (call, model) => [kmsRequest(call, model)],
  ses: (call, model) => [sesRequest(call, model)],
  // A phone number is no resource that a policy could name.
  sns: ({ operation, input }) => [{ action: `sns:${operation}`, resource: textOf(input['TopicArn']) ?? '*', context: {} }],
  // Whoever has a key may ask who they are.
  sts: () => [],
};

function statesResource(input: ApiCall['input']): string {
  const named = input['stateMachineArn'] ?? input['executionArn'] ?? input['mapRunArn'] ?? input['activityArn'] ?? input['resourceArn'];
  return typeof named === 'string' ? named : '*';
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** What is decrypted names its key itself. */
function kmsRequest({ operation, input }: ApiCall, model: StackModel): AccessRequest {
  const { KeyId, CiphertextBlob, EncryptionContext } = input;
  const ciphertext = textOf(CiphertextBlob);
  const key = ciphertext === undefined ? keyNamed(model, textOf(KeyId) ?? '') : keyOfCiphertext(model, ciphertext);
  const pairs = Object.entries((EncryptionContext ?? {}) as Record<string, unknown>);
  const context = Object.fromEntries(pairs.map(([name, value]) => [`kms:EncryptionContext:${name}`, [String(value)]]));
  return {
    action: `kms:${operation}`,
    resource: key?.arn ?? '*',
    context: { ...context, 'kms:EncryptionContextKeys': pairs.map(([name]) => name) },
  };
}

/** The identity is the sender's domain. */
function sesRequest({ operation, input }: ApiCall, { region, accountId }: StackModel): AccessRequest {
  const from = (textOf(input['FromEmailAddress']) ?? '').replace(/^.*<|>$/g, '');
  return {
    action: `ses:${operation}`,
    resource: `arn:aws:ses:${region}:${accountId}:identity/${from.split('@').at(-1)}`,
    context: { 'ses:FromAddress': [from] },
  };
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
