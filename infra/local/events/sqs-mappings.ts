/**
 * Event source mappings from SQS queues to functions.
 */
import { z } from 'zod';
import { propertiesOf, refusal } from '../template/properties.ts';
import type { Closable, EngineEndpoints, Invoker, Resource, StackLog, StackModel } from '../ports.ts';
import { awsJsonClient } from './aws-json.ts';
import { compileFilters } from './filter-criteria.ts';
import { commonSettings, functionOf, knownSettings, mappingsOf, refuseMissingGrants, type RoleGrants } from './mapping-settings.ts';
import { SqsPoller, type SqsPollerSettings } from './sqs-poller.ts';

export interface SqsMappingOptions {
  readonly model: StackModel;
  readonly invoker: Invoker;
  readonly endpoints: Pick<EngineEndpoints, 'sqsUrl'>;
  readonly log: StackLog;
  /** Batches at once of one mapping, whatever the template allows: what the machine has room for. */
  readonly concurrencyMax?: number;
  /** Left out, every role may read every queue. */
  readonly grants?: RoleGrants;
}

/** Batches at once without `ScalingConfig`. AWS begins with five and goes to 1,250; one machine has no use for more. */
const concurrencyDefault = 10;

const known = knownSettings('ScalingConfig');

const Settings = z.object({
  ...commonSettings,
  ScalingConfig: z.strictObject({ MaximumConcurrency: z.coerce.number().int().min(2).max(1_000).optional() }).optional(),
});

/** Begins to poll. Throws `TemplateError`, which names the logical id, for a mapping that Lambda would refuse or this machine cannot run. */
export function startSqsMappings(options: SqsMappingOptions): Closable {
  const sqs = awsJsonClient(options.endpoints.sqsUrl, 'AmazonSQS');
  const settings = mappingsOf(options.model, 'sqs').flatMap((mapping) => pollerSettings(mapping, options) ?? []);
  const pollers = settings.map((one) => new SqsPoller(one, { sqs, invoker: options.invoker, log: options.log }));
  for (const poller of pollers) poller.start();
  return { close: async () => void (await Promise.all(pollers.map((poller) => poller.close()))) };
}

/** Undefined for a mapping that is switched off. */
function pollerSettings(
  mapping: Resource,
  { model, endpoints, grants, concurrencyMax = Infinity }: SqsMappingOptions,
): SqsPollerSettings | undefined {
  const settings = propertiesOf(mapping, Settings, known);
  const queue = model.byArn(settings.EventSourceArn);
  if (queue === undefined) throw refusal(mapping, `EventSourceArn: no queue ${settings.EventSourceArn} in the template`);
  const lambda = functionOf(mapping, model);
  const batchSize = settings.BatchSize ?? 10;
  refuseBatches(mapping, { batchSize, windowSeconds: settings.MaximumBatchingWindowInSeconds, fifo: queue.physicalName.endsWith('.fifo') });
  refuseShortVisibility(mapping, queue, lambda);
  const actions = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];
  refuseMissingGrants(mapping, { lambda, actions, resource: queue.arn, grants });
  if (!settings.Enabled) return undefined;
  return {
    logicalId: mapping.logicalId,
    queueUrl: new URL(`/${model.accountId}/${queue.physicalName}`, endpoints.sqsUrl).href,
    queueArn: queue.arn,
    region: model.region,
    functionArn: lambda.arn,
    batchSize,
    windowSeconds: settings.MaximumBatchingWindowInSeconds,
    concurrency: Math.min(settings.ScalingConfig?.MaximumConcurrency ?? concurrencyDefault, concurrencyMax),
    reportsItemFailures: settings.FunctionResponseTypes.length > 0,
    wanted: compileFilters(settings.FilterCriteria, `${mapping.logicalId} (${mapping.type})`),
  };
}

interface Batches {
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly fifo: boolean;
}

function refuseBatches(mapping: Resource, { batchSize, windowSeconds, fifo }: Batches): void {
  if (fifo && batchSize > 10) throw refusal(mapping, 'BatchSize: at most 10 for a FIFO queue');
  if (fifo && windowSeconds > 0) throw refusal(mapping, 'MaximumBatchingWindowInSeconds: not for a FIFO queue');
  if (batchSize > 10 && windowSeconds === 0)
    throw refusal(mapping, 'BatchSize: above 10 needs a MaximumBatchingWindowInSeconds of 1 or more');
}

/** Lambda refuses it too: a function that may run on while its messages are handed to the next one. */
function refuseShortVisibility(mapping: Resource, queue: Resource, lambda: Resource): void {
  const visibilitySeconds = Number(queue.properties['VisibilityTimeout'] ?? 30);
  const timeoutSeconds = Number(lambda.properties['Timeout'] ?? 3);
  if (visibilitySeconds >= timeoutSeconds) return;
  throw refusal(
    mapping,
    `queue ${queue.logicalId} shows its messages again after ${visibilitySeconds} s, while ${lambda.logicalId} may run for ${timeoutSeconds} s`,
  );
}
