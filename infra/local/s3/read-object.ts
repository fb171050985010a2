/**
 * GetObject and HeadObject.
 */
import { firstDenied } from '../iam/evaluate.ts';
import { bucketArn } from './access.ts';
import { objectHeaders, versionHeaders } from './attributes.ts';
import { checksumHeader } from './checksums.ts';
import { checkReadConditions, ifRangeHolds } from './conditions.ts';
import type { S3Context } from './context.ts';
import { S3Error, invalidArgument } from './errors.ts';
import { s3Limits } from './config.ts';
import { parseRange } from './range.ts';
import type { ByteRange } from './range.ts';
import type { ObjectContent, Reply } from './reply.ts';
import { bucketOf, headerText, keyOf, numberParameter } from './request.ts';
import type { S3Request } from './request.ts';
import type { ObjectVersion } from './versions.ts';

interface Selection {
  readonly range: ByteRange | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

export function getObject(context: S3Context, request: S3Request): Reply {
  const { version, selection } = selectContent(context, request);
  const { start, end } = selection.range ?? { start: 0, end: version.size };
  return { ...headReply(request, version, selection), body: contentOf(context, version, { start, end }) };
}

export function headObject(context: S3Context, request: S3Request): Reply {
  const { version, selection } = selectContent(context, request);
  return headReply(request, version, selection);
}

function selectContent(context: S3Context, request: S3Request): { version: ObjectVersion; selection: Selection } {
  context.buckets.require(bucketOf(request));
  const version = readableVersion(context, request, {
    bucket: bucketOf(request),
    key: keyOf(request),
    versionId: request.query.get('versionId'),
  });
  checkReadConditions(request.headers, version);
  const partNumber = numberParameter(request, 'partNumber', { min: 1, max: s3Limits.partsMax });
  if (partNumber !== undefined) return { version, selection: selectPart(context, request, { version, partNumber }) };
  const range = ifRangeHolds(request.headers, version) ? parseRange(request.headers.get('range'), version.size) : undefined;
  return { version, selection: { range, headers: {} } };
}

function selectPart(context: S3Context, request: S3Request, wanted: { version: ObjectVersion; partNumber: number }): Selection {
  const { version, partNumber } = wanted;
  if (request.headers.has('range'))
    throw new S3Error('InvalidRequest', { message: 'Cannot specify both Range header and partNumber query parameter' });
  if (version.partCount === 0) {
    if (partNumber > 1) throw new S3Error('InvalidPartNumber');
    return { range: version.size > 0 ? { start: 0, end: version.size } : undefined, headers: {} };
  }
  const part = context.versions.part(version, partNumber);
  if (!part)
    throw new S3Error('InvalidPartNumber', {
      details: { PartNumberRequested: String(partNumber), ActualPartCount: String(version.partCount) },
    });
  const { checksum } = version.attributes;
  const tellsChecksum = checksum?.type === 'COMPOSITE' && part.checksum !== undefined && wantsChecksum(request);
  return {
    range: { start: part.start, end: part.start + part.size },
    headers: {
      'x-amz-mp-parts-count': String(version.partCount),
      ...(tellsChecksum ? { [checksumHeader(checksum.algorithm)]: part.checksum, 'x-amz-checksum-type': 'COMPOSITE' } : {}),
    },
  };
}

function wantsChecksum(request: S3Request): boolean {
  return request.headers.get('x-amz-checksum-mode')?.toUpperCase() === 'ENABLED';
}

function headReply(request: S3Request, version: ObjectVersion, { range, headers }: Selection): Reply {
  const common = {
    // A part of the content has another checksum than the whole, and clients check what they get.
    ...objectHeaders(version, range === undefined && wantsChecksum(request)),
    ...overrides(request),
    ...headers,
  };
  if (!range) return { status: 200, headers: { ...common, 'content-length': String(version.size) } };
  const contentRange = `bytes ${range.start}-${range.end - 1}/${version.size}`;
  return { status: 206, headers: { ...common, 'content-range': contentRange, 'content-length': String(range.end - range.start) } };
}

/** `response-content-type=…` and the like, which let whoever signs a URL choose how a browser takes it. */
function overrides(request: S3Request): Record<string, string> {
  const names = ['content-type', 'content-language', 'expires', 'cache-control', 'content-disposition', 'content-encoding'];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = request.query.get(`response-${name}`);
      return value === undefined ? [] : [[name, headerText(value)]];
    }),
  );
}

/** The content from `start` up to `end`, kept on disk until released. */
export function contentOf(context: S3Context, version: ObjectVersion, { start, end }: ByteRange): ObjectContent {
  const slices = context.versions.slices(version, start, end);
  return { slices, length: end - start, release: context.files.retain(slices.map((slice) => slice.file)) };
}

/**
 * The version that a read means. Throws NoSuchKey and NoSuchVersion, or AccessDenied instead for who may not list the bucket: S3 does
 * not tell a stranger which keys exist. Throws MethodNotAllowed for a delete marker that is asked for by its id.
 */
export function readableVersion(
  context: S3Context,
  request: S3Request,
  { bucket, key, versionId }: { bucket: string; key: string; versionId: string | undefined },
): ObjectVersion {
  if (versionId === '') throw invalidArgument('versionId', '', 'Version id cannot be the empty string');
  const version = versionId === undefined ? context.versions.latest(bucket, key) : context.versions.find(bucket, key, versionId);
  if (version && !version.deleteMarker) return version;
  const markerHeaders = version ? { 'x-amz-delete-marker': 'true', ...versionHeaders(version) } : {};
  if (version && versionId !== undefined) {
    const details = { Method: request.method, ResourceType: 'DeleteMarker' };
    throw new S3Error('MethodNotAllowed', { details, headers: { ...markerHeaders, allow: 'DELETE' } });
  }
  const mayList = !firstDenied(request.principal.statements, [{ action: 's3:ListBucket', resource: bucketArn(bucket), context: {} }]);
  if (!mayList) {
    context.warn(`AccessDenied: ${request.principal.name} may not s3:ListBucket on ${bucketArn(bucket)}, so a missing key is kept from it`);
    throw new S3Error('AccessDenied');
  }
  if (versionId === undefined) throw new S3Error('NoSuchKey', { details: { Key: key }, headers: markerHeaders });
  throw new S3Error('NoSuchVersion', { details: { Key: key, VersionId: versionId } });
}
