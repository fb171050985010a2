/**
 * Multipart uploads: begun, filled part by part, completed or aborted. Completing moves no bytes: the parts' files become the object's.
 */
import { createHash, randomBytes } from 'node:crypto';
import { attributesOf, quoted, versionHeaders } from './attributes.ts';
import { receiveContent, receiveXml } from './body.ts';
import {
  checksumElement,
  checksumHeader,
  checksumHeaders,
  checksumOfParts,
  defaultAlgorithm,
  multipartChecksumType,
  parseAlgorithm,
} from './checksums.ts';
import type { Checksum } from './checksums.ts';
import { s3Limits } from './config.ts';
import { checkCopyConditions } from './conditions.ts';
import { copySlices } from './content.ts';
import type { StoredContent } from './content.ts';
import { change } from './context.ts';
import type { S3Context } from './context.ts';
import { parseCopyRange, parseCopySource } from './copy-source.ts';
import { S3Error, invalidArgument } from './errors.ts';
import { contentOf, readableVersion } from './read-object.ts';
import { noContent, ok, okXml } from './reply.ts';
import type { Reply } from './reply.ts';
import { bucketOf, keyOf } from './request.ts';
import type { S3Request } from './request.ts';
import type { Part, Upload } from './uploads.ts';
import { addObject } from './write-object.ts';
import { childrenOf, parseXml, textOf, xmlDocument } from './xml.ts';

export function createMultipartUpload(context: S3Context, request: S3Request): Reply {
  const [bucket, key] = [context.buckets.require(bucketOf(request)).name, keyOf(request)];
  const asked = request.headers.get('x-amz-checksum-algorithm');
  const algorithm = asked === undefined ? defaultAlgorithm : parseAlgorithm(asked, 'x-amz-checksum-algorithm');
  const checksumType = multipartChecksumType(algorithm, request.headers.get('x-amz-checksum-type'));
  const id = request.nowMs.toString(36).padStart(10, '0') + randomBytes(24).toString('base64url');
  context.uploads.add({ id, bucket, key, initiatedMs: request.nowMs, algorithm, checksumType, attributes: attributesOf(request.headers) });
  const stated: Record<string, string> =
    asked === undefined ? {} : { 'x-amz-checksum-algorithm': algorithm, 'x-amz-checksum-type': checksumType };
  const document = xmlDocument('InitiateMultipartUploadResult', { Bucket: bucket, Key: key, UploadId: id });
  return okXml(document, { 'x-amz-server-side-encryption': 'AES256', ...stated });
}

export async function uploadPart(context: S3Context, request: S3Request): Promise<Reply> {
  const { upload, number } = partTarget(context, request);
  const body = await receiveContent(request, { files: context.files, bytesMax: s3Limits.partBytesMax, algorithm: upload.algorithm });
  keepPart(context, request, { number, content: body });
  return ok({
    etag: quoted(body.md5),
    'x-amz-server-side-encryption': 'AES256',
    // The upload's own, and the one the client chose for this part if that is another.
    ...Object.fromEntries([...body.checksums].map(([algorithm, value]) => [checksumHeader(algorithm), value])),
  });
}

export async function uploadPartCopy(context: S3Context, request: S3Request): Promise<Reply> {
  const { upload, number } = partTarget(context, request);
  const source = parseCopySource(request);
  context.buckets.require(source.bucket);
  const original = readableVersion(context, request, source);
  checkCopyConditions(request.headers, original);
  const { slices, release } = contentOf(context, original, parseCopyRange(request, original.size));
  try {
    const content = await copySlices(context.files, slices, upload.algorithm);
    keepPart(context, request, { number, content });
    const result = {
      LastModified: new Date(request.nowMs).toISOString(),
      ETag: quoted(content.md5),
      [checksumElement(upload.algorithm)]: content.checksums.get(upload.algorithm),
    };
    const sourceVersion: Record<string, string> =
      original.versionId === 'null' ? {} : { 'x-amz-copy-source-version-id': original.versionId };
    return okXml(xmlDocument('CopyPartResult', result), sourceVersion);
  } finally {
    release();
  }
}

function partTarget(context: S3Context, request: S3Request): { upload: Upload; number: number } {
  const text = request.query.get('partNumber') ?? '';
  const number = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (number < 1 || number > s3Limits.partsMax) {
    const message = `Part number must be an integer between 1 and ${s3Limits.partsMax}, inclusive`;
    throw invalidArgument('partNumber', text, message);
  }
  return { upload: requireUpload(context, request), number };
}

function requireUpload(context: S3Context, request: S3Request): Upload {
  const [bucket, key, id] = [bucketOf(request), keyOf(request), request.query.get('uploadId') ?? ''];
  context.buckets.require(bucket);
  const upload = context.uploads.find(bucket, key, id);
  if (!upload) throw new S3Error('NoSuchUpload', { details: { UploadId: id } });
  return upload;
}

/** The upload may have been completed or aborted while the bytes came: then the part is refused and forgotten. */
function keepPart(context: S3Context, request: S3Request, { number, content }: { number: number; content: StoredContent }): void {
  try {
    change(context, ({ free }) => {
      const upload = requireUpload(context, request);
      const { file, size, md5, checksums } = content;
      const part: Part = { number, size, etag: md5, checksum: checksums.get(upload.algorithm)!, modifiedMs: context.now(), file };
      free(context.uploads.putPart(upload, part));
    });
  } catch (error) {
    context.files.remove(content.file === undefined ? [] : [content.file]);
    throw error;
  }
}

export function abortMultipartUpload(context: S3Context, request: S3Request): Reply {
  change(context, ({ free }) => free(context.uploads.remove(requireUpload(context, request))));
  return noContent();
}

interface ListedPart {
  readonly number: number;
  readonly etag: string;
  /** The one that the client states, if any. */
  readonly checksum: string | undefined;
}

export async function completeMultipartUpload(context: S3Context, request: S3Request): Promise<Reply> {
  const { algorithm } = requireUpload(context, request);
  const listed = parseParts(await receiveXml({ ...request, headers: withoutObjectChecksum(request) }), checksumElement(algorithm));
  const upload = requireUpload(context, request);
  const parts = matchParts(upload, listed, context.uploads.parts(upload));
  const checksum = checkedWhole(request, upload, parts);
  const etagBytes = Buffer.concat(parts.map((part) => Buffer.from(part.etag, 'hex')));
  const kept = new Set(parts.map((part) => part.file));
  const leftover: string[] = [];
  const version = addObject(context, request, {
    key: upload.key,
    segments: parts.map(({ file, size, checksum }) => ({ file, size, checksum })),
    etag: `${createHash('md5').update(etagBytes).digest('hex')}-${parts.length}`,
    attributes: { ...upload.attributes, checksum },
    partCount: parts.length,
    eventName: 'ObjectCreated:CompleteMultipartUpload',
    along: () => void leftover.push(...context.uploads.remove(upload).filter((file) => !kept.has(file))),
  });
  // Parts that were uploaded but not listed.
  context.files.remove(leftover);
  const result = {
    Location: `http://${request.headers.get('host') ?? ''}${request.path}`,
    Bucket: upload.bucket,
    Key: upload.key,
    ETag: quoted(version.etag),
    [checksumElement(checksum.algorithm)]: checksum.value,
    ChecksumType: checksum.type,
  };
  return okXml(xmlDocument('CompleteMultipartUploadResult', result), {
    'x-amz-server-side-encryption': 'AES256',
    ...versionHeaders(version),
    ...checksumHeaders(checksum),
  });
}

/** Here `x-amz-checksum-…` speaks of the object, not of the XML that lists its parts. */
function withoutObjectChecksum(request: S3Request): ReadonlyMap<string, string> {
  return new Map([...request.headers].filter(([name]) => !name.startsWith('x-amz-checksum-')));
}

function parseParts(source: string, checksumName: string): ListedPart[] {
  const root = parseXml(source);
  const listed = childrenOf(root, 'Part').map((element) => {
    const [number, etag] = [Number(textOf(element, 'PartNumber')), textOf(element, 'ETag')];
    if (!Number.isInteger(number) || number < 1 || number > s3Limits.partsMax || etag === undefined) throw new S3Error('MalformedXML');
    return { number, etag: etag.replaceAll('"', ''), checksum: textOf(element, checksumName) };
  });
  if (root.name !== 'CompleteMultipartUpload' || listed.length === 0) throw new S3Error('MalformedXML');
  if (listed.some((part, index) => index > 0 && part.number <= listed[index - 1]!.number)) throw new S3Error('InvalidPartOrder');
  return listed;
}

function matchParts(upload: Upload, listed: readonly ListedPart[], uploaded: readonly Part[]): Part[] {
  const byNumber = new Map(uploaded.map((part) => [part.number, part]));
  const parts = listed.map(({ number, etag, checksum }) => {
    const part = byNumber.get(number);
    if (part?.etag === etag && (checksum === undefined || checksum === part.checksum)) return part;
    throw new S3Error('InvalidPart', { details: { UploadId: upload.id, PartNumber: String(number), ETag: etag } });
  });
  const small = parts.slice(0, -1).find((part) => part.size < s3Limits.partBytesMin);
  if (!small) return parts;
  const details = {
    ProposedSize: String(small.size),
    MinSizeAllowed: String(s3Limits.partBytesMin),
    PartNumber: String(small.number),
    ETag: small.etag,
  };
  throw new S3Error('EntityTooSmall', { details });
}

/** The object's checksum, held against what the client says it should be. */
function checkedWhole(request: S3Request, upload: Upload, parts: readonly Part[]): Checksum {
  const pieces = parts.map(({ checksum, size }) => ({ value: checksum, lengthBytes: size }));
  const whole = checksumOfParts(upload.algorithm, upload.checksumType, pieces);
  const stated = request.headers.get(checksumHeader(upload.algorithm));
  // Of a composite the client may state the digest with or without the number of parts.
  if (stated !== undefined && stated !== whole.value && `${stated}-${parts.length}` !== whole.value) {
    throw new S3Error('BadDigest', { message: `The ${upload.algorithm} you specified did not match the calculated checksum.` });
  }
  const statedSize = request.headers.get('x-amz-mp-object-size');
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  if (statedSize !== undefined && Number(statedSize) !== size) {
    const message = `The provided 'x-amz-mp-object-size' header does not match what was computed: ${size}`;
    throw new S3Error('InvalidRequest', { message });
  }
  return whole;
}
