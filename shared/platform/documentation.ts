/**
 * The documents about the API: its description, and the page that shows it. They are files beside the function's bundle, which the build puts there.
 */

/** Path → file and how it is served. Compressed once, at build time: the page's script is larger than a function may answer otherwise. */
export const documents = {
  '/docs': { file: 'docs.html', type: 'text/html; charset=utf-8', cacheControl: 'no-cache' },
  '/docs/scalar.js': { file: 'scalar.js', type: 'text/javascript; charset=utf-8', cacheControl: 'public, max-age=3600' },
  '/openapi.json': { file: 'openapi.json', type: 'application/json; charset=utf-8', cacheControl: 'no-cache' },
} as const;

export const documentPaths = Object.keys(documents) as (keyof typeof documents)[];

/** The page sets styles from its script, and talks to nobody but the API it describes. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const documentHeaders = {
  'content-security-policy': policy,
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  vary: 'accept-encoding',
} as const;
