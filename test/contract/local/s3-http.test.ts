/**
 * What clients less polite than the SDK send: odd paths, signed chunks, bodies that stop half-way.
 */
import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { GetBucketAclCommand, GetObjectCommand, PutBucketPolicyCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeListed } from '#infra/local/s3/notifications.ts';
import { signingKey } from '#infra/local/sigv4.ts';
import { codeOf, eventually, operatorKeys, raw, s3World } from './s3-harness.ts';
import type { S3World } from './s3-harness.ts';

let world: S3World;
beforeAll(async () => {
  world = await s3World();
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex');
const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest('hex');

/** Signs by the book, without a library, so that paths go out as they are. */
function signed(method: string, path: string, options: { headers?: Record<string, string>; payload?: string } = {}) {
  const date = new Date().toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
  const scope = { date: date.slice(0, 8), region: 'ap-southeast-3', service: 's3' };
  const { host } = new URL(world.server.url);
  const headers: Record<string, string> = {
    host,
    'x-amz-date': date,
    'x-amz-content-sha256': options.payload ?? 'UNSIGNED-PAYLOAD',
    ...options.headers,
  };
  const names = Object.keys(headers).toSorted();
  const [pathOnly = '', query = ''] = path.split('?');
  const canonicalPath = decodeURIComponent(pathOnly).split('/').map(strictEncode).join('/');
  const canonicalQuery = query && (query.includes('=') ? query : `${query}=`);
  const canonical = [
    method,
    canonicalPath,
    canonicalQuery,
    ...names.map((name) => `${name}:${headers[name]}`),
    '',
    names.join(';'),
    headers['x-amz-content-sha256'],
  ].join('\n');
  const scopeText = `${scope.date}/${scope.region}/s3/aws4_request`;
  const key = signingKey(operatorKeys.secretAccessKey, scope);
  const signature = hmac(key, `AWS4-HMAC-SHA256\n${date}\n${scopeText}\n${sha256(canonical)}`);
  const authorization = `AWS4-HMAC-SHA256 Credential=${operatorKeys.accessKeyId}/${scopeText}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return { headers: { ...headers, authorization }, key, date, scopeText, signature };
}

function strictEncode(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

const send = (method: string, path: string, body = '') => {
  const headers = { ...signed(method, path).headers, 'content-length': String(Buffer.byteLength(body)) };
  return raw(world.server.url + path, { method, headers, body });
};
const code = (answer: { body: string }) => /<Code>(.*?)<\/Code>/.exec(answer.body)?.[1];

describe('paths', () => {
  it.each(['/plain/../../../etc/passwd', '/plain/..', '/plain/%2e%2e%2fup', '/plain/a%00b', '/plain//x', '/plain/%25', '/plain/a+b'])(
    '%s names a key and nothing else',
    async (path) => {
      expect(await send('PUT', path, `at ${path}`)).toMatchObject({ status: 200 });
      expect(await send('GET', path)).toMatchObject({ status: 200, body: `at ${path}` });
      const key = decodeURIComponent(path.slice('/plain/'.length));
      const listed = await send('GET', `/plain?encoding-type=url&prefix=${strictEncode(key)}`);
      expect(listed.body).toContain(`<Key>${encodeListed(key)}</Key>`);
      expect(await send('DELETE', path)).toMatchObject({ status: 204 });
    },
  );

  it('that cannot be decoded are refused', async () => {
    expect(await raw(`${world.server.url}/plain/%ff`)).toMatchObject({ status: 400 });
    expect(code(await raw(`${world.server.url}/plain/%zz`))).toBe('InvalidURI');
  });

  it('keeps every file inside its folder', async () => {
    await send('PUT', '/plain/../outside', 'x');
    expect(world.contentFiles().every((file) => /^[\da-f]{2}\/[\da-z]+-[\da-z]+$/.test(file))).toBe(true);
  });

  it('may carry the bucket in the host', async () => {
    await world.client.send(new PutObjectCommand({ Bucket: 'plain', Key: 'virtual/k', Body: 'hosted' }));
    const { port } = new URL(world.server.url);
    for (const host of [`plain.localhost:${port}`, `plain.s3.localhost:${port}`, 'plain.s3.ap-southeast-3.amazonaws.com']) {
      const { headers } = signed('GET', '/virtual/k', { headers: { host } });
      expect(await raw(`${world.server.url}/virtual/k`, { headers })).toMatchObject({ status: 200, body: 'hosted' });
    }
  });
});

describe('bodies', () => {
  it('must say how long they are', async () => {
    const { headers } = signed('PUT', '/plain/x');
    expect(
      code(await raw(`${world.server.url}/plain/x`, { method: 'PUT', headers: { ...headers, 'transfer-encoding': 'chunked' }, body: 'x' })),
    ).toBe('NotImplemented');
    expect(await raw(`${world.server.url}/plain/x`, { method: 'PUT', headers: { ...headers, 'content-length': '0' } })).toMatchObject({
      status: 200,
    });
  });

  it('must be what their signature says', async () => {
    const put = (payload: string, body: string) => {
      const { headers } = signed('PUT', '/plain/signed', { payload });
      return raw(`${world.server.url}/plain/signed`, {
        method: 'PUT',
        headers: { ...headers, 'content-length': String(body.length) },
        body,
      });
    };
    expect((await put(sha256('right'), 'right')).status).toBe(200);
    expect(code(await put(sha256('right'), 'wrong'))).toBe('XAmzContentSHA256Mismatch');
    expect((await send('GET', '/plain/signed')).body).toBe('right');
  });

  const chunked = (chunks: string[], { trailer = '', tamper = false } = {}) => {
    const payload = trailer ? 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER' : 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD';
    const headers = {
      'x-amz-decoded-content-length': String(chunks.join('').length),
      'content-encoding': 'aws-chunked',
      ...(trailer ? { 'x-amz-trailer': trailer.split(':')[0]! } : {}),
    };
    const { headers: signedHeaders, key, date, scopeText, signature } = signed('PUT', '/plain/chunked', { payload, headers });
    let previous = signature;
    const next = (algorithm: string, ...hashes: string[]) => {
      previous = hmac(key, [algorithm, date, scopeText, previous, ...hashes].join('\n'));
      return previous;
    };
    let body = '';
    for (const chunk of [...chunks, '']) {
      const sent = tamper ? chunk.replace('a', 'b') : chunk;
      body += `${chunk.length.toString(16)};chunk-signature=${next('AWS4-HMAC-SHA256-PAYLOAD', sha256(''), sha256(chunk))}\r\n${sent}${chunk ? '\r\n' : ''}`;
    }
    if (trailer) body += `${trailer}\r\nx-amz-trailer-signature:${next('AWS4-HMAC-SHA256-TRAILER', sha256(`${trailer}\n`))}\r\n`;
    return raw(`${world.server.url}/plain/chunked`, {
      method: 'PUT',
      headers: { ...signedHeaders, 'content-length': String(body.length + 2) },
      body: `${body}\r\n`,
    });
  };

  it('may come in signed chunks, with a signed trailer', async () => {
    const chunks = ['a'.repeat(70_000), 'b'.repeat(9_000), 'c'];
    expect(await chunked(chunks)).toMatchObject({ status: 200 });
    const stored = await world.client.send(new GetObjectCommand({ Bucket: 'plain', Key: 'chunked' }));
    expect(await stored.Body!.transformToString()).toBe(chunks.join(''));
    expect(stored.ContentEncoding).toBeUndefined();
    expect(await chunked(['123456789'], { trailer: 'x-amz-checksum-crc32c:4waSgw==' })).toMatchObject({ status: 200 });
    expect(code(await chunked(['123456789'], { trailer: 'x-amz-checksum-crc32c:AAAAAA==' }))).toBe('BadDigest');
    expect(code(await chunked(chunks, { tamper: true }))).toBe('SignatureDoesNotMatch');
  });

  it('that stop half-way leave nothing behind', async () => {
    const before = world.contentFiles().length;
    const { headers } = signed('PUT', '/plain/half');
    const { hostname, port } = new URL(world.server.url);
    const head = Object.entries({ ...headers, 'content-length': '10000000' }).map(([name, value]) => `${name}: ${value}\r\n`);
    const socket = connect(Number(port), hostname);
    socket.write(`PUT /plain/half HTTP/1.1\r\n${head.join('')}\r\n`);
    socket.write(Buffer.alloc(4_000_000));
    await eventually(() => world.contentFiles().length === before + 1);
    socket.destroy();
    await eventually(() => world.contentFiles().length === before);
    expect(code(await send('GET', '/plain/half'))).toBe('NoSuchKey');
  });

  it.skipIf(process.platform !== 'linux')('of any size pass through little memory', async () => {
    const [chunk, chunks] = [Buffer.alloc(1024 ** 2, 'x'), 192];
    const { headers } = signed('PUT', '/plain/large');
    const { hostname, port } = new URL(world.server.url);
    const upload = request({
      hostname,
      port,
      path: '/plain/large',
      method: 'PUT',
      headers: { ...headers, 'content-length': chunk.length * chunks },
    });
    const answered = once(upload, 'response') as Promise<[IncomingMessage]>;
    for (let sent = 0; sent < chunks; sent++) if (!upload.write(chunk)) await once(upload, 'drain');
    upload.end();
    const [answer] = await answered;
    expect(answer.statusCode).toBe(200);
    answer.resume();
    const peakKib = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${world.server.pid}/status`, 'utf8'))?.[1]);
    expect(peakKib / 1024).toBeLessThan(300);
    expect((await send('DELETE', '/plain/large')).status).toBe(204);
  });

  it('are only asked for when they will be taken', async () => {
    const answerTo = (path: string): Promise<string> =>
      new Promise((resolve) => {
        const { headers } = signed('PUT', path);
        const { hostname, port } = new URL(world.server.url);
        const lines = Object.entries({ ...headers, 'content-length': '4', expect: '100-continue' }).map(
          ([name, value]) => `${name}: ${value}\r\n`,
        );
        const socket = connect(Number(port), hostname);
        let received = '';
        socket.on('data', (piece) => {
          received += piece.toString();
          if (received === 'HTTP/1.1 100 Continue\r\n\r\n') socket.write('body');
          if (/^HTTP\/1.1 [2-5]|\r\nHTTP\/1.1 [2-5]/.test(received)) socket.end();
        });
        socket.on('close', () => resolve(received));
        socket.write(`PUT ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
      });
    const taken = await answerTo('/plain/continued');
    expect(taken).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200 OK/);
    const refused = await answerTo('/no-bucket/continued');
    expect(refused).toMatch(/^HTTP\/1.1 404 Not Found[^]*connection: close/i);
  });
});

describe('errors', () => {
  it('come as S3’s documents', async () => {
    const answer = await send('GET', '/plain/a%20%26%20b');
    expect(answer).toMatchObject({ status: 404, headers: { 'content-type': 'application/xml' } });
    expect(answer.body).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<Error><Code>NoSuchKey<\/Code><Message>The specified key does not exist.<\/Message><Key>a &amp; b<\/Key><Resource>\/plain\/a%20%26%20b<\/Resource><RequestId>(\w+)<\/RequestId>/,
    );
    expect(answer.body).toContain(`<RequestId>${String(answer.headers['x-amz-request-id'])}</RequestId>`);
    expect((await send('HEAD', '/plain/nowhere')).body).toBe('');
  });

  it('name the operation that is missing', async () => {
    expect(await codeOf(world.client.send(new GetBucketAclCommand({ Bucket: 'plain' })))).toBe('NotImplemented');
    expect((await send('GET', '/plain/k?torrent')).body).toContain('<Operation>GetObjectTorrent</Operation>');
    expect(await codeOf(world.client.send(new PutBucketPolicyCommand({ Bucket: 'plain', Policy: '{}' })))).toBe('NotImplemented');
    expect(code(await send('POST', '/plain/k'))).toBe('MethodNotAllowed');
    expect(code(await send('PATCH', '/plain'))).toBe('MethodNotAllowed');
  });
});
