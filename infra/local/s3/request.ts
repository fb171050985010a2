/**
 * A request as the operations see it: whose it is, which bucket and key it names, and what it brings.
 */
import type { IncomingMessage } from 'node:http';
import type { Principal } from '../ports.ts';
import { decodeQuery } from '../sigv4-claim.ts';
import type { SignedPayload } from '../sigv4.ts';
import { s3Limits } from './config.ts';
import { S3Error, invalidArgument } from './errors.ts';

export interface RequestTarget {
  readonly method: string;
  readonly bucket: string | undefined;
  readonly key: string | undefined;
  /** Virtual-hosted style: the path holds the key alone. */
  readonly bucketInHost: boolean;
  /** As written. */
  readonly path: string;
  readonly query: ReadonlyMap<string, string>;
  /** Lower-case names. A presigned URL may carry `x-amz-…` headers as parameters: they are here as well. */
  readonly headers: ReadonlyMap<string, string>;
}

export interface S3Request extends RequestTarget {
  readonly requestId: string;
  /** Milliseconds since the epoch, stack time. */
  readonly nowMs: number;
  readonly principal: Principal;
  readonly payload: SignedPayload;
  /** The body as it comes, after having told a client that waits for it to go on. */
  openBody(): IncomingMessage;
  readonly remoteAddress: string;
}

/** Parameters that belong to the signature and are no headers. */
const signatureParameters = new Set([
  'x-amz-algorithm',
  'x-amz-credential',
  'x-amz-date',
  'x-amz-expires',
  'x-amz-signedheaders',
  'x-amz-signature',
  'x-amz-security-token',
  'x-amz-content-sha256',
]);

/** Throws InvalidURI and KeyTooLongError. Any key is a key: dots, slashes and control characters mean nothing here. */
export function parseTarget(request: IncomingMessage): RequestTarget {
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  if (!path.startsWith('/')) throw new S3Error('InvalidURI');
  const query = new Map(decode(() => (mark < 0 ? [] : decodeQuery(url.slice(mark + 1)))));
  const headers = new Map([...hoistedHeaders(query), ...plainHeaders(request)]);
  return { method: request.method ?? 'GET', path, query, headers, ...resourceOf(path, headers.get('host') ?? '') };
}

function plainHeaders(request: IncomingMessage): [string, string][] {
  return Object.entries(request.headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(',') : value]],
  );
}

/** The SDK's presigner moves `x-amz-…` headers into the query. */
function hoistedHeaders(query: ReadonlyMap<string, string>): [string, string][] {
  if (!query.has('X-Amz-Signature') && !query.has('Signature')) return [];
  return [...query]
    .map(([name, value]): [string, string] => [name.toLowerCase(), headerText(value)])
    .filter(([name]) => name.startsWith('x-amz-') && !signatureParameters.has(name));
}

function resourceOf(path: string, host: string): Pick<RequestTarget, 'bucket' | 'bucketInHost' | 'key'> {
  const fromHost = bucketOfHost(host);
  if (fromHost !== undefined) return { bucket: fromHost, bucketInHost: true, key: parseKey(path.slice(1)) };
  const slash = path.indexOf('/', 1);
  const bucket = decode(() => decodeURIComponent(slash < 0 ? path.slice(1) : path.slice(1, slash)));
  const key = slash < 0 ? undefined : parseKey(path.slice(slash + 1));
  return { bucket: bucket === '' ? undefined : bucket, bucketInHost: false, key };
}

/** Virtual-hosted style: `bucket.localhost`, `bucket.s3.localhost`, `bucket.127.0.0.1`, `bucket.s3.REGION.amazonaws.com`. */
function bucketOfHost(host: string): string | undefined {
  const [, bucket] =
    /^(.+?)(?:\.s3)?\.(?:localhost|127\.0\.0\.1)(?::\d+)?$/i.exec(host) ??
    /^(.+)\.s3[.-](?:.+\.)?amazonaws\.com(?::\d+)?$/i.exec(host) ??
    [];
  return bucket === 's3' ? undefined : bucket?.toLowerCase();
}

function parseKey(raw: string): string | undefined {
  const key = decode(() => decodeURIComponent(raw));
  requireKeyLength(key);
  return key === '' ? undefined : key;
}

export function requireKeyLength(key: string): void {
  const bytes = Buffer.byteLength(key);
  if (bytes <= s3Limits.keyBytesMax) return;
  throw new S3Error('KeyTooLongError', { details: { Size: String(bytes), MaxSizeAllowed: String(s3Limits.keyBytesMax) } });
}

function decode<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof URIError) throw new S3Error('InvalidURI');
    throw error;
  }
}

/** Text as an HTTP header carries it: its UTF-8 bytes, which Node shows as one character each. Throws InvalidArgument for control characters. */
export function headerText(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(text))
    throw new S3Error('InvalidArgument', { message: 'A header value holds control characters' });
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** The key of a request that the router only gives to operations on objects. */
export function keyOf(request: RequestTarget): string {
  if (request.key === undefined) throw new S3Error('InvalidArgument', { message: 'The request names no key' });
  return request.key;
}

export function bucketOf(request: RequestTarget): string {
  if (request.bucket === undefined) throw new S3Error('InvalidBucketName');
  return request.bucket;
}

/** A whole number among the query's parameters; undefined when absent. */
export function numberParameter(request: RequestTarget, name: string, range: { min: number; max: number }): number | undefined {
  const text = request.query.get(name);
  if (text === undefined || text === '') return undefined;
  const value = /^-?\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= range.min && value <= range.max) return value;
  if (Number.isNaN(value)) throw invalidArgument(name, text, `Provided ${name} not an integer or within integer range`);
  throw invalidArgument(name, text, `Argument ${name} must be an integer between ${range.min} and ${range.max}`);
}
