import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  ChecksumAlgorithm,
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectTaggingCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
} from '@aws-sdk/client-s3';
import type { GetObjectCommandInput, PutObjectCommandInput, StorageClass } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, s3World } from './s3-harness.ts';
import type { S3World } from './s3-harness.ts';

let world: S3World;
beforeAll(async () => {
  world = await s3World();
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

const put = (Key: string, Body: PutObjectCommandInput['Body'], more: Partial<PutObjectCommandInput> = {}) =>
  world.client.send(new PutObjectCommand({ Bucket: 'plain', Key, Body, ...more }));
const get = (Key: string, more: Partial<GetObjectCommandInput> = {}) =>
  world.client.send(new GetObjectCommand({ Bucket: 'plain', Key, ...more }));
const text = async (Key: string, more: Partial<GetObjectCommandInput> = {}) => (await get(Key, more)).Body!.transformToString();
const md5 = (body: string | Buffer) => createHash('md5').update(body).digest('hex');

describe('put and get', () => {
  it('gives back what was put, with its headers and metadata', async () => {
    const stored = await put('hello.txt', 'hello', {
      ContentType: 'text/plain; charset=utf-8',
      CacheControl: 'max-age=60',
      ContentDisposition: 'attachment; filename="h.txt"',
      ContentEncoding: 'identity',
      ContentLanguage: 'id',
      Metadata: { author: 'Sri', 'two-words': 'a b' },
      StorageClass: 'STANDARD_IA',
    });
    expect(stored).toMatchObject({ ETag: `"${md5('hello')}"`, ChecksumType: 'FULL_OBJECT' });
    const answer = await get('hello.txt');
    expect(await answer.Body!.transformToString()).toBe('hello');
    expect(answer).toMatchObject({
      ETag: `"${md5('hello')}"`,
      ContentLength: 5,
      ContentType: 'text/plain; charset=utf-8',
      CacheControl: 'max-age=60',
      ContentDisposition: 'attachment; filename="h.txt"',
      ContentEncoding: 'identity',
      ContentLanguage: 'id',
      Metadata: { author: 'Sri', 'two-words': 'a b' },
      StorageClass: 'STANDARD_IA',
      AcceptRanges: 'bytes',
    });
    expect(Math.abs(answer.LastModified!.getTime() - Date.now())).toBeLessThan(60_000);
    expect(answer.VersionId).toBeUndefined();
  });

  it('keeps an empty object, and tells its default type', async () => {
    await put('empty', '');
    expect(await get('empty')).toMatchObject({ ContentLength: 0, ContentType: 'application/octet-stream', ETag: `"${md5('')}"` });
    expect(await text('empty')).toBe('');
    expect(await codeOf(text('empty', { Range: 'bytes=0-' }))).toBe('InvalidRange');
  });

  it('stores a stream of several megabytes byte for byte', async () => {
    const body = randomBytes(5 * 1024 * 1024 + 13);
    await put('stream', Readable.from(split(body, 40_000)), { ContentLength: body.length });
    const received = await (await get('stream')).Body!.transformToByteArray();
    expect(md5(Buffer.from(received))).toBe(md5(body));
  });

  it('tells a missing key from a missing bucket', async () => {
    expect(await codeOf(get('nowhere'))).toBe('NoSuchKey');
    expect(await codeOf(world.client.send(new GetObjectCommand({ Bucket: 'no-bucket', Key: 'k' })))).toBe('NoSuchBucket');
    expect(await codeOf(world.client.send(new HeadObjectCommand({ Bucket: 'plain', Key: 'nowhere' })))).toBe('NotFound');
  });

  it('lets the asker choose the headers of the answer', async () => {
    await put('override', 'x', { ContentType: 'text/plain' });
    const answer = await get('override', {
      ResponseContentType: 'text/csv',
      ResponseContentDisposition: 'attachment; filename="laporan.csv"',
    });
    expect(answer).toMatchObject({ ContentType: 'text/csv', ContentDisposition: 'attachment; filename="laporan.csv"' });
  });

  it('refuses what it would silently lose', async () => {
    expect(await codeOf(put('sse', 'x', { ServerSideEncryption: 'aws:kms' }))).toBe('NotImplemented');
    expect(await codeOf(put('lock', 'x', { ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: new Date() }))).toBe('NotImplemented');
    expect(await codeOf(put('class', 'x', { StorageClass: 'CHEAP' as StorageClass }))).toBe('InvalidStorageClass');
    expect(await codeOf(put('meta', 'x', { Metadata: { long: 'x'.repeat(2048) } }))).toBe('MetadataTooLarge');
    expect(await codeOf(get('meta'))).toBe('NoSuchKey');
  });
});

describe('keys', () => {
  const keys = [
    '../../etc/passwd',
    '..',
    './a',
    '%2f%2e%2e%2f',
    'a//b///c',
    '/leading',
    'trailing/',
    'ünïcödé/日本語/😀.log',
    "blank and + plus & 'quotes' (x)*!~$,;=:@",
    'tab\tand\nnewline',
    'back\\slash',
    `${'k'.repeat(1018)}/😀a`,
  ];

  it.each(keys)('%j is just a key', async (key) => {
    const body = `body of ${key}`;
    await put(key, body);
    expect(await text(key)).toBe(body);
    const { CopyObjectResult } = await world.client.send(
      new CopyObjectCommand({ Bucket: 'plain', Key: 'copy-of-odd', CopySource: `plain/${encodeURIComponent(key)}` }),
    );
    expect(CopyObjectResult?.ETag).toBe(`"${md5(body)}"`);
    await world.client.send(new DeleteObjectsCommand({ Bucket: 'plain', Delete: { Objects: [{ Key: key }] } }));
    expect(await codeOf(get(key))).toBe('NoSuchKey');
  });

  it('says so when a key is longer than 1024 bytes', async () => {
    expect(await codeOf(put('é'.repeat(513), 'x'))).toBe('KeyTooLongError');
  });
});

describe('ranges and conditions', () => {
  const body = '0123456789';
  beforeAll(async () => {
    await put('digits', body);
  });

  it.each([
    ['bytes=0-0', '0', 'bytes 0-0/10'],
    ['bytes=2-5', '2345', 'bytes 2-5/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=-99', body, 'bytes 0-9/10'],
    ['bytes=8-99', '89', 'bytes 8-9/10'],
  ])('%s', async (Range, expected, ContentRange) => {
    const answer = await get('digits', { Range });
    expect(await answer.Body!.transformToString()).toBe(expected);
    expect(answer).toMatchObject({ ContentRange, ContentLength: expected.length });
    expect(await world.client.send(new HeadObjectCommand({ Bucket: 'plain', Key: 'digits', Range }))).toMatchObject({
      ContentLength: expected.length,
    });
  });

  it.each(['bytes=0-1,4-5', 'bytes=5-2', 'lines=1-2', 'bytes=-', 'bytes=a-b'])('%s gives the whole', async (Range) => {
    const answer = await get('digits', { Range });
    expect(answer.ContentRange).toBeUndefined();
    expect(await answer.Body!.transformToString()).toBe(body);
  });

  it.each(['bytes=10-', 'bytes=10-20', 'bytes=-0'])('%s cannot be satisfied', async (Range) => {
    expect(await codeOf(get('digits', { Range }))).toBe('InvalidRange');
  });

  it('answers conditional reads as HTTP says', async () => {
    const { ETag, LastModified } = await get('digits');
    const [before, after] = [new Date(LastModified!.getTime() - 1000), new Date(LastModified!.getTime() + 1000)];
    const status = async (more: Partial<GetObjectCommandInput>) => {
      try {
        return (await get('digits', more)).$metadata.httpStatusCode;
      } catch (error) {
        return (error as { $metadata: { httpStatusCode: number } }).$metadata.httpStatusCode;
      }
    };
    expect(await status({ IfMatch: ETag })).toBe(200);
    expect(await status({ IfMatch: '"other"' })).toBe(412);
    expect(await status({ IfNoneMatch: ETag })).toBe(304);
    expect(await status({ IfNoneMatch: '"other"' })).toBe(200);
    expect(await status({ IfModifiedSince: LastModified })).toBe(304);
    expect(await status({ IfModifiedSince: before })).toBe(200);
    expect(await status({ IfUnmodifiedSince: before })).toBe(412);
    expect(await status({ IfUnmodifiedSince: LastModified })).toBe(200);
    expect(await status({ IfMatch: ETag, IfUnmodifiedSince: before })).toBe(200);
    expect(await status({ IfNoneMatch: '"other"', IfModifiedSince: after })).toBe(200);
  });

  it('writes only under the conditions that were asked for', async () => {
    const { ETag } = await put('once', '1', { IfNoneMatch: '*' });
    expect(await codeOf(put('once', '2', { IfNoneMatch: '*' }))).toBe('PreconditionFailed');
    expect(await codeOf(put('once', '2', { IfMatch: '"other"' }))).toBe('PreconditionFailed');
    await put('once', '2', { IfMatch: ETag });
    expect(await text('once')).toBe('2');
    expect(await codeOf(put('never', '1', { IfMatch: ETag }))).toBe('NoSuchKey');
  });

  it('lets exactly one of many writers create a key', async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, (_, index) => codeOf(put('race', String(index), { IfNoneMatch: '*' }))));
    expect(outcomes.toSorted()).toEqual([...Array<string>(19).fill('PreconditionFailed'), 'no error']);
  });
});

describe('checksums', () => {
  const known = {
    CRC32: 'y/Q5Jg==',
    CRC32C: '4waSgw==',
    CRC64NVME: 'rosUhgp5mIg=',
    SHA1: '98O8HYCOBHMq32eZZczDTKeuNEE=',
    SHA256: 'FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=',
  } as const;

  it.each(Object.entries(known))('%s is verified, kept and returned', async (name, value) => {
    const algorithm = name as keyof typeof known;
    const field = `Checksum${algorithm}` as const;
    expect(await put(`sum-${name}`, '123456789', { ChecksumAlgorithm: algorithm })).toMatchObject({ [field]: value });
    expect(await get(`sum-${name}`, { ChecksumMode: 'ENABLED' })).toMatchObject({ [field]: value, ChecksumType: 'FULL_OBJECT' });
    const wrong = Buffer.from(Buffer.from(value, 'base64').toReversed()).toString('base64');
    expect(await codeOf(put('wrong', '123456789', { [field]: wrong }))).toBe('BadDigest');
    expect(await codeOf(put('wrong', '123456789', { [field]: 'AAAA' }))).toBe('InvalidRequest');
    const streamed = await put(`streamed-${name}`, Readable.from(split(Buffer.from('123456789'), 4)), {
      ContentLength: 9,
      ChecksumAlgorithm: algorithm,
    });
    expect(streamed).toMatchObject({ [field]: value });
    expect(await codeOf(get('wrong'))).toBe('NoSuchKey');
  });

  it('computes CRC64NVME when the client states none', async () => {
    const silent = world.clientOf('OPERATOR', { requestChecksumCalculation: 'WHEN_REQUIRED' });
    const answer = await silent.send(new PutObjectCommand({ Bucket: 'plain', Key: 'unasked', Body: '123456789' }));
    expect(answer.ChecksumCRC64NVME).toBe(known.CRC64NVME);
  });

  it('does not pretend to verify what it cannot', async () => {
    for (const algorithm of [ChecksumAlgorithm.SHA512, ChecksumAlgorithm.MD5]) {
      expect(await codeOf(put('unknown', 'x', { [`Checksum${algorithm}`]: 'AAAA' }))).toBe('NotImplemented');
    }
  });

  it('verifies Content-MD5', async () => {
    const right = createHash('md5').update('body').digest('base64');
    const wrong = createHash('md5').update('other').digest('base64');
    await put('md5', 'body', { ContentMD5: right });
    expect(await codeOf(put('md5', 'body', { ContentMD5: wrong }))).toBe('BadDigest');
    expect(await codeOf(put('md5', 'body', { ContentMD5: 'nonsense' }))).toBe('InvalidDigest');
  });
});

describe('versions', () => {
  const bucket = { Bucket: 'versioned' };

  it('keeps every version, hides them behind a marker, and uncovers them again', async () => {
    const client = world.client;
    const target = { ...bucket, Key: 'doc' };
    const first = await client.send(new PutObjectCommand({ ...target, Body: 'one' }));
    const second = await client.send(new PutObjectCommand({ ...target, Body: 'two' }));
    expect(first.VersionId).not.toBe(second.VersionId);
    const read = async (VersionId?: string) =>
      (await client.send(new GetObjectCommand({ ...target, ...(VersionId === undefined ? {} : { VersionId }) }))).Body!.transformToString();
    expect(await read()).toBe('two');
    expect(await read(first.VersionId)).toBe('one');

    const hidden = await client.send(new DeleteObjectCommand(target));
    expect(hidden).toMatchObject({ DeleteMarker: true });
    expect(await codeOf(read())).toBe('NoSuchKey');
    expect(await codeOf(read(hidden.VersionId))).toBe('MethodNotAllowed');
    expect(await codeOf(read('unknown'))).toBe('NoSuchVersion');
    const { Versions, DeleteMarkers } = await client.send(new ListObjectVersionsCommand({ ...bucket, Prefix: 'doc' }));
    expect(Versions?.map((version) => [version.VersionId, version.IsLatest])).toEqual([
      [second.VersionId, false],
      [first.VersionId, false],
    ]);
    expect(DeleteMarkers).toMatchObject([{ VersionId: hidden.VersionId, IsLatest: true, Key: 'doc' }]);

    await client.send(new DeleteObjectCommand({ ...target, VersionId: hidden.VersionId }));
    expect(await read()).toBe('two');
    await client.send(new DeleteObjectCommand({ ...target, VersionId: second.VersionId }));
    expect(await read()).toBe('one');
    await client.send(new DeleteObjectCommand({ ...target, VersionId: first.VersionId }));
    expect(await codeOf(read())).toBe('NoSuchKey');
  });

  it('replaces only the version without an id once versioning is suspended', async () => {
    const client = world.client;
    const target = { Bucket: 'plain', Key: 'suspended' };
    await client.send(new PutObjectCommand({ ...target, Body: 'before' }));
    await client.send(new PutBucketVersioningCommand({ Bucket: 'plain', VersioningConfiguration: { Status: 'Enabled' } }));
    const kept = await client.send(new PutObjectCommand({ ...target, Body: 'kept' }));
    await client.send(new PutBucketVersioningCommand({ Bucket: 'plain', VersioningConfiguration: { Status: 'Suspended' } }));
    await client.send(new PutObjectCommand({ ...target, Body: 'after' }));
    const { Versions } = await client.send(new ListObjectVersionsCommand({ Bucket: 'plain', Prefix: 'suspended' }));
    expect(Versions?.map((version) => version.VersionId)).toEqual(['null', kept.VersionId]);
    expect(await text('suspended', { VersionId: 'null' })).toBe('after');
    const { DeleteMarker, VersionId } = await client.send(new DeleteObjectCommand(target));
    expect([DeleteMarker, VersionId]).toEqual([true, undefined]);
    expect(await codeOf(get('suspended'))).toBe('NoSuchKey');
    expect(await text('suspended', { VersionId: kept.VersionId })).toBe('kept');
  });
});

describe('deleting many', () => {
  it('answers key by key, and succeeds for what is not there', async () => {
    await put('many/1', 'x');
    await put('many/2', 'x');
    const Objects = ['many/1', 'many/2', 'many/never & <odd>'].map((Key) => ({ Key }));
    const { Deleted, Errors } = await world.client.send(new DeleteObjectsCommand({ Bucket: 'versioned', Delete: { Objects } }));
    expect(Deleted?.map(({ Key, DeleteMarker }) => [Key, DeleteMarker])).toEqual(Objects.map(({ Key }) => [Key, true]));
    expect(Errors).toBeUndefined();
    const quiet = await world.client.send(new DeleteObjectsCommand({ Bucket: 'versioned', Delete: { Objects, Quiet: true } }));
    expect(quiet.Deleted).toBeUndefined();
    expect(await codeOf(world.client.send(new DeleteObjectsCommand({ Bucket: 'plain', Delete: { Objects: [] } })))).toBe('MalformedXML');
  });

  it('takes a thousand at once, not more', async () => {
    const Objects = Array.from({ length: 1000 }, (_, index) => ({ Key: `thousand/${index}` }));
    const { Deleted } = await world.client.send(new DeleteObjectsCommand({ Bucket: 'versioned', Delete: { Objects } }));
    expect(Deleted).toHaveLength(1000);
    const tooMany = { Objects: [...Objects, { Key: 'one more' }] };
    expect(await codeOf(world.client.send(new DeleteObjectsCommand({ Bucket: 'versioned', Delete: tooMany })))).toBe('MalformedXML');
  });
});

describe('copying', () => {
  it('copies content, and metadata unless it is replaced', async () => {
    await put('source', 'content', { ContentType: 'text/plain', Metadata: { a: '1' }, Tagging: 'team=wallet' });
    const copy = (more: object) =>
      world.client.send(new CopyObjectCommand({ Bucket: 'versioned', Key: 'target', CopySource: '/plain/source', ...more }));
    const head = () => world.client.send(new HeadObjectCommand({ Bucket: 'versioned', Key: 'target' }));
    expect(await copy({})).toMatchObject({ CopyObjectResult: { ETag: `"${md5('content')}"` } });
    expect(await head()).toMatchObject({ ContentType: 'text/plain', Metadata: { a: '1' }, TagCount: 1 });
    await copy({ MetadataDirective: 'REPLACE', TaggingDirective: 'REPLACE', Metadata: { b: '2' }, ContentType: 'text/csv' });
    const replaced = await head();
    expect(replaced).toMatchObject({ ContentType: 'text/csv', Metadata: { b: '2' } });
    expect(replaced.TagCount).toBeUndefined();
    await copy({ ChecksumAlgorithm: 'SHA256' });
    const summed = await world.client.send(new HeadObjectCommand({ Bucket: 'versioned', Key: 'target', ChecksumMode: 'ENABLED' }));
    expect(summed.ChecksumSHA256).toBe(createHash('sha256').update('content').digest('base64'));
  });

  it('copies a version, under conditions, and never onto itself for nothing', async () => {
    const { client } = world;
    const { VersionId, ETag } = await client.send(new PutObjectCommand({ Bucket: 'versioned', Key: 'v', Body: 'old' }));
    await client.send(new PutObjectCommand({ Bucket: 'versioned', Key: 'v', Body: 'new' }));
    const copied = await client.send(
      new CopyObjectCommand({ Bucket: 'plain', Key: 'from-version', CopySource: `versioned/v?versionId=${VersionId}` }),
    );
    expect(copied.CopySourceVersionId).toBe(VersionId);
    expect(await text('from-version')).toBe('old');
    const self = { Bucket: 'plain', Key: 'from-version', CopySource: 'plain/from-version' };
    expect(await codeOf(client.send(new CopyObjectCommand(self)))).toBe('InvalidRequest');
    await client.send(new CopyObjectCommand({ ...self, MetadataDirective: 'REPLACE', Metadata: { touched: 'yes' } }));
    expect(await get('from-version')).toMatchObject({ Metadata: { touched: 'yes' } });
    expect(await codeOf(client.send(new CopyObjectCommand({ ...self, Key: 'x', CopySourceIfNoneMatch: ETag })))).toBe('PreconditionFailed');
    expect(await codeOf(client.send(new CopyObjectCommand({ ...self, Key: 'x', CopySource: 'plain/nowhere' })))).toBe('NoSuchKey');
    expect(await codeOf(client.send(new CopyObjectCommand({ ...self, Key: 'x', CopySource: 'nonsense' })))).toBe('InvalidArgument');
  });

  it('outlives its source', async () => {
    const body = randomBytes(300_000);
    await put('short-lived', body);
    await world.client.send(new CopyObjectCommand({ Bucket: 'plain', Key: 'heir', CopySource: 'plain/short-lived' }));
    await world.client.send(new DeleteObjectCommand({ Bucket: 'plain', Key: 'short-lived' }));
    expect(md5(Buffer.from(await (await get('heir')).Body!.transformToByteArray()))).toBe(md5(body));
  });
});

describe('tags', () => {
  it('are put, counted, read and removed', async () => {
    const target = { Bucket: 'plain', Key: 'tagged' };
    await put('tagged', 'x', { Tagging: 'team=wallet&stage=it%20works' });
    const read = async () => (await world.client.send(new GetObjectTaggingCommand(target))).TagSet;
    expect(await read()).toEqual([
      { Key: 'team', Value: 'wallet' },
      { Key: 'stage', Value: 'it works' },
    ]);
    await world.client.send(new PutObjectTaggingCommand({ ...target, Tagging: { TagSet: [{ Key: '__proto__', Value: 'é + ü' }] } }));
    expect(await read()).toEqual([{ Key: '__proto__', Value: 'é + ü' }]);
    await world.client.send(new DeleteObjectTaggingCommand(target));
    expect(await read()).toEqual([]);
    const eleven = Array.from({ length: 11 }, (_, index) => ({ Key: `k${index}`, Value: '' }));
    expect(await codeOf(world.client.send(new PutObjectTaggingCommand({ ...target, Tagging: { TagSet: eleven } })))).toBe('InvalidTag');
    expect(await codeOf(put('tagged', 'x', { Tagging: 'a=1&a=2' }))).toBe('InvalidTag');
  });
});

function* split(body: Buffer, bytes: number): Generator<Buffer> {
  for (let at = 0; at < body.length; at += bytes) yield body.subarray(at, at + bytes);
}
