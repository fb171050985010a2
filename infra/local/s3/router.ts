/**
 * Which operation a request asks for. S3 tells them apart by method, by what the path names, and by a "sub-resource" in the query.
 */
import { S3Error } from './errors.ts';
import type { RequestTarget } from './request.ts';

export type OperationName =
  | 'ListBuckets'
  | 'CreateBucket'
  | 'DeleteBucket'
  | 'HeadBucket'
  | 'GetBucketLocation'
  | 'GetBucketVersioning'
  | 'PutBucketVersioning'
  | 'ListObjects'
  | 'ListObjectsV2'
  | 'ListObjectVersions'
  | 'ListMultipartUploads'
  | 'DeleteObjects'
  | 'PostObject'
  | 'GetObject'
  | 'HeadObject'
  | 'PutObject'
  | 'CopyObject'
  | 'DeleteObject'
  | 'GetObjectTagging'
  | 'PutObjectTagging'
  | 'DeleteObjectTagging'
  | 'CreateMultipartUpload'
  | 'UploadPart'
  | 'UploadPartCopy'
  | 'CompleteMultipartUpload'
  | 'AbortMultipartUpload'
  | 'ListParts';

/** Sub-resources that exist in S3 but not here, with the noun of their operations. */
const missing: Record<string, string> = {
  accelerate: 'AccelerateConfiguration',
  acl: 'Acl',
  analytics: 'AnalyticsConfiguration',
  attributes: 'Attributes',
  cors: 'Cors',
  encryption: 'Encryption',
  'intelligent-tiering': 'IntelligentTieringConfiguration',
  inventory: 'InventoryConfiguration',
  'legal-hold': 'LegalHold',
  lifecycle: 'LifecycleConfiguration',
  logging: 'Logging',
  metrics: 'MetricsConfiguration',
  notification: 'NotificationConfiguration',
  'object-lock': 'ObjectLockConfiguration',
  ownershipControls: 'OwnershipControls',
  policy: 'Policy',
  policyStatus: 'PolicyStatus',
  publicAccessBlock: 'PublicAccessBlock',
  replication: 'Replication',
  requestPayment: 'RequestPayment',
  restore: 'Restore',
  retention: 'Retention',
  select: 'SelectContent',
  session: 'Session',
  tagging: 'Tagging',
  torrent: 'Torrent',
  website: 'Website',
};

/** Sub-resource and operation, first match first; the last entry of each method is the one without a sub-resource. */
type Table = Readonly<Record<string, readonly (readonly [string | undefined, OperationName])[]>>;

const objectOperations: Table = {
  GET: [
    ['uploadId', 'ListParts'],
    ['tagging', 'GetObjectTagging'],
    [undefined, 'GetObject'],
  ],
  HEAD: [[undefined, 'HeadObject']],
  PUT: [
    ['uploadId', 'UploadPart'],
    ['tagging', 'PutObjectTagging'],
    [undefined, 'PutObject'],
  ],
  POST: [
    ['uploads', 'CreateMultipartUpload'],
    ['uploadId', 'CompleteMultipartUpload'],
  ],
  DELETE: [
    ['uploadId', 'AbortMultipartUpload'],
    ['tagging', 'DeleteObjectTagging'],
    [undefined, 'DeleteObject'],
  ],
};

const bucketOperations: Table = {
  GET: [
    ['list-type', 'ListObjectsV2'],
    ['versions', 'ListObjectVersions'],
    ['uploads', 'ListMultipartUploads'],
    ['location', 'GetBucketLocation'],
    ['versioning', 'GetBucketVersioning'],
    [undefined, 'ListObjects'],
  ],
  HEAD: [[undefined, 'HeadBucket']],
  PUT: [
    ['versioning', 'PutBucketVersioning'],
    [undefined, 'CreateBucket'],
  ],
  POST: [
    ['delete', 'DeleteObjects'],
    [undefined, 'PostObject'],
  ],
  DELETE: [[undefined, 'DeleteBucket']],
};

const verbs: Record<string, string> = { GET: 'Get', HEAD: 'Head', PUT: 'Put', POST: 'Post', DELETE: 'Delete' };

/** Throws NotImplemented, naming the operation, and MethodNotAllowed. */
export function route(request: RequestTarget): OperationName {
  if (request.bucket === undefined) {
    if (request.method === 'GET') return 'ListBuckets';
    throw new S3Error('MethodNotAllowed');
  }
  const [table, kind] = request.key === undefined ? [bucketOperations, 'Bucket'] : [objectOperations, 'Object'];
  const entries = table[request.method];
  const bySubresource = entries?.find(([name]) => name !== undefined && request.query.has(name));
  if (bySubresource) return copying(bySubresource[1], request);
  refuseMissing(request, kind);
  const plain = entries?.find(([name]) => name === undefined);
  if (!plain) throw new S3Error('MethodNotAllowed', { details: { Method: request.method, ResourceType: kind.toUpperCase() } });
  return copying(plain[1], request);
}

function refuseMissing(request: RequestTarget, kind: string): void {
  const name = Object.keys(missing).find((each) => request.query.has(each));
  if (name === undefined) return;
  const operation = `${verbs[request.method] ?? request.method}${kind}${missing[name]}`;
  throw new S3Error('NotImplemented', { message: `${operation} is not implemented by the local S3`, details: { Operation: operation } });
}

function copying(operation: OperationName, request: RequestTarget): OperationName {
  if (!request.headers.has('x-amz-copy-source')) return operation;
  if (operation === 'PutObject') return 'CopyObject';
  return operation === 'UploadPart' ? 'UploadPartCopy' : operation;
}
