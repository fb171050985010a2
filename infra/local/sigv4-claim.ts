/**
 * Reads what a request says of its signature: from the Authorization header or, for a presigned URL, from the query.
 * Nothing here is believed yet; `sigv4.ts` checks it.
 */
import type { IncomingMessage } from 'node:http';

export const algorithm = 'AWS4-HMAC-SHA256';
/** How far a client's clock may be off. */
export const skewMsMax = 15 * 60 * 1000;
const expiresSecondsMax = 7 * 24 * 60 * 60;

export type RequestHead = Pick<IncomingMessage, 'method' | 'url' | 'rawHeaders'>;

/** Date, region and service that a signing key is made for. */
export interface CredentialScope {
  /** yyyymmdd */
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

export interface SignatureFailure {
  readonly ok: false;
  /** S3's error code; `MissingAuthentication` (S3 would say AccessDenied) when the request carries no signature at all. */
  readonly code: string;
  readonly status: 400 | 403;
  readonly message: string;
  /** Further elements of S3's error document. */
  readonly details: Readonly<Record<string, string>>;
}

/** What the request says of itself. */
export interface Claim extends CredentialScope {
  readonly accessKeyId: string;
  readonly presigned: boolean;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly amzDate: string;
  readonly signedAtMs: number;
  readonly expiresSeconds: number;
  readonly payloadHash: string;
}

export interface RequestParts {
  readonly method: string;
  /** As written, without the query. */
  readonly path: string;
  /** Decoded. */
  readonly query: readonly (readonly [string, string])[];
  /** Lower-case name → values in the order they came. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
}

/** Undefined when the target cannot be decoded. */
export function dissect(request: RequestHead): RequestParts | undefined {
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  const headers = new Map<string, string[]>();
  for (let index = 0; index + 1 < request.rawHeaders.length; index += 2) {
    const name = request.rawHeaders[index]!.toLowerCase();
    const values = headers.get(name);
    if (values) values.push(request.rawHeaders[index + 1]!);
    else headers.set(name, [request.rawHeaders[index + 1]!]);
  }
  try {
    const query = mark < 0 ? [] : decodeQuery(url.slice(mark + 1));
    const path = mark < 0 ? url : url.slice(0, mark);
    decodeURIComponent(path);
    return { method: request.method ?? 'GET', path, query, headers };
  } catch {
    return undefined;
  }
}

/** Pairs of a raw query string, decoded; `+` is a blank, as S3 reads it. Throws URIError on broken percent encoding. */
export function decodeQuery(raw: string): [string, string][] {
  const decode = (text: string) => decodeURIComponent(text.replaceAll('+', ' '));
  return raw
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      return equals < 0 ? [decode(pair), ''] : [decode(pair.slice(0, equals)), decode(pair.slice(equals + 1))];
    });
}

/** `bodySha256` is the hash of the received body for services that hash it themselves; without it the request states the hash. */
export function claimOf(parts: RequestParts, bodySha256: string | undefined): Claim | SignatureFailure {
  return parts.headers.has('authorization') ? headerClaim(parts, bodySha256) : queryClaim(parts, bodySha256);
}

function headerClaim(parts: RequestParts, bodySha256: string | undefined): Claim | SignatureFailure {
  const header = parts.headers.get('authorization')![0]!.trim();
  if (!header.startsWith(`${algorithm} `)) {
    const message = 'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.';
    return failure(400, 'InvalidRequest', message);
  }
  const fields = authorizationFields(header);
  if (!fields) {
    const message =
      'The authorization header is malformed; it needs Credential=AKID/YYYYMMDD/REGION/SERVICE/aws4_request, SignedHeaders, Signature.';
    return failure(400, 'AuthorizationHeaderMalformed', message);
  }
  const time = headerTime(parts);
  if (!time) return failure(403, 'AccessDenied', 'AWS authentication requires a valid Date or x-amz-date header');
  const payloadHash = bodySha256 ?? parts.headers.get('x-amz-content-sha256')?.[0];
  if (payloadHash === undefined) {
    return failure(400, 'InvalidRequest', 'Missing required header for this request: x-amz-content-sha256');
  }
  return { ...fields, ...time, presigned: false, expiresSeconds: skewMsMax / 1000, payloadHash };
}

type ClaimFields = Pick<Claim, 'accessKeyId' | 'date' | 'region' | 'service' | 'signedHeaders' | 'signature'>;

function authorizationFields(header: string): ClaimFields | undefined {
  const fields = new Map<string, string>();
  for (const field of header.slice(algorithm.length).split(',')) {
    const equals = field.indexOf('=');
    fields.set(field.slice(0, equals).trim(), field.slice(equals + 1).trim());
  }
  return claimFields(fields.get('Credential'), fields.get('SignedHeaders'), fields.get('Signature'));
}

function claimFields(...[credential, headers, signature]: (string | undefined)[]): ClaimFields | undefined {
  const scope = parseCredential(credential ?? '');
  if (!scope || !headers || !signature) return undefined;
  return { ...scope, signedHeaders: headers.split(';'), signature };
}

function headerTime(parts: RequestParts): { amzDate: string; signedAtMs: number } | undefined {
  const amzDate = parts.headers.get('x-amz-date')?.[0];
  if (amzDate !== undefined) {
    const signedAtMs = parseAmzDate(amzDate);
    return signedAtMs === undefined ? undefined : { amzDate, signedAtMs };
  }
  const signedAtMs = Date.parse(parts.headers.get('date')?.[0] ?? '');
  if (Number.isNaN(signedAtMs)) return undefined;
  return { amzDate: new Date(signedAtMs).toISOString().replaceAll(/[-:]|\.\d{3}/g, ''), signedAtMs };
}

function queryClaim(parts: RequestParts, bodySha256: string | undefined): Claim | SignatureFailure {
  const query = new Map(parts.query);
  const malformed = (message: string) => failure(400, 'AuthorizationQueryParametersError', message);
  const stated = query.get('X-Amz-Algorithm');
  if (stated === undefined) return failure(403, 'MissingAuthentication', 'Access Denied');
  if (stated !== algorithm) return malformed('X-Amz-Algorithm only supports "AWS4-HMAC-SHA256"');
  const fields = claimFields(query.get('X-Amz-Credential'), query.get('X-Amz-SignedHeaders'), query.get('X-Amz-Signature'));
  const amzDate = query.get('X-Amz-Date');
  const expires = query.get('X-Amz-Expires');
  if (!fields || !amzDate || expires === undefined) {
    return malformed(
      'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
    );
  }
  const signedAtMs = parseAmzDate(amzDate);
  if (signedAtMs === undefined) return malformed("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
  const expiresSeconds = expires === '' ? Number.NaN : Number(expires);
  const expiryProblem = presignedExpiryProblem(expiresSeconds);
  if (expiryProblem) return malformed(expiryProblem);
  const payloadHash = bodySha256 ?? presignedPayloadHash(parts, query);
  return { ...fields, presigned: true, amzDate, signedAtMs, expiresSeconds, payloadHash };
}

function presignedPayloadHash(parts: RequestParts, query: ReadonlyMap<string, string>): string {
  return query.get('X-Amz-Content-Sha256') ?? parts.headers.get('x-amz-content-sha256')?.[0] ?? 'UNSIGNED-PAYLOAD';
}

function presignedExpiryProblem(seconds: number): string | undefined {
  if (!Number.isInteger(seconds)) return 'X-Amz-Expires should be a number';
  if (seconds < 0) return 'X-Amz-Expires must be non-negative';
  if (seconds > expiresSecondsMax) {
    return 'X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds';
  }
  return undefined;
}

/** `AKID/20260101/region/service/aws4_request`; undefined when malformed. An access key id may itself hold slashes. */
export function parseCredential(text: string): (CredentialScope & { readonly accessKeyId: string }) | undefined {
  const segments = text.split('/');
  const [terminal, service, region, date] = segments.slice(-4).toReversed();
  const accessKeyId = segments.slice(0, -4).join('/');
  if (terminal !== 'aws4_request' || !service || !region || !date || !/^\d{8}$/.test(date) || !accessKeyId) return undefined;
  return { accessKeyId, date, region, service };
}

/** `20260101T000000Z` to milliseconds since the epoch; undefined when malformed. */
export function parseAmzDate(text: string): number | undefined {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? [];
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}

export function failure(
  status: 400 | 403,
  code: string,
  ...[message, details = {}]: [message: string, details?: Record<string, string>]
): SignatureFailure {
  return { ok: false, status, code, message, details };
}
