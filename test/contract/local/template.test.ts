import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { CfnIntegration, CfnRoute, HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { AttributeType, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Code, Function as LambdaFn, Runtime, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, StateMachine, Wait, WaitTime } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadModel, type LocalModel } from '#infra/local/template.ts';
import type { Resource } from '#infra/local/ports.ts';

let directory: string;
let model: LocalModel;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'xm-template-'));
  mkdirSync(join(directory, 'code'));
  writeFileSync(join(directory, 'code', 'index.mjs'), 'export const handler = () => {};');
  const app = new App({ outdir: join(directory, 'cdk.out'), context: { 'aws:cdk:bundling-stacks': [] } });
  declareStack(new Stack(app, 'Xm'), join(directory, 'code'));
  app.synth();
  model = loadModel(join(directory, 'cdk.out'), {
    region: 'ap-southeast-3',
    accountId: '000000000000',
    addresses: {
      queueUrl: (name) => `http://127.0.0.1:4566/000000000000/${name}`,
      apiEndpoint: () => 'http://127.0.0.1:4567',
      distributionDomain: () => '127.0.0.1:4568',
    },
  });
});

afterAll(() => rmSync(directory, { recursive: true }));

function declareStack(stack: Stack, code: string): void {
  const table = new TableV2(stack, 'Table', {
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
    timeToLiveAttribute: 'expiresAt',
  });
  const deadLetters = new Queue(stack, 'DeadLetters');
  const queue = new Queue(stack, 'Jobs', { deadLetterQueue: { queue: deadLetters, maxReceiveCount: 3 }, enforceSSL: true });
  const bucket = new Bucket(stack, 'Uploads', { enforceSSL: true });
  (bucket.node.defaultChild as CfnBucket).notificationConfiguration = {
    queueConfigurations: [{ event: 's3:ObjectCreated:*', queue: queue.queueArn }],
  };
  const handler = new LambdaFn(stack, 'Handler', {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromAsset(code),
    environment: { TABLE: table.tableName, QUEUE_URL: queue.queueUrl, BUCKET: bucket.bucketName },
  });
  table.grantReadWriteData(handler);
  handler.addEventSource(new SqsEventSource(queue));
  handler.addEventSource(new DynamoEventSource(table, { startingPosition: StartingPosition.TRIM_HORIZON }));
  const sweep = new Rule(stack, 'Sweep', { schedule: Schedule.rate(Duration.minutes(1)), targets: [new LambdaFunction(handler)] });
  const definition = new Wait(stack, 'Until', { time: WaitTime.timestampPath('$.at') }).next(
    new LambdaInvoke(stack, 'Expire', { lambdaFunction: handler }),
  );
  const timer = new StateMachine(stack, 'Timer', { definitionBody: DefinitionBody.fromChainable(definition) });
  const api = new HttpApi(stack, 'Api');
  const integration = new CfnIntegration(stack, 'Integration', {
    apiId: api.apiId,
    integrationType: 'AWS_PROXY',
    integrationUri: handler.functionArn,
  });
  const route = new CfnRoute(stack, 'Route', { apiId: api.apiId, routeKey: 'GET /', target: `integrations/${integration.ref}` });
  const url = new CfnOutput(stack, 'ApiUrl', { value: api.apiEndpoint });
  url.node.addDependency(sweep, timer, route);
}

function only(type: string): Resource {
  const [resource, ...others] = model.ofType(type);
  if (resource === undefined || others.length > 0) throw new Error(`not exactly one ${type}`);
  return resource;
}

describe('a template as CDK synthesises it', () => {
  it('names what AWS would name', () => {
    expect(only('AWS::DynamoDB::GlobalTable')).toMatchObject({
      physicalName: 'xm-table',
      arn: 'arn:aws:dynamodb:ap-southeast-3:000000000000:table/xm-table',
    });
    expect(only('AWS::S3::Bucket').physicalName).toBe('xm-uploads');
    expect(model.ofType('AWS::SQS::Queue').map(({ physicalName }) => physicalName)).toEqual(['xm-dead-letters', 'xm-jobs']);
  });

  it('gives functions their environment and their code', () => {
    const handler = only('AWS::Lambda::Function');
    expect(handler.properties['Environment']).toEqual({
      Variables: { TABLE: 'xm-table', QUEUE_URL: 'http://127.0.0.1:4566/000000000000/xm-jobs', BUCKET: 'xm-uploads' },
    });
    expect(handler.properties['Role']).toBe('arn:aws:iam::000000000000:role/xm-handler-service-role');
    expect(model.assetDirectory(handler)).toMatch(/asset\.[0-9a-f]+$/);
  });

  it('connects event sources, notifications, schedules and routes', () => {
    const handlerArn = only('AWS::Lambda::Function').arn;
    const queueArn = 'arn:aws:sqs:ap-southeast-3:000000000000:xm-jobs';
    const sources = model.ofType('AWS::Lambda::EventSourceMapping').map(({ properties }) => properties['EventSourceArn']);
    expect(sources).toEqual([queueArn, expect.stringMatching(/table\/xm-table\/stream\/20/)]);
    expect(only('AWS::S3::Bucket').properties['NotificationConfiguration']).toEqual({
      QueueConfigurations: [{ Event: 's3:ObjectCreated:*', Queue: queueArn }],
    });
    expect(only('AWS::Events::Rule').properties['Targets']).toEqual([expect.objectContaining({ Arn: handlerArn })]);
    expect(only('AWS::ApiGatewayV2::Route').properties['Target']).toBe(
      `integrations/${only('AWS::ApiGatewayV2::Integration').physicalName}`,
    );
    expect(model.outputs['ApiUrl']).toBe('http://127.0.0.1:4567');
  });

  it('gives the definition of a state machine as JSON', () => {
    const definition = JSON.parse(String(only('AWS::StepFunctions::StateMachine').properties['DefinitionString'])) as {
      States: Record<string, unknown>;
    };
    expect(definition.States['Expire']).toMatchObject({ Parameters: { FunctionName: only('AWS::Lambda::Function').arn } });
  });

  it('finds every resource by its ARN', () => {
    for (const resource of model.resources.values()) expect(model.byArn(resource.arn)?.logicalId).toBe(resource.logicalId);
  });
});
