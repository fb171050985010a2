/**
 * Serves the API's description and its page: files that the build has put beside this bundle, compressed.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { documentHeaders, documents } from '#shared/platform/documentation.ts';

const directory = join(import.meta.dirname, 'documents');

export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  const path = event.routeKey.split(' ')[1] as keyof typeof documents;
  const { file, type, cacheControl } = documents[path];
  const compressed = readFileSync(join(directory, `${file}.gz`));
  const headers = { ...documentHeaders, 'content-type': type, 'cache-control': cacheControl };
  if (!/\bgzip\b/.test(event.headers['accept-encoding'] ?? ''))
    return { statusCode: 200, headers, body: gunzipSync(compressed).toString('utf8') };
  return {
    statusCode: 200,
    headers: { ...headers, 'content-encoding': 'gzip' },
    body: compressed.toString('base64'),
    isBase64Encoded: true,
  };
}
