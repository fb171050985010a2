/**
 * Tables as the template declares them: made when missing, and brought up to date when the template has changed since the last start.
 */
import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  type GlobalSecondaryIndexDescription,
  type KeySchemaElement,
  ResourceNotFoundException,
  type TableDescription,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import type { Resource, StackModel } from '../ports.ts';
import { propertiesOf, refusal } from '../template/properties.ts';

export interface Table {
  readonly name: string;
  /** Attribute that holds the expiry in epoch seconds; undefined when items do not expire. */
  readonly ttlAttribute: string | undefined;
  readonly streamed: boolean;
}

const keySchema = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const index = z.object({
  IndexName: z.string(),
  KeySchema: keySchema,
  Projection: z.object({ ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']), NonKeyAttributes: z.array(z.string()).optional() }),
});
const tableProperties = z.object({
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z.array(index).default([]),
  LocalSecondaryIndexes: z.array(index).default([]),
  StreamSpecification: z.object({ StreamViewType: z.enum(['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES']) }).optional(),
  TimeToLiveSpecification: z.object({ AttributeName: z.string().optional(), Enabled: z.boolean() }).optional(),
  Replicas: z.array(z.unknown()).max(1, 'global tables with several replicas are not run locally').default([]),
});
type TableProperties = z.output<typeof tableProperties>;

const capacity = 'there is no capacity to provision on one machine';
const known = {
  supported: [
    'AttributeDefinitions',
    'KeySchema',
    'GlobalSecondaryIndexes.IndexName',
    'GlobalSecondaryIndexes.KeySchema',
    'GlobalSecondaryIndexes.Projection',
    'LocalSecondaryIndexes.IndexName',
    'LocalSecondaryIndexes.KeySchema',
    'LocalSecondaryIndexes.Projection',
    'StreamSpecification.StreamViewType',
    'TableName',
    'TimeToLiveSpecification',
    'Replicas.Region',
  ],
  inert: {
    BillingMode: capacity,
    ProvisionedThroughput: capacity,
    OnDemandThroughput: capacity,
    WarmThroughput: capacity,
    WriteOnDemandThroughputSettings: capacity,
    WriteProvisionedThroughputSettings: capacity,
    'GlobalSecondaryIndexes.ProvisionedThroughput': capacity,
    'GlobalSecondaryIndexes.OnDemandThroughput': capacity,
    'GlobalSecondaryIndexes.WarmThroughput': capacity,
    'GlobalSecondaryIndexes.WriteOnDemandThroughputSettings': capacity,
    SSESpecification: 'the data folder lies unencrypted',
    PointInTimeRecoverySpecification: 'the data folder has no backups',
    DeletionProtectionEnabled: 'nothing here deletes a table',
    ContributorInsightsSpecification: 'no insights are gathered',
    Tags: 'nothing reads them',
    TableClass: 'it only changes the price',
    'Replicas.PointInTimeRecoverySpecification': 'the data folder has no backups',
    'Replicas.DeletionProtectionEnabled': 'nothing here deletes a table',
    'Replicas.ContributorInsightsSpecification': 'no insights are gathered',
    'Replicas.SSESpecification': 'the data folder lies unencrypted',
    'Replicas.Tags': 'nothing reads them',
    'Replicas.TableClass': 'it only changes the price',
    'Replicas.GlobalSecondaryIndexes': 'it repeats indexes with settings of capacity and insights',
    'Replicas.ReadOnDemandThroughputSettings': capacity,
  },
} as const;

/** Creates or updates every table of the template; tables that it no longer names are left alone, as their data may be wanted. */
export async function ensureTables(client: DynamoDBClient, model: StackModel): Promise<Table[]> {
  const resources = ['AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table'].flatMap((type) => model.ofType(type));
  return Promise.all(resources.map((resource) => ensureTable(client, resource)));
}

async function ensureTable(client: DynamoDBClient, resource: Resource): Promise<Table> {
  const wanted = propertiesOf(resource, tableProperties, known);
  const name = resource.physicalName;
  const existing = await describe(client, name);
  if (existing) await update(client, { resource, wanted, existing });
  else await create(client, name, wanted);
  const ttlAttribute = wanted.TimeToLiveSpecification?.Enabled ? wanted.TimeToLiveSpecification.AttributeName : undefined;
  if (ttlAttribute) await enableTimeToLive(client, name, ttlAttribute);
  return { name, ttlAttribute, streamed: wanted.StreamSpecification !== undefined };
}

async function describe(client: DynamoDBClient, name: string): Promise<TableDescription | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

async function create(client: DynamoDBClient, name: string, wanted: TableProperties): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: wanted.KeySchema,
      AttributeDefinitions: wanted.AttributeDefinitions,
      ...(wanted.GlobalSecondaryIndexes.length > 0 ? { GlobalSecondaryIndexes: wanted.GlobalSecondaryIndexes } : {}),
      ...(wanted.LocalSecondaryIndexes.length > 0 ? { LocalSecondaryIndexes: wanted.LocalSecondaryIndexes } : {}),
      ...streamSpecification(wanted),
    }),
  );
}

interface Change {
  readonly resource: Resource;
  readonly wanted: TableProperties;
  readonly existing: TableDescription;
}

async function update(client: DynamoDBClient, { resource, wanted, existing }: Change): Promise<void> {
  const TableName = resource.physicalName;
  if (keysOf(existing.KeySchema) !== keysOf(wanted.KeySchema)) {
    throw refusal(resource, 'its keys have changed, which would replace the table and lose its items: start with --fresh');
  }
  const present = new Map((existing.GlobalSecondaryIndexes ?? []).map((entry) => [entry.IndexName ?? '', describeIndex(entry)]));
  const desired = new Map(wanted.GlobalSecondaryIndexes.map((entry) => [entry.IndexName, describeIndex(entry)]));
  // Like AWS, one index a call.
  for (const [IndexName, description] of present) {
    if (desired.get(IndexName) !== description) {
      await client.send(new UpdateTableCommand({ TableName, GlobalSecondaryIndexUpdates: [{ Delete: { IndexName } }] }));
      present.delete(IndexName);
    }
  }
  for (const Create of wanted.GlobalSecondaryIndexes.filter(({ IndexName }) => !present.has(IndexName))) {
    const { AttributeDefinitions } = wanted;
    await client.send(new UpdateTableCommand({ TableName, AttributeDefinitions, GlobalSecondaryIndexUpdates: [{ Create }] }));
  }
  if (wanted.StreamSpecification && !existing.StreamSpecification?.StreamEnabled) {
    await client.send(new UpdateTableCommand({ TableName, ...streamSpecification(wanted) }));
  }
}

async function enableTimeToLive(client: DynamoDBClient, TableName: string, AttributeName: string): Promise<void> {
  try {
    await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { AttributeName, Enabled: true } }));
  } catch (error) {
    if (!/already enabled/i.test(String(error))) throw error;
  }
}

function streamSpecification({ StreamSpecification }: TableProperties): Pick<TableDescription, 'StreamSpecification'> {
  return StreamSpecification ? { StreamSpecification: { StreamEnabled: true, ...StreamSpecification } } : {};
}

function describeIndex({ KeySchema, Projection }: Pick<GlobalSecondaryIndexDescription, 'KeySchema' | 'Projection'>): string {
  return [keysOf(KeySchema), Projection?.ProjectionType, ...(Projection?.NonKeyAttributes ?? []).toSorted()].join(' ');
}

function keysOf(schema: KeySchemaElement[] | undefined): string {
  return (schema ?? []).map(({ AttributeName, KeyType }) => `${KeyType}:${AttributeName}`).join(',');
}
