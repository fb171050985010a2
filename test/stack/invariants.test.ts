import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { beforeAll, describe, expect, it } from 'vitest';
import { apiParts } from '#infra/api-description.ts';
import { composeApp } from '#infra/app.ts';
import { builtFunctions, functionEntries, root } from '#infra/build.ts';
import { documentPaths } from '#shared/platform/documentation.ts';
import { routeKey } from '#shared/platform/http/route.ts';
import { type Synthesised, synthesisedTemplate, type TemplateResource } from './template.ts';

let resources: Record<string, TemplateResource>;
let resourcesOfTemplate: Synthesised['resourcesOfTemplate'];
let directory: string;

beforeAll(async () => {
  ({ resources, resourcesOfTemplate, directory } = await synthesisedTemplate());
});

describe('the template', () => {
  it('leaves every stack room to grow: CloudFormation takes 500 resources in one', () => {
    expect(resourcesOfTemplate.size).toBeGreaterThan(1);
    for (const [template, count] of resourcesOfTemplate) expect(count, template).toBeLessThan(400);
  });

  it('gives every queue that is consumed a dead-letter queue and an alarm on it', () => {
    const deadLetters = new Set(
      all('AWS::SQS::Queue').map(([, queue]) => referenced(property(queue, 'RedrivePolicy', 'deadLetterTargetArn'))),
    );
    const alarmed = new Set(alarms().map((alarm) => referenced(dimension(alarm, 'QueueName'))));
    const consumed = all('AWS::SQS::Queue').filter(([logicalId]) => !deadLetters.has(logicalId));
    for (const [logicalId, queue] of consumed) {
      expect(property(queue, 'RedrivePolicy', 'maxReceiveCount'), logicalId).toBeGreaterThanOrEqual(3);
    }
    expect(alarmed).toEqual(deadLetters);
    expect(deadLetters.size).toBeGreaterThan(1);
  });

  it('gives every function an alarm that says what its failure means', () => {
    const texts = new Map(alarms().map((alarm) => [referenced(dimension(alarm, 'FunctionName')), property(alarm, 'AlarmDescription')]));
    for (const [logicalId] of all('AWS::Lambda::Function')) {
      expect(texts.get(logicalId), logicalId).toMatch(/^While this lasts, .{20,}\.$/);
    }
  });

  it('sends every alarm to operators', () => {
    for (const alarm of alarms()) expect(property(alarm, 'AlarmActions')).toHaveLength(1);
  });

  it('grants no role an action or a resource by a lone wildcard, nor a whole service', () => {
    for (const [logicalId, statement] of statements()) {
      for (const action of [statement.Action].flat()) expect(action, logicalId).not.toMatch(/\*/);
      for (const resource of [statement.Resource].flat()) expect(resource, logicalId).not.toBe('*');
    }
    expect(statements().length).toBeGreaterThan(10);
  });

  it('deploys every file of functions/, each with Node 24 on arm64, a stated timeout and its own role', () => {
    const functions = all('AWS::Lambda::Function');
    const entries = functions.map(([, fn]) => String(property(fn, 'Description')).split(':')[0]);
    expect(new Set(entries)).toEqual(new Set(functionEntries()));
    expect(entries).toHaveLength(functionEntries().length);
    const roles = functions.map(([, fn]) => referenced(property(fn, 'Role')));
    expect(new Set(roles).size).toBe(functions.length);
    for (const [logicalId, fn] of functions) {
      expect([property(fn, 'Runtime'), property(fn, 'Architectures'), property(fn, 'Handler')], logicalId).toEqual([
        'nodejs24.x',
        ['arm64'],
        'index.handler',
      ]);
      expect(property(fn, 'Timeout'), logicalId).toBeGreaterThan(0);
    }
  });

  it('guards every route that asks for a permission by the authorizer, and no other', () => {
    const open = new Set([
      ...apiParts.flatMap(({ routes }) => routes.filter(({ permission }) => permission === undefined).map(routeKey)),
      ...documentPaths.map((path) => `GET ${path}`),
    ]);
    const routes = all('AWS::ApiGatewayV2::Route');
    expect(routes.length).toBeGreaterThan(open.size);
    for (const [logicalId, route] of routes) {
      const isOpen = open.has(String(property(route, 'RouteKey')));
      expect(property(route, 'AuthorizationType'), logicalId).toBe(isOpen ? 'NONE' : 'CUSTOM');
      expect(referenced(property(route, 'AuthorizerId')) !== undefined, logicalId).toBe(!isOpen);
    }
  });

  it('tells every function that counts or records where requests come from how to know a viewer behind a distribution', () => {
    const routed = new Set(
      all('AWS::Lambda::Permission').filter(([, { Properties }]) => JSON.stringify(Properties).includes('apigateway.')),
    );
    const served = new Set([...routed].map(([, permission]) => referenced(property(permission, 'FunctionName'))));
    const tellsWhere = /dynamodbAuditLog|dynamodbRateLimits/;
    const asked = all('AWS::Lambda::Function').filter(([logicalId, fn]) => {
      const entry = String(property(fn, 'Description')).split(':')[0] ?? '';
      return served.has(logicalId) && tellsWhere.test(readFileSync(join(root, 'functions', `${entry}.ts`), 'utf8'));
    });
    expect(asked.length).toBeGreaterThanOrEqual(3);
    for (const [logicalId, fn] of asked)
      expect(referenced(property(fn, 'Environment', 'Variables', 'ORIGIN_KEY_SECRET_ID')), logicalId).toBeDefined();
  });

  it('holds no secret: the key of an origin is a reference that CloudFormation resolves', () => {
    const behindDistributions = all('AWS::CloudFront::Distribution').flatMap(
      ([, site]) =>
        property(site, 'DistributionConfig', 'Origins') as { OriginCustomHeaders?: { HeaderName: string; HeaderValue: unknown }[] }[],
    );
    const keys = behindDistributions.flatMap(({ OriginCustomHeaders = [] }) => OriginCustomHeaders);
    expect(keys.length).toBeGreaterThan(0);
    for (const { HeaderName, HeaderValue } of keys) {
      expect(HeaderName).toBe('x-origin-key');
      expect(JSON.stringify(HeaderValue)).toMatch(
        /^\{"Fn::Join":\["",\["\{\{resolve:secretsmanager:",\{"Ref":"\w+"\},":SecretString:::\}\}"\]\]\}$/,
      );
    }
  });

  it('hears of a ledger that is not what was written, by the very line that is logged', () => {
    const filters = all('AWS::Logs::MetricFilter').map(([, filter]) => String(property(filter, 'FilterPattern')));
    const lines = filters.flatMap((pattern) => /^\{ \$\.message = "(The ledger[^"]*)" \}$/.exec(pattern)?.[1] ?? []);
    expect(lines).toHaveLength(1);
    expect(readFileSync(join(root, 'functions', 'wallet', 'verify-ledger.ts'), 'utf8')).toContain(`log.error('${lines[0]}'`);
  });

  it('hears of messages that are refused, by the very line that is logged, and keeps none for long', () => {
    const filters = all('AWS::Logs::MetricFilter').map(([, filter]) => String(property(filter, 'FilterPattern')));
    const lines = filters.flatMap((pattern) => /^\{ \$\.message = "(A message[^"]*)" \}$/.exec(pattern)?.[1] ?? []);
    expect(lines).toHaveLength(1);
    expect(readFileSync(join(root, 'functions', 'messaging', 'send-message.ts'), 'utf8')).toContain(`log.warn('${lines[0]}'`);
    const retention = (part: string) =>
      all('AWS::SQS::Queue').flatMap(([id, queue]) =>
        id.startsWith(`MessagesOutgoing${part}`) ? [property(queue, 'MessageRetentionPeriod')] : [],
      );
    expect([retention('Queue'), retention('DeadLetters')]).toEqual([[3_600], [86_400]]);
  });

  it('describes every route it deploys but the description itself', () => {
    const { paths } = JSON.parse(readFileSync(join(root, 'docs', 'openapi.json'), 'utf8')) as { paths: Record<string, object> };
    const described = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const deployed = all('AWS::ApiGatewayV2::Route').map(([, route]) => String(property(route, 'RouteKey')));
    const documents = documentPaths.map((path) => `GET ${path}`);
    expect([...described, ...documents].toSorted()).toEqual(deployed.toSorted());
  });

  it('keeps what cannot be made again: tables, buckets and keys survive the stack', () => {
    for (const type of ['AWS::DynamoDB::GlobalTable', 'AWS::S3::Bucket', 'AWS::KMS::Key']) {
      for (const [logicalId, resource] of all(type)) {
        expect((resource as unknown as { DeletionPolicy: string }).DeletionPolicy, logicalId).toBe('Retain');
      }
    }
  });

  it('keeps every bucket private and refuses plain HTTP', () => {
    for (const [logicalId, bucket] of all('AWS::S3::Bucket')) {
      expect(property(bucket, 'PublicAccessBlockConfiguration'), logicalId).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
    }
    const refusals = all('AWS::S3::BucketPolicy').filter(([, policy]) => JSON.stringify(policy).includes('"aws:SecureTransport":"false"'));
    expect(refusals).toHaveLength(all('AWS::S3::Bucket').length);
  });

  it('lets a consumer finish before its message shows again', () => {
    for (const [logicalId, mapping] of all('AWS::Lambda::EventSourceMapping')) {
      const source = resources[referenced(property(mapping, 'EventSourceArn')) ?? ''];
      const consumer = resources[referenced(property(mapping, 'FunctionName')) ?? ''];
      if (!source || !consumer) throw new Error(`${logicalId} points outside the template`);
      expect(property(mapping, 'FunctionResponseTypes'), logicalId).toEqual(['ReportBatchItemFailures']);
      if (source.Type === 'AWS::DynamoDB::GlobalTable') continue;
      expect(property(source, 'VisibilityTimeout'), logicalId).toBeGreaterThanOrEqual(Number(property(consumer, 'Timeout')));
    }
  });

  it('follows a stream by patterns alone, from its beginning on, and never by more than two: a third reader slows all of them', () => {
    const mappings = all('AWS::Lambda::EventSourceMapping').filter(
      ([, mapping]) => resources[referenced(property(mapping, 'EventSourceArn')) ?? '']?.Type === 'AWS::DynamoDB::GlobalTable',
    );
    expect(mappings.length).toBeGreaterThan(0);
    for (const [logicalId, mapping] of mappings) {
      expect(property(mapping, 'StartingPosition'), logicalId).toBe('TRIM_HORIZON');
      expect(property(mapping, 'FilterCriteria', 'Filters'), logicalId).not.toEqual([]);
      expect(property(mapping, 'BisectBatchOnFunctionError'), logicalId).toBe(true);
    }
    const readers = Map.groupBy(mappings, ([, mapping]) => referenced(property(mapping, 'EventSourceArn')));
    for (const [table, all] of readers) expect(all.length, table).toBeLessThanOrEqual(2);
  });

  it('tells S3 about the queue only after the queue lets S3 send', () => {
    const notifying = all('AWS::S3::Bucket').filter(([, bucket]) => property(bucket, 'NotificationConfiguration'));
    expect(notifying).toHaveLength(1);
    for (const [logicalId, bucket] of notifying) {
      const policies = (bucket.DependsOn ?? []).filter((id) => resources[id]?.Type === 'AWS::SQS::QueuePolicy');
      expect(policies, logicalId).toHaveLength(1);
    }
  });
});

describe('cdk-nag AwsSolutions', () => {
  it('has found nothing, and would have: a bucket that takes plain HTTP is refused', () => {
    const app = composeApp({ outdir: mkdtempSync(join(tmpdir(), 'xm-nag-')) });
    new Bucket(app.node.findChild('Xm').node.findChild('LogsStack'), 'Planted');
    expect(() => app.synth()).toThrow(/AwsSolutions-S10/);
  });

  it('is set aside only with a reason of one whole sentence', () => {
    const reasons = acknowledgedReasons();
    expect(reasons.length).toBeGreaterThan(0);
    for (const reason of reasons) expect(reason).toMatch(/^[A-Z][^.]{30,}\.$/);
  });
});

describe('bundles', () => {
  it('stay small enough to start fast', () => {
    // better-auth is in one bundle and no other.
    const bytesMax = (entry: string) => (entry === 'identity/auth' ? 1_450_000 : 1_200_000);
    for (const { entry, bytes } of builtFunctions()) expect(bytes, entry).toBeLessThan(bytesMax(entry));
  });
});

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
}

function all(type: string): [logicalId: string, resource: TemplateResource][] {
  return Object.entries(resources).filter(([, resource]) => resource.Type === type);
}

function alarms(): TemplateResource[] {
  return all('AWS::CloudWatch::Alarm').map(([, alarm]) => alarm);
}

function statements(): [logicalId: string, statement: Statement][] {
  const own = all('AWS::IAM::Policy').map(([logicalId, policy]) => [logicalId, property(policy, 'PolicyDocument')] as const);
  const ofRoles = all('AWS::IAM::Role').flatMap(([logicalId, role]) =>
    ((property(role, 'Policies') ?? []) as { PolicyDocument: unknown }[]).map(({ PolicyDocument }) => [logicalId, PolicyDocument] as const),
  );
  return [...own, ...ofRoles].flatMap(([logicalId, document]) =>
    (document as { Statement: Statement[] }).Statement.map((statement): [string, Statement] => [logicalId, statement]),
  );
}

function property(resource: TemplateResource, ...path: string[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], resource.Properties);
}

/** Of the alarm's metric, or of the first that its expression uses. */
function dimension(alarm: TemplateResource, name: string): unknown {
  const metrics = (property(alarm, 'Metrics') ?? []) as { MetricStat?: { Metric: { Dimensions: Dimension[] } } }[];
  const own = (alarm.Properties['Dimensions'] ?? []) as Dimension[];
  const dimensions = [...own, ...metrics.flatMap(({ MetricStat }) => MetricStat?.Metric.Dimensions ?? [])];
  return dimensions.find((entry) => entry.Name === name)?.Value;
}

interface Dimension {
  readonly Name: string;
  readonly Value: unknown;
}

/** The logical id that a Ref or GetAtt names. */
function referenced(value: unknown): string | undefined {
  const { Ref, 'Fn::GetAtt': attribute } = (value ?? {}) as { Ref?: string; 'Fn::GetAtt'?: [string, string] };
  return Ref ?? attribute?.[0];
}

function acknowledgedReasons(): string[] {
  const metadata = JSON.parse(readFileSync(join(directory, 'Xm.metadata.json'), 'utf8')) as Record<
    string,
    { type: string; data: unknown }[]
  >;
  return Object.values(metadata)
    .flat()
    .filter((entry) => entry.type === 'aws:cdk:acknowledged-rules')
    .flatMap((entry) => Object.values(entry.data as Record<string, string>));
}
