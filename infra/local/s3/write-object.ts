/**
 * PutObject and CopyObject, and what they share with the other ways to make an object.
 */
import { objectAccess, requireAccess } from './access.ts';
import { attributesOf, quoted, versionHeaders } from './attributes.ts';
import { receiveContent } from './body.ts';
import { checksumElement, checksumHeaders, defaultAlgorithm, parseAlgorithm } from './checksums.ts';
import type { ChecksumAlgorithm } from './checksums.ts';
import { checkCopyConditions, checkWriteConditions } from './conditions.ts';
import { s3Limits } from './config.ts';
import { digestContent, readSlices } from './content.ts';
import { causeOf, change } from './context.ts';
import type { S3Context } from './context.ts';
import { parseCopySource } from './copy-source.ts';
import type { CopySource } from './copy-source.ts';
import { S3Error } from './errors.ts';
import { contentOf, readableVersion } from './read-object.ts';
import { ok, okXml } from './reply.ts';
import type { Reply } from './reply.ts';
import { bucketOf, keyOf } from './request.ts';
import type { S3Request } from './request.ts';
import type { NewVersion, ObjectAttributes, ObjectVersion, Segment } from './versions.ts';
import { xmlDocument } from './xml.ts';

export async function putObject(context: S3Context, request: S3Request): Promise<Reply> {
  context.buckets.require(bucketOf(request));
  const attributes = attributesOf(request.headers);
  const body = await receiveContent(request, { files: context.files, bytesMax: s3Limits.putBytesMax });
  const version = addObject(context, request, {
    key: keyOf(request),
    segments: [{ file: body.file, size: body.size }],
    etag: body.md5,
    attributes: withChecksum(attributes, body.algorithm, body.checksums.get(body.algorithm)!),
    eventName: 'ObjectCreated:Put',
  });
  return ok(writtenHeaders(version));
}

export interface AddedObject extends Pick<NewVersion, 'key' | 'segments' | 'etag' | 'attributes'> {
  readonly partCount?: number;
  readonly eventName: string;
  /** More that has to happen in the same transaction. */
  readonly along?: () => void;
}

/** Makes the object visible, all at once, if the request's conditions hold. Removes the content when they do not. */
export function addObject(context: S3Context, request: S3Request, added: AddedObject): ObjectVersion {
  const { key, segments, etag, attributes, eventName } = added;
  try {
    return change(context, ({ free, emit }) => {
      const bucket = context.buckets.require(bucketOf(request));
      checkWriteConditions(request.headers, context.versions.latest(bucket.name, key));
      added.along?.();
      const { partCount = 0 } = added;
      const object = { key, segments, etag, attributes, partCount, deleteMarker: false, nowMs: request.nowMs };
      const { version, freed } = context.versions.add(bucket, object);
      free(freed);
      emit(bucket, { ...causeOf(request), name: eventName, key, size: version.size, etag, versionId: version.versionId });
      return version;
    });
  } catch (error) {
    // The parts of an upload that could not be completed stay: the client may try again.
    if (added.partCount === undefined) context.files.remove(segments.flatMap((segment) => segment.file ?? []));
    throw error;
  }
}

export function withChecksum(attributes: ObjectAttributes, algorithm: ChecksumAlgorithm, value: string): ObjectAttributes {
  return { ...attributes, checksum: { algorithm, value, type: 'FULL_OBJECT' } };
}

export function writtenHeaders(version: ObjectVersion): Record<string, string> {
  const { checksum } = version.attributes;
  return {
    etag: quoted(version.etag),
    'x-amz-server-side-encryption': 'AES256',
    ...versionHeaders(version),
    ...(checksum ? checksumHeaders(checksum) : {}),
  };
}

export async function copyObject(context: S3Context, request: S3Request): Promise<Reply> {
  const [bucket, key, source] = [bucketOf(request), keyOf(request), parseCopySource(request)];
  context.buckets.require(bucket);
  context.buckets.require(source.bucket);
  refuseCopyToItself(request, source);
  const original = readableVersion(context, request, source);
  checkCopyConditions(request.headers, original);
  if (original.size > s3Limits.putBytesMax) {
    throw new S3Error('InvalidRequest', {
      message: `The specified copy source is larger than the maximum allowable size for a copy source: ${s3Limits.putBytesMax}`,
    });
  }
  const attributes = copiedAttributes(context, request, original);
  const content = contentOf(context, original, { start: 0, end: original.size });
  try {
    const { etag, checksum } = await copiedDigests(context, request, original);
    const segments: Segment[] = [];
    for (const { file, length } of content.slices) segments.push({ file: await context.files.duplicate(file), size: length });
    const copied = { ...attributes, checksum: { ...checksum, type: 'FULL_OBJECT' as const } };
    const version = addObject(context, request, { key, segments, etag, attributes: copied, eventName: 'ObjectCreated:Copy' });
    const result = {
      LastModified: new Date(version.modifiedMs).toISOString(),
      ETag: quoted(version.etag),
      [checksumElement(checksum.algorithm)]: checksum.value,
      ChecksumType: 'FULL_OBJECT',
    };
    const sourceVersion: Record<string, string> =
      original.versionId === 'null' ? {} : { 'x-amz-copy-source-version-id': original.versionId };
    return okXml(xmlDocument('CopyObjectResult', result), { ...versionHeaders(version), ...sourceVersion });
  } finally {
    content.release();
  }
}

function refuseCopyToItself(request: S3Request, source: CopySource): void {
  const same = source.bucket === request.bucket && source.key === request.key && source.versionId === undefined;
  const changes = ['x-amz-metadata-directive', 'x-amz-tagging-directive'].some((name) => request.headers.get(name) === 'REPLACE');
  if (!same || changes || request.headers.has('x-amz-storage-class')) return;
  throw new S3Error('InvalidRequest', {
    message:
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
  });
}

function copiedAttributes(context: S3Context, request: S3Request, original: ObjectVersion): ObjectAttributes {
  const stated = attributesOf(request.headers);
  const replaces = request.headers.get('x-amz-metadata-directive') === 'REPLACE';
  const { headers, metadata } = replaces ? stated : original.attributes;
  const replacesTags = request.headers.get('x-amz-tagging-directive') === 'REPLACE';
  const { tags } = replacesTags ? stated : original.attributes;
  if (!replacesTags && Object.keys(tags).length > 0) {
    requireAccess(context, request.principal, [
      objectAccess('s3:GetObjectTagging', original),
      objectAccess('s3:PutObjectTagging', request),
    ]);
  }
  return { headers, metadata, tags, ...(stated.storageClass === undefined ? {} : { storageClass: stated.storageClass }) };
}

/** A copy has the MD5 of its content for an ETag, also when the original was uploaded in parts. Then the bytes have to be read. */
async function copiedDigests(context: S3Context, request: S3Request, original: ObjectVersion) {
  const asked = request.headers.get('x-amz-checksum-algorithm');
  const known = original.attributes.checksum;
  const algorithm = asked === undefined ? (known?.algorithm ?? defaultAlgorithm) : parseAlgorithm(asked, 'x-amz-checksum-algorithm');
  if (original.partCount === 0 && known?.algorithm === algorithm)
    return { etag: original.etag, checksum: { algorithm, value: known.value } };
  const slices = context.versions.slices(original, 0, original.size);
  const { md5, checksum } = await digestContent(readSlices(context.files, slices, { reuse: true }), algorithm);
  return { etag: md5, checksum: { algorithm, value: checksum } };
}
