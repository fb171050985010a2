/**
 * Preconditions of reads, writes and copies (RFC 9110, section 13, in the order S3 applies them).
 */
import { quoted, versionHeaders } from './attributes.ts';
import { S3Error } from './errors.ts';
import { wholeSecond } from './versions.ts';
import type { ObjectVersion } from './versions.ts';

/** Throws PreconditionFailed, and NotModified with the headers that a 304 carries. */
export function checkReadConditions(headers: ReadonlyMap<string, string>, version: ObjectVersion): void {
  const failed = failedCondition(headers, '', version);
  if (failed === undefined) return;
  if (failed === 'If-Match' || failed === 'If-Unmodified-Since')
    throw new S3Error('PreconditionFailed', { details: { Condition: failed } });
  const lastModified = new Date(version.modifiedMs).toUTCString();
  throw new S3Error('NotModified', { headers: { etag: quoted(version.etag), 'last-modified': lastModified, ...versionHeaders(version) } });
}

/** `x-amz-copy-source-if-…`: every failure is a failed precondition. */
export function checkCopyConditions(headers: ReadonlyMap<string, string>, source: ObjectVersion): void {
  const failed = failedCondition(headers, 'x-amz-copy-source-', source);
  if (failed !== undefined) throw new S3Error('PreconditionFailed', { details: { Condition: `x-amz-copy-source-${failed}` } });
}

/** `If-None-Match: *` writes only where nothing is; `If-Match` only over what the client has seen. */
export function checkWriteConditions(headers: ReadonlyMap<string, string>, latest: ObjectVersion | undefined): void {
  const present = latest && !latest.deleteMarker ? latest : undefined;
  const noneMatch = headers.get('if-none-match');
  if (noneMatch !== undefined && noneMatch !== '*') {
    throw new S3Error('NotImplemented', { message: 'If-None-Match of a write takes only *', details: { Header: 'If-None-Match' } });
  }
  if (noneMatch !== undefined && present) throw new S3Error('PreconditionFailed', { details: { Condition: 'If-None-Match' } });
  const match = headers.get('if-match');
  if (match === undefined) return;
  if (!present) throw new S3Error('NoSuchKey');
  if (!etagMatches(match, present)) throw new S3Error('PreconditionFailed', { details: { Condition: 'If-Match' } });
}

function failedCondition(headers: ReadonlyMap<string, string>, prefix: string, version: ObjectVersion): string | undefined {
  const match = headers.get(`${prefix}if-match`);
  const noneMatch = headers.get(`${prefix}if-none-match`);
  const unmodifiedSince = dateOf(headers.get(`${prefix}if-unmodified-since`));
  const modifiedSince = dateOf(headers.get(`${prefix}if-modified-since`));
  const modifiedMs = wholeSecond(version.modifiedMs);
  if (match !== undefined) {
    if (!etagMatches(match, version)) return 'If-Match';
  } else if (unmodifiedSince !== undefined && modifiedMs > unmodifiedSince) {
    return 'If-Unmodified-Since';
  }
  if (noneMatch !== undefined) return etagMatches(noneMatch, version) ? 'If-None-Match' : undefined;
  return modifiedSince !== undefined && modifiedMs <= modifiedSince ? 'If-Modified-Since' : undefined;
}

function etagMatches(header: string, version: ObjectVersion): boolean {
  return header
    .split(',')
    .map((etag) => etag.trim().replace(/^W\//, '').replaceAll('"', ''))
    .some((etag) => etag === '*' || etag === version.etag);
}

/** A date that cannot be read is no condition. */
function dateOf(text: string | undefined): number | undefined {
  const ms = Date.parse(text ?? '');
  return Number.isNaN(ms) ? undefined : ms;
}

/** `If-Range` holds for the version that the client has seen, by ETag or date; without it any range does. */
export function ifRangeHolds(headers: ReadonlyMap<string, string>, version: ObjectVersion): boolean {
  const header = headers.get('if-range');
  return header === undefined || etagMatches(header, version) || dateOf(header) === wholeSecond(version.modifiedMs);
}
