/**
 * Cross-origin rules of a bucket: the answer to a preflight, and the headers of every other answer.
 */
import type { Bucket } from './buckets.ts';
import type { CorsRule } from './config.ts';
import { S3Error } from './errors.ts';
import { ok } from './reply.ts';
import type { Reply } from './reply.ts';
import type { RequestTarget } from './request.ts';

/** Throws AccessForbidden when no rule of the bucket allows what the browser asks for. */
export function preflight(bucket: Bucket | undefined, request: RequestTarget): Reply {
  const origin = request.headers.get('origin');
  const method = request.headers.get('access-control-request-method');
  if (origin === undefined || method === undefined) {
    throw new S3Error('InvalidRequest', { message: 'Insufficient information. Origin request header needed.' });
  }
  if (!bucket || bucket.cors.length === 0) {
    throw new S3Error('AccessForbidden', { message: 'CORSResponse: CORS is not enabled for this bucket.' });
  }
  const headers = listOf(request.headers.get('access-control-request-headers'));
  const rule = matchingRule(bucket.cors, { origin, method, headers });
  if (!rule) {
    const message =
      "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.";
    throw new S3Error('AccessForbidden', {
      message,
      details: { Method: method, ResourceType: request.key === undefined ? 'BUCKET' : 'OBJECT' },
    });
  }
  return ok({
    ...ruleHeaders(rule, origin),
    ...(headers.length > 0 ? { 'access-control-allow-headers': headers.join(', ') } : {}),
  });
}

/** What a browser needs to see to hand the answer to the page; empty when no rule matches. */
export function corsHeaders(bucket: Bucket | undefined, request: RequestTarget): Record<string, string> {
  const origin = request.headers.get('origin');
  if (origin === undefined || !bucket) return {};
  const rule = matchingRule(bucket.cors, { origin, method: request.method, headers: [] });
  return rule ? ruleHeaders(rule, origin) : {};
}

function matchingRule(
  rules: readonly CorsRule[],
  asked: { origin: string; method: string; headers: readonly string[] },
): CorsRule | undefined {
  return rules.find(
    (rule) =>
      rule.allowedOrigins.some((pattern) => wildcardMatches(pattern, asked.origin)) &&
      rule.allowedMethods.includes(asked.method) &&
      asked.headers.every((header) => rule.allowedHeaders?.some((pattern) => wildcardMatches(pattern.toLowerCase(), header))),
  );
}

function ruleHeaders(rule: CorsRule, origin: string): Record<string, string> {
  const anyOrigin = rule.allowedOrigins.includes('*');
  return {
    'access-control-allow-origin': anyOrigin ? '*' : origin,
    ...(anyOrigin ? {} : { 'access-control-allow-credentials': 'true' }),
    'access-control-allow-methods': rule.allowedMethods.join(', '),
    ...(rule.exposedHeaders?.length ? { 'access-control-expose-headers': rule.exposedHeaders.join(', ') } : {}),
    ...(rule.maxAgeSeconds === undefined ? {} : { 'access-control-max-age': String(rule.maxAgeSeconds) }),
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  };
}

function listOf(header: string | undefined): string[] {
  return (header ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
}

/** At most one `*`, as S3 allows. */
function wildcardMatches(pattern: string, text: string): boolean {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern === text;
  const [head, tail] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return text.length >= head.length + tail.length && text.startsWith(head) && text.endsWith(tail);
}
