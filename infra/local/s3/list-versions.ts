/**
 * ListObjectVersions and ListMultipartUploads: listings where one key can have several items.
 */
import { quoted } from './attributes.ts';
import { asksForUrlEncoding, pageSize } from './bucket-operations.ts';
import type { S3Context } from './context.ts';
import { S3Error, invalidArgument } from './errors.ts';
import { fromTheStart, positionOfMarker, walkKeys } from './key-walk.ts';
import type { KeyRange, Position } from './key-walk.ts';
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
  const { elements, isTruncated, last } = listedPage<ObjectVersion>(page, {
    find: (versionId) => context.versions.find(page.bucket, page.keyMarker, versionId),
    open: (range) => versionsIn(context, page.bucket, range),
    element: (version) => versionElement(context, page, version),
  });
  const document: XmlContent = [
    commonElements(page, request),
    {
      MaxKeys: page.max,
      VersionIdMarker: page.itemMarker ?? '',
      IsTruncated: isTruncated,
      NextKeyMarker: last?.key,
      NextVersionIdMarker: last?.item?.versionId,
    },
    ...elements,
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
  const { elements, isTruncated, last } = listedPage<Upload>(page, {
    find: (uploadId) => context.uploads.find(page.bucket, page.keyMarker, uploadId),
    open: (range) => uploadsIn(context, page.bucket, range),
    element: (upload) => uploadElement(context, page, upload),
  });
  const document: XmlContent = [
    commonElements(page, request),
    {
      MaxUploads: page.max,
      UploadIdMarker: page.itemMarker ?? '',
      IsTruncated: isTruncated,
      NextKeyMarker: last?.key,
      NextUploadIdMarker: last?.item?.id,
    },
    ...elements,
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

/** What a listing is made of: its items are ordered by key, and within a key by `id`. */
interface Listing<Item> {
  /** The item that the page begins behind, by the marker beside that of the key. */
  readonly find: (itemMarker: string) => Item | undefined;
  readonly open: (range: KeyRange) => Iterable<Item>;
  readonly element: (item: Item) => XmlContent;
}

interface ListedPage<Item> {
  /** In the order of the listing, which interleaves kinds of items, and prefixes. */
  readonly elements: readonly XmlContent[];
  readonly isTruncated: boolean;
  /** Where the next page begins, if there is one; without an item when the page ends with a prefix. */
  readonly last: { readonly key: string; readonly item: Item | undefined } | undefined;
}

function listedPage<Item extends { readonly key: string; readonly id: string | number }>(
  page: Page,
  { find, open, element }: Listing<Item>,
): ListedPage<Item> {
  const after = ({ key, id }: Item): Position => ({ key, inclusive: false, item: String(id) });
  const marker = page.itemMarker === undefined ? undefined : find(page.itemMarker);
  const start = page.keyMarker === '' ? fromTheStart : positionOfMarker(page.keyMarker, page);
  const { entries, next } = walkKeys({ ...page, from: marker ? after(marker) : start }, open, after);
  const end = next === undefined ? undefined : entries.at(-1);
  return {
    elements: entries.map((entry) => ('item' in entry ? element(entry.item) : { CommonPrefixes: { Prefix: page.encode(entry.prefix) } })),
    isTruncated: next !== undefined,
    last: end && { key: page.encode('item' in end ? end.item.key : end.prefix), item: 'item' in end ? end.item : undefined },
  };
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
