import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { loadModel, type LocalModel } from '#infra/local/template.ts';
import { checkProperties } from '#infra/local/template/check-properties.ts';
import type { Resource } from '#infra/local/ports.ts';

const addresses = {
  queueUrl: (name: string) => `http://127.0.0.1:4566/000000000000/${name}`,
  apiEndpoint: () => 'http://127.0.0.1:4567',
  distributionDomain: () => '127.0.0.1:4568',
};

const made: string[] = [];
afterEach(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true });
});

type Templates = Record<string, object>;

function assembly(templates: Templates, dependencies: Record<string, string[]> = {}): string {
  const directory = mkdtempSync(join(tmpdir(), 'xm-template-'));
  made.push(directory);
  const artifacts: Record<string, object> = {};
  for (const [name, template] of Object.entries(templates)) {
    writeFileSync(join(directory, `${name}.json`), JSON.stringify(template));
    artifacts[name] = { type: 'aws:cloudformation:stack', dependencies: dependencies[name], properties: { templateFile: `${name}.json` } };
  }
  writeFileSync(join(directory, 'manifest.json'), JSON.stringify({ artifacts }));
  return directory;
}

function load(template: object | string, parameters: Record<string, string> = {}): LocalModel {
  const directory = typeof template === 'string' ? template : assembly({ Xm: template });
  return loadModel(directory, { region: 'ap-southeast-3', accountId: '000000000000', addresses, parameters });
}

const path = (value: string) => ({ 'aws:cdk:path': value });
const queue = (properties: object = {}, rest: object = {}) => ({ Type: 'AWS::SQS::Queue', Properties: properties, ...rest });

/** The value that a property of a template resolves to. */
function resolved(value: unknown, template: object = {}): unknown {
  const model = load({ Resources: { Q: queue({ QueueName: 'jobs' }), Holder: queue({ Value: value }) }, ...template });
  return model.resources.get('Holder')?.properties['Value'];
}

describe('intrinsic functions', () => {
  it('resolve to what CloudFormation would put there', () => {
    expect(resolved({ Ref: 'Q' })).toBe('http://127.0.0.1:4566/000000000000/jobs');
    expect(resolved({ 'Fn::GetAtt': ['Q', 'Arn'] })).toBe('arn:aws:sqs:ap-southeast-3:000000000000:jobs');
    expect(resolved({ 'Fn::GetAtt': 'Q.QueueName' })).toBe('jobs');
    expect(resolved({ 'Fn::Join': ['/', ['a', { Ref: 'AWS::Region' }, 3, true]] })).toBe('a/ap-southeast-3/3/true');
    expect(resolved({ 'Fn::Sub': 'x-${AWS::AccountId}-${Q.QueueName}-${!Literal}' })).toBe('x-000000000000-jobs-${Literal}');
    expect(resolved({ 'Fn::Sub': ['${Own}/${Q}', { Own: { 'Fn::GetAtt': ['Q', 'QueueName'] } }] })).toBe(
      'jobs/http://127.0.0.1:4566/000000000000/jobs',
    );
    expect(resolved({ 'Fn::Select': [1, { 'Fn::Split': ['|', 'a|b|c'] }] })).toBe('b');
    expect(resolved({ 'Fn::Base64': 'xm' })).toBe('eG0=');
    expect(resolved({ 'Fn::ToJsonString': { queue: { Ref: 'AWS::Partition' } } })).toBe('{"queue":"aws"}');
  });

  it('choose by condition and leave out what AWS::NoValue stands for', () => {
    const template = {
      Conditions: {
        Local: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'ap-southeast-3'] },
        Remote: { 'Fn::Not': [{ Condition: 'Local' }] },
        Both: { 'Fn::And': [{ Condition: 'Local' }, { Condition: 'Remote' }] },
        Either: { 'Fn::Or': [{ Condition: 'Local' }, { Condition: 'Remote' }] },
      },
    };
    const chosen = (name: string) => ({ 'Fn::If': [name, 'yes', { Ref: 'AWS::NoValue' }] });
    expect(resolved([chosen('Local'), chosen('Remote'), chosen('Both'), chosen('Either')], template)).toEqual(['yes', 'yes']);
    expect(resolved({ a: chosen('Remote'), b: 1 }, template)).toEqual({ b: 1 });
  });

  it('look up mappings, with a default where one is given', () => {
    const template = { Mappings: { Sizes: { 'ap-southeast-3': { small: 1 } } } };
    expect(resolved({ 'Fn::FindInMap': ['Sizes', { Ref: 'AWS::Region' }, 'small'] }, template)).toBe(1);
    expect(resolved({ 'Fn::FindInMap': ['Sizes', 'moon', 'small', { DefaultValue: 9 }] }, template)).toBe(9);
    expect(() => resolved({ 'Fn::FindInMap': ['Sizes', 'moon', 'small'] }, template)).toThrow('Sizes.moon.small');
  });

  it('keep a policy condition apart from a condition of the template', () => {
    expect(resolved([{ Condition: { Bool: { 'aws:SecureTransport': 'false' } } }])).toEqual([
      { Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    ]);
  });

  it('are refused where they are unknown or ask for what is not there, with the place', () => {
    expect(() => resolved({ 'Fn::Cidr': [] })).toThrow('Holder.Value: Fn::Cidr is not supported');
    expect(() => resolved({ Ref: 'Nobody' })).toThrow('Holder.Value: no resource or parameter Nobody');
    expect(() => resolved({ 'Fn::GetAtt': ['Q', 'Colour'] })).toThrow('Holder.Value: Q (AWS::SQS::Queue) has no attribute Colour');
    expect(() => resolved('{{resolve:ssm:/secret}}')).toThrow('dynamic references');
    expect(() => resolved('{{resolve:secretsmanager:key}}')).toThrow('dynamic references');
    expect(() => resolved({ 'Fn::Select': [2, ['a']] })).toThrow('Fn::Select 2 of a list of 1');
  });
});

describe('a dynamic reference to a secret', () => {
  it('is left where the room that owns the place puts the secret in, and stays refused anywhere else', () => {
    const reference = { 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'Key' }, ':SecretString:::}}']] };
    const Key = { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'key' } };
    const at = (HeaderValue: unknown) => ({ Origins: [{ OriginCustomHeaders: [{ HeaderName: 'X-Key', HeaderValue }] }] });
    const held = resolved(at(reference), { Resources: { Key, Holder: queue({ Value: at(reference) }) } });
    expect(JSON.stringify(held)).toMatch(/"\{\{resolve:secretsmanager:arn:aws:secretsmanager:[^"]+:SecretString:::\}\}"/);
    expect(() => resolved(at('{{resolve:ssm:/key}}'))).toThrow('dynamic references');
    expect(() =>
      resolved({ HeaderValue: reference }, { Resources: { Key, Holder: queue({ Value: { HeaderValue: reference } }) } }),
    ).toThrow('dynamic references');
  });
});

describe('parameters', () => {
  const template = {
    Parameters: { Stage: { Type: 'String', Default: 'dev', AllowedValues: ['dev', 'prod'] }, Size: { Type: 'Number', Default: '3' } },
  };
  const withParameters = (parameters: Record<string, string>) =>
    load({ ...template, Resources: { Q: queue({ Stage: { Ref: 'Stage' }, Size: { Ref: 'Size' } }) } }, parameters).resources.get('Q')
      ?.properties;

  it('take the given value, else the default, as their type says', () => {
    expect(withParameters({})).toEqual({ Stage: 'dev', Size: 3 });
    expect(withParameters({ Stage: 'prod', Size: '7' })).toEqual({ Stage: 'prod', Size: 7 });
  });

  it('refuse values that are not allowed, names that do not exist, and types that ask AWS', () => {
    expect(() => withParameters({ Stage: 'moon' })).toThrow('moon is not one of dev, prod');
    expect(() => withParameters({ Stag: 'dev' })).toThrow('no stack has a parameter Stag');
    const bootstrap = { Parameters: { BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk' } } };
    expect(() => load({ ...bootstrap, Resources: { Q: queue() } })).not.toThrow();
    expect(() => load({ ...bootstrap, Resources: { Q: queue({ V: { Ref: 'BootstrapVersion' } }) } })).toThrow(
      'BootstrapVersion: type AWS::SSM',
    );
  });
});

describe('names', () => {
  it('come from the construct path, short and lower-case', () => {
    const model = load({
      Resources: {
        A: { Type: 'AWS::S3::Bucket', Metadata: path('Xm/Logs/Uploads/Resource') },
        B: queue({ FifoQueue: true }, { Metadata: path('Xm/Logs/RangeDLQ/Resource') }),
        C: queue({ QueueName: 'given' }, { Metadata: path('Xm/Logs/Other/Resource') }),
        D: { Type: 'AWS::DynamoDB::GlobalTable' },
      },
    });
    expect([...model.resources.values()].map(({ physicalName }) => physicalName)).toEqual([
      'xm-logs-uploads',
      'xm-logs-range-dlq.fifo',
      'given',
      expect.stringMatching(/^d-[0-9a-f]{8}$/),
    ]);
  });

  it('stay within the length their type allows, and apart from each other', () => {
    const long = `Xm/${'Capability'.repeat(9)}/Bucket/Resource`;
    const model = load({
      Resources: {
        A: { Type: 'AWS::S3::Bucket', Metadata: path(long) },
        B: { Type: 'AWS::S3::Bucket', Metadata: path('Xm/Logs/Resource') },
        C: { Type: 'AWS::S3::Bucket', Metadata: path('Xm/LOGS/Resource') },
      },
    });
    const names = [...model.resources.values()].map(({ physicalName }) => physicalName);
    expect(names.every((name) => name.length <= 63 && /^[a-z0-9-]+$/.test(name))).toBe(true);
    expect(new Set(names).size).toBe(3);
    expect(names[1]).toBe('xm-logs');
  });

  it('are refused when two resources claim the same', () => {
    expect(() => load({ Resources: { A: queue({ QueueName: 'same' }), B: queue({ QueueName: 'same' }) } })).toThrow(
      'B: the name same is taken',
    );
  });
});

describe('what cannot run here', () => {
  it('is refused with logical id and type', () => {
    expect(() => load({ Resources: { Db: { Type: 'AWS::RDS::DBInstance' } } })).toThrow(
      'Db: resource type AWS::RDS::DBInstance is not supported',
    );
  });

  it('is left aside with a reason where it makes no difference', () => {
    const model = load({ Resources: { Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { Unresolvable: { 'Fn::Cidr': [] } } } } });
    expect(model.resources.size).toBe(0);
    expect(model.inert).toEqual([{ logicalId: 'Alarm', type: 'AWS::CloudWatch::Alarm', reason: expect.stringContaining('paged') }]);
  });

  it('leaves aside resources whose condition does not hold', () => {
    const model = load({
      Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
      Resources: { A: queue({}, { Condition: 'Never' }), B: queue() },
    });
    expect([...model.resources.keys()]).toEqual(['B']);
  });

  it('leaves aside the function behind a custom resource, its role and its policy', () => {
    const provider = { 'Fn::GetAtt': ['Provider', 'Arn'] };
    const model = load({
      Resources: {
        Role: { Type: 'AWS::IAM::Role' },
        Policy: { Type: 'AWS::IAM::Policy', Properties: { Roles: [{ Ref: 'Role' }] } },
        Provider: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] } } },
        Notify: { Type: 'Custom::S3AutoDeleteObjects', Properties: { ServiceToken: provider } },
      },
    });
    expect([...model.resources.keys()]).toEqual([]);
  });

  it('names the circle of resources that need each other', () => {
    const a = queue({ Other: { 'Fn::GetAtt': ['B', 'Arn'] } });
    const b = queue({ Other: { 'Fn::GetAtt': ['A', 'Arn'] } });
    expect(() => load({ Resources: { A: a, B: b } })).toThrow('circular reference: A → B → A');
    expect(() => load({ Resources: { A: queue({ QueueName: { 'Fn::GetAtt': ['A', 'QueueName'] } }) } })).toThrow(
      'circular reference: A → A',
    );
    expect(() => load({ Resources: { A: queue({}, { DependsOn: 'B' }), B: queue({}, { DependsOn: ['A'] }) } })).toThrow('circular');
    expect(() => load({ Conditions: { C: { Condition: 'C' } }, Resources: { A: queue({}, { Condition: 'C' }) } })).toThrow('circular');
  });

  it('has no stream where the template enables none', () => {
    const streamOf = (properties: object) =>
      load({
        Resources: {
          T: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { TableName: 'table', ...properties } },
          Q: queue({ S: { 'Fn::GetAtt': ['T', 'StreamArn'] } }),
        },
      });
    expect(() => streamOf({})).toThrow('table T has no stream');
    const model = streamOf({ StreamSpecification: { StreamViewType: 'KEYS_ONLY' } });
    expect(model.resources.get('Q')?.properties['S']).toMatch(/^arn:aws:dynamodb:ap-southeast-3:000000000000:table\/table\/stream\/20/);
  });
});

describe('several stacks', () => {
  it('import from each other, in the order of their dependencies', () => {
    const user = { Resources: { Q: queue({ QueueName: 'user', From: { 'Fn::ImportValue': { 'Fn::Sub': '${AWS::Region}-table' } } }) } };
    const owner = {
      Resources: { Q: queue({ QueueName: 'owner' }) },
      Outputs: { T: { Value: { 'Fn::GetAtt': ['Q', 'Arn'] }, Export: { Name: { 'Fn::Sub': '${AWS::Region}-table' } } } },
    };
    const model = load(assembly({ user, owner }, { user: ['owner'] }));
    expect([...model.resources.keys()]).toEqual(['owner.Q', 'user.Q']);
    expect(model.resources.get('user.Q')?.properties['From']).toBe('arn:aws:sqs:ap-southeast-3:000000000000:owner');
    expect(model.outputs).toEqual({ T: 'arn:aws:sqs:ap-southeast-3:000000000000:owner' });
    expect(model.byArn('arn:aws:sqs:ap-southeast-3:000000000000:owner')?.logicalId).toBe('owner.Q');
  });

  it('refuse an import that nobody exports', () => {
    expect(() => load({ Resources: { Q: queue({ V: { 'Fn::ImportValue': 'nothing' } }) } })).toThrow('Q.V: no stack exports nothing');
  });

  it('may lie in the assembly of a stage, with its assets', () => {
    const directory = assembly({});
    const nested = join(directory, 'assembly-dev');
    mkdirSync(nested);
    writeFileSync(
      join(directory, 'manifest.json'),
      JSON.stringify({ artifacts: { s: { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-dev' } } } }),
    );
    const artifacts = {
      Xm: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Xm.json', stackName: 'dev-Xm' } },
      'Xm.assets': { type: 'cdk:asset-manifest', properties: { file: 'Xm.assets.json' } },
    };
    writeFileSync(join(nested, 'manifest.json'), JSON.stringify({ artifacts }));
    writeFileSync(
      join(nested, 'Xm.assets.json'),
      JSON.stringify({ files: { h: { source: { path: '../asset.h' }, destinations: { d: { objectKey: 'h.zip' } } } } }),
    );
    const code = { S3Bucket: { 'Fn::Sub': 'assets-${AWS::Region}' }, S3Key: 'h.zip' };
    writeFileSync(
      join(nested, 'Xm.json'),
      JSON.stringify({ Resources: { F: { Type: 'AWS::Lambda::Function', Properties: { Code: code } }, Q: queue() } }),
    );
    const model = load(directory);
    expect(model.stackName).toBe('dev-Xm');
    expect(model.assetDirectory(model.resources.get('F') as Resource)).toBe(join(directory, 'asset.h'));
    expect(() => model.assetDirectory(model.resources.get('Q') as Resource)).toThrow('Q (AWS::SQS::Queue): no asset');
  });
});

describe('properties of a resource', () => {
  const resource = (properties: Record<string, unknown>): Resource => ({
    logicalId: 'Api',
    type: 'T',
    physicalName: 'n',
    arn: 'a',
    properties,
  });
  const known = { supported: ['Name', 'Cors.AllowOrigins', 'Routes.Path'], inert: { Tags: 'only labels' } };

  it('pass when each is supported or inert, at any depth', () => {
    expect(() =>
      checkProperties(resource({ Name: 1, Cors: { AllowOrigins: ['*'] }, Routes: [{ Path: '/' }], Tags: [{ a: 1 }] }), known),
    ).not.toThrow();
  });

  it('are refused by logical id and path otherwise', () => {
    expect(() => checkProperties(resource({ Name: 1, Colour: 2 }), known)).toThrow('Api (T): property Colour is not supported');
    expect(() => checkProperties(resource({ Cors: { MaxAge: 2 } }), known)).toThrow('Cors.MaxAge');
    expect(() => checkProperties(resource({ Routes: [{ Path: '/' }, { Method: 'GET' }] }), known)).toThrow('Routes.Method');
  });
});
