/**
 * Signature Version 2 of presigned URLs and POST policies. AWS retired it for new regions, but the AWS command line (version 1) and boto3
 * still presign with it wherever S3 once accepted it, us-east-1 first; requests that carry it in a header are refused.
 *
 * Source: "Signing and authenticating REST requests (AWS Signature Version 2)", S3 User Guide.
 */
import { createHmac } from 'node:crypto';
import type { Principal } from '../ports.ts';
import { sameSignature } from '../sigv4.ts';
import { S3Error } from './errors.ts';
import type { RequestTarget } from './request.ts';

/** Parameters that change what is done, and so are signed. */
const signedParameters = new Set(
  `acl accelerate analytics cors delete inventory lifecycle location logging metrics notification object-lock partNumber policy replication
  requestPayment response-cache-control response-content-disposition response-content-encoding response-content-language response-content-type
  response-expires restore select select-type storageClass tagging torrent uploadId uploads versionId versioning versions website`.split(
    /\s+/,
  ),
);

type Principals = ReadonlyMap<string, Principal>;

/** Undefined when the request is not signed so. Throws InvalidAccessKeyId, SignatureDoesNotMatch and AccessDenied once it has expired. */
export function signerOfUrlV2(target: RequestTarget, principals: Principals, nowMs: number): Principal | undefined {
  const [accessKeyId, expires, signature] = ['AWSAccessKeyId', 'Expires', 'Signature'].map((name) => target.query.get(name));
  if (accessKeyId === undefined || signature === undefined || target.headers.has('authorization')) return undefined;
  if (expires === undefined || !/^\d{1,12}$/.test(expires)) {
    throw new S3Error('AccessDenied', { message: 'Invalid date (should be seconds since epoch): ' + (expires ?? '') });
  }
  if (nowMs > Number(expires) * 1000) {
    const details = { Expires: new Date(Number(expires) * 1000).toISOString(), ServerTime: new Date(nowMs).toISOString() };
    throw new S3Error('AccessDenied', { message: 'Request has expired', details });
  }
  return requireSigned(principals, { accessKeyId, signature, stringToSign: stringToSign(target, expires) });
}

/** The same for a form: `AWSAccessKeyId`, `policy` and `signature` are fields. */
export function signerOfFormV2(fields: ReadonlyMap<string, string>, principals: Principals): Principal | undefined {
  const [accessKeyId, policy, signature] = ['awsaccesskeyid', 'policy', 'signature'].map((name) => fields.get(name));
  if (accessKeyId === undefined || policy === undefined || signature === undefined) return undefined;
  return requireSigned(principals, { accessKeyId, signature, stringToSign: policy });
}

function requireSigned(principals: Principals, claim: { accessKeyId: string; signature: string; stringToSign: string }): Principal {
  const principal = principals.get(claim.accessKeyId);
  if (!principal) throw new S3Error('InvalidAccessKeyId', { details: { AWSAccessKeyId: claim.accessKeyId } });
  const expected = createHmac('sha1', principal.secretAccessKey).update(claim.stringToSign).digest('base64');
  if (sameSignature(expected, claim.signature)) return principal;
  const details = { AWSAccessKeyId: claim.accessKeyId, StringToSign: claim.stringToSign, SignatureProvided: claim.signature };
  throw new S3Error('SignatureDoesNotMatch', { details });
}

function stringToSign(target: RequestTarget, expires: string): string {
  const { method, headers, query, path, bucket, bucketInHost } = target;
  const standard = ['content-md5', 'content-type'].map((name) => headers.get(name) ?? query.get(name) ?? '');
  const amz = [...headers]
    .filter(([name]) => name.startsWith('x-amz-'))
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => `${name}:${value.trim()}`);
  const parameters = [...query]
    .filter(([name]) => signedParameters.has(name))
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`));
  const resource = (bucketInHost ? `/${bucket}` : '') + path + (parameters.length > 0 ? `?${parameters.join('&')}` : '');
  return [method, ...standard, expires, ...amz, resource].join('\n');
}
