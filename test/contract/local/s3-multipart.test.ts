import { createHash, randomBytes } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import type { CompletedPart, CreateMultipartUploadCommandInput, UploadPartCommandInput } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checksumAlgorithms, createDigest } from '#infra/local/s3/checksums.ts';
import { codeOf, eventually, s3World } from './s3-harness.ts';
import type { S3World } from './s3-harness.ts';

const mib = 1024 ** 2;
/** Smaller contents are kept in the database, where a test cannot look while the server runs. */
const fileBytes = 20 * 1024;
let world: S3World;
beforeAll(async () => {
  world = await s3World();
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

const md5 = (body: Uint8Array) => createHash('md5').update(body).digest();
const begin = async (Key: string, more: Partial<CreateMultipartUploadCommandInput> = {}) => {
  const target = { Bucket: 'plain', Key };
  const { UploadId } = await world.client.send(new CreateMultipartUploadCommand({ ...target, ...more }));
  return { ...target, UploadId };
};
type Target = Awaited<ReturnType<typeof begin>> & Partial<Pick<UploadPartCommandInput, 'ChecksumAlgorithm' | 'ChecksumCRC32'>>;
const uploadPart = async (target: Target, PartNumber: number, Body: Uint8Array): Promise<CompletedPart> => {
  const {
    $metadata: _,
    ServerSideEncryption: __,
    ...answer
  } = await world.client.send(new UploadPartCommand({ ...target, PartNumber, Body }));
  return { PartNumber, ...answer };
};
const complete = (target: Target, Parts: CompletedPart[], more: object = {}) =>
  world.client.send(new CompleteMultipartUploadCommand({ ...target, MultipartUpload: { Parts }, ...more }));
const read = async (Key: string, more: object = {}) =>
  Buffer.from(await (await world.client.send(new GetObjectCommand({ Bucket: 'plain', Key, ...more }))).Body!.transformToByteArray());

describe('an upload in parts', () => {
  const pieces = [randomBytes(5 * mib), randomBytes(6 * mib + 1), randomBytes(3)];
  const whole = Buffer.concat(pieces);

  it('becomes one object whose ranges and parts can be read', async () => {
    const target = await begin('parts', { ChecksumAlgorithm: 'CRC32', ContentType: 'text/plain', Metadata: { a: 'b' }, Tagging: 'x=y' });
    // Out of order, and one of them twice: the last one counts.
    const parts = [await uploadPart(target, 30, pieces[2]!), await uploadPart(target, 1, randomBytes(10))];
    parts[1] = await uploadPart(target, 1, pieces[0]!);
    parts.push(await uploadPart(target, 7, pieces[1]!));
    const done = await complete(target, [parts[1], parts[2]!, parts[0]!]);
    const etag = `"${createHash('md5')
      .update(Buffer.concat(pieces.map(md5)))
      .digest('hex')}-3"`;
    expect(done.ETag).toBe(etag);
    expect((await read('parts')).equals(whole)).toBe(true);
    const across = { start: 5 * mib - 100, end: 11 * mib + 2 };
    expect(
      (await read('parts', { Range: `bytes=${across.start}-${across.end - 1}` })).equals(whole.subarray(across.start, across.end)),
    ).toBe(true);
    expect((await read('parts', { Range: `bytes=-2` })).equals(whole.subarray(-2))).toBe(true);
    const second = await world.client.send(
      new HeadObjectCommand({ Bucket: 'plain', Key: 'parts', PartNumber: 2, ChecksumMode: 'ENABLED' }),
    );
    expect(second).toMatchObject({
      ContentLength: pieces[1]!.length,
      PartsCount: 3,
      ContentRange: `bytes ${5 * mib}-${11 * mib}/${whole.length}`,
    });
    expect(second).toMatchObject({
      ChecksumCRC32: parts[2]!.ChecksumCRC32,
      ETag: etag,
      ContentType: 'text/plain',
      Metadata: { a: 'b' },
      TagCount: 1,
    });
    expect((await read('parts', { PartNumber: 3 })).equals(pieces[2]!)).toBe(true);
    expect(await codeOf(read('parts', { PartNumber: 4 }))).toBe('InvalidPartNumber');
    expect(await codeOf(complete(target, parts))).toBe('NoSuchUpload');
  });

  it('leaves only the files of its parts behind, and none when aborted', async () => {
    await using own = await s3World();
    const target = { Bucket: 'plain', Key: 'k' };
    const { UploadId } = await own.client.send(new CreateMultipartUploadCommand(target));
    const part = (PartNumber: number, bytes: number) =>
      own.client.send(new UploadPartCommand({ ...target, UploadId, PartNumber, Body: randomBytes(bytes) }));
    const [first] = [await part(1, fileBytes), await part(2, fileBytes), await part(1, fileBytes), await part(3, 0)];
    expect(first.ETag).toBeDefined();
    await eventually(() => own.contentFiles().length === 2);
    await own.client.send(new AbortMultipartUploadCommand({ ...target, UploadId }));
    await eventually(() => own.contentFiles().length === 0);
    expect(await codeOf(own.client.send(new AbortMultipartUploadCommand({ ...target, UploadId })))).toBe('NoSuchUpload');
    expect(await codeOf(own.client.send(new UploadPartCommand({ ...target, UploadId, PartNumber: 1, Body: 'x' })))).toBe('NoSuchUpload');

    const again = await own.client.send(new CreateMultipartUploadCommand(target));
    const kept = await own.client.send(
      new UploadPartCommand({ ...target, UploadId: again.UploadId, PartNumber: 1, Body: randomBytes(fileBytes) }),
    );
    await own.client.send(new UploadPartCommand({ ...target, UploadId: again.UploadId, PartNumber: 2, Body: randomBytes(fileBytes) }));
    const Parts = [{ PartNumber: 1, ETag: kept.ETag }];
    await own.client.send(new CompleteMultipartUploadCommand({ ...target, UploadId: again.UploadId, MultipartUpload: { Parts } }));
    await eventually(() => own.contentFiles().length === 1);
  });

  it('refuses a wrong order, unknown parts, and parts that are too small', async () => {
    const target = await begin('refused');
    const [one, two] = [await uploadPart(target, 1, pieces[2]!), await uploadPart(target, 2, pieces[2]!)];
    expect(await codeOf(complete(target, [two, one]))).toBe('InvalidPartOrder');
    expect(await codeOf(complete(target, [one, one]))).toBe('InvalidPartOrder');
    expect(await codeOf(complete(target, [one, two]))).toBe('EntityTooSmall');
    expect(await codeOf(complete(target, [one, { ...two, PartNumber: 3 }]))).toBe('InvalidPart');
    expect(await codeOf(complete(target, [{ ...one, ETag: '"0123"' }]))).toBe('InvalidPart');
    expect(await codeOf(complete(target, [{ ...one, ChecksumCRC64NVME: 'AAAAAAAAAAA=' }]))).toBe('InvalidPart');
    expect(await codeOf(complete(target, []))).toBe('MalformedXML');
    expect(await codeOf(complete(target, [one], { MpuObjectSize: 99 }))).toBe('InvalidRequest');
    expect(await codeOf(uploadPart(target, 0, pieces[2]!))).toBe('InvalidArgument');
    expect(await codeOf(uploadPart(target, 10_001, pieces[2]!))).toBe('InvalidArgument');
    expect(await codeOf(uploadPart({ ...target, ChecksumCRC32: 'AAAAAA==' }, 1, pieces[2]!))).toBe('BadDigest');
    // After all that the upload is as it was.
    expect((await complete(target, [one])).ETag).toMatch(/-1"$/);
  });

  it('is written only under the condition of its completion', async () => {
    await world.client.send(new PutObjectCommand({ Bucket: 'plain', Key: 'taken', Body: 'x' }));
    const target = await begin('taken');
    const part = await uploadPart(target, 1, pieces[2]!);
    expect(await codeOf(complete(target, [part], { IfNoneMatch: '*' }))).toBe('PreconditionFailed');
    await complete(target, [part]);
    expect((await read('taken')).equals(pieces[2]!)).toBe(true);
  });
});

describe('checksums of an upload in parts', () => {
  const pieces = [randomBytes(5 * mib), randomBytes(1234)];
  const digestOf = (algorithm: (typeof checksumAlgorithms)[number], ...bodies: Uint8Array[]) => {
    const digest = createDigest(algorithm);
    for (const body of bodies) digest.update(body);
    return digest.digest();
  };
  const cases = [
    ...checksumAlgorithms.filter((each) => each !== 'CRC64NVME').map((algorithm) => ({ algorithm, type: 'COMPOSITE' as const })),
    ...(['CRC32', 'CRC32C', 'CRC64NVME'] as const).map((algorithm) => ({ algorithm, type: 'FULL_OBJECT' as const })),
  ];

  it.each(cases)('$algorithm, $type', async ({ algorithm, type }) => {
    const Key = `sum-${algorithm}-${type}`;
    const target = await begin(Key, { ChecksumAlgorithm: algorithm, ChecksumType: type });
    const parts = [
      await uploadPart({ ...target, ChecksumAlgorithm: algorithm }, 1, pieces[0]!),
      await uploadPart({ ...target, ChecksumAlgorithm: algorithm }, 2, pieces[1]!),
    ];
    const field = `Checksum${algorithm}`;
    const composite = digestOf(algorithm, ...pieces.map((piece) => digestOf(algorithm, piece)));
    const expected = type === 'COMPOSITE' ? `${composite.toString('base64')}-2` : digestOf(algorithm, ...pieces).toString('base64');
    expect(await codeOf(complete(target, parts, { [field]: digestOf(algorithm, Buffer.from('other')).toString('base64') }))).toBe(
      'BadDigest',
    );
    expect(await complete(target, parts, { [field]: expected })).toMatchObject({ [field]: expected, ChecksumType: type });
    const head = await world.client.send(new HeadObjectCommand({ Bucket: 'plain', Key, ChecksumMode: 'ENABLED' }));
    expect(head).toMatchObject({ [field]: expected, ChecksumType: type });
    // The SDK verifies what it downloads.
    expect((await read(Key, { ChecksumMode: 'ENABLED' })).equals(Buffer.concat(pieces))).toBe(true);
    const { CopyObjectResult } = await world.client.send(
      new CopyObjectCommand({ Bucket: 'plain', Key: 'copied', CopySource: `plain/${Key}` }),
    );
    expect(CopyObjectResult).toMatchObject({
      ETag: `"${md5(Buffer.concat(pieces)).toString('hex')}"`,
      [field]: digestOf(algorithm, ...pieces).toString('base64'),
    });
  });

  it('are of the type that the algorithm allows', async () => {
    expect(await codeOf(begin('k', { ChecksumAlgorithm: 'CRC64NVME', ChecksumType: 'COMPOSITE' }))).toBe('InvalidRequest');
    expect(await codeOf(begin('k', { ChecksumAlgorithm: 'SHA256', ChecksumType: 'FULL_OBJECT' }))).toBe('InvalidRequest');
  });
});

describe('copying into parts', () => {
  it('takes the parts of a source as they are', async () => {
    const pieces = [randomBytes(5 * mib), randomBytes(100)];
    const source = await begin('in-parts');
    await complete(source, [await uploadPart(source, 1, pieces[0]!), await uploadPart(source, 2, pieces[1]!)]);
    const target = await begin('same-parts');
    const copy = async (PartNumber: number, CopySourceRange: string): Promise<CompletedPart> => {
      const command = new UploadPartCopyCommand({ ...target, PartNumber, CopySource: 'plain/in-parts', CopySourceRange });
      const { CopyPartResult } = await world.client.send(command);
      return { PartNumber, ETag: CopyPartResult?.ETag };
    };
    const parts = [await copy(1, `bytes=0-${5 * mib - 1}`), await copy(2, `bytes=${5 * mib}-${5 * mib + 99}`)];
    expect(parts.map(({ ETag }) => ETag)).toEqual(pieces.map((piece) => `"${md5(piece).toString('hex')}"`));
    await complete(target, parts);
    await world.client.send(new DeleteObjectCommand({ Bucket: 'plain', Key: 'in-parts' }));
    expect((await read('same-parts')).equals(Buffer.concat(pieces))).toBe(true);
  });

  it('takes ranges of a source', async () => {
    const body = randomBytes(7 * mib);
    await world.client.send(new PutObjectCommand({ Bucket: 'versioned', Key: 'src', Body: body }));
    const target = await begin('assembled');
    const copy = async (PartNumber: number, CopySourceRange?: string): Promise<CompletedPart> => {
      const command = new UploadPartCopyCommand({
        ...target,
        PartNumber,
        CopySource: 'versioned/src',
        ...(CopySourceRange ? { CopySourceRange } : {}),
      });
      const { CopyPartResult } = await world.client.send(command);
      return { PartNumber, ETag: CopyPartResult?.ETag };
    };
    const parts = [await copy(1), await copy(2, `bytes=1-${6 * mib}`), await copy(3, 'bytes=0-9')];
    await complete(target, parts);
    const expected = Buffer.concat([body, body.subarray(1, 6 * mib + 1), body.subarray(0, 10)]);
    expect((await read('assembled')).equals(expected)).toBe(true);
    const other = await begin('assembled');
    const failing = (CopySourceRange: string) =>
      codeOf(world.client.send(new UploadPartCopyCommand({ ...other, PartNumber: 1, CopySource: 'versioned/src', CopySourceRange })));
    expect(await failing(`bytes=0-${7 * mib}`)).toBe('InvalidRange');
    expect(await failing('bytes=5-')).toBe('InvalidArgument');
    await world.client.send(new AbortMultipartUploadCommand(other));
  });
});

describe('listing uploads and their parts', () => {
  it('pages through both', async () => {
    await using own = await s3World();
    const { client } = own;
    const keys = ['a/1', 'a/1', 'a/2', 'b', 'c/1'];
    const ids: string[] = [];
    for (const Key of keys) ids.push((await client.send(new CreateMultipartUploadCommand({ Bucket: 'plain', Key }))).UploadId!);
    const found: string[] = [];
    let marker: { KeyMarker?: string | undefined; UploadIdMarker?: string | undefined } = {};
    for (let more = true; more;) {
      const page = await client.send(new ListMultipartUploadsCommand({ Bucket: 'plain', MaxUploads: 2, ...marker }));
      found.push(...(page.Uploads ?? []).map((upload) => `${upload.Key} ${upload.UploadId}`));
      marker = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
      more = page.IsTruncated === true;
    }
    // Two uploads of one key come in the order of their beginning, which the same millisecond leaves open.
    expect(found.toSorted()).toEqual(keys.map((key, index) => `${key} ${ids[index]}`).toSorted());
    expect(found.map((line) => line.split(' ')[0])).toEqual(keys);
    const rolled = await client.send(new ListMultipartUploadsCommand({ Bucket: 'plain', Delimiter: '/' }));
    expect([rolled.CommonPrefixes?.map(({ Prefix }) => Prefix), rolled.Uploads?.map(({ Key }) => Key)]).toEqual([['a/', 'c/'], ['b']]);

    const target = { Bucket: 'plain', Key: 'b', UploadId: ids[3] };
    for (const PartNumber of [3, 1, 2]) await client.send(new UploadPartCommand({ ...target, PartNumber, Body: 'x'.repeat(PartNumber) }));
    const first = await client.send(new ListPartsCommand({ ...target, MaxParts: 2 }));
    expect(first.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([
      [1, 1],
      [2, 2],
    ]);
    expect([first.IsTruncated, first.NextPartNumberMarker]).toEqual([true, '2']);
    const rest = await client.send(new ListPartsCommand({ ...target, PartNumberMarker: first.NextPartNumberMarker }));
    expect([rest.Parts?.map(({ PartNumber }) => PartNumber), rest.IsTruncated]).toEqual([[3], false]);
  });
});
