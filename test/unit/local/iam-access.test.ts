import { describe, expect, it } from 'vitest';
import { buildAccess, type LocalAccess } from '#infra/local/iam/access.ts';
import type { AccessRequest, Resource } from '#infra/local/ports.ts';
import { modelOf, type Sketch } from '../../fakes/stack-model.ts';

const trust = (service: string) => ({ Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } }] });
const role = (properties: object = {}): Sketch => ({
  type: 'AWS::IAM::Role',
  properties: { AssumeRolePolicyDocument: trust('lambda.amazonaws.com'), ...properties },
});
const roleArn = 'arn:aws:iam::000000000000:role/role';
const fn: Sketch = { type: 'AWS::Lambda::Function', properties: { Role: roleArn } };
const statement = (action: string, resource = '*', rest: object = {}) => ({ Effect: 'Allow', Action: action, Resource: resource, ...rest });
const document = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements });
const queueArn = 'arn:aws:sqs:ap-southeast-3:000000000000:queue';
const queueUrl = 'http://127.0.0.1:4513/000000000000/queue';
const queue: Sketch = { type: 'AWS::SQS::Queue' };

const access = (sketches: Record<string, Sketch>) => buildAccess(modelOf(sketches), { seed: 'seed' });
const principal = (local: LocalAccess) => local.principalOfFunction({ logicalId: 'Fn', physicalName: 'fn' } as Resource);
const ask = (action: string, resource = '*', context: AccessRequest['context'] = {}): AccessRequest => ({ action, resource, context });

function may(sketches: Record<string, Sketch>, request: AccessRequest): boolean {
  const local = access({ Fn: fn, ...sketches });
  return local.denied(principal(local), [request]) === undefined;
}

describe('principals', () => {
  it('are the operator, who may do everything, and one a function', () => {
    const local = access({ Fn: fn, Role: role() });
    const operator = local.principalOf('local');
    expect(operator).toMatchObject({ name: 'operator', secretAccessKey: 'local-secret' });
    expect(operator && local.denied(operator, [ask('anything:AtAll')])).toBeUndefined();
    expect(principal(local)).toMatchObject({ name: 'fn', arn: 'arn:aws:sts::000000000000:assumed-role/role/fn' });
    expect(local.principalOf(principal(local).accessKeyId)).toBe(principal(local));
    expect(local.principalOf('AKIAUNKNOWN')).toBeUndefined();
  });

  it('keep their keys from start to start, and share no secret with another data folder', () => {
    const keysOf = (seed: string) => principal(buildAccess(modelOf({ Fn: fn, Role: role() }), { seed }));
    expect(keysOf('a')).toEqual(keysOf('a'));
    expect(keysOf('a').accessKeyId).toBe(keysOf('b').accessKeyId);
    expect(keysOf('a').secretAccessKey).not.toBe(keysOf('b').secretAccessKey);
    expect(keysOf('a').accessKeyId).toMatch(/^XMLOCAL[0-9A-F]{13}$/);
  });

  it('are refused for a function whose role is missing or does not trust Lambda', () => {
    expect(() => access({ Fn: fn })).toThrow('Fn: no role');
    const states = role({ AssumeRolePolicyDocument: trust('states.amazonaws.com') });
    expect(() => access({ Fn: fn, Role: states })).toThrow('role role does not let lambda.amazonaws.com assume it');
  });

  it('stand for services that take on a role', () => {
    const local = access({
      Role: role({
        AssumeRolePolicyDocument: trust('states.amazonaws.com'),
        Policies: [{ PolicyDocument: document(statement('lambda:InvokeFunction', 'f')) }],
      }),
    });
    const machine = local.principalOfRole(roleArn, 'states.amazonaws.com');
    expect(local.denied(machine, [ask('lambda:InvokeFunction', 'f')])).toBeUndefined();
    expect(local.denied(machine, [ask('lambda:InvokeFunction', 'g')])).toEqual(ask('lambda:InvokeFunction', 'g'));
    expect(() => local.principalOfRole(roleArn, 'scheduler.amazonaws.com')).toThrow('does not let scheduler.amazonaws.com');
  });
});

describe('what a role grants', () => {
  it('comes from inline policies, policies attached to it, and managed ones', () => {
    const attached: Sketch = {
      type: 'AWS::IAM::Policy',
      properties: { PolicyName: 'p', Roles: ['role'], PolicyDocument: document(statement('sqs:SendMessage')) },
    };
    const managed: Sketch = {
      type: 'AWS::IAM::ManagedPolicy',
      arn: 'arn:aws:iam::000000000000:policy/m',
      properties: { PolicyDocument: document(statement('s3:GetObject')) },
    };
    const own = role({
      Policies: [{ PolicyName: 'i', PolicyDocument: document(statement('dynamodb:GetItem')) }],
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole', 'arn:aws:iam::000000000000:policy/m'],
    });
    const sketches = { Role: own, Attached: attached, Managed: managed };
    for (const action of ['sqs:SendMessage', 's3:GetObject', 'dynamodb:GetItem', 'logs:PutLogEvents'])
      expect(may(sketches, ask(action))).toBe(true);
    expect(may(sketches, ask('dynamodb:PutItem'))).toBe(false);
  });

  it('does not come from a policy attached to another role', () => {
    const attached: Sketch = {
      type: 'AWS::IAM::Policy',
      properties: { Roles: ['other'], PolicyDocument: document(statement('sqs:SendMessage')) },
    };
    expect(may({ Role: role(), Attached: attached }, ask('sqs:SendMessage'))).toBe(false);
  });

  it('is refused at load where the stack would have to ignore a part of it', () => {
    const withStatement = (extra: object) => () =>
      access({ Fn: fn, Role: role({ Policies: [{ PolicyDocument: document({ ...statement('a:B'), ...extra }) }] }) });
    expect(withStatement({ NotAction: 'a:C' })).toThrow('Role: policy element NotAction is not supported');
    expect(withStatement({ Principal: '*' })).toThrow('Role: policy element Principal');
    expect(withStatement({ Condition: { DateGreaterThan: { 'aws:CurrentTime': '2026' } } })).toThrow(
      'Role: condition operator DateGreaterThan',
    );
    expect(() => access({ Fn: fn, Role: role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }) })).toThrow(
      'AdministratorAccess is not known',
    );
    expect(() => access({ Fn: fn, Role: role({ PermissionsBoundary: 'arn' }) })).toThrow('PermissionsBoundary');
  });
});

describe("a resource's own policy", () => {
  const policy = (...statements: object[]): Sketch => ({
    type: 'AWS::SQS::QueuePolicy',
    properties: { Queues: [queueUrl], PolicyDocument: document(...statements) },
  });
  const fromS3 = statement('sqs:SendMessage', queueArn, {
    Principal: { Service: 's3.amazonaws.com' },
    Condition: { StringEquals: { 'aws:SourceAccount': '000000000000' } },
  });
  const overPlainHttp = {
    Effect: 'Deny',
    Action: 'sqs:*',
    Resource: queueArn,
    Principal: { AWS: '*' },
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };

  it('lets a service in under its conditions only', () => {
    const local = access({ Queue: queue, Policy: policy(fromS3, overPlainHttp) });
    const send = (account: string) => ask('sqs:SendMessage', queueArn, { 'aws:SourceAccount': [account] });
    expect(local.mayService('s3.amazonaws.com', send('000000000000'))).toBe(true);
    expect(local.mayService('s3.amazonaws.com', send('111111111111'))).toBe(false);
    expect(local.mayService('sns.amazonaws.com', send('000000000000'))).toBe(false);
    expect(local.mayService('s3.amazonaws.com', ask('sqs:DeleteMessage', queueArn))).toBe(false);
  });

  it('denies a function what its role grants, and grants what its role does not', () => {
    const granted = role({ Policies: [{ PolicyDocument: document(statement('sqs:*', queueArn)) }] });
    const root = { AWS: 'arn:aws:iam::000000000000:root' };
    const denied = { Effect: 'Deny', Action: 'sqs:PurgeQueue', Resource: queueArn, Principal: root };
    expect(may({ Role: granted, Queue: queue, Policy: policy(denied, overPlainHttp) }, ask('sqs:PurgeQueue', queueArn))).toBe(false);
    expect(may({ Role: granted, Queue: queue, Policy: policy(denied, overPlainHttp) }, ask('sqs:SendMessage', queueArn))).toBe(true);
    const named = statement('sqs:SendMessage', queueArn, { Principal: { AWS: roleArn } });
    expect(may({ Role: role(), Queue: queue, Policy: policy(named) }, ask('sqs:SendMessage', queueArn))).toBe(true);
    const toAccount = statement('sqs:SendMessage', queueArn, { Principal: root });
    expect(may({ Role: role(), Queue: queue, Policy: policy(toAccount) }, ask('sqs:SendMessage', queueArn))).toBe(false);
  });

  it('covers the objects of a bucket', () => {
    const denyDelete = { Effect: 'Deny', Action: 's3:DeleteObject', Resource: 'arn:aws:s3:::bucket/*', Principal: '*' };
    const local = {
      Role: role({ Policies: [{ PolicyDocument: document(statement('s3:*')) }] }),
      Policy: { type: 'AWS::S3::BucketPolicy', properties: { Bucket: 'bucket', PolicyDocument: document(denyDelete) } },
    };
    expect(may(local, ask('s3:DeleteObject', 'arn:aws:s3:::bucket/a/b'))).toBe(false);
    expect(may(local, ask('s3:DeleteObject', 'arn:aws:s3:::other/a/b'))).toBe(true);
  });

  it('lets an API or a schedule call a function from the source it names', () => {
    const fnArn = 'arn:aws:lambda:ap-southeast-3:000000000000:function:fn';
    const permission: Sketch = {
      type: 'AWS::Lambda::Permission',
      properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: fnArn,
        Principal: 'apigateway.amazonaws.com',
        SourceArn: 'arn:aws:execute-api:*:*:api/*/*',
      },
    };
    const local = access({ Fn: fn, Role: role(), Permission: permission });
    const invoke = (source: string) => ask('lambda:InvokeFunction', fnArn, { 'aws:SourceArn': [source] });
    expect(local.mayService('apigateway.amazonaws.com', invoke('arn:aws:execute-api:r:a:api/$default/GET'))).toBe(true);
    expect(local.mayService('apigateway.amazonaws.com', invoke('arn:aws:execute-api:r:a:other/$default/GET'))).toBe(false);
    expect(local.mayService('events.amazonaws.com', invoke('arn:aws:execute-api:r:a:api/$default/GET'))).toBe(false);
  });
});
