import type { Sketch } from '#test/fakes/stack-model.ts';

export const noteKeys = [
  { AttributeName: 'pk', KeyType: 'HASH' },
  { AttributeName: 'sk', KeyType: 'RANGE' },
];

export const byOwner = {
  IndexName: 'byOwner',
  KeySchema: [{ AttributeName: 'owner', KeyType: 'HASH' }],
  Projection: { ProjectionType: 'ALL' },
};

/** A table as TableV2 of the CDK synthesises it. */
export function notesTable(properties: Record<string, unknown> = {}): Sketch {
  const attributes = 'GlobalSecondaryIndexes' in properties ? ['pk', 'sk', 'owner'] : ['pk', 'sk'];
  return {
    type: 'AWS::DynamoDB::GlobalTable',
    physicalName: 'notes',
    properties: {
      AttributeDefinitions: attributes.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: noteKeys,
      BillingMode: 'PAY_PER_REQUEST',
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
      Replicas: [
        {
          Region: 'ap-southeast-3',
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        },
      ],
      SSESpecification: { SSEEnabled: false },
      ...properties,
    },
  };
}
