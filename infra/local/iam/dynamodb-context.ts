/**
 * Condition keys of DynamoDB: which partition keys, which attributes, what is asked back
 * (Developer Guide, "Using IAM policy conditions for fine-grained access control").
 */
import type { StackModel } from '../ports.ts';
import type { RequestContext } from './conditions.ts';

type AttributeValue = Readonly<Record<string, unknown>>;
type Item = Readonly<Record<string, AttributeValue>>;

/** The parts of DynamoDB's inputs that conditions look at. */
export interface ItemInput {
  readonly operation: string;
  readonly TableName: string;
  readonly IndexName?: string;
  readonly Key?: Item;
  readonly Keys?: readonly unknown[];
  readonly Item?: Item;
  readonly Items?: readonly unknown[];
  readonly KeyConditionExpression?: string;
  readonly ProjectionExpression?: string;
  readonly FilterExpression?: string;
  readonly ConditionExpression?: string;
  readonly UpdateExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Item;
  readonly KeyConditions?: Readonly<Record<string, { readonly AttributeValueList?: readonly AttributeValue[] }>>;
  readonly AttributesToGet?: readonly string[];
  readonly Select?: string;
  readonly ReturnValues?: string;
  readonly ReturnConsumedCapacity?: string;
}

const reads = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan']);
const writes = new Set(['PutItem', 'UpdateItem', 'DeleteItem']);

/** Empty for operations that touch no items. */
export function itemContext(input: ItemInput, model: StackModel): RequestContext {
  const { operation, ReturnValues = 'NONE', ReturnConsumedCapacity } = input;
  const isRead = reads.has(operation);
  const isWrite = writes.has(operation);
  if (!isRead && !isWrite && operation !== 'BatchWriteItem') return {};
  return {
    ...present('dynamodb:LeadingKeys', leadingKeysOf(input, partitionKeyOf(input, model))),
    ...present('dynamodb:Attributes', attributesOf(input)),
    ...present('dynamodb:Select', isRead ? [selectOf(input)] : []),
    ...present('dynamodb:ReturnValues', isWrite ? [ReturnValues] : []),
    ...present('dynamodb:ReturnConsumedCapacity', ReturnConsumedCapacity === undefined ? [] : [ReturnConsumedCapacity]),
  };
}

function present(key: string, values: readonly string[]): RequestContext {
  return values.length > 0 ? { [key]: values } : {};
}

interface KeySchema {
  readonly KeySchema?: readonly { readonly AttributeName: string; readonly KeyType: string }[];
}

function partitionKeyOf({ TableName, IndexName }: ItemInput, model: StackModel): string | undefined {
  const name = TableName.slice(TableName.lastIndexOf('/') + 1);
  return partitionKeys(model).get(IndexName === undefined ? name : `${name}/${IndexName}`);
}

/** A batch asks for each of its items, so the template is not searched every time. */
const knownPartitionKeys = new WeakMap<StackModel, ReadonlyMap<string, string>>();

/** Table, or `table/index` → attribute. */
function partitionKeys(model: StackModel): ReadonlyMap<string, string> {
  const known = knownPartitionKeys.get(model);
  if (known !== undefined) return known;
  const keys = new Map<string, string>();
  const note = (name: string, { KeySchema = [] }: KeySchema) => {
    const partition = KeySchema.find(({ KeyType }) => KeyType === 'HASH');
    if (partition !== undefined) keys.set(name, partition.AttributeName);
  };
  for (const { physicalName, properties } of [...model.ofType('AWS::DynamoDB::GlobalTable'), ...model.ofType('AWS::DynamoDB::Table')]) {
    note(physicalName, properties);
    const indexes = [properties['GlobalSecondaryIndexes'] ?? [], properties['LocalSecondaryIndexes'] ?? []].flat() as (KeySchema & {
      IndexName: string;
    })[];
    for (const index of indexes) note(`${physicalName}/${index.IndexName}`, index);
  }
  knownPartitionKeys.set(model, keys);
  return keys;
}

function leadingKeysOf(input: ItemInput, partitionKey: string | undefined): string[] {
  if (partitionKey === undefined) return [];
  // A query whose key cannot be told must not pass for one that touches no key at all.
  if (input.operation === 'Query') return [queriedKey(input, partitionKey) ?? ''];
  const items = [input.Key, input.Item, ...(input.Keys ?? []), ...(input.Items ?? [])] as (Item | undefined)[];
  return items.filter((item) => item !== undefined).map((item) => scalar(item[partitionKey]));
}

const equality = /([#:]?[\w.-]+)\s*=\s*([#:]?[\w.-]+)/g;

function queriedKey(input: ItemInput, partitionKey: string): string | undefined {
  const condition = input.KeyConditions?.[partitionKey]?.AttributeValueList?.[0];
  return condition === undefined ? keyInExpression(input, partitionKey) : scalar(condition);
}

function keyInExpression({ KeyConditionExpression = '', ...input }: ItemInput, partitionKey: string): string | undefined {
  for (const [, left = '', right = ''] of KeyConditionExpression.matchAll(equality)) {
    const [path, value] = left.startsWith(':') ? [right, left] : [left, right];
    const name = input.ExpressionAttributeNames?.[path] ?? path;
    if (name === partitionKey) return scalar(input.ExpressionAttributeValues?.[value]);
  }
  return undefined;
}

/** Keys are strings, numbers or binary, which come as base64. */
function scalar(value: AttributeValue | undefined): string {
  const [first] = Object.values(value ?? {});
  return typeof first === 'string' ? first : '';
}

function selectOf({ Select, ProjectionExpression, AttributesToGet, IndexName }: ItemInput): string {
  if (Select !== undefined) return Select;
  if (ProjectionExpression !== undefined || AttributesToGet !== undefined) return 'SPECIFIC_ATTRIBUTES';
  return IndexName === undefined ? 'ALL_ATTRIBUTES' : 'ALL_PROJECTED_ATTRIBUTES';
}

const keywords = new Set(['AND', 'OR', 'NOT', 'BETWEEN', 'IN', 'SET', 'REMOVE', 'ADD', 'DELETE']);
/** A name at the top of a path: not after a dot, not a value, not a function. */
const topLevelName = /(?<![\w.:#-])(#?[A-Za-z_][\w-]*)(?!\s*\()(?![\w-])/g;

function attributesOf(input: ItemInput): string[] {
  const expressions = [
    input.ProjectionExpression,
    input.FilterExpression,
    input.KeyConditionExpression,
    input.ConditionExpression,
    input.UpdateExpression,
  ];
  const inExpressions = expressions
    .flatMap((expression) => [...(expression ?? '').matchAll(topLevelName)].map(([, name = '']) => name))
    .filter((name) => !keywords.has(name.toUpperCase()))
    .map((name) => input.ExpressionAttributeNames?.[name] ?? name);
  const items = [input.Key, input.Item, input.KeyConditions, ...(input.Keys ?? []), ...(input.Items ?? [])];
  return [...new Set([...inExpressions, ...(input.AttributesToGet ?? []), ...items.flatMap((item) => Object.keys(item ?? {}))])];
}
