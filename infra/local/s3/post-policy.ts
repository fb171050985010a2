/**
 * The policy of a browser's upload: what a form may hold, signed by who lets a stranger send it.
 *
 * Source: "Browser-Based Uploads Using POST (AWS Signature Version 4)", S3 API Reference.
 */
import { parseAmzDate, parseCredential } from '../sigv4-claim.ts';
import { hexHmac, sameSignature, signingKey } from '../sigv4.ts';
import type { Principal } from '../ports.ts';
import { S3Error, invalidArgument } from './errors.ts';
import { signerOfFormV2 } from './sigv2.ts';

export interface PolicyTerms {
  readonly bytesMin: number;
  readonly bytesMax: number;
}

type Condition =
  | { readonly kind: 'eq' | 'starts-with'; readonly field: string; readonly value: string; readonly source: string }
  | { readonly kind: 'length'; readonly min: number; readonly max: number };

/** Fields that no policy needs to name: what carries the policy itself, and what is the client's own. */
const exempt = /^(policy|x-amz-signature|file|awsaccesskeyid|signature|x-ignore-.*)$/;

/** Who signed the form. Throws AccessDenied without a policy, InvalidAccessKeyId, InvalidToken and SignatureDoesNotMatch. */
export function signerOf(fields: ReadonlyMap<string, string>, principals: ReadonlyMap<string, Principal>): Principal {
  const policy = fields.get('policy');
  if (policy === undefined) throw new S3Error('AccessDenied');
  if (fields.has('x-amz-security-token')) throw new S3Error('InvalidToken');
  const older = signerOfFormV2(fields, principals);
  if (older) return older;
  const credential = credentialOf(fields);
  const principal = principals.get(credential.accessKeyId);
  if (!principal) throw new S3Error('InvalidAccessKeyId', { details: { AWSAccessKeyId: credential.accessKeyId } });
  const expected = hexHmac(signingKey(principal.secretAccessKey, credential), policy);
  if (sameSignature(expected, requireField(fields, 'x-amz-signature'))) return principal;
  throw new S3Error('SignatureDoesNotMatch', { details: { StringToSign: policy } });
}

function credentialOf(fields: ReadonlyMap<string, string>) {
  const algorithm = requireField(fields, 'x-amz-algorithm');
  if (algorithm !== 'AWS4-HMAC-SHA256') {
    throw invalidArgument('x-amz-algorithm', algorithm, 'X-Amz-Algorithm only supports "AWS4-HMAC-SHA256"');
  }
  const text = requireField(fields, 'x-amz-credential');
  const date = requireField(fields, 'x-amz-date');
  const credential = parseCredential(text);
  if (credential?.service === 's3' && parseAmzDate(date) !== undefined && date.startsWith(credential.date)) return credential;
  throw invalidArgument('x-amz-credential', text, 'Error parsing the X-Amz-Credential parameter');
}

function requireField(fields: ReadonlyMap<string, string>, name: string): string {
  const value = fields.get(name);
  if (value !== undefined) return value;
  const message = `Bucket POST must contain a field named '${name}'. If it is specified, please check the order of the fields.`;
  throw invalidArgument(name, '', message);
}

/** Holds the form's fields (and the bucket, which counts as one) against the policy. Throws AccessDenied and InvalidPolicyDocument. */
export function checkPolicy(fields: ReadonlyMap<string, string>, bucket: string, nowMs: number): PolicyTerms {
  const { expiresAtMs, conditions } = parsePolicy(fields.get('policy') ?? '');
  if (nowMs > expiresAtMs) throw denied('Policy expired.');
  const values = new Map([['bucket', bucket], ...fields]);
  const named = new Set<string>();
  let terms: PolicyTerms = { bytesMin: 0, bytesMax: Number.MAX_SAFE_INTEGER };
  for (const condition of conditions) {
    if (condition.kind === 'length') {
      terms = { bytesMin: Math.max(terms.bytesMin, condition.min), bytesMax: Math.min(terms.bytesMax, condition.max) };
      continue;
    }
    named.add(condition.field);
    const value = values.get(condition.field) ?? '';
    const holds = condition.kind === 'eq' ? value === condition.value : value.startsWith(condition.value);
    if (!holds) throw denied(`Policy Condition failed: ${condition.source}`);
  }
  const extra = [...fields.keys()].filter((name) => !named.has(name) && !exempt.test(name));
  if (extra.length > 0) throw denied(`Extra input fields: ${extra.join(', ')}`);
  return terms;
}

function denied(what: string): S3Error {
  return new S3Error('AccessDenied', { message: `Invalid according to Policy: ${what}` });
}

function parsePolicy(base64: string): { expiresAtMs: number; conditions: Condition[] } {
  let policy: { expiration?: unknown; conditions?: unknown };
  try {
    policy = JSON.parse(Buffer.from(base64, 'base64').toString('utf8')) as typeof policy;
  } catch {
    throw invalidPolicy('Invalid JSON.');
  }
  const { expiration, conditions } = policy ?? {};
  const expiresAtMs = typeof expiration === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(expiration) ? Date.parse(expiration) : Number.NaN;
  if (Number.isNaN(expiresAtMs)) throw invalidPolicy("Invalid 'expiration' value");
  if (!Array.isArray(conditions)) throw invalidPolicy("Invalid 'conditions' value: must be an array");
  return { expiresAtMs, conditions: conditions.flatMap(parseCondition) };
}

function parseCondition(condition: unknown): Condition[] {
  const source = JSON.stringify(condition);
  if (Array.isArray(condition)) return [parseListCondition(condition, source)];
  if (typeof condition !== 'object' || condition === null) throw invalidPolicy(`Invalid condition: ${source}`);
  return Object.entries(condition).map(([field, value]) => {
    if (typeof value !== 'string') throw invalidPolicy(`Invalid condition: ${source}`);
    return { kind: 'eq', field: field.toLowerCase(), value, source: JSON.stringify(['eq', `$${field}`, value]) };
  });
}

function parseListCondition(condition: readonly unknown[], source: string): Condition {
  const [operator, first, second] = condition;
  const kind = String(operator).toLowerCase();
  const parsed =
    condition.length !== 3
      ? undefined
      : kind === 'content-length-range'
        ? lengthCondition(first, second)
        : matchCondition(kind, first, second);
  if (!parsed) throw invalidPolicy(`Invalid condition: ${source}`);
  return parsed.kind === 'length' ? parsed : { ...parsed, source };
}

function lengthCondition(first: unknown, second: unknown): Extract<Condition, { kind: 'length' }> | undefined {
  const [min, max] = [Number(first), Number(second)];
  return Number.isSafeInteger(min) && Number.isSafeInteger(max) && min >= 0 ? { kind: 'length', min, max } : undefined;
}

function matchCondition(kind: string, field: unknown, value: unknown) {
  if (kind !== 'eq' && kind !== 'starts-with') return undefined;
  if (typeof field !== 'string' || !field.startsWith('$') || typeof value !== 'string') return undefined;
  return { kind, field: field.slice(1).toLowerCase(), value } as const;
}

function invalidPolicy(what: string): S3Error {
  return new S3Error('InvalidPolicyDocument', { message: `Invalid Policy: ${what}` });
}
