/**
 * Checks AWS Signature Version 4 on requests that reach the local stack: in the Authorization header and in presigned URLs.
 *
 * S3 and the other services canonicalise differently: S3 encodes the path once and takes it as written, the others normalise it and encode it
 * twice. S3 also lets the payload's hash come from the client (`x-amz-content-sha256`), because the body arrives later than the answer to
 * "who is this?"; what the body then has to fulfil is returned as `payload`. Failures carry S3's codes; other services translate them.
 *
 * Sources: "Create a signed AWS API request" (IAM User Guide), "Authenticating Requests (AWS Signature Version 4)" (S3 API Reference).
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { algorithm, claimOf, dissect, failure, skewMsMax } from './sigv4-claim.ts';
import type { Claim, CredentialScope, RequestHead, RequestParts, SignatureFailure } from './sigv4-claim.ts';

interface Credential {
  readonly secretAccessKey: string;
  /** Temporary credentials only: what `x-amz-security-token` must carry. */
  readonly sessionToken?: string;
  /** Temporary credentials only: milliseconds since the epoch, stack time. */
  readonly expiresAtMs?: number;
}

export type SignatureRules = CommonRules & (S3Rules | GeneralRules);

interface S3Rules {
  readonly style: 's3';
}

interface GeneralRules {
  readonly style: 'general';
  /** Hex hash of the whole body as received. */
  readonly bodySha256: string;
}

interface CommonRules {
  /** Region that the credential scope must name; any when absent. */
  readonly region?: string;
  /** Service that the credential scope must name (`s3`, `dynamodb`, …); any when absent. */
  readonly service?: string;
  credentialOf(accessKeyId: string): Credential | undefined;
  /** Milliseconds since the epoch. Command-line clients sign with the machine's clock, functions with the stack's: either is accepted. */
  readonly machineNowMs: number;
  /** Milliseconds since the epoch. Presigned URLs expire by it. */
  readonly stackNowMs: number;
}

/** What signs each chunk of an `aws-chunked` body: the previous signature goes into the next. */
export interface ChunkSigning {
  readonly key: Buffer;
  readonly amzDate: string;
  readonly scope: string;
  readonly seedSignature: string;
}

/** What the body has to fulfil. */
export type SignedPayload =
  | { readonly kind: 'unsigned' }
  | { readonly kind: 'sha256'; readonly sha256: string }
  | { readonly kind: 'chunked'; readonly trailer: boolean; readonly signing: ChunkSigning | undefined };

interface VerifiedSignature {
  readonly ok: true;
  readonly accessKeyId: string;
  readonly presigned: boolean;
  /** Milliseconds since the epoch at which the client signed. */
  readonly signedAtMs: number;
  readonly payload: SignedPayload;
}

export type SignatureVerdict = VerifiedSignature | SignatureFailure;

/** Never throws: whatever is wrong with the request is a verdict. */
export function verifySignature(request: RequestHead, rules: SignatureRules): SignatureVerdict {
  const parts = dissect(request);
  if (!parts) return failure(400, 'InvalidURI', "Couldn't parse the specified URI.");
  const claim = claimOf(parts, rules.style === 's3' ? undefined : rules.bodySha256);
  if ('ok' in claim) return claim;
  const problem = scopeProblem(claim, rules) ?? timeProblem(claim, rules) ?? unsignedHeaderProblem(claim, parts, rules);
  if (problem) return problem;
  const credential = rules.credentialOf(claim.accessKeyId);
  if (!credential) {
    return failure(403, 'InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.', {
      AWSAccessKeyId: claim.accessKeyId,
    });
  }
  return tokenProblem(parts, credential, rules) ?? compareSignatures(parts, claim, { credential, rules });
}

/** The key that signs for one day, region and service. Also signs POST policies. */
export function signingKey(secretAccessKey: string, scope: CredentialScope): Buffer {
  const id = `${secretAccessKey}\n${scope.date}/${scope.region}/${scope.service}`;
  const known = signingKeys.get(id);
  if (known) return known;
  const day = hmac(`AWS4${secretAccessKey}`, scope.date);
  const key = hmac(hmac(hmac(day, scope.region), scope.service), 'aws4_request');
  if (signingKeys.size >= signingKeysMax) signingKeys.clear();
  signingKeys.set(id, key);
  return key;
}

const signingKeys = new Map<string, Buffer>();
const signingKeysMax = 256;

export function hexHmac(key: Buffer, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex');
}

/** Compares in constant time, so that the answer's delay tells nothing of the right signature. */
export function sameSignature(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function scopeProblem(claim: Claim, rules: SignatureRules): SignatureFailure | undefined {
  const [code, subject] = claim.presigned
    ? ['AuthorizationQueryParametersError', 'Error parsing the X-Amz-Credential parameter']
    : ['AuthorizationHeaderMalformed', 'The authorization header is malformed'];
  if (!claim.amzDate.startsWith(claim.date)) {
    return failure(
      400,
      code,
      `${subject}; Invalid credential date "${claim.date}". This date is not the same as X-Amz-Date: "${claim.amzDate}".`,
    );
  }
  if (rules.region !== undefined && claim.region !== rules.region) {
    return failure(400, code, `${subject}; the region '${claim.region}' is wrong; expecting '${rules.region}'`, { Region: rules.region });
  }
  if (rules.service !== undefined && claim.service !== rules.service) {
    return failure(400, code, `${subject}; incorrect service "${claim.service}". This endpoint belongs to "${rules.service}".`);
  }
  return undefined;
}

function timeProblem(claim: Claim, rules: SignatureRules): SignatureFailure | undefined {
  const { signedAtMs } = claim;
  const iso = (ms: number) => new Date(ms).toISOString();
  if (!claim.presigned) {
    const skewMs = Math.min(Math.abs(signedAtMs - rules.machineNowMs), Math.abs(signedAtMs - rules.stackNowMs));
    if (skewMs <= skewMsMax) return undefined;
    return failure(403, 'RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.', {
      RequestTime: claim.amzDate,
      ServerTime: iso(rules.stackNowMs),
      MaxAllowedSkewMilliseconds: String(skewMsMax),
    });
  }
  if (signedAtMs > Math.max(rules.machineNowMs, rules.stackNowMs) + skewMsMax) {
    return failure(403, 'AccessDenied', 'Request is not yet valid', { 'X-Amz-Date': claim.amzDate, ServerTime: iso(rules.stackNowMs) });
  }
  const expiresAtMs = signedAtMs + claim.expiresSeconds * 1000;
  if (rules.stackNowMs <= expiresAtMs) return undefined;
  return failure(403, 'AccessDenied', 'Request has expired', {
    'X-Amz-Expires': String(claim.expiresSeconds),
    Expires: iso(expiresAtMs),
    ServerTime: iso(rules.stackNowMs),
  });
}

/** A header that changes what is done must be covered by the signature, or whoever holds a presigned URL could add it. */
function unsignedHeaderProblem(claim: Claim, parts: RequestParts, rules: SignatureRules): SignatureFailure | undefined {
  const unsigned = [...parts.headers.keys()].filter(
    (name) => (name === 'host' || (rules.style === 's3' && name.startsWith('x-amz-'))) && !claim.signedHeaders.includes(name),
  );
  if (unsigned.length === 0) return undefined;
  const message = 'There were headers present in the request which were not signed';
  return failure(403, 'AccessDenied', message, { HeadersNotSigned: unsigned.join(', ') });
}

function tokenProblem(parts: RequestParts, credential: Credential, rules: SignatureRules): SignatureFailure | undefined {
  const inQuery = parts.query.find(([name]) => name === 'X-Amz-Security-Token')?.[1];
  const token = parts.headers.get('x-amz-security-token')?.[0] ?? inQuery;
  if (token !== credential.sessionToken) {
    return failure(400, 'InvalidToken', 'The provided token is malformed or otherwise invalid.');
  }
  if (credential.expiresAtMs !== undefined && rules.stackNowMs > credential.expiresAtMs) {
    return failure(400, 'ExpiredToken', 'The provided token has expired.');
  }
  return undefined;
}

function compareSignatures(
  parts: RequestParts,
  claim: Claim,
  { credential, rules }: { credential: Credential; rules: SignatureRules },
): SignatureVerdict {
  const scope = `${claim.date}/${claim.region}/${claim.service}/aws4_request`;
  const canonical = canonicalRequest(parts, claim, rules);
  const stringToSign = [algorithm, claim.amzDate, scope, createHash('sha256').update(canonical).digest('hex')].join('\n');
  const key = signingKey(credential.secretAccessKey, claim);
  if (!sameSignature(hexHmac(key, stringToSign), claim.signature)) {
    const message = 'The request signature we calculated does not match the signature you provided. Check your key and signing method.';
    return failure(403, 'SignatureDoesNotMatch', message, {
      AWSAccessKeyId: claim.accessKeyId,
      StringToSign: stringToSign,
      SignatureProvided: claim.signature,
      CanonicalRequest: canonical,
    });
  }
  const payload = payloadOf(claim.payloadHash, { key, amzDate: claim.amzDate, scope, seedSignature: claim.signature });
  if (!payload) {
    const message = 'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, a STREAMING-… value that is known, or a valid sha256 value.';
    return failure(400, 'InvalidArgument', message, { ArgumentName: 'x-amz-content-sha256', ArgumentValue: claim.payloadHash });
  }
  return { ok: true, accessKeyId: claim.accessKeyId, presigned: claim.presigned, signedAtMs: claim.signedAtMs, payload };
}

function payloadOf(hash: string, signing: ChunkSigning): SignedPayload | undefined {
  switch (hash) {
    case 'UNSIGNED-PAYLOAD':
      return { kind: 'unsigned' };
    case 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD':
      return { kind: 'chunked', trailer: false, signing };
    case 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER':
      return { kind: 'chunked', trailer: true, signing };
    case 'STREAMING-UNSIGNED-PAYLOAD-TRAILER':
      return { kind: 'chunked', trailer: true, signing: undefined };
    default:
      return /^[0-9a-f]{64}$/i.test(hash) ? { kind: 'sha256', sha256: hash.toLowerCase() } : undefined;
  }
}

function canonicalRequest(parts: RequestParts, claim: Claim, rules: SignatureRules): string {
  const headers = claim.signedHeaders.map((name) => `${name}:${canonicalHeader(parts.headers.get(name) ?? [])}\n`).join('');
  return [
    parts.method,
    rules.style === 's3' ? encodePath(decodeURIComponent(parts.path)) : encodePath(normalisePath(parts.path)),
    canonicalQuery(parts.query, claim.presigned),
    headers,
    claim.signedHeaders.join(';'),
    claim.payloadHash,
  ].join('\n');
}

function canonicalHeader(values: readonly string[]): string {
  return values.map((value) => value.trim().replaceAll(/\s+/g, ' ')).join(',');
}

function canonicalQuery(query: RequestParts['query'], presigned: boolean): string {
  return query
    .filter(([name]) => !(presigned && name === 'X-Amz-Signature'))
    .map(([name, value]) => `${uriEncode(name)}=${uriEncode(value)}`)
    .toSorted(byCodePoint)
    .join('&');
}

/** Sorts `a=…` before `a-b=…` only if `=` comes first in byte order, which it does not: compare names, then values. */
function byCodePoint(left: string, right: string): number {
  const [leftName, rightName] = [left.slice(0, left.indexOf('=')), right.slice(0, right.indexOf('='))];
  if (leftName !== rightName) return leftName < rightName ? -1 : 1;
  return left < right ? -1 : Number(left > right);
}

function encodePath(path: string): string {
  return path.split('/').map(uriEncode).join('/');
}

function normalisePath(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '' && segment !== '.') kept.push(segment);
  }
  const trailing = kept.length > 0 && path.endsWith('/') ? '/' : '';
  return `/${kept.join('/')}${trailing}`;
}

/** RFC 3986 with only the unreserved characters left as they are. */
export function uriEncode(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
