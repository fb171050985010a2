/**
 * ListObjectVersions and ListMultipartUploads: listings where one key can have several items.
 */
import { quoted } from './attributes.ts';
import { asksForUrlEncoding, pageSize } from './bucket-operations.ts';
import type { S3Context } from './context.ts';
import { S3Error, invalidArgument } from './errors.ts';
import { fromTheStart, positionOfMarker, walkKeys } from './key-walk.ts';
import type { KeyRange, Position, WalkResult } from './key-walk.ts';
import { encodeListed } from './notifications.ts';
import { okXml } from './reply.ts';
import type { Reply } from './reply.ts';
import { bucketOf } from './request.ts';
import type { S3Request } from './request.ts';
import { uploadOf } from './uploads.ts';
import type { Upload } from './uploads.ts';
import { versionOf } from './versions.ts';
import type { ObjectVersion } from './versions.ts';
import { xmlDocument } from './xml.ts';
import type { XmlContent } from './xml.ts';

interface Page {
  readonly bucket: string;
  readonly prefix: string;
  readonly delimiter: string;
  readonly max: number;
  readonly keyMarker: string;
  readonly itemMarker: string | undefined;
  readonly encode: (text: string) => string;
}

function pageOf(context: S3Context, request: S3Request, names: { max: string; itemMarker: string }): Page {
  const { query } = request;
  return {
    bucket: context.buckets.require(bucketOf(request)).name,
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    max: pageSize(request, names.max),
    keyMarker: query.get('key-marker') ?? '',
    itemMarker: query.get(names.itemMarker) || undefined,
    encode: asksForUrlEncoding(request) ? encodeListed : (text) => text,
  };
}

export function listObjectVersions(context: S3Context, request: S3Request): Reply {
  const page = pageOf(context, request, { max: 'max-keys', itemMarker: 'version-id-marker' });
  if (page.itemMarker !== undefined && page.keyMarker === '') {
    throw invalidArgument('version-id-marker', page.itemMarker, 'A version-id marker cannot be specified without a key marker.');
  }
  const marker = page.itemMarker === undefined ? undefined : context.versions.find(page.bucket, page.keyMarker, page.itemMarker);
  const from: Position = marker ? { key: page.keyMarker, inclusive: false, item: String(marker.id) } : startOf(page);
  const open = (range: KeyRange) => versionsIn(context, page.bucket, range);
  const result = walkKeys({ ...page, from }, open, ({ key, id }) => ({ key, inclusive: false, item: String(id) }));
  const last = lastOf(result, page);
  const document: XmlContent = [
    commonElements(page, request),
    {
      MaxKeys: page.max,
      VersionIdMarker: page.itemMarker ?? '',
      IsTruncated: result.next !== undefined,
      NextKeyMarker: last?.key,
      NextVersionIdMarker: last?.item?.versionId,
    },
    // In the order of the listing, which interleaves versions and markers.
    ...result.entries.map((entry) => ('item' in entry ? versionElement(context, page, entry.item) : prefixElement(page, entry.prefix))),
  ];
  return okXml(xmlDocument('ListVersionsResult', document));
}

function versionElement(context: S3Context, { encode }: Page, version: ObjectVersion): XmlContent {
  const common = {
    Key: encode(version.key),
    VersionId: version.versionId,
    IsLatest: version.latest,
    LastModified: new Date(version.modifiedMs).toISOString(),
    Owner: { ID: context.config.accountId, DisplayName: 'local' },
  };
  if (version.deleteMarker) return { DeleteMarker: common };
  const { checksum, storageClass = 'STANDARD' } = version.attributes;
  const integrity = { ETag: quoted(version.etag), ChecksumAlgorithm: checksum?.algorithm, ChecksumType: checksum?.type };
  return { Version: { ...common, ...integrity, Size: version.size, StorageClass: storageClass } };
}

/** Newest first within a key. */
function* versionsIn(context: S3Context, bucket: string, range: KeyRange): Generator<ObjectVersion> {
  const { condition, values } = lowerBound(range.from, 'id < ?');
  const upper = range.end === undefined ? '' : 'AND key < ?';
  const sql = `SELECT * FROM versions WHERE bucket = ? AND ${condition} ${upper} ORDER BY key, id DESC`;
  for (const row of context.database.each(sql, bucket, ...values, ...(range.end === undefined ? [] : [range.end]))) yield versionOf(row);
}

export function listMultipartUploads(context: S3Context, request: S3Request): Reply {
  const page = pageOf(context, request, { max: 'max-uploads', itemMarker: 'upload-id-marker' });
  const marker = page.itemMarker === undefined ? undefined : context.uploads.find(page.bucket, page.keyMarker, page.itemMarker);
  const from: Position = marker ? { key: page.keyMarker, inclusive: false, item: marker.id } : startOf(page);
  const open = (range: KeyRange) => uploadsIn(context, page.bucket, range);
  const result = walkKeys({ ...page, from }, open, ({ key, id }) => ({ key, inclusive: false, item: id }));
  const last = lastOf(result, page);
  const document: XmlContent = [
    commonElements(page, request),
    {
      MaxUploads: page.max,
      UploadIdMarker: page.itemMarker ?? '',
      IsTruncated: result.next !== undefined,
      NextKeyMarker: last?.key,
      NextUploadIdMarker: last?.item?.id,
    },
    ...result.entries.map((entry) => ('item' in entry ? uploadElement(context, page, entry.item) : prefixElement(page, entry.prefix))),
  ];
  return okXml(xmlDocument('ListMultipartUploadsResult', document));
}

function uploadElement(context: S3Context, { encode }: Page, upload: Upload): XmlContent {
  const owner = { ID: context.config.accountId, DisplayName: 'local' };
  return {
    Upload: {
      Key: encode(upload.key),
      UploadId: upload.id,
      Initiator: owner,
      Owner: owner,
      StorageClass: upload.attributes.storageClass ?? 'STANDARD',
      Initiated: new Date(upload.initiatedMs).toISOString(),
      ChecksumAlgorithm: upload.algorithm,
      ChecksumType: upload.checksumType,
    },
  };
}

/** Upload ids begin with their time, so their order is that of their initiation. */
function* uploadsIn(context: S3Context, bucket: string, range: KeyRange): Generator<Upload> {
  const { condition, values } = lowerBound(range.from, 'id > ?');
  const upper = range.end === undefined ? '' : 'AND key < ?';
  const sql = `SELECT * FROM uploads WHERE bucket = ? AND ${condition} ${upper} ORDER BY key, id`;
  for (const row of context.database.each(sql, bucket, ...values, ...(range.end === undefined ? [] : [range.end]))) yield uploadOf(row);
}

function lowerBound({ key, inclusive, item }: Position, itemIsLater: string): { condition: string; values: string[] } {
  if (inclusive) return { condition: 'key >= ?', values: [key] };
  if (item === undefined) return { condition: 'key > ?', values: [key] };
  return { condition: `key >= ? AND (key > ? OR ${itemIsLater})`, values: [key, key, item] };
}

function startOf(page: Page): Position {
  return page.keyMarker === '' ? fromTheStart : positionOfMarker(page.keyMarker, page);
}

function lastOf<T extends { key: string }>(result: WalkResult<T>, page: Page): { key: string; item: T | undefined } | undefined {
  const last = result.entries.at(-1);
  if (result.next === undefined || !last) return undefined;
  return 'item' in last ? { key: page.encode(last.item.key), item: last.item } : { key: page.encode(last.prefix), item: undefined };
}

function commonElements({ bucket, prefix, delimiter, keyMarker, encode }: Page, request: S3Request): XmlContent {
  return {
    [request.query.has('uploads') ? 'Bucket' : 'Name']: bucket,
    Prefix: encode(prefix),
    Delimiter: delimiter === '' ? undefined : encode(delimiter),
    KeyMarker: encode(keyMarker),
    EncodingType: request.query.get('encoding-type') || undefined,
  };
}

function prefixElement({ encode }: Page, prefix: string): XmlContent {
  return { CommonPrefixes: { Prefix: encode(prefix) } };
}

/** Parts of an upload, numbers ascending. */
export function listParts(context: S3Context, request: S3Request): Reply {
  const [bucket, key, id] = [bucketOf(request), request.key!, request.query.get('uploadId')!];
  context.buckets.require(bucket);
  const upload = context.uploads.find(bucket, key, id);
  if (!upload) throw new S3Error('NoSuchUpload', { details: { UploadId: id } });
  const max = pageSize(request, 'max-parts');
  const after = Number(request.query.get('part-number-marker') ?? 0) || 0;
  const parts = context.uploads.parts(upload, { after, limit: max + 1 });
  const page = parts.slice(0, max);
  const encode = asksForUrlEncoding(request) ? encodeListed : (text: string) => text;
  const owner = { ID: context.config.accountId, DisplayName: 'local' };
  const document = {
    Bucket: bucket,
    Key: encode(key),
    UploadId: id,
    PartNumberMarker: after,
    NextPartNumberMarker: page.at(-1)?.number ?? 0,
    MaxParts: max,
    IsTruncated: parts.length > page.length,
    ChecksumAlgorithm: upload.algorithm,
    ChecksumType: upload.checksumType,
    Part: page.map((part) => ({
      PartNumber: part.number,
      LastModified: new Date(part.modifiedMs).toISOString(),
      ETag: quoted(part.etag),
      Size: part.size,
      [`Checksum${upload.algorithm}`]: part.checksum,
    })),
    Initiator: owner,
    Owner: owner,
    StorageClass: upload.attributes.storageClass ?? 'STANDARD',
  };
  return okXml(xmlDocument('ListPartsResult', document));
}
