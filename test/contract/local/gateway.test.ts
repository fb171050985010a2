import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { SFN } from '@aws-sdk/client-sfn';
import { SQS } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DurableClock, openClock } from '#infra/local/clock/clock.ts';
import { type DynamodbEngine, startDynamodb } from '#infra/local/dynamodb/engine.ts';
import { ApiRefusal } from '#infra/local/gateway/api-refusal.ts';
import { startGateway } from '#infra/local/gateway/gateway.ts';
import { buildAccess, type LocalAccess } from '#infra/local/iam/access.ts';
import type { Closable, Resource } from '#infra/local/ports.ts';
import { type SqsEngine, startSqs } from '#infra/local/sqs/engine.ts';
import { modelOf } from '#test/fakes/stack-model.ts';
import { byOwner, notesTable } from './dynamodb-notes.ts';

const region = 'ap-southeast-3';
const tableArn = 'arn:aws:dynamodb:ap-southeast-3:000000000000:table/notes';
const machineArn = 'arn:aws:states:ap-southeast-3:000000000000:stateMachine:timer';
const queueArn = 'arn:aws:sqs:ap-southeast-3:000000000000:jobs';

const grant = (action: string | string[], resource: string | string[], rest: object = {}) => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
  ...rest,
});

const model = modelOf({
  Notes: notesTable({ GlobalSecondaryIndexes: [byOwner], StreamSpecification: { StreamViewType: 'KEYS_ONLY' } }),
  Secrets: { ...notesTable(), physicalName: 'secrets' },
  Jobs: { type: 'AWS::SQS::Queue' },
  Role: {
    type: 'AWS::IAM::Role',
    properties: {
      AssumeRolePolicyDocument: {
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
      },
      Policies: [
        {
          PolicyName: 'own',
          PolicyDocument: {
            Statement: [
              grant(['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:BatchWriteItem'], tableArn),
              grant('dynamodb:PutItem', tableArn, { Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['own#*'] } } }),
              grant('sqs:SendMessage', queueArn),
              grant('states:StartExecution', machineArn),
            ],
          },
        },
      ],
    },
  },
  Scan: { type: 'AWS::Lambda::Function', properties: { Role: 'arn:aws:iam::000000000000:role/role' } },
});

const warnings: string[] = [];
const log = { info: () => {}, warn: (room: string, message: string) => void warnings.push(`${room}: ${message}`) };

let directory: string;
let clock: DurableClock;
let dynamodbEngine: DynamodbEngine;
let sqsEngine: SqsEngine;
let access: LocalAccess;
let gateway: Closable & { readonly url: string };
const started: [string, unknown, string][] = [];

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'xm-gateway-'));
  clock = openClock({ database: new DatabaseSync(':memory:'), log });
  await clock.start();
  access = buildAccess(model, { seed: 'seed' });
  const queueUrl = (name: string) => `${gateway.url}/000000000000/${name}`;
  [dynamodbEngine, sqsEngine] = await Promise.all([
    startDynamodb({ directory, model, clock, log }),
    startSqs({ directory, model, clock, log, queueUrl: (name) => `http://127.0.0.1:1/000000000000/${name}` }),
  ]);
  await sqsEngine.close();
  gateway = await startGateway({
    port: 0,
    model,
    access,
    clock,
    log,
    dynamodb: dynamodbEngine,
    // The queues' URLs name the gateway's port, which is known only now.
    sqs: { answer: (operation, request) => sqsEngine.answer(operation, request) },
    handlers: {
      states: async (operation, input, principal) => {
        if (input['name'] === 'taken') throw new ApiRefusal('ExecutionAlreadyExists', 'Execution Already Exists');
        started.push([operation, input, principal.name]);
        return { executionArn: 'arn:execution', startDate: 1 };
      },
    },
  });
  sqsEngine = await startSqs({ directory, model, clock, log, queueUrl });
});

afterAll(async () => {
  await gateway.close();
  await Promise.all([dynamodbEngine.close(), sqsEngine.close()]);
  await clock.close();
  rmSync(directory, { recursive: true });
});

beforeEach(() => {
  warnings.length = 0;
});

const operator = { accessKeyId: 'local', secretAccessKey: 'local-secret' };
const functionKeys = () => access.principalOfFunction(model.resources.get('Scan') as Resource);
const options = (credentials: { accessKeyId: string; secretAccessKey: string }) => ({
  endpoint: gateway.url,
  region,
  credentials,
  maxAttempts: 1,
});
const asOperator = () => ({ dynamodb: new DynamoDB(options(operator)), sqs: new SQS(options(operator)) });
const asFunction = () => ({
  dynamodb: new DynamoDB(options(functionKeys())),
  sqs: new SQS(options(functionKeys())),
  sfn: new SFN(options(functionKeys())),
});
const key = (name: string) => ({ pk: { S: name }, sk: { S: 's' } });

describe('the operator', () => {
  it('may do everything, and sees the region and account of the model', async () => {
    const { dynamodb } = asOperator();
    await dynamodb.putItem({ TableName: 'secrets', Item: key('a') });
    expect((await dynamodb.listTables({})).TableNames).toEqual(['notes', 'secrets']);
    const { Table } = await dynamodb.describeTable({ TableName: 'notes' });
    expect(Table?.LatestStreamArn).toBe(`${tableArn}/stream/2000-01-01T00:00:00.000`);
    expect(Table?.GlobalSecondaryIndexes?.[0]?.IndexArn).toBe(`${tableArn}/index/byOwner`);
  });

  it('finds queues under the gateway’s own address, and follows it', async () => {
    const { sqs } = asOperator();
    const { QueueUrl } = await sqs.getQueueUrl({ QueueName: 'jobs' });
    expect(QueueUrl).toBe(`${gateway.url}/000000000000/jobs`);
    await sqs.sendMessage({ QueueUrl, MessageBody: 'hello' });
    const { Messages } = await sqs.receiveMessage({ QueueUrl, MessageSystemAttributeNames: ['SenderId'] });
    expect(Messages?.[0]).toMatchObject({ Body: 'hello', Attributes: { SenderId: 'operator' } });
  });

  it('keeps an ARN that stands in an item as it was written', async () => {
    const { dynamodb } = asOperator();
    const note = { S: 'arn:aws:dynamodb:dynoxide:000000000000:table/notes' };
    await dynamodb.putItem({ TableName: 'notes', Item: { ...key('arn'), note } });
    expect((await dynamodb.getItem({ TableName: 'notes', Key: key('arn') })).Item?.['note']).toEqual(note);
  });
});

describe('a function', () => {
  it('may do what its role grants', async () => {
    const { dynamodb, sqs, sfn } = asFunction();
    await dynamodb.putItem({ TableName: 'notes', Item: key('own#1') });
    expect((await dynamodb.getItem({ TableName: 'notes', Key: key('own#1') })).Item).toEqual(key('own#1'));
    await sqs.sendMessage({ QueueUrl: `${gateway.url}/000000000000/jobs`, MessageBody: 'm' });
    await sfn.startExecution({ stateMachineArn: machineArn, name: 'dep_1', input: '{}' });
    expect(started).toEqual([['StartExecution', { stateMachineArn: machineArn, name: 'dep_1', input: '{}' }, 'scan']]);
    expect(warnings).toEqual([]);
  });

  it('is denied what it does not, in AWS’s words, and the log names function, action and resource', async () => {
    const denied = asFunction().dynamodb.deleteItem({ TableName: 'notes', Key: key('a') });
    await expect(denied).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: arn:aws:sts::000000000000:assumed-role/role/scan is not authorized to perform: dynamodb:DeleteItem on resource: ${tableArn}`,
    });
    expect(warnings).toEqual([`iam: scan may not dynamodb:DeleteItem on ${tableArn}: no policy of its role in the template grants it`]);
  });

  it.each([
    ['another table', (to: DynamoDB) => to.getItem({ TableName: 'secrets', Key: key('a') }), 'table/secrets'],
    [
      'an index',
      (to: DynamoDB) =>
        to.query({
          TableName: 'notes',
          IndexName: 'byOwner',
          KeyConditionExpression: 'owner = :o',
          ExpressionAttributeValues: { ':o': { S: 'a' } },
        }),
      'index/byOwner',
    ],
    [
      'a batch that reaches further',
      (to: DynamoDB) =>
        to.batchWriteItem({ RequestItems: { notes: [{ PutRequest: { Item: key('a') } }], secrets: [{ PutRequest: { Item: key('a') } }] } }),
      'table/secrets',
    ],
    [
      'a transaction with a part too much',
      (to: DynamoDB) =>
        to.transactWriteItems({
          TransactItems: [{ Put: { TableName: 'notes', Item: key('own#2') } }, { Delete: { TableName: 'notes', Key: key('b') } }],
        }),
      'dynamodb:DeleteItem',
    ],
    ['a key beyond its condition', (to: DynamoDB) => to.putItem({ TableName: 'notes', Item: key('other#1') }), 'dynamodb:PutItem'],
    ['PartiQL', (to: DynamoDB) => to.executeStatement({ Statement: 'SELECT * FROM "notes"' }), 'dynamodb:PartiQLSelect'],
    ['a statement nobody can read', (to: DynamoDB) => to.executeStatement({ Statement: 'EXPLAIN "notes"' }), 'PartiQL'],
  ])('is denied %s', async (_, attempt, named) => {
    const refusal = await attempt(asFunction().dynamodb).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ name: 'AccessDeniedException', message: expect.stringContaining(named) });
  });

  it('is denied a queue it may send to for anything else', async () => {
    const received = asFunction().sqs.receiveMessage({ QueueUrl: `${gateway.url}/000000000000/jobs` });
    await expect(received).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('hears a room’s refusal by its name', async () => {
    await expect(asFunction().sfn.startExecution({ stateMachineArn: machineArn, name: 'taken' })).rejects.toMatchObject({
      name: 'ExecutionAlreadyExists',
    });
  });
});

describe('who is not let in', () => {
  const list = (credentials: { accessKeyId: string; secretAccessKey: string }) => new DynamoDB(options(credentials)).listTables({});

  it('has a wrong secret, an unknown key, or none', async () => {
    await expect(list({ ...operator, secretAccessKey: 'guess' })).rejects.toMatchObject({ name: 'InvalidSignatureException' });
    await expect(list({ accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'x' })).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
    const unsigned = await fetch(gateway.url, { method: 'POST', headers: { 'x-amz-target': 'DynamoDB_20120810.ListTables' }, body: '{}' });
    expect([unsigned.status, await unsigned.json()]).toEqual([
      400,
      expect.objectContaining({ __type: 'MissingAuthenticationTokenException' }),
    ]);
  });

  it('changed the body after signing', async () => {
    const client = new DynamoDB(options(operator));
    client.middlewareStack.add(
      (next) => (args) => {
        (args.request as { body: string }).body = '[]';
        return next(args);
      },
      { step: 'deserialize', priority: 'low' },
    );
    await expect(client.listTables({})).rejects.toMatchObject({ name: 'InvalidSignatureException' });
  });
});

describe('what the stack does not offer', () => {
  /** A call of a service that no client here speaks, signed like any other. */
  function call(target: string): Promise<unknown> {
    const client = new DynamoDB(options(operator));
    client.middlewareStack.add(
      (next) => (args) => {
        (args.request as { headers: Record<string, string> }).headers['x-amz-target'] = target;
        return next(args);
      },
      { step: 'build' },
    );
    return client.listTables({}).catch((error: unknown) => error);
  }

  it.each(['Logs_20140328.PutLogEvents', 'GraniteServiceVersion20100801.PutMetricData'])(
    'is answered 501 and said aloud: %s',
    async (target) => {
      expect(await call(target)).toMatchObject({ name: 'NotImplementedException', $metadata: { httpStatusCode: 501 } });
      expect(warnings).toEqual([`gateway: ${target} is not part of the local stack.`]);
    },
  );

  it('includes services whose room was not started', async () => {
    expect(await call('AWSEvents.PutEvents')).toMatchObject({ message: 'events:PutEvents is not part of the local stack.' });
  });
});

describe('the AWS CLI', () => {
  const run = promisify(execFile);
  const aws = async (...args: string[]): Promise<unknown> => {
    const env = {
      ...process.env,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local-secret',
      AWS_DEFAULT_REGION: region,
      AWS_PAGER: '',
      AWS_CONFIG_FILE: '/dev/null',
    };
    const { stdout } = await run('aws', ['--endpoint-url', gateway.url, '--output', 'json', ...args], { env });
    return stdout === '' ? undefined : JSON.parse(stdout);
  };

  it('works against tables, queues and STS', async ({ skip }) => {
    await run('aws', ['--version']).catch(() => skip('no AWS CLI on this machine'));
    await aws('dynamodb', 'put-item', '--table-name', 'notes', '--item', JSON.stringify(key('cli')));
    expect(await aws('dynamodb', 'get-item', '--table-name', 'notes', '--key', JSON.stringify(key('cli')))).toEqual({ Item: key('cli') });
    const QueueUrl = `${gateway.url}/000000000000/jobs`;
    await asOperator().sqs.purgeQueue({ QueueUrl });
    await aws('sqs', 'send-message', '--queue-url', QueueUrl, '--message-body', 'from the shell 💡');
    expect(await aws('sqs', 'receive-message', '--queue-url', QueueUrl)).toMatchObject({ Messages: [{ Body: 'from the shell 💡' }] });
    expect(await aws('sts', 'get-caller-identity')).toEqual({
      UserId: 'operator',
      Account: '000000000000',
      Arn: 'arn:aws:iam::000000000000:user/operator',
    });
  });
});
