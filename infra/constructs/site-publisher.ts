import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CustomResource, Duration, FileSystem, Stack } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { sitesDirectory } from '../build.ts';
import { HouseFunction } from './house-function.ts';
import { argued } from './nag.ts';

/** The one function of a stack that puts built sites into their buckets while the stack is deployed. Made when the first site asks for it. */
function sitePublisherOf(construct: Construct): HouseFunction {
  const stack = Stack.of(construct);
  return (
    (stack.node.tryFindChild('SitePublisher') as HouseFunction | undefined) ??
    new HouseFunction(stack, 'SitePublisher', {
      entry: 'platform/publish-site',
      errorImpact: 'a deployment cannot publish new pages and its users keep the former ones',
      timeout: Duration.minutes(1),
    })
  );
}

/** Publishes `web/<site>` into a bucket with the stack's deployment, again whenever a file of it has changed. */
export function publishSite(scope: Construct, { site, bucket }: { readonly site: string; readonly bucket: Bucket }): CustomResource {
  const directory = join(sitesDirectory, site);
  if (!existsSync(directory)) throw new Error(`web/${site} has no build: is the name right, and has buildFunctions() run?`);
  const publisher = sitePublisherOf(scope);
  const grant = Grant.addToPrincipal({ grantee: publisher, actions: ['s3:PutObject'], resourceArns: [bucket.arnForObjects('*')] });
  const bucketId = Stack.of(bucket).getLogicalId(bucket.node.defaultChild as CfnBucket);
  argued(
    publisher.houseRole,
    `AwsSolutions-IAM5[Resource::<${bucketId}.Arn>/*]`,
    'The names of the built files are made of their content, so the grant covers every object of this one bucket of public pages.',
  );
  const published = new CustomResource(scope, 'Published', {
    // The name under which the local stack knows what fills a bucket.
    resourceType: 'Custom::PublishedSite',
    serviceToken: publisher.functionArn,
    serviceTimeout: Duration.minutes(5),
    properties: { Site: site, BucketName: bucket.bucketName, ContentHash: FileSystem.fingerprint(directory) },
  });
  grant.applyBefore(published);
  return published;
}
