import { createHash, createHmac } from 'node:crypto';
import {
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signingKey } from '#infra/local/sigv4.ts';
import { codeOf, eventually, operatorKeys, raw, s3World } from './s3-harness.ts';
import type { S3World } from './s3-harness.ts';

const allow = (actions: string[], resources: string[], conditions = {}) => ({ effect: 'Allow' as const, actions, resources, conditions });
const rule = {
  allowedOrigins: ['http://localhost:5173', 'https://*.example.id'],
  allowedMethods: ['GET', 'PUT', 'POST'],
  allowedHeaders: ['content-type', 'x-amz-*'],
  exposedHeaders: ['ETag'],
  maxAgeSeconds: 600,
};

let world: S3World;
beforeAll(async () => {
  world = await s3World({
    buckets: [
      { name: 'plain', cors: [rule] },
      { name: 'versioned', versioning: 'Enabled' },
    ],
    functions: {
      reader: [allow(['s3:GetObject'], ['arn:aws:s3:::plain/*'])],
      lister: [allow(['s3:ListBucket'], ['arn:aws:s3:::plain'], { StringLike: { 's3:prefix': ['mine/*'] } })],
      writer: [allow(['s3:PutObject'], ['arn:aws:s3:::plain/in/*'])],
      cleaner: [allow(['s3:DeleteObject*'], ['arn:aws:s3:::plain/tmp/*'])],
    },
  });
  await world.client.send(new PutObjectCommand({ Bucket: 'plain', Key: 'k', Body: 'content' }));
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

/** The log comes from another process, by its own way. */
const warned = (text: string) => eventually(() => world.warnings.some((warning) => warning.includes(text)));

describe('rights of a function', () => {
  it('grant what its role grants, and the log names the rest', async () => {
    const reader = world.clientOf('reader');
    const get = { Bucket: 'plain', Key: 'k' };
    expect(await codeOf(reader.send(new GetObjectCommand(get)))).toBe('no error');
    expect(await codeOf(reader.send(new PutObjectCommand({ ...get, Body: 'x' })))).toBe('AccessDenied');
    await warned('reader may not s3:PutObject on arn:aws:s3:::plain/k');
    expect(await codeOf(reader.send(new GetObjectCommand({ ...get, VersionId: 'null' })))).toBe('AccessDenied');
    await warned('reader may not s3:GetObjectVersion on arn:aws:s3:::plain/k');
    expect(await codeOf(reader.send(new GetObjectCommand({ Bucket: 'versioned', Key: 'k' })))).toBe('AccessDenied');
    expect(await codeOf(reader.send(new ListObjectsV2Command({ Bucket: 'plain' })))).toBe('AccessDenied');
  });

  it('do not tell of missing keys to who may not list', async () => {
    const missing = new GetObjectCommand({ Bucket: 'plain', Key: 'missing' });
    expect(await codeOf(world.clientOf('reader').send(missing))).toBe('AccessDenied');
    await warned('reader may not s3:ListBucket on arn:aws:s3:::plain,');
    expect(await codeOf(world.client.send(missing))).toBe('NoSuchKey');
  });

  it('follow the prefix of a listing', async () => {
    const lister = world.clientOf('lister');
    expect(await codeOf(lister.send(new ListObjectsV2Command({ Bucket: 'plain', Prefix: 'mine/a' })))).toBe('no error');
    expect(await codeOf(lister.send(new ListObjectsV2Command({ Bucket: 'plain', Prefix: 'other/' })))).toBe('AccessDenied');
    expect(await codeOf(lister.send(new ListObjectsV2Command({ Bucket: 'plain' })))).toBe('AccessDenied');
  });

  it('are asked for the source of a copy and for tags', async () => {
    const writer = world.clientOf('writer');
    const target = { Bucket: 'plain', Key: 'in/x' };
    expect(await codeOf(writer.send(new PutObjectCommand({ ...target, Body: 'x' })))).toBe('no error');
    expect(await codeOf(writer.send(new CopyObjectCommand({ ...target, CopySource: 'plain/k' })))).toBe('AccessDenied');
    await warned('writer may not s3:GetObject on arn:aws:s3:::plain/k');
    expect(await codeOf(writer.send(new PutObjectCommand({ ...target, Body: 'x', Tagging: 'a=b' })))).toBe('AccessDenied');
    const { UploadId } = await writer.send(new CreateMultipartUploadCommand(target));
    expect(await codeOf(writer.send(new UploadPartCommand({ ...target, UploadId, PartNumber: 1, Body: 'x' })))).toBe('no error');
  });

  it('are weighed key by key when many are deleted', async () => {
    const Objects = [{ Key: 'tmp/1' }, { Key: 'k' }];
    const { Deleted, Errors } = await world.clientOf('cleaner').send(new DeleteObjectsCommand({ Bucket: 'plain', Delete: { Objects } }));
    expect(Deleted).toEqual([{ Key: 'tmp/1' }]);
    expect(Errors).toMatchObject([{ Key: 'k', Code: 'AccessDenied' }]);
  });
});

describe('signatures', () => {
  it('are asked for, and checked', async () => {
    expect(await raw(`${world.server.url}/plain/k`)).toMatchObject({
      status: 403,
      body: expect.stringContaining('<Code>AccessDenied</Code>') as string,
    });
    const stranger = world.clientOf('STRANGER');
    expect(await codeOf(stranger.send(new GetObjectCommand({ Bucket: 'plain', Key: 'k' })))).toBe('InvalidAccessKeyId');
    const impostor = world.clientOf('OPERATOR', { credentials: { ...operatorKeys, secretAccessKey: 'guess' } });
    expect(await codeOf(impostor.send(new GetObjectCommand({ Bucket: 'plain', Key: 'k' })))).toBe('SignatureDoesNotMatch');
    const late = world.clientOf('OPERATOR', { systemClockOffset: -3_600_000 });
    expect(await codeOf(late.send(new GetObjectCommand({ Bucket: 'plain', Key: 'k' })))).toBe('RequestTimeTooSkewed');
  });

  it('of a presigned URL open it to whoever holds it, as long as the stack’s clock says', async () => {
    const client = world.clientOf('OPERATOR', { requestChecksumCalculation: 'WHEN_REQUIRED' });
    const key = 'pre signed/ünï+cödé';
    const putUrl = await getSignedUrl(client, new PutObjectCommand({ Bucket: 'plain', Key: key, ContentType: 'text/plain' }), {
      expiresIn: 60,
    });
    const getUrl = await getSignedUrl(client, new GetObjectCommand({ Bucket: 'plain', Key: key }), { expiresIn: 60 });
    expect(await raw(putUrl, { method: 'PUT', body: 'by a stranger' })).toMatchObject({ status: 200 });
    expect(await raw(getUrl)).toMatchObject({ status: 200, body: 'by a stranger' });
    expect(await raw(getUrl.replace('X-Amz-Expires=60', 'X-Amz-Expires=600'))).toMatchObject({ status: 403 });
    expect(await raw(getUrl, { method: 'DELETE' })).toMatchObject({ status: 403 });
    expect(await raw(putUrl, { method: 'PUT', body: 'x', headers: { 'x-amz-acl': 'public-read' } })).toMatchObject({ status: 403 });
    await world.server.setClockOffset(61_000);
    const expired = await raw(getUrl);
    await world.server.setClockOffset(0);
    expect(expired).toMatchObject({ status: 403, body: expect.stringContaining('<Message>Request has expired</Message>') as string });
    expect(await raw(getUrl)).toMatchObject({ status: 200 });
  });

  it('of a presigned upload cover the metadata that moved into the URL', async () => {
    const client = world.clientOf('OPERATOR', { requestChecksumCalculation: 'WHEN_REQUIRED' });
    const command = new PutObjectCommand({ Bucket: 'plain', Key: 'hoisted', Metadata: { owner: 'sri' } });
    expect(await raw(await getSignedUrl(client, command), { method: 'PUT', body: 'x' })).toMatchObject({ status: 200 });
    const head = await world.client.send(new HeadObjectCommand({ Bucket: 'plain', Key: 'hoisted' }));
    expect(head.Metadata).toEqual({ owner: 'sri' });
  });
});

describe('a browser’s form', () => {
  const minute = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
  const policyFields = (policy: object): Record<string, string> => {
    const date = new Date().toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
    const scope = { date: date.slice(0, 8), region: 'ap-southeast-3', service: 's3' };
    const signed = {
      'x-amz-algorithm': 'AWS4-HMAC-SHA256',
      'x-amz-credential': `${operatorKeys.accessKeyId}/${scope.date}/${scope.region}/s3/aws4_request`,
      'x-amz-date': date,
    };
    const conditions = [
      ...(policy as { conditions: unknown[] }).conditions,
      ...Object.entries(signed).map(([name, value]) => ({ [name]: value })),
    ];
    const base64 = Buffer.from(JSON.stringify({ ...policy, conditions })).toString('base64');
    const signature = createHmac('sha256', signingKey(operatorKeys.secretAccessKey, scope)).update(base64).digest('hex');
    return { ...signed, policy: base64, 'x-amz-signature': signature };
  };
  const send = (fields: Record<string, string>, file: { name: string; body: string | Buffer }) => {
    const boundary = '----WebKitFormBoundary7MA4YWxk';
    const parts = Object.entries(fields).map(
      ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${file.name}"\r\nContent-Type: text/plain\r\n\r\n`;
    const body = Buffer.concat([Buffer.from(parts.join('') + head), Buffer.from(file.body), Buffer.from(`\r\n--${boundary}--\r\n`)]);
    const headers = { 'content-type': `multipart/form-data; boundary=${boundary}`, 'content-length': String(body.length) };
    return raw(`${world.server.url}/plain`, { method: 'POST', headers, body });
  };
  const conditions = [
    { bucket: 'plain' },
    ['starts-with', '$key', 'uploads/'],
    ['starts-with', '$Content-Type', 'text/'],
    ['content-length-range', 3, 100_000],
  ];
  const policy = { expiration: minute(5), conditions };
  const content = { 'Content-Type': 'text/plain' };
  const code = (answer: { body: string }) => /<Code>(.*)<\/Code>/.exec(answer.body)?.[1];
  const message = (answer: { body: string }) => /<Message>(.*)<\/Message>/.exec(answer.body)?.[1];

  it('uploads what its policy allows', async () => {
    const body = Buffer.concat([Buffer.from('\r\n------WebKitFormBoundary7MA4YWx'), Buffer.alloc(90_000, '\r\n--')]);
    const answer = await send({ key: 'uploads/${filename}', ...content, ...policyFields(policy) }, { name: 'laporan é.txt', body });
    expect(answer.status).toBe(204);
    expect(answer.headers['etag']).toBe(`"${createHash('md5').update(body).digest('hex')}"`);
    const stored = await world.client.send(new GetObjectCommand({ Bucket: 'plain', Key: 'uploads/laporan é.txt' }));
    expect(stored.ContentType).toBe('text/plain');
    expect(Buffer.from(await stored.Body!.transformToByteArray()).equals(body)).toBe(true);
  });

  it('answers as the form asks', async () => {
    const open = {
      ...policy,
      conditions: [
        ...conditions,
        ['starts-with', '$success_action_status', ''],
        ['starts-with', '$success_action_redirect', ''],
        ['starts-with', '$x-amz-meta-note', ''],
      ],
    };
    const file = { name: 'a', body: 'abc' };
    const base = { key: 'uploads/a', ...content, ...policyFields(open) };
    const created = await send({ ...base, success_action_status: '201', 'x-amz-meta-note': 'é' }, file);
    expect(created).toMatchObject({ status: 201, body: expect.stringContaining('<Key>uploads/a</Key>') as string });
    expect(await send({ ...base, success_action_status: '200' }, file)).toMatchObject({ status: 200, body: '' });
    const redirected = await send({ ...base, success_action_redirect: 'http://localhost:5173/done?x=1' }, file);
    expect(redirected.status).toBe(303);
    expect(redirected.headers['location']).toBe(
      `http://localhost:5173/done?x=1&bucket=plain&key=uploads%2Fa&etag=%22${createHash('md5').update('abc').digest('hex')}%22`,
    );
  });

  it('is refused outside its policy, and nothing is kept', async () => {
    const file = { name: 'a', body: 'abc' };
    const fields = { key: 'uploads/refused', ...content, ...policyFields(policy) };
    expect(message(await send({ ...fields, key: 'elsewhere/a' }, file))).toBe(
      'Invalid according to Policy: Policy Condition failed: [&quot;starts-with&quot;,&quot;$key&quot;,&quot;uploads/&quot;]',
    );
    expect(message(await send({ ...fields, 'Content-Type': 'image/png' }, file))).toContain('Policy Condition failed');
    expect(message(await send({ ...fields, acl: 'public-read' }, file))).toBe('Invalid according to Policy: Extra input fields: acl');
    expect((await send({ ...fields, 'x-ignore-this': 'x' }, file)).status).toBe(204);
    expect(code(await send(fields, { name: 'a', body: 'ab' }))).toBe('EntityTooSmall');
    expect(code(await send(fields, { name: 'a', body: 'x'.repeat(100_001) }))).toBe('EntityTooLarge');
    const late = policyFields({ ...policy, expiration: minute(-1) });
    expect(message(await send({ ...fields, ...late }, file))).toBe('Invalid according to Policy: Policy expired.');
    expect(code(await send({ ...fields, 'x-amz-signature': 'ab'.repeat(32) }, file))).toBe('SignatureDoesNotMatch');
    expect(code(await send({ key: 'uploads/a' }, file))).toBe('AccessDenied');
    expect(code(await send({ ...fields, ...policyFields({ expiration: 'tomorrow', conditions: [] }) }, file))).toBe(
      'InvalidPolicyDocument',
    );
    expect(code(await send({ ...fields, 'x-ignore-1': 'x'.repeat(21_000) }, file))).toBe('MaxPostPreDataLengthExceededError');
    const anyMetadata = { ...policy, conditions: [...conditions, ['starts-with', '$x-amz-meta-ü', '']] };
    expect(code(await send({ ...fields, ...policyFields(anyMetadata), 'x-amz-meta-ü': 'x' }, file))).toBe('InvalidArgument');
    const { key: _, ...keyless } = fields;
    expect(code(await send(keyless, file))).toBe('InvalidArgument');
    const { Contents } = await world.client.send(new ListObjectsV2Command({ Bucket: 'plain', Prefix: 'elsewhere/' }));
    expect(Contents).toBeUndefined();
  });

  it('that breaks off is no upload', async () => {
    const headers = { 'content-type': 'multipart/form-data; boundary=b' };
    const post = (body: string) => raw(`${world.server.url}/plain`, { method: 'POST', headers, body });
    expect(code(await post('--b\r\nContent-Disposition: form-data; name="key"\r\n\r\nk\r\n--b--\r\n'))).toBe('InvalidArgument');
    expect(code(await post('--b\r\nContent-Disposition: form-data; name="key"\r\n\r\nk'))).toBe('MalformedPOSTRequest');
    expect(code(await post('nothing like a form'))).toBe('MalformedPOSTRequest');
  });
});

describe('another origin', () => {
  const preflight = (headers: Record<string, string>, path = '/plain/k') => raw(world.server.url + path, { method: 'OPTIONS', headers });
  const asks = {
    origin: 'http://localhost:5173',
    'access-control-request-method': 'PUT',
    'access-control-request-headers': 'Content-Type, x-amz-date',
  };

  it('may do what a rule of the bucket says', async () => {
    const answer = await preflight(asks);
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': 'http://localhost:5173',
      'access-control-allow-methods': 'GET, PUT, POST',
      'access-control-allow-headers': 'content-type, x-amz-date',
      'access-control-expose-headers': 'ETag',
      'access-control-max-age': '600',
    });
    expect((await preflight({ ...asks, origin: 'https://app.example.id' })).status).toBe(200);
    const actual = await raw(`${world.server.url}/plain/k`, { headers: { origin: 'https://app.example.id' } });
    expect(actual.headers['access-control-allow-origin']).toBe('https://app.example.id');
  });

  it('may do nothing else', async () => {
    for (const change of [
      { origin: 'https://evil.example' },
      { 'access-control-request-method': 'DELETE' },
      { 'access-control-request-headers': 'x-other' },
    ]) {
      const answer = await preflight({ ...asks, ...change });
      expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([403, undefined]);
    }
    expect((await preflight(asks, '/versioned/k')).status).toBe(403);
    expect((await preflight({ origin: 'http://localhost:5173' })).status).toBe(400);
  });
});
