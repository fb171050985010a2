import { z } from 'zod';
import type { ApiRequest } from './api-request.ts';

/** `CorsConfiguration` of the template. */
export const CorsConfiguration = z
  .strictObject({
    AllowCredentials: z.boolean().default(false),
    AllowHeaders: z.array(z.string()).default([]),
    AllowMethods: z.array(z.string()).default([]),
    AllowOrigins: z.array(z.string()).default([]),
    ExposeHeaders: z.array(z.string()).default([]),
    MaxAge: z.coerce.number().int().optional(),
  })
  .refine(
    ({ AllowCredentials, AllowOrigins }) => !AllowCredentials || !AllowOrigins.includes('*'),
    'API Gateway refuses AllowCredentials together with the origin *',
  );

type Headers = readonly (readonly [string, string])[];

export interface Cors {
  /** Headers of the answer to a preflight. */
  preflight(origin: string): Headers;
  /** Headers added to every other answer, in place of what the function set itself. */
  actual(origin: string): Headers;
}

/** A preflight asks with both headers; anything else under OPTIONS is a request like any other. */
export function isPreflight({ method, headers }: ApiRequest): boolean {
  return method === 'OPTIONS' && headers.origin !== undefined && headers['access-control-request-method'] !== undefined;
}

export function isCorsHeader(name: string): boolean {
  return name.toLowerCase().startsWith('access-control-');
}

/** Answers by https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html; an origin that is not allowed gets no header at all. */
export function corsOf(configuration: z.infer<typeof CorsConfiguration>): Cors {
  const { AllowCredentials, AllowHeaders, AllowMethods, ExposeHeaders, MaxAge } = configuration;
  const common = (origin: string): [string, string][] => {
    const allowed = allowedOrigin(configuration.AllowOrigins, origin);
    if (allowed === undefined) return [];
    return withValues([
      ['access-control-allow-origin', allowed],
      ['access-control-allow-credentials', AllowCredentials ? 'true' : ''],
      ['vary', allowed === '*' ? '' : 'Origin'],
    ]);
  };
  const beside = (origin: string, more: [string, string][]): Headers => {
    const headers = common(origin);
    return headers.length === 0 ? headers : [...headers, ...withValues(more)];
  };
  return {
    preflight: (origin) =>
      beside(origin, [
        ['access-control-allow-methods', AllowMethods.join(',')],
        ['access-control-allow-headers', AllowHeaders.join(',')],
        ['access-control-max-age', MaxAge === undefined ? '' : String(MaxAge)],
      ]),
    actual: (origin) => beside(origin, [['access-control-expose-headers', ExposeHeaders.join(',')]]),
  };
}

function withValues(headers: [string, string][]): [string, string][] {
  return headers.filter(([, value]) => value !== '');
}

/** Besides exact origins there are `*`, and `https://*` for every host of a scheme. */
function allowedOrigin(patterns: readonly string[], origin: string): string | undefined {
  if (patterns.includes('*')) return '*';
  const isAllowed = patterns.some((pattern) => pattern === origin || (pattern.endsWith('://*') && origin.startsWith(pattern.slice(0, -1))));
  return isAllowed ? origin : undefined;
}
