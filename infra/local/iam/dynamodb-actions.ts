import type { AccessRequest, StackModel } from '../ports.ts';
import { UnreadableCall, type ApiCall } from './api-call.ts';
import { itemContext } from './dynamodb-context.ts';
import { partiqlTarget } from './partiql.ts';

type Input = Readonly<Record<string, unknown>>;

/** Operations that touch one item of the table they name, and the action that grants each inside a transaction. */
const transactionParts = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
} as const;

/** Everything a DynamoDB call wants: each table of a batch or transaction, and the index of a query in place of its table. */
export function dynamodbRequests({ service, operation, input }: ApiCall, model: StackModel): AccessRequest[] {
  if (service === 'dynamodbstreams') return [streamRequest(operation, input, model)];
  switch (operation) {
    case 'BatchGetItem':
      return batchGet(input, model);
    case 'BatchWriteItem':
      return batchWrite(input, model);
    case 'TransactGetItems':
    case 'TransactWriteItems':
      return transaction(operation, input, model);
    case 'ExecuteStatement':
      return [statement(input, model)];
    case 'BatchExecuteStatement':
    case 'ExecuteTransaction':
      return list(input['Statements'] ?? input['TransactStatements']).map((each) => statement(each, model));
    default:
      return [single(operation, input, model)];
  }
}

function single(operation: string, input: Input, model: StackModel): AccessRequest {
  const action = `dynamodb:${operation}`;
  const { TableName, IndexName, ResourceArn } = input;
  if (typeof TableName === 'string') {
    const table = tableArn(TableName, model);
    const resource = typeof IndexName === 'string' ? `${table}/index/${IndexName}` : table;
    return { action, resource, context: itemContext({ ...input, TableName, operation }, model) };
  }
  return { action, resource: typeof ResourceArn === 'string' ? ResourceArn : '*', context: {} };
}

function streamRequest(operation: string, { TableName, StreamArn, ShardIterator }: Input, model: StackModel): AccessRequest {
  const ask = (resource: string) => ({ action: `dynamodb:${operation}`, resource, context: {} });
  if (typeof StreamArn === 'string') return ask(StreamArn);
  if (typeof ShardIterator === 'string') return ask(streamOfIterator(ShardIterator, model));
  return ask(typeof TableName === 'string' ? `${tableArn(TableName, model)}/stream/*` : '*');
}

function batchGet(input: Input, model: StackModel): AccessRequest[] {
  return Object.entries(record(input['RequestItems'])).map(([TableName, part]) => ({
    action: 'dynamodb:BatchGetItem',
    resource: tableArn(TableName, model),
    context: itemContext({ ...record(part), TableName, operation: 'BatchGetItem' }, model),
  }));
}

function batchWrite(input: Input, model: StackModel): AccessRequest[] {
  return Object.entries(record(input['RequestItems'])).map(([TableName, writes]) => {
    const requests = list(writes);
    const Items = requests.map(({ PutRequest }) => record(PutRequest)['Item']).filter((item) => item !== undefined);
    const Keys = requests.map(({ DeleteRequest }) => record(DeleteRequest)['Key']).filter((key) => key !== undefined);
    return {
      action: 'dynamodb:BatchWriteItem',
      resource: tableArn(TableName, model),
      context: itemContext({ Items, Keys, TableName, operation: 'BatchWriteItem' }, model),
    };
  });
}

function transaction(operation: string, input: Input, model: StackModel): AccessRequest[] {
  return list(input['TransactItems']).flatMap((item) =>
    Object.entries(transactionParts).flatMap(([part, action]) => {
      const body = item[part];
      if (body === undefined) return [];
      const request = single(action, record(body), model);
      return [{ ...request, context: { ...request.context, 'dynamodb:EnclosingOperation': [operation] } }];
    }),
  );
}

function statement(input: Input, model: StackModel): AccessRequest {
  const text = input['Statement'];
  const target = typeof text === 'string' ? partiqlTarget(text) : undefined;
  if (target === undefined) throw new UnreadableCall('the PartiQL statement names no table that could be told');
  const table = tableArn(target.table, model);
  const resource = target.index === undefined ? table : `${table}/index/${target.index}`;
  return { action: `dynamodb:PartiQL${target.verb}`, resource, context: {} };
}

/** `TableName` may hold a name or an ARN. */
function tableArn(table: string, { region, accountId }: StackModel): string {
  return table.startsWith('arn:') ? table : `arn:aws:dynamodb:${region}:${accountId}:table/${table}`;
}

/** The engine's iterators are base64 of JSON with the table's name. */
function streamOfIterator(iterator: string, model: StackModel): string {
  try {
    const { table_name: table } = JSON.parse(Buffer.from(iterator, 'base64').toString()) as { readonly table_name?: unknown };
    if (typeof table === 'string') return `${tableArn(table, model)}/stream/*`;
  } catch {
    // Falls through: an iterator that is not the engine's opens nothing.
  }
  throw new UnreadableCall('the shard iterator is not one of this stack');
}

function record(value: unknown): Input {
  return typeof value === 'object' && value !== null ? (value as Input) : {};
}

function list(value: unknown): Input[] {
  return Array.isArray(value) ? (value as unknown[]).map(record) : [];
}
