import { describe, expect, it } from 'vitest';
import { accessRequests } from '#infra/local/iam/actions.ts';
import { UnreadableCall, type ApiCall } from '#infra/local/iam/api-call.ts';
import type { AccessRequest } from '#infra/local/ports.ts';
import { modelOf } from '../../fakes/stack-model.ts';

const model = modelOf({
  Table: {
    type: 'AWS::DynamoDB::GlobalTable',
    physicalName: 'xm-logs',
    properties: {
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [{ IndexName: 'by-level', KeySchema: [{ AttributeName: 'level', KeyType: 'HASH' }] }],
    },
  },
});
const table = 'arn:aws:dynamodb:ap-southeast-3:000000000000:table/xm-logs';
const queue = 'arn:aws:sqs:ap-southeast-3:000000000000:jobs';

const asked = (service: ApiCall['service'], operation: string, input: Record<string, unknown> = {}) =>
  accessRequests({ service, operation, input }, model);
const wanted = (requests: AccessRequest[]) =>
  requests.map(({ action, resource }) => `${action} ${resource.replace(/^.*:000000000000:/, '')}`);
const dynamodb = (operation: string, input: Record<string, unknown>) => wanted(asked('dynamodb', operation, input));
const context = (operation: string, input: Record<string, unknown>) =>
  asked('dynamodb', operation, { TableName: 'xm-logs', ...input })[0]?.context;

describe('what a DynamoDB call wants', () => {
  it('is its operation on the table it names, by name or by ARN', () => {
    expect(dynamodb('PutItem', { TableName: 'xm-logs' })).toEqual(['dynamodb:PutItem table/xm-logs']);
    expect(dynamodb('PutItem', { TableName: table })).toEqual(['dynamodb:PutItem table/xm-logs']);
    expect(dynamodb('ListTables', {})).toEqual(['dynamodb:ListTables *']);
    expect(dynamodb('TagResource', { ResourceArn: table })).toEqual(['dynamodb:TagResource table/xm-logs']);
  });

  it('is the index when one is queried', () => {
    expect(dynamodb('Query', { TableName: 'xm-logs', IndexName: 'by-level' })).toEqual(['dynamodb:Query table/xm-logs/index/by-level']);
  });

  it('is every table of a batch', () => {
    expect(dynamodb('BatchGetItem', { RequestItems: { a: { Keys: [] }, b: { Keys: [] } } })).toEqual([
      'dynamodb:BatchGetItem table/a',
      'dynamodb:BatchGetItem table/b',
    ]);
    expect(dynamodb('BatchWriteItem', { RequestItems: { a: [{ PutRequest: { Item: {} } }] } })).toEqual([
      'dynamodb:BatchWriteItem table/a',
    ]);
  });

  it('is each part of a transaction under its own action', () => {
    const parts = ['Put', 'Update', 'Delete', 'ConditionCheck'].map((part) => ({ [part]: { TableName: part.toLowerCase() } }));
    expect(dynamodb('TransactWriteItems', { TransactItems: parts })).toEqual([
      'dynamodb:PutItem table/put',
      'dynamodb:UpdateItem table/update',
      'dynamodb:DeleteItem table/delete',
      'dynamodb:ConditionCheckItem table/conditioncheck',
    ]);
    const [get] = asked('dynamodb', 'TransactGetItems', { TransactItems: [{ Get: { TableName: 'a', Key: {} } }] });
    expect(get).toMatchObject({ action: 'dynamodb:GetItem', context: { 'dynamodb:EnclosingOperation': ['TransactGetItems'] } });
  });

  it('is the table of a PartiQL statement, and one that cannot be read is refused', () => {
    const statement = (Statement: string) => dynamodb('ExecuteStatement', { Statement });
    expect(statement(`SELECT * FROM "xm-logs" WHERE pk = ' FROM other '`)).toEqual(['dynamodb:PartiQLSelect table/xm-logs']);
    expect(statement('select a from "xm-logs"."by-level" where level = ?')).toEqual([
      'dynamodb:PartiQLSelect table/xm-logs/index/by-level',
    ]);
    expect(statement(`INSERT INTO xm_logs VALUE {'pk': 'a'}`)).toEqual(['dynamodb:PartiQLInsert table/xm_logs']);
    expect(statement(`UPDATE "xm-logs" SET a = 1 WHERE pk = 'x'`)).toEqual(['dynamodb:PartiQLUpdate table/xm-logs']);
    expect(statement(`DELETE FROM "xm-logs" WHERE pk = 'x'`)).toEqual(['dynamodb:PartiQLDelete table/xm-logs']);
    expect(
      dynamodb('ExecuteTransaction', { TransactStatements: [{ Statement: 'DELETE FROM a' }, { Statement: 'UPDATE b SET c=1' }] }),
    ).toHaveLength(2);
    expect(() => statement('DROP TABLE a')).toThrow(UnreadableCall);
    expect(() => dynamodb('ExecuteStatement', {})).toThrow(UnreadableCall);
  });

  it('is the stream for reading one', () => {
    const iterator = Buffer.from(JSON.stringify({ table_name: 'xm-logs', shard_id: 's', position: 0 })).toString('base64');
    expect(wanted(asked('dynamodbstreams', 'GetRecords', { ShardIterator: iterator }))).toEqual([
      'dynamodb:GetRecords table/xm-logs/stream/*',
    ]);
    expect(wanted(asked('dynamodbstreams', 'ListStreams', { TableName: 'xm-logs' }))).toEqual([
      'dynamodb:ListStreams table/xm-logs/stream/*',
    ]);
    expect(() => asked('dynamodbstreams', 'GetRecords', { ShardIterator: 'made-up' })).toThrow(UnreadableCall);
  });
});

describe('condition keys of DynamoDB', () => {
  it('name the partition keys touched', () => {
    const keys = (operation: string, input: Record<string, unknown>) => context(operation, input)?.['dynamodb:LeadingKeys'];
    expect(keys('GetItem', { Key: { pk: { S: 'm#1' }, sk: { S: 'x' } } })).toEqual(['m#1']);
    expect(keys('PutItem', { Item: { pk: { S: 'm#2' } } })).toEqual(['m#2']);
    expect(
      keys('Query', { KeyConditionExpression: 'pk = :p AND sk > :s', ExpressionAttributeValues: { ':p': { S: 'm#3' }, ':s': { S: 'a' } } }),
    ).toEqual(['m#3']);
    expect(
      keys('Query', {
        KeyConditionExpression: ':p=#k',
        ExpressionAttributeNames: { '#k': 'pk' },
        ExpressionAttributeValues: { ':p': { S: 'm#4' } },
      }),
    ).toEqual(['m#4']);
    expect(keys('Query', { IndexName: 'by-level', KeyConditions: { level: { AttributeValueList: [{ S: 'error' }] } } })).toEqual(['error']);
    expect(keys('Scan', {})).toBeUndefined();
    const batch = {
      RequestItems: { 'xm-logs': [{ PutRequest: { Item: { pk: { S: 'a' } } } }, { DeleteRequest: { Key: { pk: { S: 'b' } } } }] },
    };
    expect(asked('dynamodb', 'BatchWriteItem', batch)[0]?.context['dynamodb:LeadingKeys']?.toSorted()).toEqual(['a', 'b']);
  });

  it('never let a query pass whose key cannot be told', () => {
    expect(context('Query', { KeyConditionExpression: 'other = :p' })?.['dynamodb:LeadingKeys']).toEqual(['']);
  });

  it('name the top-level attributes of every expression', () => {
    const attributes = context('UpdateItem', {
      Key: { pk: { S: 'a' } },
      UpdateExpression: 'SET #s = :v, total = if_not_exists(total, :zero) + :n REMOVE note.text',
      ConditionExpression: 'attribute_exists(pk) AND size(tags) < :max',
      ExpressionAttributeNames: { '#s': 'status' },
    })?.['dynamodb:Attributes'];
    expect(attributes?.toSorted()).toEqual(['note', 'pk', 'status', 'tags', 'total']);
  });

  it('name what is asked back', () => {
    expect(context('DeleteItem', { ReturnValues: 'ALL_OLD' })).toMatchObject({ 'dynamodb:ReturnValues': ['ALL_OLD'] });
    expect(context('PutItem', {})).toMatchObject({ 'dynamodb:ReturnValues': ['NONE'] });
    expect(context('Query', { ProjectionExpression: 'pk' })).toMatchObject({ 'dynamodb:Select': ['SPECIFIC_ATTRIBUTES'] });
    expect(context('GetItem', {})).toMatchObject({ 'dynamodb:Select': ['ALL_ATTRIBUTES'] });
  });
});

describe('what other calls want', () => {
  it('is the queue behind a URL, whatever its host, and batches want what their single form wants', () => {
    const QueueUrl = 'http://127.0.0.1:4513/000000000000/jobs';
    expect(asked('sqs', 'SendMessageBatch', { QueueUrl })).toEqual([{ action: 'sqs:SendMessage', resource: queue, context: {} }]);
    expect(wanted(asked('sqs', 'GetQueueUrl', { QueueName: 'jobs' }))).toEqual(['sqs:GetQueueUrl jobs']);
    expect(wanted(asked('sqs', 'ListQueues', {}))).toEqual(['sqs:ListQueues *']);
    expect(wanted(asked('sqs', 'StartMessageMoveTask', { SourceArn: queue, DestinationArn: `${queue}2` }))).toContain(
      'sqs:SendMessage jobs2',
    );
  });

  it('is the state machine or the execution', () => {
    const arn = 'arn:aws:states:ap-southeast-3:000000000000:stateMachine:timer';
    expect(asked('states', 'StartExecution', { stateMachineArn: arn })).toEqual([
      { action: 'states:StartExecution', resource: arn, context: {} },
    ]);
  });

  it('is the bus of each event, with its source', () => {
    const requests = asked('events', 'PutEvents', { Entries: [{ Source: 'xm', DetailType: 'paid' }, { EventBusName: 'own' }] });
    expect(wanted(requests)).toEqual(['events:PutEvents event-bus/default', 'events:PutEvents event-bus/own']);
    expect(requests[0]?.context).toEqual({ 'events:source': ['xm'], 'events:detail-type': ['paid'] });
  });

  it('is nothing for asking who one is', () => {
    expect(asked('sts', 'GetCallerIdentity')).toEqual([]);
  });
});
