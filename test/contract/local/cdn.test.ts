import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, request as httpRequest, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startCdn } from '#infra/local/cdn/cdn.ts';
import { buildAccess } from '#infra/local/iam/access.ts';
import { operator } from '#infra/local/operator.ts';
import type { Closable } from '#infra/local/ports.ts';
import { type S3Server, startS3 } from '#infra/local/s3/server.ts';
import { testAccount, testRegion } from '#test/fakes/stack-model.ts';
import { addressFunctionArn, allViewerExceptHost, bucketName, cachingDisabled, siteModel, type SiteSketch } from './cdn-model.ts';

const page = '<!doctype html><title>site</title>';
const log = { info: () => undefined, warn: (_room: string, message: string) => void warnings.push(message) };
const warnings: string[] = [];
const dataDirectory = mkdtempSync(join(tmpdir(), 'xm-cdn-'));

let s3: S3Server;
let api: Server;
let apiUrl: string;
let answerApi: (request: IncomingMessage, response: ServerResponse) => unknown;
const running: Closable[] = [];

beforeAll(async () => {
  s3 = await startS3({
    dataDirectory,
    port: 0,
    region: testRegion,
    accountId: testAccount,
    buckets: [{ name: bucketName }],
    principals: [{ ...operator, name: 'operator', statements: undefined }],
    deliver: () => Promise.resolve(),
    log,
  });
  await put('index.html', page, 'text/html; charset=utf-8');
  await put('assets/nama berkas+1.js', 'export {};', 'text/javascript; charset=utf-8');
  await put('gone.html', 'nothing here', 'text/html');
  api = createServer((request, response) => void answerApi(request, response));
  api.listen(0, '127.0.0.1');
  await once(api, 'listening');
  apiUrl = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((room) => room.close()));
  warnings.length = 0;
});

afterAll(async () => {
  api.closeAllConnections();
  api.close();
  await s3.close();
  rmSync(dataDirectory, { recursive: true });
});

describe('pages', () => {
  it('come from the bucket with type, validator and the headers of the policy', async () => {
    const url = await site();
    const response = await fetch(`${url}/index.html`);
    expect([response.status, await response.text()]).toEqual([200, page]);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'strict-transport-security': 'max-age=63072000; includeSubDomains',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    expect(response.headers.get('etag')).toMatch(/^"/);
    expect(response.headers.get('x-amz-request-id')).toBeNull();
  });

  it('may reach the uploads bucket where this machine serves it', async () => {
    const response = await fetch(`${await site()}/`);
    expect(response.headers.get('content-security-policy')).toBe(`default-src 'none'; connect-src 'self' ${s3.url}`);
  });

  it('answer for every path that names no file, and a file that is missing is a 404', async () => {
    const url = await site();
    for (const path of ['/', '/errors', '/files/7/errors?level=fatal', '/a.b/c']) {
      const response = await fetch(url + path);
      expect([path, await response.text()]).toEqual([path, page]);
    }
    const missing = await fetch(`${url}/assets/absent.js`);
    expect(missing.status).toBe(404);
    expect(missing.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('find a key whose path needs escapes, answer HEAD without a body, and 304 to who has it', async () => {
    const url = await site();
    const found = await fetch(`${url}/assets/nama%20berkas%2B1.js`);
    expect([found.status, await found.text()]).toEqual([200, 'export {};']);
    const head = await fetch(`${url}/index.html`, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, String(page.length), '']);
    const etag = head.headers.get('etag') ?? '';
    expect((await fetch(`${url}/index.html`, { headers: { 'if-none-match': etag } })).status).toBe(304);
    expect((await fetch(`${url}/index.html`, { headers: { range: 'bytes=0-4' } })).status).toBe(206);
  });

  it('take no other method, as CloudFront says 403', async () => {
    expect((await fetch(`${await site()}/`, { method: 'POST', body: 'x' })).status).toBe(403);
  });

  it('never leave the bucket: a path that climbs is a key like any other', async () => {
    const url = await site();
    expect(await rawStatus(url, '/../../etc/passwd.txt')).toBe(404);
    expect(await rawStatus(url, '/%2e%2e/index.html')).toBe(404);
    expect(await rawStatus(url, '/%zz.js')).toBe(400);
    expect(await rawStatus(url, '//api/x.js')).toBe(404);
  });

  it('stay closed when the bucket does not let the distribution read, and say 403 for what is missing when it may not list', async () => {
    expect((await fetch(`${await site({ policyActions: ['s3:ListBucket'] })}/index.html`)).status).toBe(403);
    const unlisted = await site({ policyActions: ['s3:GetObject'] });
    expect((await fetch(`${unlisted}/index.html`)).status).toBe(200);
    expect((await fetch(`${unlisted}/absent.js`)).status).toBe(403);
  });
});

describe('the viewer function', () => {
  it('may answer itself', async () => {
    const response = await fetch(`${await site()}/old?moved=1`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([302, '/new']);
  });

  it('that throws or never ends costs its own request, not the others', async () => {
    const url = await site();
    expect((await fetch(`${url}/throws`)).status).toBe(503);
    expect((await fetch(`${url}/loops`)).status).toBe(503);
    expect(warnings.join('\n')).toMatch(/planted[^]*timed out/);
    expect((await fetch(`${url}/`)).status).toBe(200);
  });
});

describe('the API behind the same origin', () => {
  it('gets method, path, query, headers and body as they were, under its own host', async () => {
    const url = await site();
    const seen = Promise.withResolvers<unknown>();
    answerApi = async (request, response) => {
      const { host, authorization, cookie, 'x-from': from, 'x-forwarded-for': forwarded } = request.headers;
      seen.resolve([request.method, request.url, await text(request), host, authorization, cookie, from, forwarded]);
      response
        .writeHead(
          201,
          [
            ['set-cookie', 'a=1'],
            ['set-cookie', 'b=2'],
            ['cache-control', 'private'],
          ].flat(),
        )
        .end('{}');
    };
    const response = await fetch(`${url}/api/admin/logs/uploads?a=1%2F2&a=3&empty`, {
      method: 'POST',
      body: '{"name":"kasir.log"}',
      headers: { authorization: 'Bearer t', cookie: 's=1; t=2', 'x-from': 'viewer' },
    });
    expect(await seen.promise).toEqual([
      'POST',
      '/api/admin/logs/uploads?a=1%2F2&a=3&empty=',
      '{"name":"kasir.log"}',
      new URL(apiUrl).host,
      'Bearer t',
      's=1; t=2',
      'site',
      '127.0.0.1',
    ]);
    expect([response.status, response.headers.getSetCookie()]).toEqual([201, ['a=1', 'b=2']]);
    expect(response.headers.get('cache-control'), 'the API decides: the policy does not override').toBe('private');
  });

  it('is found by the normalised path, and gets the path as it was written', async () => {
    const url = await site();
    const seen = Promise.withResolvers<unknown>();
    answerApi = (request, response) => {
      seen.resolve(request.url);
      response.end();
    };
    expect(await rawStatus(url, '/assets/../api/x')).toBe(200);
    expect(await seen.promise).toBe('/assets/../api/x');
  });

  it('keeps its own errors, which are no pages', async () => {
    answerApi = (_request, response) => response.writeHead(404, { 'content-type': 'application/problem+json' }).end('{"status":404}');
    const response = await fetch(`${await site()}/api/absent`);
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      404,
      'application/problem+json',
      '{"status":404}',
    ]);
  });

  it('streams: the first part arrives before the last is written', async () => {
    const finish = Promise.withResolvers<void>();
    answerApi = (_request, response) => {
      response.write('first');
      void finish.promise.then(() => response.end('last'));
    };
    const response = await fetch(`${await site()}/api/stream`);
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader.read()).value).toBe('first');
    finish.resolve();
    expect((await reader.read()).value).toBe('last');
  });

  it('is a 504 when it does not answer in time and a 502 when it hangs up', async () => {
    const url = await site();
    answerApi = () => undefined;
    expect((await fetch(`${url}/api/slow`)).status).toBe(504);
    answerApi = (request) => void request.socket.destroy();
    expect((await fetch(`${url}/api/broken`)).status).toBe(502);
  });

  it('hears that the viewer has gone', async () => {
    const url = await site();
    const gone = Promise.withResolvers<void>();
    const leave = new AbortController();
    answerApi = (request) => {
      request.on('error', () => undefined);
      request.socket.on('close', () => gone.resolve());
      leave.abort();
    };
    await expect(fetch(`${url}/api/slow`, { signal: leave.signal })).rejects.toThrow(/abort/);
    await gone.promise;
  });
});

describe('what the network adds to a request of the API', () => {
  const secretArn = 'arn:aws:secretsmanager:ap-southeast-3:000000000000:secret:origin-key-ab12CD';
  const reference = (rest: string) => `{{resolve:secretsmanager:${secretArn}:${rest}}}`;

  it("is the viewer's address and the text of a secret, whatever the viewer has sent under these names", async () => {
    const url = await site({
      api: { FunctionAssociations: [{ EventType: 'viewer-request', FunctionARN: addressFunctionArn }] },
      customHeaders: { 'X-Origin-Key': reference('SecretString:::') },
    });
    const seen = Promise.withResolvers<unknown>();
    answerApi = (request, response) => {
      seen.resolve([request.headers['x-viewer-address'], request.headers['x-origin-key']]);
      response.end();
    };
    await fetch(`${url}/api/x`, { headers: { 'x-viewer-address': '203.0.113.9', 'x-origin-key': 'guess' } });
    expect(await seen.promise).toEqual(['127.0.0.1', `held by ${secretArn}`]);
  });

  it('has no name that CloudFront refuses, and refers to the whole text of a secret', async () => {
    for (const name of ['X-Edge-Key', 'x-amz-key', 'X-Real-IP', 'Host', 'If-Match'])
      await expect(site({ customHeaders: { [name]: 'x' } })).rejects.toThrow(/Site .*CloudFront adds no/);
    for (const rest of ['SecretString:key::', 'SecretString::AWSPREVIOUS:', 'SecretBinary'])
      await expect(site({ customHeaders: { 'X-Key': reference(rest) } })).rejects.toThrow(/no reference to the whole text/);
    await expect(site({ customHeaders: { 'X-Key': '{{resolve:ssm:/key}}' } })).rejects.toThrow(/no reference/);
  });
});

describe('the template decides', () => {
  it('which parts of a request go on: by a cache policy without any, neither query nor cookie nor token', async () => {
    const url = await site({
      config: { CacheBehaviors: [{ PathPattern: 'api/*', TargetOriginId: 'api', CachePolicyId: cachingDisabled }] },
    });
    const seen = Promise.withResolvers<unknown>();
    answerApi = (request, response) => {
      seen.resolve([request.url, request.headers.authorization, request.headers.cookie]);
      response.end();
    };
    await fetch(`${url}/api/x?a=1`, { headers: { authorization: 'Bearer t', cookie: 'a=1' } });
    expect(await seen.promise).toEqual(['/api/x', undefined, undefined]);
  });

  it('which page stands for an error', async () => {
    const url = await site({ config: { CustomErrorResponses: [{ ErrorCode: 404, ResponseCode: 410, ResponsePagePath: '/gone.html' }] } });
    const response = await fetch(`${url}/assets/absent.js`);
    expect([response.status, await response.text()]).toEqual([410, 'nothing here']);
  });

  it('and what it says that this room does not do is refused by name', async () => {
    const refused: [SiteSketch['config'] & object, RegExp][] = [
      [{ OriginGroups: { Quantity: 1, Items: [] } }, /Site .*DistributionConfig\.OriginGroups/],
      [{ DefaultRootObject: 'index.html' }, /Site .*DistributionConfig\.DefaultRootObject/],
      [{ Enabled: false }, /Site .*Enabled/s],
      [{ Origins: [{ Id: 'pages', DomainName: 'elsewhere.example' }] }, /Site .*elsewhere\.example/],
    ];
    for (const [config, message] of refused) await expect(site({ config })).rejects.toThrow(message);
    const behaviors: [Record<string, unknown>, RegExp][] = [
      [{ LambdaFunctionAssociations: [{ EventType: 'viewer-request' }] }, /DefaultCacheBehavior\.LambdaFunctionAssociations/],
      [{ CachePolicyId: 'absent' }, /absent .*CachePolicy/],
      [{ OriginRequestPolicyId: 'absent' }, /absent .*OriginRequestPolicy/],
      [{ ResponseHeadersPolicyId: 'absent' }, /absent/],
      [{ TargetOriginId: 'absent' }, /Site .*absent/],
      [{ FunctionAssociations: [{ EventType: 'viewer-response', FunctionARN: 'x' }] }, /viewer-request/],
    ];
    for (const [pages, message] of behaviors) await expect(site({ pages })).rejects.toThrow(message);
    await expect(site({ pages: { OriginRequestPolicyId: allViewerExceptHost } })).resolves.toMatch(/^http/);
  });
});

async function site(sketch: Omit<SiteSketch, 'apiUrl'> = {}): Promise<string> {
  const model = siteModel({ ...sketch, apiUrl });
  const secretValue = (secretId: string): string => `held by ${secretId}`;
  const access = buildAccess(model, { seed: 'test' });
  const cdn = await startCdn({ model, access, clock: { now: Date.now }, secretValue, s3Url: s3.url, apiUrl, log });
  running.push(cdn);
  return cdn.url;
}

async function put(key: string, body: string, contentType: string): Promise<void> {
  const client = new S3Client({ endpoint: s3.url, region: testRegion, credentials: operator, forcePathStyle: true });
  await client.send(new PutObjectCommand({ Bucket: bucketName, Key: key, Body: body, ContentType: contentType }));
  client.destroy();
}

/** `fetch` would resolve the dots before it sends the path. */
async function rawStatus(url: string, path: string): Promise<number | undefined> {
  const { port } = new URL(url);
  const request = httpRequest({ host: '127.0.0.1', port, path, agent: false }).end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.resume();
  return response.statusCode;
}
