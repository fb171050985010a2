import type { Resource, StackLog, StackModel } from '../ports.ts';
import { checkProperties } from '../template/check-properties.ts';
import { withDefaults, type QueueAttributes } from './queue-attributes.ts';
import type { Queues } from './queues.ts';

/** Properties that become the attribute of the same name. */
const attributeProperties = [
  'VisibilityTimeout',
  'DelaySeconds',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'RedrivePolicy',
  'RedriveAllowPolicy',
  'FifoQueue',
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'FifoThroughputLimit',
] as const;

const unencrypted = 'data at rest is as safe as the disk it lies on';

/** Makes the queues what the template says. One that the template no longer names keeps its messages. */
export function applyTemplate(queues: Queues, model: StackModel, log: StackLog): void {
  const resources = model.ofType('AWS::SQS::Queue');
  // Dead-letter queues first: what they allow decides over those that refer to them.
  const inOrder = resources.toSorted((a, b) => Number('RedrivePolicy' in a.properties) - Number('RedrivePolicy' in b.properties));
  for (const resource of inOrder) applyQueue(queues, resource);
  const named = new Set(resources.map(({ physicalName }) => physicalName));
  for (const { name } of queues.all()) if (!named.has(name)) log.info('sqs', `queue ${name} is not in the template; it stays as it is`);
}

function applyQueue(queues: Queues, resource: Resource): void {
  checkProperties(resource, {
    supported: [...attributeProperties, 'QueueName'],
    inert: {
      KmsMasterKeyId: unencrypted,
      KmsDataKeyReusePeriodSeconds: unencrypted,
      SqsManagedSseEnabled: unencrypted,
      Tags: 'labels',
    },
  });
  const attributes = attributesOf(resource);
  const existing = queues.named(resource.physicalName);
  if (existing === undefined) {
    queues.create(resource.physicalName, { attributes });
    return;
  }
  const wanted = withDefaults(attributes, attributes['FifoQueue'] === 'true');
  // What the template no longer says goes: an empty value takes a policy away.
  const changed = attributeProperties
    .filter((name) => existing.attributes[name] !== wanted[name])
    .map((name) => [name, wanted[name] ?? '']);
  if (changed.length > 0) queues.setAttributes(existing, Object.fromEntries(changed) as QueueAttributes);
}

function attributesOf({ properties }: Resource): QueueAttributes {
  const entries = attributeProperties.flatMap((name) => {
    const value = properties[name];
    if (value === undefined || (name === 'FifoQueue' && (value === false || value === 'false'))) return [];
    return [[name, typeof value === 'string' ? value : JSON.stringify(value)]];
  });
  return Object.fromEntries(entries) as QueueAttributes;
}
