/**
 * Receives a request's body: undoes `aws-chunked`, and holds it against everything the client said of it (length, payload hash, chunk
 * signatures, Content-MD5, checksum) before anything becomes visible.
 */
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { SignedPayload } from '../sigv4.ts';
import { AwsChunkedDecoder } from './aws-chunked.ts';
import { checksumHeader, createDigest, defaultAlgorithm, requireWellFormed, statedChecksum } from './checksums.ts';
import type { ChecksumAlgorithm, StatedChecksum } from './checksums.ts';
import { s3Limits } from './config.ts';
import { storeContent } from './content.ts';
import type { StoredContent } from './content.ts';
import { S3Error } from './errors.ts';
import type { ContentFiles } from './files.ts';
import type { S3Request } from './request.ts';

export interface ReceivedBody extends StoredContent {
  /** The algorithm whose value is kept with the object. */
  readonly algorithm: ChecksumAlgorithm;
}

interface ReceiveOptions {
  readonly files: ContentFiles;
  readonly bytesMax: number;
  /** The algorithm to keep; by default the client's, or the one S3 computes unasked. */
  readonly algorithm?: ChecksumAlgorithm;
}

/** Stores the body in a file. Throws S3Error, and the stream's own error when the client leaves; either way no file stays behind. */
export function receiveContent(request: S3Request, { files, bytesMax, algorithm }: ReceiveOptions): Promise<ReceivedBody> {
  const trailers = new Map<string, string>();
  return storeChecked(files, bodyChunks(request, bytesMax, trailers), { headers: request.headers, trailers, algorithm });
}

interface Statements {
  readonly headers: ReadonlyMap<string, string>;
  /** Filled when the chunks have ended. */
  readonly trailers: ReadonlyMap<string, string>;
  readonly algorithm: ChecksumAlgorithm | undefined;
}

/** Stores bytes and holds them against what headers and trailers say of them. Leaves nothing behind when that fails. */
export async function storeChecked(
  files: ContentFiles,
  chunks: AsyncIterable<Buffer>,
  { headers, trailers, algorithm }: Statements,
): Promise<ReceivedBody> {
  const stated = statedChecksum(headers);
  const contentMd5 = statedMd5(headers);
  const kept = algorithm ?? stated?.algorithm ?? defaultAlgorithm;
  const stored = await storeContent(files, chunks, stated ? [kept, stated.algorithm] : [kept]);
  try {
    if (contentMd5 !== undefined && contentMd5 !== stored.md5) {
      const details = { ExpectedDigest: headers.get('content-md5')!, CalculatedDigest: Buffer.from(stored.md5, 'hex').toString('base64') };
      throw new S3Error('BadDigest', { message: 'The Content-MD5 you specified did not match what we received.', details });
    }
    if (stated) compareChecksum(stated, stored.checksums.get(stated.algorithm)!, trailers);
  } catch (error) {
    files.remove(stored.file === undefined ? [] : [stored.file]);
    throw error;
  }
  return { ...stored, algorithm: kept };
}

function compareChecksum(stated: StatedChecksum, calculated: string, trailers: ReadonlyMap<string, string>): void {
  const { algorithm } = stated;
  const expected = stated.value ?? trailers.get(checksumHeader(algorithm));
  if (expected === undefined) return;
  requireWellFormed(algorithm, expected);
  if (expected !== calculated) {
    throw new S3Error('BadDigest', { message: `The ${algorithm} you specified did not match the calculated checksum.` });
  }
}

/** Hex, from the base64 of `Content-MD5`. */
function statedMd5(headers: ReadonlyMap<string, string>): string | undefined {
  const header = headers.get('content-md5');
  if (header === undefined) return undefined;
  const bytes = Buffer.from(header, 'base64');
  if (bytes.length !== 16 || bytes.toString('base64') !== header) {
    throw new S3Error('InvalidDigest', { details: { 'Content-MD5': header } });
  }
  return bytes.toString('hex');
}

/** A small body as text, checked like any other. Throws MalformedXML when it is larger than any that S3 defines. */
export async function receiveXml(request: S3Request): Promise<string> {
  const stated = statedChecksum(request.headers);
  const contentMd5 = statedMd5(request.headers);
  const pieces: Buffer[] = [];
  const trailers = new Map<string, string>();
  let size = 0;
  for await (const piece of bodyChunks(request, s3Limits.xmlBytesMax, trailers)) {
    size += piece.length;
    if (size > s3Limits.xmlBytesMax) throw new S3Error('MalformedXML');
    pieces.push(Buffer.from(piece));
  }
  const whole = Buffer.concat(pieces);
  if (contentMd5 !== undefined && createHash('md5').update(whole).digest('hex') !== contentMd5) throw new S3Error('BadDigest');
  if (stated) {
    const digest = createDigest(stated.algorithm);
    digest.update(whole);
    compareChecksum(stated, digest.digest().toString('base64'), trailers);
  }
  return whole.toString('utf8');
}

/** The decoded body. Each piece is only valid until the next one is asked for. `trailers` is filled when it ends. */
async function* bodyChunks(request: S3Request, bytesMax: number, trailers: Map<string, string>): AsyncGenerator<Buffer> {
  const expectedBytes = statedLength(request);
  if (expectedBytes > bytesMax) throw tooLarge(expectedBytes, bytesMax);
  const body = request.openBody();
  const chunks = request.payload.kind === 'chunked' ? decoded(body, request.payload, trailers) : plain(body, request.payload);
  let receivedBytes = 0;
  for await (const chunk of chunks) {
    receivedBytes += chunk.length;
    if (receivedBytes > expectedBytes) break;
    yield chunk;
  }
  if (receivedBytes !== expectedBytes) throw new S3Error('IncompleteBody');
}

function statedLength(request: S3Request): number {
  const chunked = request.payload.kind === 'chunked';
  const text = request.headers.get(chunked ? 'x-amz-decoded-content-length' : 'content-length');
  if (text === undefined && !chunked && request.headers.has('transfer-encoding')) {
    throw new S3Error('NotImplemented', { details: { Header: 'Transfer-Encoding' } });
  }
  if (text === undefined || !/^\d{1,15}$/.test(text)) throw new S3Error('MissingContentLength');
  return Number(text);
}

export function tooLarge(proposedBytes: number, maxBytes: number): S3Error {
  const details = { ProposedSize: String(proposedBytes), MaxSizeAllowed: String(maxBytes) };
  return new S3Error('EntityTooLarge', { message: 'Your proposed upload exceeds the maximum allowed object size.', details });
}

async function* plain(body: IncomingMessage, payload: SignedPayload): AsyncGenerator<Buffer> {
  const hash = payload.kind === 'sha256' ? createHash('sha256') : undefined;
  for await (const chunk of rawBytes(body)) {
    hash?.update(chunk);
    yield chunk;
  }
  if (payload.kind !== 'sha256') return;
  const calculated = hash!.digest('hex');
  if (calculated === payload.sha256) return;
  const details = { ClientComputedContentSHA256: payload.sha256, S3ComputedContentSHA256: calculated };
  throw new S3Error('XAmzContentSHA256Mismatch', { details });
}

async function* decoded(
  body: IncomingMessage,
  payload: Extract<SignedPayload, { kind: 'chunked' }>,
  trailers: Map<string, string>,
): AsyncGenerator<Buffer> {
  const decoder = new AwsChunkedDecoder(payload);
  for await (const bytes of rawBytes(body)) yield* decoder.push(bytes);
  decoder.finish();
  for (const [name, value] of decoder.trailers) trailers.set(name, value);
}

/** The bytes as they came. Leaving early must not destroy the connection: the client shall still get its answer. */
export function rawBytes(body: IncomingMessage): AsyncIterable<Buffer> {
  return body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
}
