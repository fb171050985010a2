import { z } from 'zod';
import type { Resource, StackModel } from '../ports.ts';
import { propertiesOf, refusal } from '../template/properties.ts';
import type { EventPattern } from './event-pattern.ts';
import { compileFilters } from './filter-criteria.ts';
import { commonSettings, functionOf, knownSettings, refuseMissingGrants, type RoleGrants } from './mapping-settings.ts';

export interface StreamSettings {
  readonly logicalId: string;
  readonly enabled: boolean;
  readonly tableName: string;
  readonly streamArn: string;
  readonly region: string;
  readonly functionArn: string;
  readonly startsAtHorizon: boolean;
  readonly batchSize: number;
  readonly windowMs: number;
  readonly lanes: number;
  readonly bisects: boolean;
  /** Infinity for as long as the records live. */
  readonly retriesMax: number;
  readonly recordAgeMsMax: number;
  /** Name of the queue that discarded batches are reported to. */
  readonly failureQueue: string | undefined;
  readonly reportsItemFailures: boolean;
  readonly wanted: EventPattern;
}

/** As long as DynamoDB keeps a stream record: older ones are given up, whatever the mapping says. */
const recordAgeMsMax = 24 * 3_600_000;
const unlimited = -1;

const known = knownSettings(
  'BisectBatchOnFunctionError',
  'DestinationConfig',
  'MaximumRecordAgeInSeconds',
  'MaximumRetryAttempts',
  'ParallelizationFactor',
  'StartingPosition',
);

const Settings = z.object({
  ...commonSettings,
  BisectBatchOnFunctionError: z.union([z.boolean(), z.stringbool()]).default(false),
  DestinationConfig: z.strictObject({ OnFailure: z.strictObject({ Destination: z.string() }).optional() }).optional(),
  MaximumRecordAgeInSeconds: z.union([z.literal(unlimited), z.coerce.number().int().min(60).max(604_800)]).default(unlimited),
  MaximumRetryAttempts: z.coerce.number().int().min(unlimited).max(10_000).default(unlimited),
  ParallelizationFactor: z.coerce.number().int().min(1).max(10).default(1),
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']),
});

/** Throws `TemplateError`, which names the logical id, for a mapping that Lambda would refuse or this machine cannot run. */
export function streamSettings(mapping: Resource, model: StackModel, grants: RoleGrants | undefined): StreamSettings {
  const settings = propertiesOf(mapping, Settings, known);
  const lambda = functionOf(mapping, model);
  const actions = ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'];
  refuseMissingGrants(mapping, { lambda, actions, resource: settings.EventSourceArn, grants });
  const ageSeconds = settings.MaximumRecordAgeInSeconds;
  return {
    logicalId: mapping.logicalId,
    enabled: settings.Enabled,
    tableName: tableOf(mapping, settings.EventSourceArn, model),
    streamArn: settings.EventSourceArn,
    region: model.region,
    functionArn: lambda.arn,
    startsAtHorizon: settings.StartingPosition === 'TRIM_HORIZON',
    batchSize: settings.BatchSize ?? 100,
    windowMs: settings.MaximumBatchingWindowInSeconds * 1_000,
    lanes: settings.ParallelizationFactor,
    bisects: settings.BisectBatchOnFunctionError,
    retriesMax: settings.MaximumRetryAttempts === unlimited ? Number.POSITIVE_INFINITY : settings.MaximumRetryAttempts,
    recordAgeMsMax: ageSeconds === unlimited ? recordAgeMsMax : Math.min(ageSeconds * 1_000, recordAgeMsMax),
    failureQueue: failureQueue(mapping, settings.DestinationConfig?.OnFailure?.Destination, model),
    reportsItemFailures: settings.FunctionResponseTypes.length > 0,
    wanted: compileFilters(settings.FilterCriteria, `${mapping.logicalId} (${mapping.type})`),
  };
}

function tableOf(mapping: Resource, streamArn: string, model: StackModel): string {
  const name = /:table\/([^/]+)\/stream\//.exec(streamArn)?.[1];
  const tables = [...model.ofType('AWS::DynamoDB::GlobalTable'), ...model.ofType('AWS::DynamoDB::Table')];
  const table = tables.find(({ physicalName }) => physicalName === name);
  if (table === undefined) throw refusal(mapping, `EventSourceArn: no table with the stream ${streamArn} in the template`);
  if (table.properties['StreamSpecification'] === undefined) throw refusal(mapping, `EventSourceArn: ${table.logicalId} has no stream`);
  return table.physicalName;
}

function failureQueue(mapping: Resource, destination: string | undefined, model: StackModel): string | undefined {
  if (destination === undefined) return undefined;
  const queue = model.byArn(destination);
  if (queue?.type === 'AWS::SQS::Queue') return queue.physicalName;
  throw refusal(mapping, `DestinationConfig.OnFailure.Destination: ${destination} is no queue of the template`);
}
