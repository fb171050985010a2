/**
 * The real AWS command line against the local S3. Where it is not installed, these tests show as skipped.
 */
import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operatorKeys, raw, s3World } from './s3-harness.ts';
import type { S3World } from './s3-harness.ts';

const run = promisify(execFile);
const isInstalled = await run('aws', ['--version']).then(
  () => true,
  () => false,
);

describe.skipIf(!isInstalled)('the AWS command line (skipped where `aws` is not on the PATH)', () => {
  let world: S3World;
  let folder: string;
  beforeAll(async () => {
    world = await s3World();
    folder = mkdtempSync(join(tmpdir(), 's3-cli-'));
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await world[Symbol.asyncDispose]();
  });

  const aws = async (...words: string[]) => {
    const env = {
      PATH: process.env['PATH'],
      HOME: folder,
      AWS_ACCESS_KEY_ID: operatorKeys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: operatorKeys.secretAccessKey,
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_PAGER: '',
    };
    const { stdout } = await run('aws', ['--endpoint-url', world.server.url, ...words], { env, maxBuffer: 16 * 1024 ** 2 });
    return stdout;
  };
  const sha256 = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

  it('makes buckets, and copies, lists, moves and removes', async () => {
    const [local, back] = [join(folder, 'hello ü+1.txt'), join(folder, 'back.txt')];
    writeFileSync(local, 'hello');
    expect(await aws('s3', 'mb', 's3://made-here')).toContain('make_bucket: made-here');
    await aws('s3', 'cp', local, 's3://made-here/a/');
    expect(await aws('s3', 'ls', 's3://made-here/')).toMatch(/PRE a\//);
    expect(await aws('s3', 'ls', 's3://made-here/a/')).toMatch(/5 hello ü\+1\.txt/);
    await aws('s3', 'mv', 's3://made-here/a/hello ü+1.txt', 's3://made-here/b');
    await aws('s3', 'cp', 's3://made-here/b', back);
    expect(readFileSync(back, 'utf8')).toBe('hello');
    expect(await aws('s3', 'cp', 's3://made-here/b', '-')).toBe('hello');
    await aws('s3', 'rm', 's3://made-here/b');
    await aws('s3', 'rb', 's3://made-here');
    expect(await aws('s3', 'ls')).not.toContain('made-here');
  });

  it('sends and fetches a file in many parts', async () => {
    const [local, back] = [join(folder, 'big'), join(folder, 'big-back')];
    writeFileSync(local, randomBytes(50 * 1024 ** 2 + 7));
    await aws('s3', 'cp', '--only-show-errors', local, 's3://versioned/big');
    const head = JSON.parse(await aws('s3api', 'head-object', '--bucket', 'versioned', '--key', 'big')) as {
      ETag: string;
      ContentLength: number;
    };
    expect(head).toMatchObject({ ContentLength: 50 * 1024 ** 2 + 7, ETag: expect.stringMatching(/-7"$/) as string });
    await aws('s3', 'cp', '--only-show-errors', 's3://versioned/big', back);
    expect(sha256(back)).toBe(sha256(local));
    await aws('s3', 'cp', '--only-show-errors', 's3://versioned/big', 's3://plain/big-copy');
    await aws('s3', 'cp', '--only-show-errors', 's3://plain/big-copy', back);
    expect(sha256(back)).toBe(sha256(local));
  });

  it('keeps a folder in step, page after page, and empties it again', async () => {
    const [from, to] = [join(folder, 'from'), join(folder, 'to')];
    for (let index = 0; index < 120; index++) {
      const sub = join(from, `d${index % 7}`, `ü ${index % 3}`);
      mkdirSync(sub, { recursive: true });
      writeFileSync(join(sub, `${index} &.log`), `line ${index}\n`);
    }
    await aws('s3', 'sync', '--only-show-errors', from, 's3://plain/tree');
    expect((await aws('s3', 'ls', '--recursive', '--page-size', '50', 's3://plain/tree/')).trim().split('\n')).toHaveLength(120);
    await aws('s3', 'sync', '--only-show-errors', 's3://plain/tree', to);
    expect(new Set(readdirSync(to, { recursive: true, encoding: 'utf8' }))).toEqual(
      new Set(readdirSync(from, { recursive: true, encoding: 'utf8' })),
    );
    expect(await aws('s3', 'sync', from, 's3://plain/tree')).toBe('');
    rmSync(join(from, 'd0'), { recursive: true });
    await aws('s3', 'sync', '--only-show-errors', '--delete', from, 's3://plain/tree');
    expect(await aws('s3api', 'list-objects-v2', '--bucket', 'plain', '--prefix', 'tree/d0/', '--query', 'Contents')).toContain('null');
    await aws('s3', 'rm', '--recursive', '--only-show-errors', 's3://plain/tree');
    expect(await aws('s3api', 'list-objects-v2', '--bucket', 'plain', '--prefix', 'tree/', '--query', 'Contents')).toContain('null');
  });

  it('presigns, and asks for this and that', async () => {
    const local = join(folder, 'signed.txt');
    writeFileSync(local, 'signed');
    const put = await aws(
      's3api',
      'put-object',
      '--bucket',
      'versioned',
      '--key',
      'signed',
      '--body',
      local,
      '--metadata',
      'a=b',
      '--checksum-algorithm',
      'SHA256',
    );
    expect(JSON.parse(put)).toMatchObject({
      ChecksumSHA256: createHash('sha256').update('signed').digest('base64'),
      VersionId: expect.any(String) as string,
    });
    // For us-east-1 version 1 of the command line still presigns with Signature Version 2.
    for (const region of ['us-east-1', 'ap-southeast-3']) {
      const url = (await aws('s3', 'presign', 's3://versioned/signed', '--expires-in', '60', '--region', region)).trim();
      expect(await raw(url)).toMatchObject({ status: 200, body: 'signed' });
      expect(await raw(url, { method: 'DELETE' })).toMatchObject({ status: 403 });
      await world.server.setClockOffset(62_000);
      const expired = await raw(url);
      await world.server.setClockOffset(0);
      expect(expired).toMatchObject({ status: 403, body: expect.stringContaining('Request has expired') as string });
    }
    expect(
      await aws('s3api', 'get-object', '--bucket', 'versioned', '--key', 'signed', '--range', 'bytes=1-3', join(folder, 'range')),
    ).toContain('bytes 1-3/6');
    expect(await aws('s3api', 'list-object-versions', '--bucket', 'versioned', '--prefix', 'signed')).toContain('"IsLatest": true');
    expect(await aws('s3api', 'get-bucket-versioning', '--bucket', 'versioned')).toContain('Enabled');
    await expect(aws('s3api', 'get-bucket-acl', '--bucket', 'plain')).rejects.toThrow(/NotImplemented[^]*GetBucketAcl is not implemented/);
    await expect(aws('s3', 'cp', 's3://plain/nowhere', '-')).rejects.toThrow(/404/);
  });
});
