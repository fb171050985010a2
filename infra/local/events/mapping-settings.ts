/**
 * `AWS::Lambda::EventSourceMapping` as written in the template, checked against what Lambda would refuse and what this machine cannot do.
 */
import { z } from 'zod';
import { refusal } from '../template/properties.ts';
import type { AccessRequest, Resource, StackModel } from '../ports.ts';
import type { KnownProperties } from '../template/check-properties.ts';
import { FilterCriteria } from './filter-criteria.ts';

const mappingType = 'AWS::Lambda::EventSourceMapping';

/** Whether a function's role grants what its event source needs: Lambda refuses a mapping whose role does not. */
export type RoleGrants = (lambda: Resource, request: AccessRequest) => boolean;

const seconds = (max: number) => z.coerce.number().int().min(0).max(max);

/** What every kind of event source has. */
export const commonSettings = {
  BatchSize: z.coerce.number().int().min(1).max(10_000).optional(),
  Enabled: z.union([z.boolean(), z.stringbool()]).default(true),
  EventSourceArn: z.string(),
  FilterCriteria: FilterCriteria.optional(),
  FunctionName: z.string(),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).max(1).default([]),
  MaximumBatchingWindowInSeconds: seconds(300).default(0),
};

export function knownSettings(...special: readonly string[]): KnownProperties {
  return {
    supported: [...Object.keys(commonSettings), ...special],
    inert: { Tags: 'nothing is billed', MetricsConfig: 'there are no metrics' },
  };
}

/** Mappings of the template whose source is of one service, for example `sqs`. */
export function mappingsOf(model: StackModel, service: string): Resource[] {
  return model.ofType(mappingType).filter((mapping) => serviceOf(mapping) === service);
}

const servicesSupported = new Set(['sqs', 'dynamodb']);

function serviceOf(mapping: Resource): string {
  const { EventSourceArn: source } = mapping.properties;
  const service = typeof source === 'string' ? (source.split(':')[2] ?? '') : '';
  if (!servicesSupported.has(service)) {
    throw refusal(mapping, `EventSourceArn: the local stack polls SQS queues and DynamoDB streams, not ${JSON.stringify(service)}`);
  }
  return service;
}

export function functionOf(mapping: Resource, model: StackModel): Resource {
  const named = String(mapping.properties['FunctionName']);
  const found = model.ofType('AWS::Lambda::Function').find(({ arn, physicalName }) => named === arn || named === physicalName);
  if (found === undefined) throw refusal(mapping, `FunctionName: no function ${named} in the template`);
  return found;
}

export interface Grants {
  readonly lambda: Resource;
  readonly actions: readonly string[];
  readonly resource: string;
  readonly grants: RoleGrants | undefined;
}

/** Refuses a mapping whose function may not read its source, as Lambda does when the mapping is created. */
export function refuseMissingGrants(mapping: Resource, { lambda, actions, resource, grants }: Grants): void {
  const missing = actions.find((action) => grants?.(lambda, { action, resource, context: {} }) === false);
  if (missing !== undefined) throw refusal(mapping, `the role of ${lambda.logicalId} does not grant ${missing} on ${resource}`);
}
