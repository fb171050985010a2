/**
 * Which IAM actions an operation asks for, on which resources. The evaluation is the same as for every other service.
 *
 * Source: "Actions, resources, and condition keys for Amazon S3" (Service Authorization Reference), "Required permissions for Amazon S3 API operations".
 */
import { firstDenied } from '../iam/evaluate.ts';
import type { AccessRequest, Principal } from '../ports.ts';
import type { S3Context } from './context.ts';
import { parseCopySource } from './copy-source.ts';
import { S3Error } from './errors.ts';
import type { RequestTarget } from './request.ts';
import type { OperationName } from './router.ts';

/** DeleteObjects is missing: it is granted or denied key by key. */
export function accessRequests(operation: OperationName, request: RequestTarget): AccessRequest[] {
  return rules[operation](request);
}

type Rule = (request: RequestTarget) => AccessRequest[];

const rules: Record<OperationName, Rule> = {
  ListBuckets: () => [{ action: 's3:ListAllMyBuckets', resource: '*', context: {} }],
  CreateBucket: onBucket('s3:CreateBucket'),
  DeleteBucket: onBucket('s3:DeleteBucket'),
  HeadBucket: onBucket('s3:ListBucket'),
  GetBucketLocation: onBucket('s3:GetBucketLocation'),
  GetBucketVersioning: onBucket('s3:GetBucketVersioning'),
  PutBucketVersioning: onBucket('s3:PutBucketVersioning'),
  ListObjects: onBucket('s3:ListBucket'),
  ListObjectsV2: onBucket('s3:ListBucket'),
  ListObjectVersions: onBucket('s3:ListBucketVersions'),
  ListMultipartUploads: onBucket('s3:ListBucketMultipartUploads'),
  DeleteObjects: () => [],
  PostObject: () => [],
  GetObject: onVersion('s3:GetObject', 's3:GetObjectVersion'),
  HeadObject: onVersion('s3:GetObject', 's3:GetObjectVersion'),
  PutObject: putting,
  CopyObject: (request) => [...readingSource(request), ...putting(request)],
  DeleteObject: onVersion('s3:DeleteObject', 's3:DeleteObjectVersion'),
  GetObjectTagging: onVersion('s3:GetObjectTagging', 's3:GetObjectVersionTagging'),
  PutObjectTagging: onVersion('s3:PutObjectTagging', 's3:PutObjectVersionTagging'),
  DeleteObjectTagging: onVersion('s3:DeleteObjectTagging', 's3:DeleteObjectVersionTagging'),
  CreateMultipartUpload: putting,
  UploadPart: onObject('s3:PutObject'),
  UploadPartCopy: (request) => [...readingSource(request), ...onObject('s3:PutObject')(request)],
  CompleteMultipartUpload: onObject('s3:PutObject'),
  AbortMultipartUpload: onObject('s3:AbortMultipartUpload'),
  ListParts: onObject('s3:ListMultipartUploadParts'),
};

export function bucketArn(bucket: string | undefined): string {
  return `arn:aws:s3:::${bucket ?? ''}`;
}

export function objectAccess(action: string, target: { bucket: string | undefined; key: string | undefined }): AccessRequest {
  return { action, resource: `${bucketArn(target.bucket)}/${target.key ?? ''}`, context: {} };
}

function onBucket(action: string): Rule {
  return (request) => {
    const context: Record<string, string[]> = {};
    for (const name of ['prefix', 'delimiter', 'max-keys']) {
      const value = request.query.get(name);
      if (value !== undefined) context[`s3:${name}`] = [value];
    }
    return [{ action, resource: bucketArn(request.bucket), context }];
  };
}

function onObject(action: string): Rule {
  return (request) => [objectAccess(action, request)];
}

function onVersion(action: string, versionAction: string): Rule {
  return (request) => {
    const versionId = request.query.get('versionId');
    if (versionId === undefined) return [objectAccess(action, request)];
    return [{ ...objectAccess(versionAction, request), context: { 's3:VersionId': [versionId] } }];
  };
}

function putting(request: RequestTarget): AccessRequest[] {
  const tags = request.headers.has('x-amz-tagging') ? [objectAccess('s3:PutObjectTagging', request)] : [];
  return [objectAccess('s3:PutObject', request), ...tags];
}

function readingSource(request: RequestTarget): AccessRequest[] {
  const source = parseCopySource(request);
  if (source.versionId === undefined) return [objectAccess('s3:GetObject', source)];
  return [{ ...objectAccess('s3:GetObjectVersion', source), context: { 's3:VersionId': [source.versionId] } }];
}

/** Throws AccessDenied when one of them is not granted, and says in the log which. */
export function requireAccess(context: S3Context, principal: Principal, requests: readonly AccessRequest[]): void {
  const denied = firstDenied(principal.statements, requests);
  if (!denied) return;
  context.warn(`AccessDenied: ${principal.name} may not ${denied.action} on ${denied.resource}`);
  const message = `User: ${principal.name} is not authorized to perform: ${denied.action} on resource: "${denied.resource}" because no identity-based policy allows the ${denied.action} action`;
  throw new S3Error('AccessDenied', { message });
}
