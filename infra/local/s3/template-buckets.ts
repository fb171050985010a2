/**
 * Buckets as the template declares them.
 */
import { z } from 'zod';
import type { Resource, StackModel } from '../ports.ts';
import { propertiesOf, refusal } from '../template/properties.ts';
import type { BucketConfig, CorsRule, LifecycleRule, NotificationRule } from './config.ts';

const filterRules = z.object({ S3Key: z.object({ Rules: z.array(z.object({ Name: z.string(), Value: z.string() })) }) });
const target = { Event: z.string(), Filter: filterRules.optional() };
const corsRule = z.object({
  AllowedOrigins: z.array(z.string()),
  AllowedMethods: z.array(z.string()),
  AllowedHeaders: z.array(z.string()).optional(),
  ExposedHeaders: z.array(z.string()).optional(),
  MaxAge: z.coerce.number().optional(),
});
const days = z.coerce.number().int().positive();
const lifecycleRule = z.object({
  Id: z.string().optional(),
  Status: z.enum(['Enabled', 'Disabled']),
  Prefix: z.string().optional(),
  TagFilters: z.array(z.object({ Key: z.string(), Value: z.string() })).optional(),
  ExpirationInDays: days.optional(),
  ExpiredObjectDeleteMarker: z.boolean().optional(),
  NoncurrentVersionExpiration: z.object({ NoncurrentDays: days, NewerNoncurrentVersions: days.optional() }).optional(),
  AbortIncompleteMultipartUpload: z.object({ DaysAfterInitiation: days }).optional(),
});
const bucketProperties = z.object({
  VersioningConfiguration: z.object({ Status: z.enum(['Enabled', 'Suspended']) }).optional(),
  CorsConfiguration: z.object({ CorsRules: z.array(corsRule) }).optional(),
  LifecycleConfiguration: z.object({ Rules: z.array(lifecycleRule) }).optional(),
  NotificationConfiguration: z
    .object({
      QueueConfigurations: z.array(z.object({ ...target, Queue: z.string() })).default([]),
      LambdaConfigurations: z.array(z.object({ ...target, Function: z.string() })).default([]),
    })
    .optional(),
});

const known = {
  supported: [
    'BucketName',
    'VersioningConfiguration',
    ...Object.keys(corsRule.shape).map((name) => `CorsConfiguration.CorsRules.${name}`),
    ...Object.keys(lifecycleRule.shape).map((name) => `LifecycleConfiguration.Rules.${name}`),
    'NotificationConfiguration.QueueConfigurations',
    'NotificationConfiguration.LambdaConfigurations',
  ],
  inert: {
    BucketEncryption: 'data at rest is as safe as the disk it lies on',
    LoggingConfiguration: 'access is not logged: the loopback has one user',
    AccessControl: 'every request is signed by the operator or a function',
    OwnershipControls: 'every object has the one account as its owner',
    PublicAccessBlockConfiguration: 'nothing is public: every request is signed',
    Tags: 'nothing reads them',
  },
};

/** Throws `TemplateError`, with logical id and property, for a bucket that would not behave here as on AWS. */
export function bucketsOf(model: StackModel, mayNotify: MayNotify): BucketConfig[] {
  return model.ofType('AWS::S3::Bucket').map((resource) => bucketOf(resource, mayNotify));
}

/** Whether the template lets S3 tell a queue or function about this bucket; a missing permission is refused at start, as CloudFormation does. */
export type MayNotify = (bucket: Resource, targetArn: string) => boolean;

function bucketOf(resource: Resource, mayNotify: MayNotify): BucketConfig {
  const properties = propertiesOf(resource, bucketProperties, known);
  const notifications = notificationsOf(properties.NotificationConfiguration);
  for (const { targetArn } of notifications) {
    if (!mayNotify(resource, targetArn)) throw refusal(resource, `the policy of ${targetArn} does not let S3 notify it`);
  }
  return {
    name: resource.physicalName,
    versioning: properties.VersioningConfiguration?.Status,
    cors: (properties.CorsConfiguration?.CorsRules ?? []).map(corsOf),
    lifecycle: (properties.LifecycleConfiguration?.Rules ?? []).map(lifecycleOf),
    notifications,
  };
}

function notificationsOf(configuration: z.output<typeof bucketProperties>['NotificationConfiguration']): NotificationRule[] {
  const queues = (configuration?.QueueConfigurations ?? []).map((entry) => Object.assign(entry, { targetArn: entry.Queue }));
  const functions = (configuration?.LambdaConfigurations ?? []).map((entry) => Object.assign(entry, { targetArn: entry.Function }));
  return [...queues, ...functions].map(({ Event, Filter, targetArn }, index) => {
    const rules = new Map((Filter?.S3Key.Rules ?? []).map(({ Name, Value }) => [Name.toLowerCase(), Value]));
    return defined({ id: `notification-${index}`, targetArn, events: [Event], prefix: rules.get('prefix'), suffix: rules.get('suffix') });
  });
}

function corsOf({ AllowedOrigins, AllowedMethods, AllowedHeaders, ExposedHeaders, MaxAge }: z.output<typeof corsRule>): CorsRule {
  return defined({
    allowedOrigins: AllowedOrigins,
    allowedMethods: AllowedMethods,
    allowedHeaders: AllowedHeaders,
    exposedHeaders: ExposedHeaders,
    maxAgeSeconds: MaxAge,
  });
}

function lifecycleOf(rule: z.output<typeof lifecycleRule>, index: number): LifecycleRule {
  return defined({
    id: rule.Id ?? `rule-${index}`,
    enabled: rule.Status === 'Enabled',
    prefix: rule.Prefix,
    tags: rule.TagFilters ? Object.fromEntries(rule.TagFilters.map(({ Key, Value }) => [Key, Value])) : undefined,
    expirationDays: rule.ExpirationInDays,
    expiredObjectDeleteMarker: rule.ExpiredObjectDeleteMarker,
    noncurrentDays: rule.NoncurrentVersionExpiration?.NoncurrentDays,
    newerNoncurrentVersions: rule.NoncurrentVersionExpiration?.NewerNoncurrentVersions,
    abortIncompleteMultipartDays: rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation,
  });
}

/** Without what is undefined, which would cross the border to the S3 process as nothing anyway. */
function defined<T extends object>(value: { [Key in keyof T]: T[Key] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as T;
}
