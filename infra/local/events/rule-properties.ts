/**
 * The properties of `AWS::Events::Rule`, for both who run them: rules with a schedule and rules with a pattern. Each knows the other's property,
 * since a rule may have both.
 */
import { z } from 'zod';
import type { Resource } from '../ports.ts';
import { propertiesOf } from '../template/properties.ts';
import { TargetInput } from './target-input.ts';

/** EventBridge's own bound. */
const targetsMax = 5;

export const defaultBus = 'default';

const RuleProperties = z.object({
  EventBusName: z.string().default(defaultBus),
  EventPattern: z.unknown().optional(),
  ScheduleExpression: z.string().default(''),
  State: z.enum(['ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS']).default('ENABLED'),
  RoleArn: z.string().optional(),
  Targets: z
    .array(TargetInput.extend({ Arn: z.string(), Id: z.string(), RoleArn: z.string().optional() }))
    .max(targetsMax)
    .default([]),
});

export type RuleProperties = z.output<typeof RuleProperties>;

/** Why a target's own retry policy changes nothing here. */
export const retriesElsewhere =
  'an asynchronous invocation here has the retries of its function, a delivery on one machine none of its own';

const known = {
  supported: [
    'EventBusName',
    'EventPattern',
    'RoleArn',
    'ScheduleExpression',
    'State',
    ...['Arn', 'Id', 'Input', 'InputPath', 'InputTransformer', 'RoleArn'].map((field) => `Targets.${field}`),
  ],
  inert: {
    Name: 'the model names it',
    Description: 'for readers',
    Tags: 'nothing reads them',
    'Targets.RetryPolicy': retriesElsewhere,
  },
};

/** Throws `TemplateError` for anything that would not act here as on AWS. */
export function rulePropertiesOf(rule: Resource): RuleProperties {
  return propertiesOf(rule, RuleProperties, known);
}
