/**
 * What a Task state may call: functions, and a few services through their optimised and SDK integrations.
 * Source: https://docs.aws.amazon.com/step-functions/latest/dg/integrate-services.html
 */
import { DefinitionError } from './definition-error.ts';

export type TaskResource =
  /** A function by its own ARN: the state's input is the event, the answer the result. */
  | { readonly kind: 'function'; readonly functionArn: string }
  /** `lambda:invoke`: FunctionName and Payload are parameters, and the answer comes wrapped. */
  | { readonly kind: 'lambda-invoke' }
  | ServiceResource;

export interface ServiceResource {
  readonly kind: 'service';
  readonly service: 'sqs' | 'dynamodb' | 'events';
  /** As the service's API names it, for example `SendMessage`. */
  readonly action: string;
  /** Stands before the names of its errors, for example `DynamoDB` in `DynamoDB.ConditionalCheckFailedException`. */
  readonly errorPrefix: string;
  /** Optimised integrations turn JSON into the text that a field wants. */
  readonly optimised: boolean;
}

const optimised: Readonly<Record<string, Pick<ServiceResource, 'service' | 'errorPrefix'> & { readonly actions: readonly string[] }>> = {
  sqs: { service: 'sqs', errorPrefix: 'SQS', actions: ['sendMessage'] },
  dynamodb: { service: 'dynamodb', errorPrefix: 'DynamoDB', actions: ['getItem', 'putItem', 'updateItem', 'deleteItem'] },
  events: { service: 'events', errorPrefix: 'EventBridge', actions: ['putEvents'] },
};

const sdk: typeof optimised = {
  sqs: { service: 'sqs', errorPrefix: 'Sqs', actions: ['sendMessage', 'sendMessageBatch'] },
  dynamodb: {
    service: 'dynamodb',
    errorPrefix: 'DynamoDb',
    actions: [
      'getItem',
      'putItem',
      'updateItem',
      'deleteItem',
      'query',
      'batchGetItem',
      'batchWriteItem',
      'transactWriteItems',
      'transactGetItems',
    ],
  },
  eventbridge: { service: 'events', errorPrefix: 'EventBridge', actions: ['putEvents'] },
};

const functionForm = /^arn:aws:lambda:[a-z0-9-]+:\d+:function:[\w-]+(?::\$LATEST)?$/;

/** Throws a DefinitionError for anything else than the above, `.sync` and `.waitForTaskToken` among it. */
export function parseTaskResource(text: string, place: string): TaskResource {
  if (functionForm.test(text)) return { kind: 'function', functionArn: text.replace(/:\$LATEST$/, '') };
  if (text === 'arn:aws:states:::lambda:invoke') return { kind: 'lambda-invoke' };
  const [, sdkPrefix, name = '', action = ''] = /^arn:aws:states:::(aws-sdk:)?(\w+):(\w+)$/.exec(text) ?? [];
  const table = sdkPrefix === undefined ? optimised : sdk;
  const integration = Object.hasOwn(table, name) ? table[name] : undefined;
  if (integration === undefined || !integration.actions.includes(action)) throw new DefinitionError(place, `${text} is not supported`);
  const { service, errorPrefix } = integration;
  return {
    kind: 'service',
    service,
    errorPrefix,
    action: action.charAt(0).toUpperCase() + action.slice(1),
    optimised: sdkPrefix === undefined,
  };
}
