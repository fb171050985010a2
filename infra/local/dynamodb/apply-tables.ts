import { isDeepStrictEqual } from 'node:util';
import type { StackLog } from '../ports.ts';
import { TemplateError } from '../template/template-error.ts';
import { DynamodbError, type EngineCall } from './engine-call.ts';
import type { Index, KeyElement, TableDefinition } from './table-definitions.ts';

/** What DescribeTable tells, as far as it is compared. */
interface TableDescription {
  readonly KeySchema: readonly KeyElement[];
  readonly AttributeDefinitions: TableDefinition['attributeDefinitions'];
  readonly GlobalSecondaryIndexes?: readonly Index[];
  readonly LocalSecondaryIndexes?: readonly Index[];
  readonly StreamSpecification?: { readonly StreamEnabled?: boolean; readonly StreamViewType?: string };
}

/** Makes the engine's tables what the template says, their items kept. Tables the template no longer names stay as they are. */
export async function applyTables(call: EngineCall, definitions: readonly TableDefinition[], log: StackLog): Promise<void> {
  for (const definition of definitions) {
    const existing = await describe(call, definition.name);
    if (existing === undefined) await create(call, definition);
    else await update(call, definition, { existing, log });
    await applyExpiry(call, definition);
  }
}

async function describe(call: EngineCall, TableName: string): Promise<TableDescription | undefined> {
  try {
    const { Table } = (await call('DescribeTable', { TableName })) as { readonly Table: TableDescription };
    return Table;
  } catch (error) {
    if (error instanceof DynamodbError && error.code === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

async function create(call: EngineCall, table: TableDefinition): Promise<void> {
  await call('CreateTable', {
    TableName: table.name,
    KeySchema: table.keySchema,
    AttributeDefinitions: table.attributeDefinitions,
    BillingMode: 'PAY_PER_REQUEST',
    ...(table.globalIndexes.length > 0 ? { GlobalSecondaryIndexes: table.globalIndexes } : {}),
    ...(table.localIndexes.length > 0 ? { LocalSecondaryIndexes: table.localIndexes } : {}),
    ...(table.streamView === undefined ? {} : { StreamSpecification: streamSpecification(table.streamView) }),
  });
}

interface Existing {
  readonly existing: TableDescription;
  readonly log: StackLog;
}

async function update(call: EngineCall, table: TableDefinition, { existing, log }: Existing): Promise<void> {
  refuseReplacement(table, existing);
  await updateIndexes(call, table, { existing, log });
  const view = existing.StreamSpecification?.StreamEnabled === true ? existing.StreamSpecification.StreamViewType : undefined;
  if (view === table.streamView) return;
  log.info('dynamodb', `table ${table.name}: stream ${view ?? 'off'} → ${table.streamView ?? 'off'}`);
  // A stream's view cannot be changed, only the stream replaced.
  if (view !== undefined) await call('UpdateTable', { TableName: table.name, StreamSpecification: { StreamEnabled: false } });
  if (table.streamView !== undefined)
    await call('UpdateTable', { TableName: table.name, StreamSpecification: streamSpecification(table.streamView) });
}

/** Keys and local indexes are for life: CloudFormation would replace the table, and its items would be gone. */
function refuseReplacement(table: TableDefinition, existing: TableDescription): void {
  const same =
    isDeepStrictEqual(keyTypes(table.keySchema, table.attributeDefinitions), keyTypes(existing.KeySchema, existing.AttributeDefinitions)) &&
    isDeepStrictEqual(byName(table.localIndexes), byName(existing.LocalSecondaryIndexes ?? []));
  if (same) return;
  throw new TemplateError(
    `${table.logicalId}: the template changes the keys or local indexes of table ${table.name}, which AWS does by replacing the table. ` +
      'Start with --fresh to lose its items, or give the new table another name.',
  );
}

async function updateIndexes(call: EngineCall, table: TableDefinition, { existing, log }: Existing): Promise<void> {
  const before = byName(existing.GlobalSecondaryIndexes ?? []);
  const after = byName(table.globalIndexes);
  const changed = (index: Index) => !isDeepStrictEqual(before[index.IndexName], after[index.IndexName]);
  const TableName = table.name;
  for (const { IndexName } of Object.values(before).filter(changed)) {
    log.info('dynamodb', `table ${TableName}: index ${IndexName} removed`);
    await call('UpdateTable', { TableName, GlobalSecondaryIndexUpdates: [{ Delete: { IndexName } }] });
  }
  for (const index of Object.values(after).filter(changed)) {
    log.info('dynamodb', `table ${TableName}: index ${index.IndexName} added`);
    const AttributeDefinitions = table.attributeDefinitions;
    await call('UpdateTable', { TableName, AttributeDefinitions, GlobalSecondaryIndexUpdates: [{ Create: index }] });
  }
}

async function applyExpiry(call: EngineCall, { name: TableName, expiryAttribute }: TableDefinition): Promise<void> {
  const { TimeToLiveDescription } = (await call('DescribeTimeToLive', { TableName })) as {
    readonly TimeToLiveDescription?: { readonly TimeToLiveStatus?: string; readonly AttributeName?: string };
  };
  const current = TimeToLiveDescription?.TimeToLiveStatus === 'ENABLED' ? TimeToLiveDescription.AttributeName : undefined;
  if (current === expiryAttribute) return;
  const set = (AttributeName: string, Enabled: boolean) =>
    call('UpdateTimeToLive', { TableName, TimeToLiveSpecification: { AttributeName, Enabled } });
  if (current !== undefined) await set(current, false);
  if (expiryAttribute !== undefined) await set(expiryAttribute, true);
}

function streamSpecification(StreamViewType: string) {
  return { StreamEnabled: true, StreamViewType };
}

/** Each key with its type: `pk HASH S`. */
function keyTypes(schema: readonly KeyElement[], attributes: TableDefinition['attributeDefinitions']): string[] {
  return schema.map(({ AttributeName, KeyType }) => {
    const attribute = attributes.find((each) => each.AttributeName === AttributeName);
    return `${AttributeName} ${KeyType} ${attribute?.AttributeType}`;
  });
}

/** What is compared of indexes, by name; the engine adds status and sizes. */
function byName(indexes: readonly Index[]): Readonly<Record<string, Index>> {
  return Object.fromEntries(
    indexes.map(({ IndexName, KeySchema, Projection }) => {
      const { ProjectionType = 'ALL', NonKeyAttributes } = Projection;
      const projection =
        NonKeyAttributes === undefined ? { ProjectionType } : { ProjectionType, NonKeyAttributes: NonKeyAttributes.toSorted() };
      return [
        IndexName,
        { IndexName, KeySchema: KeySchema.map(({ AttributeName, KeyType }) => ({ AttributeName, KeyType })), Projection: projection },
      ];
    }),
  );
}
