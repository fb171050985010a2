import { s3Limits } from './config.ts';
import type { BucketVersioning } from './config.ts';
import { receiveXml } from './body.ts';
import type { S3Context } from './context.ts';
import { S3Error, invalidArgument } from './errors.ts';
import { noContent, ok, okXml } from './reply.ts';
import type { Reply } from './reply.ts';
import { bucketOf, numberParameter } from './request.ts';
import type { S3Request } from './request.ts';
import { parseXml, textOf, xmlDocument } from './xml.ts';

export function listBuckets(context: S3Context, request: S3Request): Reply {
  const { region, accountId } = context.config;
  const prefix = request.query.get('prefix') ?? '';
  const after = request.query.get('continuation-token') ?? '';
  const max = numberParameter(request, 'max-buckets', { min: 1, max: 10_000 }) ?? 10_000;
  const matching = context.buckets.all().filter(({ name }) => name.startsWith(prefix) && name > after);
  const page = matching.slice(0, max);
  const content = {
    Owner: { ID: accountId, DisplayName: 'local' },
    Buckets: {
      Bucket: page.map(({ name, createdMs }) => ({ Name: name, CreationDate: new Date(createdMs).toISOString(), BucketRegion: region })),
    },
    Prefix: prefix || undefined,
    ContinuationToken: matching.length > page.length ? page.at(-1)!.name : undefined,
  };
  return okXml(xmlDocument('ListAllMyBucketsResult', content));
}

/** The region that the body may name is not looked at: there is but one. */
export async function createBucket(context: S3Context, request: S3Request): Promise<Reply> {
  const name = bucketOf(request);
  const hasBody = Number(request.headers.get('content-length') ?? 0) > 0;
  if (hasBody && parseXml(await receiveXml(request)).name !== 'CreateBucketConfiguration') throw new S3Error('MalformedXML');
  if (request.headers.get('x-amz-bucket-object-lock-enabled') === 'true') {
    throw new S3Error('NotImplemented', { message: 'Object Lock is not implemented by the local S3' });
  }
  context.buckets.create(name, request.nowMs);
  return ok({ location: `/${name}` });
}

export function deleteBucket(context: S3Context, request: S3Request): Reply {
  context.buckets.delete(context.buckets.require(bucketOf(request)));
  return noContent();
}

export function headBucket(context: S3Context, request: S3Request): Reply {
  context.buckets.require(bucketOf(request));
  return ok({ 'x-amz-bucket-region': context.config.region, 'x-amz-access-point-alias': 'false' });
}

/** An empty constraint means us-east-1, for reasons of history. */
export function getBucketLocation(context: S3Context, request: S3Request): Reply {
  context.buckets.require(bucketOf(request));
  const { region } = context.config;
  return okXml(xmlDocument('LocationConstraint', region === 'us-east-1' ? '' : region));
}

export function getBucketVersioning(context: S3Context, request: S3Request): Reply {
  const { versioning } = context.buckets.require(bucketOf(request));
  return okXml(xmlDocument('VersioningConfiguration', { Status: versioning }));
}

export async function putBucketVersioning(context: S3Context, request: S3Request): Promise<Reply> {
  const source = await receiveXml(request);
  const bucket = context.buckets.require(bucketOf(request));
  const status = textOf(parseXml(source), 'Status');
  if (status !== 'Enabled' && status !== 'Suspended') throw new S3Error('MalformedXML');
  context.buckets.setVersioning(bucket, status satisfies BucketVersioning);
  return ok();
}

/** `max-keys` and its like: beyond 1000 means 1000. */
export function pageSize(request: S3Request, name: string): number {
  const asked = numberParameter(request, name, { min: 0, max: 2_147_483_647 });
  return Math.min(asked ?? s3Limits.listKeysMax, s3Limits.listKeysMax);
}

/** Throws InvalidArgument for an encoding that S3 does not know. */
export function asksForUrlEncoding(request: S3Request): boolean {
  const type = request.query.get('encoding-type');
  if (type === undefined || type === '') return false;
  if (type !== 'url') throw invalidArgument('encoding-type', type, 'Invalid Encoding Method specified in Request');
  return true;
}
