import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, type BucketProps, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { argued } from './nag.ts';

/** What the house decides for every bucket. */
type HouseRules = 'encryption' | 'blockPublicAccess' | 'enforceSSL' | 'removalPolicy';

/** A private bucket: encrypted, over TLS alone, kept when the stack goes. */
export class HouseBucket extends Bucket {
  constructor(scope: Construct, id: string, props: Omit<BucketProps, HouseRules>) {
    super(scope, id, {
      ...props,
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      objectOwnership: props.objectOwnership ?? ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}

const accessLogDays = 90;

/** Takes the access logs of others, and forgets them after 90 days. */
export class AccessLogBucket extends HouseBucket {
  /** `of` completes the sentence "It holds the access log of …". */
  constructor(scope: Construct, id: string, { of, ...props }: Pick<BucketProps, 'objectOwnership'> & { readonly of: string }) {
    super(scope, id, { ...props, lifecycleRules: [{ expiration: Duration.days(accessLogDays) }] });
    argued(this, 'AwsSolutions-S1', `It holds the access log of ${of}; logging it into itself would never end.`);
  }
}
