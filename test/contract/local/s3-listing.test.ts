import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetBucketLocationCommand,
  GetBucketVersioningCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectVersionsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import type {
  ListObjectVersionsCommandOutput,
  ListObjectsCommandOutput,
  ListObjectsV2CommandInput,
  ListObjectsV2CommandOutput,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, s3World } from './s3-harness.ts';
import type { S3World } from './s3-harness.ts';

/** In the order of their UTF-8 bytes, which is neither that of UTF-16 nor that of any language. */
const keys = ['A', 'a', 'a b+c', 'a/', 'a/1', 'a/2', 'a/b/3', 'a0', 'b/1', 'b/2', 'c', 'é', 'ｚ', '😀/1', '😀/2'];

let world: S3World;
beforeAll(async () => {
  world = await s3World();
  await Promise.all(keys.map((Key) => world.client.send(new PutObjectCommand({ Bucket: 'plain', Key, Body: Key }))));
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

const list = (input: Partial<ListObjectsV2CommandInput> = {}) => world.client.send(new ListObjectsV2Command({ Bucket: 'plain', ...input }));
const shown = ({ Contents = [], CommonPrefixes = [] }: Pick<ListObjectsV2CommandOutput, 'Contents' | 'CommonPrefixes'>) => ({
  keys: Contents.map(({ Key }) => Key),
  prefixes: CommonPrefixes.map(({ Prefix }) => Prefix),
});

describe('ListObjectsV2', () => {
  it('lists in the order of bytes, with sizes and ETags', async () => {
    const page = await list();
    expect(shown(page).keys).toEqual(keys.toSorted((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right))));
    expect(page).toMatchObject({ KeyCount: keys.length, MaxKeys: 1000, IsTruncated: false, Name: 'plain' });
    expect(page.Contents![0]).toMatchObject({ Key: 'A', Size: 1, ETag: '"7fc56270e7a70fa81a5935b72eacbe29"', StorageClass: 'STANDARD' });
  });

  it('narrows by prefix and rolls up by delimiter', async () => {
    expect(shown(await list({ Delimiter: '/' }))).toEqual({
      keys: ['A', 'a', 'a b+c', 'a0', 'c', 'é', 'ｚ'],
      prefixes: ['a/', 'b/', '😀/'],
    });
    expect(shown(await list({ Prefix: 'a/', Delimiter: '/' }))).toEqual({ keys: ['a/', 'a/1', 'a/2'], prefixes: ['a/b/'] });
    expect(shown(await list({ Prefix: 'a' })).keys).toEqual(['a', 'a b+c', 'a/', 'a/1', 'a/2', 'a/b/3', 'a0']);
    expect(shown(await list({ Prefix: 'nothing' }))).toEqual({ keys: [], prefixes: [] });
    expect(shown(await list({ Delimiter: 'b' }))).toMatchObject({ prefixes: ['a b', 'a/b', 'b'] });
  });

  it.each([1, 2, 3, 7])('pages of %i show everything once', async (MaxKeys) => {
    for (const narrowed of [{}, { Delimiter: '/' }, { Prefix: 'a', Delimiter: '/' }, { StartAfter: 'a/1' }]) {
      const all = shown(await list(narrowed));
      const seen: { keys: unknown[]; prefixes: unknown[] } = { keys: [], prefixes: [] };
      let ContinuationToken: string | undefined;
      do {
        const page: ListObjectsV2CommandOutput = await list({ ...narrowed, MaxKeys, ...(ContinuationToken ? { ContinuationToken } : {}) });
        expect(page.KeyCount).toBeLessThanOrEqual(MaxKeys);
        seen.keys.push(...shown(page).keys);
        seen.prefixes.push(...shown(page).prefixes);
        ContinuationToken = page.NextContinuationToken;
        expect(page.IsTruncated).toBe(ContinuationToken !== undefined);
      } while (ContinuationToken !== undefined);
      expect(seen).toEqual(all);
    }
  });

  it('starts after a key, encodes on request, and shows the owner on request', async () => {
    expect(shown(await list({ StartAfter: 'b/1' })).keys).toEqual(['b/2', 'c', 'é', 'ｚ', '😀/1', '😀/2']);
    const encoded = await list({ EncodingType: 'url', Prefix: 'a b', FetchOwner: true });
    expect(encoded).toMatchObject({ EncodingType: 'url', Prefix: 'a+b', Contents: [{ Key: 'a+b%2Bc', Owner: { ID: '123456789012' } }] });
    expect((await list({ MaxKeys: 0 })).KeyCount).toBe(0);
    expect((await list({ MaxKeys: 5000 })).MaxKeys).toBe(1000);
  });

  it('refuses arguments that make no sense', async () => {
    expect(await codeOf(list({ ContinuationToken: 'made-up' }))).toBe('InvalidArgument');
    expect(await codeOf(list({ MaxKeys: -1 }))).toBe('InvalidArgument');
    expect(await codeOf(list({ Bucket: 'no-bucket' }))).toBe('NoSuchBucket');
  });

  it('skips a folder of more than a page in one step', async () => {
    const many = Array.from({ length: 1_200 }, (_, index) => `folder/${index}`);
    for (let at = 0; at < many.length; at += 50) {
      await Promise.all(
        many.slice(at, at + 50).map((Key) => world.client.send(new PutObjectCommand({ Bucket: 'versioned', Key, Body: 'x' }))),
      );
    }
    await world.client.send(new PutObjectCommand({ Bucket: 'versioned', Key: 'last', Body: 'x' }));
    expect(shown(await list({ Bucket: 'versioned', Delimiter: '/', MaxKeys: 2 }))).toEqual({ keys: ['last'], prefixes: ['folder/'] });
    const counts: number[] = [];
    let ContinuationToken: string | undefined;
    do {
      const page: ListObjectsV2CommandOutput = await list({ Bucket: 'versioned', ...(ContinuationToken ? { ContinuationToken } : {}) });
      counts.push(page.KeyCount!);
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
    expect(counts).toEqual([1000, 201]);
  });
});

describe('ListObjects', () => {
  it('pages by marker, over rolled-up prefixes too', async () => {
    const all = shown(await world.client.send(new ListObjectsCommand({ Bucket: 'plain', Delimiter: '/' })));
    const seen: { keys: unknown[]; prefixes: unknown[] } = { keys: [], prefixes: [] };
    let Marker: string | undefined;
    do {
      const page: ListObjectsCommandOutput = await world.client.send(
        new ListObjectsCommand({ Bucket: 'plain', Delimiter: '/', MaxKeys: 2, ...(Marker === undefined ? {} : { Marker }) }),
      );
      seen.keys.push(...shown(page).keys);
      seen.prefixes.push(...shown(page).prefixes);
      Marker = page.NextMarker;
    } while (Marker !== undefined);
    expect(seen).toEqual(all);
    const plain = await world.client.send(new ListObjectsCommand({ Bucket: 'plain', MaxKeys: 2, Marker: 'a' }));
    expect([shown(plain).keys, plain.IsTruncated, plain.NextMarker]).toEqual([['a b+c', 'a/'], true, undefined]);
  });
});

describe('ListObjectVersions', () => {
  it('pages through versions and markers, newest first within a key', async () => {
    await using own = await s3World();
    const { client } = own;
    const target = (Key: string) => ({ Bucket: 'versioned', Key });
    for (const body of ['1', '2', '3']) await client.send(new PutObjectCommand({ ...target('k'), Body: body }));
    await client.send(new DeleteObjectCommand(target('k')));
    await client.send(new PutObjectCommand({ ...target('dir/x'), Body: '1' }));
    await client.send(new PutObjectCommand({ ...target('z'), Body: '1' }));
    const all = await client.send(new ListObjectVersionsCommand({ Bucket: 'versioned' }));
    expect(all.Versions?.map(({ Key, IsLatest }) => `${Key} ${IsLatest}`)).toEqual([
      'dir/x true',
      'k false',
      'k false',
      'k false',
      'z true',
    ]);
    expect(all.DeleteMarkers?.map(({ Key, IsLatest }) => `${Key} ${IsLatest}`)).toEqual(['k true']);
    const seen: (string | undefined)[] = [];
    let marker: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
    for (let more = true; more;) {
      const page: ListObjectVersionsCommandOutput = await client.send(
        new ListObjectVersionsCommand({ Bucket: 'versioned', MaxKeys: 1, ...marker }),
      );
      seen.push(
        ...(page.Versions ?? []).map(({ VersionId }) => VersionId),
        ...(page.DeleteMarkers ?? []).map(({ VersionId }) => VersionId),
      );
      marker = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
      more = page.IsTruncated === true;
    }
    const versionIds = all.Versions!.map(({ VersionId }) => VersionId);
    expect(seen).toEqual([versionIds[0], all.DeleteMarkers![0]!.VersionId, ...versionIds.slice(1)]);
    const rolled = await client.send(new ListObjectVersionsCommand({ Bucket: 'versioned', Delimiter: '/' }));
    expect(rolled.CommonPrefixes).toEqual([{ Prefix: 'dir/' }]);
  });
});

describe('buckets', () => {
  it('are created, found, listed and deleted when empty', async () => {
    const { client } = world;
    await client.send(
      new CreateBucketCommand({ Bucket: 'new-bucket', CreateBucketConfiguration: { LocationConstraint: 'ap-southeast-3' } }),
    );
    expect(await codeOf(client.send(new CreateBucketCommand({ Bucket: 'new-bucket' })))).toBe('BucketAlreadyOwnedByYou');
    expect((await client.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name)).toEqual(['new-bucket', 'plain', 'versioned']);
    expect(await client.send(new HeadBucketCommand({ Bucket: 'new-bucket' }))).toMatchObject({ BucketRegion: 'ap-southeast-3' });
    expect((await client.send(new GetBucketLocationCommand({ Bucket: 'new-bucket' }))).LocationConstraint).toBe('ap-southeast-3');
    expect((await client.send(new GetBucketVersioningCommand({ Bucket: 'new-bucket' }))).Status).toBeUndefined();
    expect((await client.send(new GetBucketVersioningCommand({ Bucket: 'versioned' }))).Status).toBe('Enabled');
    await client.send(new PutObjectCommand({ Bucket: 'new-bucket', Key: 'k', Body: 'x' }));
    expect(await codeOf(client.send(new DeleteBucketCommand({ Bucket: 'new-bucket' })))).toBe('BucketNotEmpty');
    await client.send(new DeleteObjectCommand({ Bucket: 'new-bucket', Key: 'k' }));
    await client.send(new DeleteBucketCommand({ Bucket: 'new-bucket' }));
    expect(await codeOf(client.send(new HeadBucketCommand({ Bucket: 'new-bucket' })))).toBe('NotFound');
  });

  it.each(['ab', 'Upper', 'under_score', '1.2.3.4', 'dash-.dot', 'x'.repeat(64)])('%s is no name for one', async (Bucket) => {
    expect(await codeOf(world.client.send(new CreateBucketCommand({ Bucket })))).toBe('InvalidBucketName');
  });
});
