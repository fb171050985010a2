/**
 * DeleteObject and DeleteObjects: a version for good, or whatever "delete" means for the bucket's versioning.
 */
import { firstDenied } from '../iam/evaluate.ts';
import { objectAccess } from './access.ts';
import { receiveXml } from './body.ts';
import type { Bucket } from './buckets.ts';
import { checkWriteConditions } from './conditions.ts';
import { s3Limits } from './config.ts';
import { causeOf, change } from './context.ts';
import type { Change, S3Context } from './context.ts';
import { S3Error } from './errors.ts';
import { noContent, okXml } from './reply.ts';
import type { Reply } from './reply.ts';
import { bucketOf, keyOf } from './request.ts';
import type { S3Request } from './request.ts';
import { childrenOf, parseXml, textOf, xmlDocument } from './xml.ts';

interface Deletion {
  readonly key: string;
  readonly versionId: string | undefined;
}

interface Deleted {
  /** Of the version that was removed, or of the marker that was made. */
  readonly versionId: string | undefined;
  readonly deleteMarker: boolean;
}

const emptyMd5 = 'd41d8cd98f00b204e9800998ecf8427e';

export function deleteObject(context: S3Context, request: S3Request): Reply {
  const [bucketName, key, versionId] = [bucketOf(request), keyOf(request), request.query.get('versionId')];
  const deleted = change(context, (step) => {
    const bucket = context.buckets.require(bucketName);
    if (request.headers.has('if-match')) {
      const wanted = versionId === undefined ? context.versions.latest(bucketName, key) : context.versions.find(bucketName, key, versionId);
      checkWriteConditions(request.headers, wanted);
    }
    return deleteOne({ context, request, bucket, step }, { key, versionId });
  });
  return noContent({
    ...(deleted.versionId === undefined || deleted.versionId === 'null' ? {} : { 'x-amz-version-id': deleted.versionId }),
    ...(deleted.deleteMarker ? { 'x-amz-delete-marker': 'true' } : {}),
  });
}

export async function deleteObjects(context: S3Context, request: S3Request): Promise<Reply> {
  const bucket = context.buckets.require(bucketOf(request));
  if (!request.headers.has('content-md5') && ![...request.headers.keys()].some((name) => /^x-amz-(checksum-|trailer$)/.test(name))) {
    throw new S3Error('InvalidRequest', { message: 'Missing required header for this request: Content-MD5 OR x-amz-checksum-*' });
  }
  const { deletions, quiet } = parseDeletions(await receiveXml(request));
  const results = change(context, (step) =>
    deletions.map((deletion) => {
      const action = deletion.versionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion';
      const access = objectAccess(action, { bucket: bucket.name, key: deletion.key });
      if (firstDenied(request.principal.statements, [access])) {
        context.warn(`AccessDenied: ${request.principal.name} may not ${access.action} on ${access.resource}`);
        return { Error: { Key: deletion.key, VersionId: deletion.versionId, Code: 'AccessDenied', Message: 'Access Denied' } };
      }
      const deleted = deleteOne({ context, request, bucket, step }, deletion);
      return quiet ? {} : { Deleted: deletedElement(deletion, deleted) };
    }),
  );
  return okXml(xmlDocument('DeleteResult', results));
}

function deletedElement(deletion: Deletion, deleted: Deleted) {
  return {
    Key: deletion.key,
    VersionId: deletion.versionId,
    DeleteMarker: deleted.deleteMarker ? true : undefined,
    DeleteMarkerVersionId: deleted.deleteMarker ? deleted.versionId : undefined,
  };
}

function parseDeletions(source: string): { deletions: Deletion[]; quiet: boolean } {
  const root = parseXml(source);
  const deletions = childrenOf(root, 'Object').map((element) => {
    const key = textOf(element, 'Key');
    if (key === undefined || key === '') throw new S3Error('MalformedXML');
    if (textOf(element, 'ETag') !== undefined) {
      throw new S3Error('NotImplemented', { message: 'Conditions within DeleteObjects are not implemented by the local S3' });
    }
    return { key, versionId: textOf(element, 'VersionId') || undefined };
  });
  if (root.name !== 'Delete' || deletions.length === 0 || deletions.length > s3Limits.deleteKeysMax) throw new S3Error('MalformedXML');
  return { deletions, quiet: textOf(root, 'Quiet') === 'true' };
}

interface DeleteStep {
  readonly context: S3Context;
  readonly request: S3Request;
  readonly bucket: Bucket;
  readonly step: Change;
}

/** Deleting what is not there succeeds, as in S3. */
function deleteOne(where: DeleteStep, { key, versionId }: Deletion): Deleted {
  const { context, request, bucket, step } = where;
  if (versionId === undefined && bucket.versioning !== undefined) return hide(where, key);
  const version = context.versions.find(bucket.name, key, versionId ?? 'null');
  if (!version) return { versionId, deleteMarker: false };
  step.free(context.versions.remove(version));
  step.emit(bucket, { ...causeOf(request), name: 'ObjectRemoved:Delete', key, versionId: version.versionId });
  return { versionId: version.versionId, deleteMarker: version.deleteMarker };
}

/** A bucket with versions keeps them: a marker on top hides the key. */
function hide({ context, request, bucket, step }: DeleteStep, key: string): Deleted {
  const attributes = { headers: {}, metadata: {}, tags: {} };
  const marker = { key, segments: [], etag: emptyMd5, attributes, partCount: 0, deleteMarker: true, nowMs: request.nowMs };
  const { version, freed } = context.versions.add(bucket, marker);
  step.free(freed);
  const { versionId } = version;
  step.emit(bucket, { ...causeOf(request), name: 'ObjectRemoved:DeleteMarkerCreated', key, etag: emptyMd5, versionId });
  return { versionId, deleteMarker: true };
}
