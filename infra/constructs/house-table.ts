import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  type GlobalSecondaryIndexPropsV2,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, FilterCriteria, type Function as LambdaFunction, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

export interface HouseTableProps {
  /** Names of indexes, such as `gsi1`; each is over the strings `gsi1pk` and `gsi1sk`. */
  readonly indexes?: readonly string[];
  /**
   * Whole items, if nothing is said: a list is one read. `keys` where readers load what they list by key anyway: an item is then stored and written once,
   * whatever its size, and not once more for every index.
   */
  readonly indexesHold?: 'items' | 'keys';
  /** New and old images to a stream; off unless something follows the table. */
  readonly stream?: boolean;
}

/** A single-table-design table: `pk` and `sk` strings, `ttl` in epoch seconds, on-demand, recoverable to any second of 35 days, kept when the stack goes. */
export class HouseTable extends TableV2 {
  constructor(scope: Construct, id: string, props: HouseTableProps = {}) {
    super(scope, id, {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      timeToLiveAttribute: 'ttl',
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.dynamoOwnedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      globalSecondaryIndexes: (props.indexes ?? []).map((name) => indexOf(name, props.indexesHold ?? 'items')),
      ...(props.stream ? { dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES } : {}),
    });
  }

  /** Grants actions on the table alone; `grant` of the CDK would add every index as a wildcard. */
  allow(grantee: IGrantable, ...actions: string[]): void {
    Grant.addToPrincipal({ grantee, actions, resourceArns: [this.tableArn] });
  }

  /**
   * Has a function follow the table's stream from its beginning on: changes of items that match any of the patterns, in the order of each item. A
   * change that fails comes again, with those behind it, for as long as the stream keeps it, which is a day.
   */
  followedBy(fn: LambdaFunction, ...patterns: readonly Record<string, unknown>[]): void {
    const { tableStreamArn } = this;
    if (tableStreamArn === undefined) throw new Error(`${this.node.path} has no stream to follow`);
    const actions = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map((action) => `dynamodb:${action}`);
    const grant = Grant.addToPrincipal({ grantee: fn, actions, resourceArns: [tableStreamArn] });
    const source = new EventSourceMapping(fn, 'Changes', {
      target: fn,
      eventSourceArn: tableStreamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      filters: patterns.map((pattern) => FilterCriteria.filter(pattern)),
    });
    grant.applyBefore(source);
  }

  /** Grants reading through one index. */
  allowIndex(grantee: IGrantable, indexName: string): void {
    Grant.addToPrincipal({ grantee, actions: ['dynamodb:Query'], resourceArns: [`${this.tableArn}/index/${indexName}`] });
  }
}

function indexOf(indexName: string, hold: 'items' | 'keys'): GlobalSecondaryIndexPropsV2 {
  return {
    indexName,
    partitionKey: { name: `${indexName}pk`, type: AttributeType.STRING },
    sortKey: { name: `${indexName}sk`, type: AttributeType.STRING },
    projectionType: hold === 'keys' ? ProjectionType.KEYS_ONLY : ProjectionType.ALL,
  };
}
