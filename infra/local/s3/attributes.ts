/**
 * What a client says of an object in headers, and how it is given back.
 */
import { checksumHeaders } from './checksums.ts';
import { s3Limits } from './config.ts';
import { S3Error, invalidArgument } from './errors.ts';
import { decodeQuery } from '../sigv4-claim.ts';
import type { XmlElement } from './xml.ts';
import { childrenOf, textOf } from './xml.ts';
import type { ObjectAttributes, ObjectVersion } from './versions.ts';

const keptHeaders = ['cache-control', 'content-disposition', 'content-encoding', 'content-language', 'content-type', 'expires'];
const metadataPrefix = 'x-amz-meta-';
/** Kept and shown; here all of them are on the same disk, and none has to be restored first. */
const storageClasses = new Set(
  'STANDARD REDUCED_REDUNDANCY STANDARD_IA ONEZONE_IA INTELLIGENT_TIERING GLACIER GLACIER_IR DEEP_ARCHIVE'.split(' '),
);

/** Headers whose silent loss would surprise: better to refuse the request. */
const unsupportedHeaders =
  /^x-amz-(server-side-encryption-(customer|aws-kms|context|bucket-key).*|copy-source-server-side-encryption.*|object-lock-.*|website-redirect-location|write-offset-bytes)$/;

/** Throws InvalidStorageClass, MetadataTooLarge, InvalidTag, InvalidArgument and NotImplemented. */
export function attributesOf(headers: ReadonlyMap<string, string>): ObjectAttributes {
  refuseUnsupported(headers);
  const kept: Record<string, string> = {};
  for (const name of keptHeaders) {
    const value = name === 'content-encoding' ? withoutAwsChunked(headers.get(name)) : headers.get(name);
    if (value !== undefined && value !== '') kept[name] = value;
  }
  kept['content-type'] ??= 'binary/octet-stream';
  const storageClass = headers.get('x-amz-storage-class') ?? 'STANDARD';
  if (!storageClasses.has(storageClass)) throw new S3Error('InvalidStorageClass');
  return {
    headers: kept,
    metadata: metadataOf(headers),
    tags: parseTagging(headers.get('x-amz-tagging') ?? ''),
    ...(storageClass === 'STANDARD' ? {} : { storageClass }),
  };
}

function refuseUnsupported(headers: ReadonlyMap<string, string>): void {
  const unsupported = [...headers.keys()].find((name) => unsupportedHeaders.test(name));
  if (unsupported !== undefined) {
    const message = `The header ${unsupported} is not implemented by the local S3`;
    throw new S3Error('NotImplemented', { message, details: { Header: unsupported } });
  }
  const encryption = headers.get('x-amz-server-side-encryption') ?? 'AES256';
  if (encryption !== 'AES256') {
    throw new S3Error('NotImplemented', { message: `Encryption with ${encryption} is not implemented by the local S3` });
  }
}

function withoutAwsChunked(value: string | undefined): string | undefined {
  return value
    ?.split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding.toLowerCase() !== 'aws-chunked')
    .join(',');
}

function metadataOf(headers: ReadonlyMap<string, string>): Record<string, string> {
  const metadata = [...headers]
    .filter(([header]) => header.startsWith(metadataPrefix))
    .map(([header, value]) => [header.slice(metadataPrefix.length), value] as const);
  const unusable = metadata.find(([name]) => !/^[\w!#$%&'*+.^`|~-]+$/.test(name));
  // A form or a presigned URL can name what no header can carry back.
  if (unusable) throw invalidArgument(metadataPrefix + unusable[0], unusable[1], 'The name of this metadata is no HTTP header');
  const bytes = metadata.reduce((sum, [name, value]) => sum + name.length + Buffer.byteLength(value, 'latin1'), 0);
  if (bytes <= s3Limits.userMetadataBytesMax) return Object.fromEntries(metadata);
  const details = { Size: String(bytes), MaxSizeAllowed: String(s3Limits.userMetadataBytesMax) };
  throw new S3Error('MetadataTooLarge', { details });
}

/** Tags as a query string, the form of `x-amz-tagging`. */
function parseTagging(text: string): Record<string, string> {
  try {
    return checkedTags(decodeQuery(text));
  } catch (error) {
    if (error instanceof URIError) throw invalidArgument('x-amz-tagging', text, 'The header x-amz-tagging is not a valid query string');
    throw error;
  }
}

/** Tags as `<Tagging><TagSet><Tag><Key/><Value/></Tag>…`. */
export function tagsOfXml(root: XmlElement): Record<string, string> {
  const [set] = childrenOf(root, 'TagSet');
  if (root.name !== 'Tagging' || !set) throw new S3Error('MalformedXML');
  return checkedTags(childrenOf(set, 'Tag').map((tag) => [textOf(tag, 'Key') ?? '', textOf(tag, 'Value') ?? '']));
}

function checkedTags(pairs: readonly (readonly [string, string])[]): Record<string, string> {
  const tags = new Map<string, string>();
  for (const [key, value] of pairs) {
    if (key === '' || key.length > 128 || value.length > 256 || !isTagText(key) || !isTagText(value)) {
      throw new S3Error('InvalidTag', { message: 'The TagKey or TagValue you have provided is invalid', details: { TagKey: key } });
    }
    if (tags.has(key))
      throw new S3Error('InvalidTag', { message: 'Cannot provide multiple Tags with the same key', details: { TagKey: key } });
    tags.set(key, value);
  }
  if (pairs.length > s3Limits.tagsMax) throw new S3Error('InvalidTag', { message: 'Object tags cannot be greater than 10' });
  return Object.fromEntries(tags);
}

function isTagText(text: string): boolean {
  return /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(text);
}

/** ETag with its quotes, as HTTP wants it. */
export function quoted(etag: string): string {
  return `"${etag}"`;
}

/** Headers of every answer that tells of a version. */
export function versionHeaders(version: ObjectVersion): Record<string, string> {
  return version.versionId === 'null' ? {} : { 'x-amz-version-id': version.versionId };
}

/** Headers of a GET or HEAD, without those of length and range. */
export function objectHeaders(version: ObjectVersion, withChecksum: boolean): Record<string, string> {
  const { headers, metadata, tags, storageClass, checksum } = version.attributes;
  const tagCount = Object.keys(tags).length;
  return {
    ...headers,
    ...Object.fromEntries(Object.entries(metadata).map(([name, value]) => [metadataPrefix + name, value])),
    etag: quoted(version.etag),
    'last-modified': new Date(version.modifiedMs).toUTCString(),
    'accept-ranges': 'bytes',
    'x-amz-server-side-encryption': 'AES256',
    ...versionHeaders(version),
    ...(tagCount > 0 ? { 'x-amz-tagging-count': String(tagCount) } : {}),
    ...(storageClass === undefined ? {} : { 'x-amz-storage-class': storageClass }),
    ...(withChecksum && checksum ? checksumHeaders(checksum) : {}),
  };
}
