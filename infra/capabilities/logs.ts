import { Duration, Stack } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as FunctionTarget } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { type Bucket, type CfnBucket, HttpMethods } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { limits } from '#shared/logs/limits.ts';
import { dashboardRoutes } from '#shared/logs/dashboard/dashboard-routes.ts';
import { logRoutes } from '#shared/logs/log-routes.ts';
import { uploadRoutes } from '#shared/logs/uploads/upload-routes.ts';
import { AccessLogBucket, HouseBucket } from '../constructs/house-bucket.ts';
import { HouseFunction } from '../constructs/house-function.ts';
import { HouseQueue } from '../constructs/house-queue.ts';
import { HouseTable } from '../constructs/house-table.ts';
import { argued } from '../constructs/nag.ts';
import type { Api } from './api.ts';

export interface LogsProps {
  readonly api: Api;
  /** Origins whose pages may upload from a browser. */
  readonly origins: readonly string[];
  /** What of the system's own is redacted beside personal data: see `ownRulesOf`. */
  readonly redactionRules: string;
  /** Days after the upload that records are kept. */
  readonly recordDays: { readonly error: string; readonly fatal: string };
  /** How many range scanners run at once. Lambda allows 2 to 1,000 for a queue. */
  readonly scannersMax: number;
}

/** The table's index over files and records, newest first. */
const newestFirst = 'gsi1';
/** Records by fingerprint, and closed files that wait to be rolled up. */
const byFingerprint = 'gsi2';

const sweepEvery = Duration.minutes(1);

/** Lambda's longest; a single worker streams a whole compressed file within it. */
const scanTimeout = Duration.millis(limits.rangeMsMax);

/** A file without any progress for longer than a queue keeps a message has nobody left who could go on with it. */
const stalledAfter = Duration.days(15);

/** The Log Scanner: uploads → plan-file → ranges → scan-range → table, read through the API. */
export class Logs extends Construct {
  readonly uploads: Bucket;
  readonly table: HouseTable;
  /** Adds closed files to patterns and counts, and tells who watches them. */
  readonly rollUp: HouseFunction;
  private readonly props: LogsProps;
  private readonly uploaded: HouseQueue;
  private readonly ranges: HouseQueue;
  private readonly rollups: HouseQueue;

  constructor(scope: Construct, id: string, props: LogsProps) {
    super(scope, id);
    this.props = props;
    this.table = new HouseTable(this, 'Table', { indexes: [newestFirst, byFingerprint], indexesHold: 'keys' });
    this.uploaded = new HouseQueue(this, 'Uploaded', {
      visibilityTimeout: Duration.minutes(6),
      errorImpact: 'dropped log files have not been planned',
    });
    this.ranges = new HouseQueue(this, 'Ranges', {
      visibilityTimeout: scanTimeout.plus(Duration.minutes(1)),
      errorImpact: 'parts of log files could not be scanned and their files say failed',
    });
    this.rollups = new HouseQueue(this, 'Rollups', {
      visibilityTimeout: scanTimeout.plus(Duration.minutes(1)),
      errorImpact: 'closed log files are missing from patterns and dashboard',
    });
    this.uploads = this.uploadsBucket();
    this.planner();
    this.scanner();
    this.rollUp = this.roller();
    this.sweeper();
    this.readers();
  }

  private uploadsBucket(): Bucket {
    const accessLog = new AccessLogBucket(this, 'UploadsAccessLog', { of: 'the uploads bucket' });
    const bucket = new HouseBucket(this, 'Uploads', {
      versioned: true,
      serverAccessLogsBucket: accessLog,
      lifecycleRules: [
        {
          expiration: Duration.days(90),
          noncurrentVersionExpiration: Duration.days(30),
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
      ],
      cors: [
        {
          allowedOrigins: [...this.props.origins],
          allowedMethods: [HttpMethods.PUT, HttpMethods.POST, HttpMethods.GET],
          allowedHeaders: ['*'],
          exposedHeaders: ['ETag', 'x-amz-version-id'],
          maxAge: 3600,
        },
      ],
    });
    this.notify(bucket);
    return bucket;
  }

  /**
   * The bucket tells the queue by its own property, not through the CDK's custom resource: one resource less, no second runtime, and the template says
   * what happens. The queue's policy names the account, because naming the bucket would make queue and bucket wait for each other.
   */
  private notify(bucket: Bucket): void {
    const { queue } = this.uploaded;
    queue.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('s3.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [queue.queueArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    (bucket.node.defaultChild as CfnBucket).notificationConfiguration = {
      queueConfigurations: [{ event: 's3:ObjectCreated:*', queue: queue.queueArn }],
    };
    const policy = queue.node.tryFindChild('Policy');
    if (!policy) throw new Error('The uploads queue has no policy: S3 could not send to it.');
    bucket.node.addDependency(policy);
  }

  private planner(): void {
    const plan = new HouseFunction(this, 'PlanFile', {
      entry: 'logs/plan-file',
      errorImpact: 'dropped log files are not scanned',
      timeout: Duration.minutes(1),
      environment: {
        LOGS_TABLE: this.table.tableName,
        RANGES_QUEUE_URL: this.ranges.queue.queueUrl,
        PLANS_QUEUE_URL: this.uploaded.queue.queueUrl,
        RANGE_BYTES_MIN: String(limits.rangeBytesMin),
      },
    });
    plan.addEventSource(new SqsEventSource(this.uploaded.queue, { batchSize: 10, reportBatchItemFailures: true }));
    this.table.allow(plan, 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:Query', 'dynamodb:BatchWriteItem');
    this.grantObjects(plan, 's3:GetObject', 's3:GetObjectVersion');
    this.ranges.queue.grant(plan, 'sqs:SendMessage');
    this.uploaded.queue.grant(plan, 'sqs:SendMessage', 'sqs:ChangeMessageVisibility');
  }

  private scanner(): void {
    const scan = new HouseFunction(this, 'ScanRange', {
      entry: 'logs/scan-range',
      errorImpact: 'errors in dropped log files stay unseen',
      timeout: scanTimeout,
      environment: {
        LOGS_TABLE: this.table.tableName,
        RANGES_QUEUE_URL: this.ranges.queue.queueUrl,
        ROLLUPS_QUEUE_URL: this.rollups.queue.queueUrl,
        RANGE_ATTEMPTS_MAX: String(this.ranges.receivesMax),
        REDACTION_RULES: this.props.redactionRules,
        ERROR_RETENTION_DAYS: this.props.recordDays.error,
        FATAL_RETENTION_DAYS: this.props.recordDays.fatal,
      },
    });
    scan.addEventSource(
      new SqsEventSource(this.ranges.queue, { batchSize: 1, reportBatchItemFailures: true, maxConcurrency: this.props.scannersMax }),
    );
    this.table.allow(scan, 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:Query', 'dynamodb:BatchWriteItem');
    this.ranges.queue.grant(scan, 'sqs:ChangeMessageVisibility');
    this.rollups.queue.grant(scan, 'sqs:SendMessage');
    this.grantObjects(scan, 's3:GetObject', 's3:GetObjectVersion');
  }

  /** Few at a time: files that are rolled up at once add to the same hours, and wait for each other. */
  private roller(): HouseFunction {
    const rollUp = new HouseFunction(this, 'RollUpFile', {
      entry: 'logs/roll-up-file',
      errorImpact: 'closed log files are missing from patterns and dashboard',
      timeout: scanTimeout,
      memoryMegabytes: 1_024,
      environment: { LOGS_TABLE: this.table.tableName, ROLLUPS_QUEUE_URL: this.rollups.queue.queueUrl },
    });
    rollUp.addEventSource(new SqsEventSource(this.rollups.queue, { batchSize: 1, reportBatchItemFailures: true, maxConcurrency: 4 }));
    this.table.allow(
      rollUp,
      'dynamodb:GetItem',
      'dynamodb:BatchGetItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
      'dynamodb:BatchWriteItem',
      'dynamodb:Query',
    );
    this.rollups.queue.grant(rollUp, 'sqs:ChangeMessageVisibility');
    return rollUp;
  }

  private sweeper(): void {
    const sweep = new HouseFunction(this, 'SweepFiles', {
      entry: 'logs/sweep-files',
      errorImpact: 'a log file whose scanners died stays open for ever',
      timeout: Duration.minutes(1),
      environment: {
        LOGS_TABLE: this.table.tableName,
        ROLLUPS_QUEUE_URL: this.rollups.queue.queueUrl,
        STALLED_AFTER_SECONDS: String(stalledAfter.toSeconds()),
        SWEEP_EVERY_SECONDS: String(sweepEvery.toSeconds()),
      },
    });
    this.table.allow(sweep, 'dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:Query');
    this.table.allowIndex(sweep, newestFirst);
    this.table.allowIndex(sweep, byFingerprint);
    this.rollups.queue.grant(sweep, 'sqs:SendMessage');
    new Rule(this, 'SweepFilesEveryMinute', {
      schedule: Schedule.rate(sweepEvery),
      targets: [new FunctionTarget(sweep, { retryAttempts: 0 })],
    });
  }

  private readers(): void {
    const files = this.reader('Files', 'logs/files', 'admins cannot list scanned log files');
    const errors = this.reader('LogErrors', 'logs/errors', 'developers cannot read the errors found in log files');
    const uploads = new HouseFunction(this, 'CreateUpload', {
      entry: 'logs/uploads',
      errorImpact: 'admins cannot upload a log file from a browser',
      environment: { LOGS_BUCKET: this.uploads.bucketName },
    });
    const dashboard = this.reader('LogDashboard', 'logs/dashboard', 'developers cannot see how many errors there are');
    this.grantObjects(errors, 's3:GetObject', 's3:GetObjectVersion');
    // Reading is for what a bucket says of an object without giving it away: whether it is there.
    this.grantObjects(uploads, 's3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts', 's3:GetObject');
    const { api } = this.props;
    api.route(logRoutes.openUpload, uploads);
    for (const route of Object.values(uploadRoutes)) api.route(route, uploads);
    api.route(logRoutes.listFiles, files);
    api.route(logRoutes.readFile, files);
    api.route(logRoutes.listFileErrors, files);
    api.route(logRoutes.listErrors, errors);
    api.route(logRoutes.readError, errors);
    api.route(logRoutes.readContext, errors);
    api.route(dashboardRoutes.readDashboard, dashboard);
  }

  private reader(id: string, entry: string, errorImpact: string): HouseFunction {
    const reader = new HouseFunction(this, id, {
      entry,
      errorImpact,
      timeout: Duration.seconds(29),
      environment: { LOGS_TABLE: this.table.tableName },
    });
    this.table.allow(reader, 'dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:BatchGetItem');
    for (const index of [newestFirst, byFingerprint]) this.table.allowIndex(reader, index);
    return reader;
  }

  private grantObjects(grantee: HouseFunction, ...actions: string[]): void {
    grantee.addToRolePolicy(new PolicyStatement({ actions, resources: [this.uploads.arnForObjects('*')] }));
    // Without these S3 answers 403 for an object that is gone, which would look like a missing grant.
    grantee.addToRolePolicy(
      new PolicyStatement({ actions: ['s3:ListBucket', 's3:ListBucketVersions'], resources: [this.uploads.bucketArn] }),
    );
    argued(
      grantee.houseRole,
      `AwsSolutions-IAM5[Resource::<${logicalIdOf(this.uploads)}.Arn>/*]`,
      'Log files are dropped under any key, so the grant covers every object of this one bucket.',
    );
  }
}

function logicalIdOf(bucket: Bucket): string {
  return Stack.of(bucket).getLogicalId(bucket.node.defaultChild as CfnBucket);
}
