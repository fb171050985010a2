import { z } from 'zod';
import type { Resource, StackModel } from '../ports.ts';
import type { KnownProperties } from '../template/check-properties.ts';
import { propertiesOf } from '../template/properties.ts';

export interface KeyElement {
  readonly AttributeName: string;
  readonly KeyType: 'HASH' | 'RANGE';
}

export interface Index {
  readonly IndexName: string;
  readonly KeySchema: readonly KeyElement[];
  readonly Projection: { readonly ProjectionType?: string; readonly NonKeyAttributes?: readonly string[] | undefined };
}

/** A table as the template wants it. */
export interface TableDefinition {
  readonly logicalId: string;
  readonly name: string;
  readonly keySchema: readonly KeyElement[];
  readonly attributeDefinitions: readonly { readonly AttributeName: string; readonly AttributeType: string }[];
  readonly globalIndexes: readonly Index[];
  readonly localIndexes: readonly Index[];
  /** `NEW_AND_OLD_IMAGES` and its like; undefined without a stream. */
  readonly streamView: string | undefined;
  /** Attribute with the epoch second after which an item is deleted. */
  readonly expiryAttribute: string | undefined;
}

const capacity = 'capacity is what the machine has';
const unencrypted = 'data at rest is as safe as the disk it lies on';
const noBackup = 'the data folder is copied by hand';

const indexPaths = (prefix: string) => ['IndexName', 'KeySchema', 'Projection'].map((name) => `${prefix}.${name}`);

const shared = {
  supported: [
    'TableName',
    'AttributeDefinitions',
    'KeySchema',
    'TimeToLiveSpecification',
    'StreamSpecification.StreamViewType',
    ...indexPaths('GlobalSecondaryIndexes'),
    ...indexPaths('LocalSecondaryIndexes'),
  ],
  inert: {
    BillingMode: capacity,
    WarmThroughput: capacity,
    SSESpecification: unencrypted,
    'GlobalSecondaryIndexes.WarmThroughput': capacity,
  },
};

const knownOfType: Readonly<Record<string, KnownProperties>> = {
  'AWS::DynamoDB::GlobalTable': {
    supported: [...shared.supported, 'Replicas.Region'],
    inert: {
      ...shared.inert,
      WriteProvisionedThroughputSettings: capacity,
      WriteOnDemandThroughputSettings: capacity,
      ReadProvisionedThroughputSettings: capacity,
      ReadOnDemandThroughputSettings: capacity,
      'GlobalSecondaryIndexes.WriteProvisionedThroughputSettings': capacity,
      'GlobalSecondaryIndexes.WriteOnDemandThroughputSettings': capacity,
      'GlobalSecondaryIndexes.ReadProvisionedThroughputSettings': capacity,
      'GlobalSecondaryIndexes.ReadOnDemandThroughputSettings': capacity,
      'Replicas.GlobalSecondaryIndexes': capacity,
      'Replicas.ReadProvisionedThroughputSettings': capacity,
      'Replicas.ReadOnDemandThroughputSettings': capacity,
      'Replicas.TableClass': capacity,
      'Replicas.ContributorInsightsSpecification': 'there are no metrics',
      'Replicas.DeletionProtectionEnabled': 'tables go with the data folder only',
      'Replicas.PointInTimeRecoverySpecification': noBackup,
      'Replicas.SSESpecification': unencrypted,
      'Replicas.Tags': 'labels',
    },
  },
  'AWS::DynamoDB::Table': {
    supported: shared.supported,
    inert: {
      ...shared.inert,
      ProvisionedThroughput: capacity,
      OnDemandThroughput: capacity,
      TableClass: capacity,
      'GlobalSecondaryIndexes.ProvisionedThroughput': capacity,
      'GlobalSecondaryIndexes.OnDemandThroughput': capacity,
      'GlobalSecondaryIndexes.ContributorInsightsSpecification': 'there are no metrics',
      ContributorInsightsSpecification: 'there are no metrics',
      DeletionProtectionEnabled: 'tables go with the data folder only',
      PointInTimeRecoverySpecification: noBackup,
      Tags: 'labels',
    },
  },
};

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const indexes = z
  .array(
    z.object({
      IndexName: z.string(),
      KeySchema: keySchema,
      Projection: z.object({ ProjectionType: z.string().default('ALL'), NonKeyAttributes: z.array(z.string()).optional() }),
    }),
  )
  .default([]);
const tableProperties = z.object({
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: indexes,
  LocalSecondaryIndexes: indexes,
  StreamSpecification: z.object({ StreamViewType: z.string().default('NEW_AND_OLD_IMAGES') }).optional(),
  TimeToLiveSpecification: z.object({ AttributeName: z.string().optional(), Enabled: z.union([z.boolean(), z.stringbool()]) }).optional(),
  Replicas: z.array(z.unknown()).max(1, 'one machine has one region').optional(),
});

/** Every table of the template. Throws with the logical id for a property that would be ignored, and for a second replica. */
export function tableDefinitions(model: StackModel): TableDefinition[] {
  return Object.entries(knownOfType).flatMap(([type, known]) => model.ofType(type).map((resource) => definition(resource, known)));
}

function definition(resource: Resource, known: KnownProperties): TableDefinition {
  const table = propertiesOf(resource, tableProperties, known);
  const expiry = table.TimeToLiveSpecification;
  return {
    logicalId: resource.logicalId,
    name: resource.physicalName,
    keySchema: table.KeySchema,
    attributeDefinitions: table.AttributeDefinitions,
    globalIndexes: table.GlobalSecondaryIndexes,
    localIndexes: table.LocalSecondaryIndexes,
    streamView: table.StreamSpecification?.StreamViewType,
    expiryAttribute: expiry?.Enabled === true ? expiry.AttributeName : undefined,
  };
}
