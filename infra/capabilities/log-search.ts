import { Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { exportLimits } from '#shared/logs/search/log-export.ts';
import { searchRoutes } from '#shared/logs/search/search-routes.ts';
import { AccessLogBucket, HouseBucket } from '../constructs/house-bucket.ts';
import { HouseFunction } from '../constructs/house-function.ts';
import { HouseQueue } from '../constructs/house-queue.ts';
import { argued } from '../constructs/nag.ts';
import type { Api } from './api.ts';
import type { Audit } from './audit.ts';
import type { Identity } from './identity.ts';
import type { Logs } from './logs.ts';

export interface LogSearchProps {
  readonly api: Api;
  readonly audit: Audit;
  readonly identity: Identity;
  readonly logs: Logs;
}

/** Lambda's longest. */
const exportTimeout = Duration.minutes(15);

/** Search over the errors of all files, and files of what it finds. */
export class LogSearch extends Construct {
  private readonly props: LogSearchProps;
  private readonly requests: HouseQueue;
  private readonly files: Bucket;

  constructor(scope: Construct, id: string, props: LogSearchProps) {
    super(scope, id);
    this.props = props;
    this.requests = new HouseQueue(this, 'Exports', {
      visibilityTimeout: exportTimeout.plus(Duration.minutes(1)),
      errorImpact: 'exports of errors that somebody asked for are not made',
      receivesMax: 3,
    });
    this.files = this.exportsBucket();
    this.search();
    this.exporter();
  }

  private exportsBucket(): Bucket {
    const kept = Duration.days(exportLimits.keptDays);
    return new HouseBucket(this, 'Files', {
      serverAccessLogsBucket: new AccessLogBucket(this, 'FilesAccessLog', { of: 'the bucket of exported errors' }),
      lifecycleRules: [{ expiration: kept, abortIncompleteMultipartUploadAfter: kept }],
    });
  }

  private search(): void {
    const { api, audit, identity, logs } = this.props;
    const search = new HouseFunction(this, 'Search', {
      entry: 'logs/search',
      errorImpact: 'developers cannot search the errors found in log files',
      timeout: Duration.seconds(29),
      memoryMegabytes: 1_024,
      environment: this.environment(),
    });
    logs.table.allow(search, 'dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:BatchGetItem', 'dynamodb:PutItem');
    for (const index of ['gsi1', 'gsi2']) logs.table.allowIndex(search, index);
    audit.appendedBy(search);
    identity.namesStaff(search);
    api.seesViewers(search);
    this.requests.queue.grant(search, 'sqs:SendMessage');
    // An address that is signed by whoever may not read leads nowhere.
    this.grantFiles(search, 's3:GetObject');
    for (const route of Object.values(searchRoutes)) api.route(route, search);
  }

  private exporter(): void {
    const { logs } = this.props;
    const exporter = new HouseFunction(this, 'ExportErrors', {
      entry: 'logs/export-errors',
      errorImpact: 'exports of errors that somebody asked for are not made',
      timeout: exportTimeout,
      memoryMegabytes: 1_024,
      environment: { ...this.environment(), EXPORT_ATTEMPTS_MAX: String(this.requests.receivesMax) },
    });
    exporter.addEventSource(new SqsEventSource(this.requests.queue, { batchSize: 1, reportBatchItemFailures: true, maxConcurrency: 2 }));
    logs.table.allow(exporter, 'dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:BatchGetItem', 'dynamodb:PutItem');
    for (const index of ['gsi1', 'gsi2']) logs.table.allowIndex(exporter, index);
    this.requests.queue.grant(exporter, 'sqs:ChangeMessageVisibility');
    this.grantFiles(exporter, 's3:PutObject', 's3:AbortMultipartUpload');
  }

  private environment(): Record<string, string> {
    return {
      LOGS_TABLE: this.props.logs.table.tableName,
      EXPORTS_QUEUE_URL: this.requests.queue.queueUrl,
      EXPORTS_BUCKET: this.files.bucketName,
    };
  }

  private grantFiles(grantee: HouseFunction, ...actions: string[]): void {
    grantee.addToRolePolicy(new PolicyStatement({ actions, resources: [this.files.arnForObjects('*')] }));
    const bucket = Stack.of(this).getLogicalId(this.files.node.defaultChild as CfnBucket);
    argued(
      grantee.houseRole,
      `AwsSolutions-IAM5[Resource::<${bucket}.Arn>/*]`,
      'An export is a new object each time, so the grant covers every object of this one bucket.',
    );
  }
}
