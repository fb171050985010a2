import type { NameRule } from './names.ts';

/** What the identifiers of a resource are made of. */
export interface Identity {
  readonly region: string;
  readonly accountId: string;
  readonly name: string;
  readonly logicalId: string;
  readonly addresses: LocalAddresses;
  /** A property of the resource, resolved; undefined when the template leaves it out. */
  readonly property: (name: string) => unknown;
}

/** Where the local stack serves what AWS would serve under a URL of its own choosing. Arguments are physical names. */
export interface LocalAddresses {
  /** For example `http://127.0.0.1:4566/000000000000/xm-logs-ranges`. The SDK goes where a queue's URL points, whatever its endpoint is set to. */
  queueUrl(name: string): string;
  /** Scheme, host and port of an HTTP API. */
  apiEndpoint(name: string): string;
  /** Host and port, as the template puts the scheme before it. */
  distributionDomain(name: string): string;
}

export interface ResourceType {
  /** Why nothing runs it here; undefined for a type that some room of the stack runs. */
  readonly inert?: string;
  readonly name: NameRule;
  readonly arn: (identity: Identity) => string;
  readonly ref: (identity: Identity) => string;
  /** What Fn::GetAtt may ask for, besides `Arn` where `arnAttribute` is true. */
  readonly attributes: Readonly<Record<string, (identity: Identity) => string>>;
}

/**
 * The label of every table's stream in ARNs of the model. AWS uses the time the stream was enabled and the engine its own;
 * a constant keeps event sources of a restarted stack what they were.
 */
export const streamLabel = '2000-01-01T00:00:00.000';

const byName = ({ name }: Identity) => name;

function regional(service: string, resource: (name: string) => string) {
  return ({ region, accountId, name }: Identity) => `arn:aws:${service}:${region}:${accountId}:${resource(name)}`;
}

function global(service: string, resource: (name: string) => string) {
  return ({ accountId, name }: Identity) => `arn:aws:${service}::${accountId}:${resource(name)}`;
}

interface Parts {
  readonly name?: Partial<NameRule>;
  readonly arn: ResourceType['arn'];
  readonly ref?: ResourceType['ref'];
  readonly attributes?: ResourceType['attributes'];
}

function type({ name, arn, ref = byName, attributes = {} }: Parts): ResourceType {
  return { name: { charactersMax: 64, ...name }, arn, ref, attributes: { Arn: arn, ...attributes } };
}

function inert(reason: string, parts: Partial<Parts> = {}): ResourceType {
  return { ...type({ arn: regional('local', (name) => name), ...parts }), inert: reason };
}

const functionArn = regional('lambda', (name) => `function:${name}`);
const apiArn = ({ region, name }: Identity) => `arn:aws:apigateway:${region}::/apis/${name}`;
const bucketArn = ({ name }: Identity) => `arn:aws:s3:::${name}`;

/** The qualified ARN of a version or alias: its function may be named or given by ARN. */
function qualifiedArn(identity: Identity, qualifier: string): string {
  const given = String(identity.property('FunctionName'));
  return `${given.startsWith('arn:') ? given : functionArn({ ...identity, name: given })}:${qualifier}`;
}

const table = type({
  name: { property: 'TableName', charactersMax: 255, namespace: 'table' },
  arn: regional('dynamodb', (name) => `table/${name}`),
  attributes: {
    StreamArn: regional('dynamodb', (name) => `table/${name}/stream/${streamLabel}`),
    TableId: byName,
  },
});

const queue = type({
  name: {
    property: 'QueueName',
    charactersMax: 80,
    suffix: ({ FifoQueue }) => (FifoQueue === true || FifoQueue === 'true' ? '.fifo' : ''),
  },
  arn: regional('sqs', (name) => name),
  ref: ({ addresses, name }) => addresses.queueUrl(name),
  attributes: { QueueName: byName, QueueUrl: ({ addresses, name }) => addresses.queueUrl(name) },
});

const bucket = type({
  name: { property: 'BucketName', charactersMax: 63 },
  arn: bucketArn,
  attributes: {
    DomainName: ({ name }) => `${name}.s3.amazonaws.com`,
    RegionalDomainName: ({ name, region }) => `${name}.s3.${region}.amazonaws.com`,
  },
});

const lambda = {
  function: type({ name: { property: 'FunctionName', charactersMax: 64 }, arn: functionArn }),
  // Everything runs the code of this synthesis: version 1 of it, so to say.
  version: type({
    arn: (identity) => qualifiedArn(identity, '1'),
    ref: (identity) => qualifiedArn(identity, '1'),
    attributes: { FunctionArn: (identity) => qualifiedArn(identity, '1'), Version: () => '1' },
  }),
  alias: type({
    arn: (identity) => qualifiedArn(identity, String(identity.property('Name'))),
    ref: (identity) => qualifiedArn(identity, String(identity.property('Name'))),
    attributes: { AliasArn: (identity) => qualifiedArn(identity, String(identity.property('Name'))) },
  }),
  eventSourceMapping: type({
    arn: regional('lambda', (name) => `event-source-mapping:${name}`),
    attributes: { Id: byName, EventSourceMappingArn: regional('lambda', (name) => `event-source-mapping:${name}`) },
  }),
};

const iam = {
  role: type({ name: { property: 'RoleName' }, arn: global('iam', (name) => `role/${name}`), attributes: { RoleId: byName } }),
  policy: type({ name: { charactersMax: 128 }, arn: global('iam', (name) => `policy/${name}`), attributes: { Id: byName } }),
  managedPolicy: type({
    name: { property: 'ManagedPolicyName', charactersMax: 128 },
    arn: global('iam', (name) => `policy/${name}`),
    ref: global('iam', (name) => `policy/${name}`),
    attributes: { PolicyArn: global('iam', (name) => `policy/${name}`) },
  }),
};

const api = type({
  arn: apiArn,
  attributes: { ApiEndpoint: ({ addresses, name }) => addresses.apiEndpoint(name), ApiId: byName },
});

const stateMachineArn = regional('states', (name) => `stateMachine:${name}`);
const stateMachine = type({
  name: { property: 'StateMachineName', charactersMax: 80 },
  arn: stateMachineArn,
  ref: stateMachineArn,
  attributes: { Name: byName, StateMachineRevisionId: () => 'INITIAL' },
});

const eventBus = type({ name: { property: 'Name' }, arn: regional('events', (name) => `event-bus/${name}`), attributes: { Name: byName } });

const secretArn = regional('secretsmanager', (name) => `secret:${name}`);
const secret = type({ name: { property: 'Name', charactersMax: 512 }, arn: secretArn, ref: secretArn, attributes: { Id: secretArn } });

const cloudFront = (kind: string, attributes: ResourceType['attributes'] = {}) =>
  type({ arn: global('cloudfront', (name) => `${kind}/${name}`), attributes: { Id: byName, ...attributes } });

const cloudFrontFunctionArn = global('cloudfront', (name) => `function/${name}`);

/** Types that some room of the local stack runs. */
const run: Readonly<Record<string, ResourceType>> = {
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::DynamoDB::Table': table,
  'AWS::SQS::Queue': queue,
  'AWS::SQS::QueuePolicy': type({ arn: regional('local', (name) => `queue-policy/${name}`), attributes: { Id: byName } }),
  'AWS::S3::Bucket': bucket,
  'AWS::S3::BucketPolicy': type({ arn: regional('local', (name) => `bucket-policy/${name}`) }),
  'AWS::Lambda::Function': lambda.function,
  'AWS::Lambda::Version': lambda.version,
  'AWS::Lambda::Alias': lambda.alias,
  'AWS::Lambda::EventSourceMapping': lambda.eventSourceMapping,
  'AWS::Lambda::EventInvokeConfig': type({ arn: regional('lambda', (name) => `event-invoke-config/${name}`) }),
  'AWS::Lambda::Permission': type({ arn: regional('lambda', (name) => `permission/${name}`), attributes: { Id: byName } }),
  'AWS::IAM::Role': iam.role,
  'AWS::IAM::Policy': iam.policy,
  'AWS::IAM::ManagedPolicy': iam.managedPolicy,
  'AWS::ApiGatewayV2::Api': api,
  'AWS::ApiGatewayV2::Stage': type({ arn: apiArn, ref: ({ property }) => String(property('StageName')) }),
  'AWS::ApiGatewayV2::Route': type({ arn: apiArn, attributes: { RouteId: byName } }),
  'AWS::ApiGatewayV2::Integration': type({ arn: apiArn, attributes: { IntegrationId: byName } }),
  'AWS::ApiGatewayV2::Authorizer': type({ arn: apiArn, attributes: { AuthorizerId: byName } }),
  'AWS::ApiGatewayV2::Deployment': type({ arn: apiArn, attributes: { DeploymentId: byName } }),
  'AWS::Events::Rule': type({ name: { property: 'Name' }, arn: regional('events', (name) => `rule/${name}`) }),
  'AWS::Events::EventBus': eventBus,
  'AWS::Scheduler::Schedule': type({ name: { property: 'Name' }, arn: regional('scheduler', (name) => `schedule/default/${name}`) }),
  'AWS::Scheduler::ScheduleGroup': type({ name: { property: 'Name' }, arn: regional('scheduler', (name) => `schedule-group/${name}`) }),
  'AWS::StepFunctions::StateMachine': stateMachine,
  'AWS::SecretsManager::Secret': secret,
  'AWS::KMS::Key': type({ arn: regional('kms', (name) => `key/${name}`), attributes: { KeyId: byName } }),
  'AWS::CloudFront::Distribution': cloudFront('distribution', { DomainName: ({ addresses, name }) => addresses.distributionDomain(name) }),
  'AWS::CloudFront::Function': type({
    name: { property: 'Name' },
    arn: cloudFrontFunctionArn,
    ref: cloudFrontFunctionArn,
    attributes: { FunctionARN: cloudFrontFunctionArn, 'FunctionMetadata.FunctionARN': cloudFrontFunctionArn, Stage: () => 'LIVE' },
  }),
  'AWS::CloudFront::CachePolicy': cloudFront('cache-policy'),
  'AWS::CloudFront::OriginRequestPolicy': cloudFront('origin-request-policy'),
  'AWS::CloudFront::ResponseHeadersPolicy': cloudFront('response-headers-policy'),
  'Custom::PublishedSite': type({ arn: regional('local', (name) => name) }),
};

const nobodyIsPaged = 'nobody is paged from one machine';
const loopback = 'reached over the loopback only';
const unencrypted = 'data at rest is as safe as the disk it lies on';

/** Types that make no difference on one machine. */
const withoutEffect: Readonly<Record<string, ResourceType>> = {
  'AWS::CDK::Metadata': inert('only counts constructs'),
  'AWS::CloudWatch::Alarm': inert(nobodyIsPaged, {
    name: { property: 'AlarmName', charactersMax: 255 },
    arn: regional('cloudwatch', (name) => `alarm:${name}`),
  }),
  'AWS::CloudWatch::CompositeAlarm': inert(nobodyIsPaged, { name: { property: 'AlarmName', charactersMax: 255 } }),
  'AWS::CloudWatch::AnomalyDetector': inert(nobodyIsPaged),
  'AWS::CloudWatch::Dashboard': inert('there are no metrics to draw', { name: { property: 'DashboardName', charactersMax: 255 } }),
  'AWS::SNS::Topic': inert(nobodyIsPaged, {
    name: { property: 'TopicName' },
    arn: regional('sns', (name) => name),
    ref: regional('sns', (name) => name),
    attributes: { TopicName: byName },
  }),
  'AWS::SNS::Subscription': inert(nobodyIsPaged),
  'AWS::SNS::TopicPolicy': inert(nobodyIsPaged),
  'AWS::Budgets::Budget': inert('costs nothing here'),
  'AWS::Logs::LogGroup': inert('logs go to the terminal and to files', {
    name: { property: 'LogGroupName', charactersMax: 512 },
    arn: regional('logs', (name) => `log-group:${name}:*`),
  }),
  'AWS::Logs::MetricFilter': inert('there are no metrics'),
  'AWS::Logs::QueryDefinition': inert('logs go to the terminal and to files'),
  'AWS::Logs::ResourcePolicy': inert('logs go to the terminal and to files'),
  'AWS::KMS::Alias': inert(unencrypted, { name: { property: 'AliasName', charactersMax: 256 } }),
  'AWS::WAFv2::WebACL': inert(loopback, { arn: regional('wafv2', (name) => `regional/webacl/${name}`) }),
  'AWS::WAFv2::WebACLAssociation': inert(loopback),
  'AWS::Route53::RecordSet': inert(loopback),
  'AWS::Route53::HostedZone': inert(loopback, { attributes: { Id: byName } }),
  'AWS::CertificateManager::Certificate': inert(loopback, {
    arn: regional('acm', (name) => `certificate/${name}`),
    ref: regional('acm', (name) => `certificate/${name}`),
  }),
  'AWS::ApiGatewayV2::DomainName': inert(loopback, {
    ref: ({ property }) => String(property('DomainName')),
    attributes: { RegionalDomainName: ({ property }) => String(property('DomainName')), RegionalHostedZoneId: byName },
  }),
  'AWS::ApiGatewayV2::ApiMapping': inert(loopback),
  'AWS::CloudFront::OriginAccessControl': inert(loopback, { attributes: { Id: byName } }),
  'AWS::CloudFront::CloudFrontOriginAccessIdentity': inert(loopback, { attributes: { Id: byName, S3CanonicalUserId: byName } }),
  'AWS::ApplicationAutoScaling::ScalableTarget': inert('capacity is what the machine has'),
  'AWS::ApplicationAutoScaling::ScalingPolicy': inert('capacity is what the machine has'),
  'Custom::S3AutoDeleteObjects': inert('the data folder is removed by hand or by --fresh'),
  'Custom::LogRetention': inert('logs go to the terminal and to files', { attributes: { LogGroupName: byName } }),
};

/** Every type the local stack knows, or undefined. */
export function resourceType(name: string): ResourceType | undefined {
  if (Object.hasOwn(run, name)) return run[name];
  return Object.hasOwn(withoutEffect, name) ? withoutEffect[name] : undefined;
}
