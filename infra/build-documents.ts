/**
 * Puts the API's description and its page beside the bundle that serves them, compressed.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { apiDescription } from './api-description.ts';

/** Writes `docs.html.gz`, `scalar.js.gz` and `openapi.json.gz` into the folder. */
export function buildDocuments(directory: string): void {
  mkdirSync(directory, { recursive: true });
  const contents = {
    'docs.html': readFileSync(join(import.meta.dirname, 'documents', 'docs.html')),
    'scalar.js': readFileSync(scalarScript()),
    'openapi.json': Buffer.from(JSON.stringify(apiDescription())),
  };
  for (const [name, content] of Object.entries(contents)) writeFileSync(join(directory, `${name}.gz`), gzipSync(content, { level: 9 }));
}

/** The package exports no path to its browser build, but states where it lies. */
function scalarScript(): string {
  const require = createRequire(import.meta.url);
  const main = require.resolve('@scalar/api-reference');
  return join(
    main.slice(0, main.lastIndexOf('@scalar/api-reference') + '@scalar/api-reference'.length),
    'dist',
    'browser',
    'standalone.js',
  );
}
