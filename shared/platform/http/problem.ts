/**
 * Faults as HTTP answers: RFC 9457 problem details. The only place that knows both.
 */
import type { Fault, FaultKind } from '../fault.ts';
import { json, type HttpAnswer } from './answer.ts';

/** HTTP status of each kind and its reason phrase, which is the `title` of a problem of type about:blank (RFC 9457, 4.2.1). */
export const httpOfKind: Readonly<Record<FaultKind, { readonly status: number; readonly title: string }>> = {
  invalid: { status: 400, title: 'Bad Request' },
  unauthenticated: { status: 401, title: 'Unauthorized' },
  forbidden: { status: 403, title: 'Forbidden' },
  'not-found': { status: 404, title: 'Not Found' },
  'not-allowed': { status: 405, title: 'Method Not Allowed' },
  conflict: { status: 409, title: 'Conflict' },
  'too-large': { status: 413, title: 'Content Too Large' },
  unsupported: { status: 415, title: 'Unsupported Media Type' },
  unprocessable: { status: 422, title: 'Unprocessable Content' },
  limited: { status: 429, title: 'Too Many Requests' },
  unavailable: { status: 503, title: 'Service Unavailable' },
};

const mediaType = 'application/problem+json';

/** A fault as the caller sees it. */
export function problemOf(fault: Fault, requestId: string): HttpAnswer {
  const { status, title } = httpOfKind[fault.kind];
  const headers: Record<string, string> = { ...fault.headers, 'content-type': mediaType };
  if (status === 401) headers['www-authenticate'] = 'Bearer';
  if (fault.retryAfterSeconds !== undefined) headers['retry-after'] = String(Math.ceil(fault.retryAfterSeconds));
  return json(
    status,
    {
      type: 'about:blank',
      title,
      status,
      code: fault.code,
      detail: fault.publicMessage,
      ...(fault.errors.length > 0 && { errors: fault.errors }),
      ...fault.extension,
      requestId,
    },
    headers,
  );
}

/** Anything that is no fault: the caller learns nothing but the id under which the log tells more. */
export function bugProblem(requestId: string): HttpAnswer {
  return json(
    500,
    {
      type: 'about:blank',
      title: 'Internal Server Error',
      status: 500,
      code: 'internal',
      detail: 'Something went wrong on our side.',
      requestId,
    },
    { 'content-type': mediaType },
  );
}
