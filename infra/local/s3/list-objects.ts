/**
 * ListObjectsV2 and ListObjects.
 */
import { asksForUrlEncoding, pageSize } from './bucket-operations.ts';
import { quoted } from './attributes.ts';
import type { S3Context } from './context.ts';
import { invalidArgument } from './errors.ts';
import { fromTheStart, positionOfMarker, walkKeys } from './key-walk.ts';
import type { KeyRange, Position, WalkResult } from './key-walk.ts';
import { encodeListed } from './notifications.ts';
import { okXml } from './reply.ts';
import type { Reply } from './reply.ts';
import { bucketOf } from './request.ts';
import type { S3Request } from './request.ts';
import { versionOf } from './versions.ts';
import type { ObjectVersion } from './versions.ts';
import { xmlDocument } from './xml.ts';

interface Listing {
  readonly result: WalkResult<ObjectVersion>;
  readonly encode: (text: string) => string;
  /** What both versions of the operation answer. */
  readonly common: Record<string, string | number | boolean | undefined>;
}

export function listObjectsV2(context: S3Context, request: S3Request): Reply {
  const { query } = request;
  const token = query.get('continuation-token');
  const startAfter = query.get('start-after') ?? '';
  const from = token === undefined ? after(startAfter) : parseToken(token);
  const { result, encode, common } = list(context, request, from);
  const owner = query.get('fetch-owner') === 'true' ? { ID: context.config.accountId, DisplayName: 'local' } : undefined;
  const document = {
    ...common,
    KeyCount: result.entries.length,
    ContinuationToken: token,
    NextContinuationToken: result.next && formatToken(result.next),
    StartAfter: startAfter === '' ? undefined : encode(startAfter),
    ...entriesOf(result, encode, owner),
  };
  return okXml(xmlDocument('ListBucketResult', document));
}

export function listObjects(context: S3Context, request: S3Request): Reply {
  const marker = request.query.get('marker') ?? '';
  const scope = { prefix: request.query.get('prefix') ?? '', delimiter: request.query.get('delimiter') ?? '' };
  const { result, encode, common } = list(context, request, marker === '' ? fromTheStart : positionOfMarker(marker, scope));
  const last = result.entries.at(-1);
  // Without a delimiter clients take the last key for the next marker, and S3 does not repeat it.
  const tellsNext = result.next !== undefined && last !== undefined && scope.delimiter !== '';
  const document = {
    ...common,
    Marker: encode(marker),
    NextMarker: tellsNext ? encode('prefix' in last ? last.prefix : last.item.key) : undefined,
    ...entriesOf(result, encode, { ID: context.config.accountId, DisplayName: 'local' }),
  };
  return okXml(xmlDocument('ListBucketResult', document));
}

function list(context: S3Context, request: S3Request, from: Position): Listing {
  const { name } = context.buckets.require(bucketOf(request));
  const isUrl = asksForUrlEncoding(request);
  const encode = isUrl ? encodeListed : (text: string) => text;
  const options = {
    prefix: request.query.get('prefix') ?? '',
    delimiter: request.query.get('delimiter') ?? '',
    max: pageSize(request, 'max-keys'),
    from,
  };
  const open = (range: KeyRange) => liveObjects(context, name, range);
  const result = walkKeys(options, open, ({ key }) => ({ key, inclusive: false }));
  const common = {
    Name: name,
    Prefix: encode(options.prefix),
    Delimiter: options.delimiter === '' ? undefined : encode(options.delimiter),
    MaxKeys: options.max,
    EncodingType: isUrl ? 'url' : undefined,
    IsTruncated: result.next !== undefined,
  };
  return { result, encode, common };
}

function* liveObjects(context: S3Context, bucket: string, { from, end }: KeyRange): Generator<ObjectVersion> {
  const [lower, upper] = [from.inclusive ? '>=' : '>', end === undefined ? '' : 'AND key < ?'];
  const sql = `SELECT * FROM versions WHERE bucket = ? AND key ${lower} ? ${upper} AND latest = 1 AND delete_marker = 0 ORDER BY key`;
  for (const row of context.database.each(sql, bucket, from.key, ...(end === undefined ? [] : [end]))) yield versionOf(row);
}

function entriesOf(result: Listing['result'], encode: (text: string) => string, owner: { ID: string; DisplayName: string } | undefined) {
  const contents = result.entries.flatMap((entry) => ('item' in entry ? entry.item : []));
  const prefixes = result.entries.flatMap((entry) => ('prefix' in entry ? entry.prefix : []));
  return {
    Contents: contents.map((version) => ({
      Key: encode(version.key),
      LastModified: new Date(version.modifiedMs).toISOString(),
      ETag: quoted(version.etag),
      ChecksumAlgorithm: version.attributes.checksum?.algorithm,
      ChecksumType: version.attributes.checksum?.type,
      Size: version.size,
      StorageClass: version.attributes.storageClass ?? 'STANDARD',
      Owner: owner,
    })),
    CommonPrefixes: prefixes.map((prefix) => ({ Prefix: encode(prefix) })),
  };
}

function after(key: string): Position {
  return key === '' ? fromTheStart : { key, inclusive: false };
}

/** Opaque to clients, but not a secret. */
function formatToken({ key, inclusive }: Position): string {
  return Buffer.from(JSON.stringify([key, inclusive])).toString('base64url');
}

function parseToken(token: string): Position {
  try {
    const [key, inclusive] = JSON.parse(Buffer.from(token, 'base64url').toString()) as [unknown, unknown];
    if (typeof key === 'string' && typeof inclusive === 'boolean') return { key, inclusive };
  } catch {
    // Not one of ours: refused below.
  }
  throw invalidArgument('continuation-token', token, 'The continuation token provided is incorrect');
}
