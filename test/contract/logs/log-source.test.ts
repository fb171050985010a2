import { createServer, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import * as fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { seededChance } from '#test/fakes/chance.ts';
import { fakeLogBucket } from '#test/fakes/fake-log-bucket.ts';
import { sampleObject } from '#test/fakes/log-samples.ts';
import { limits } from '#shared/logs/limits.ts';
import type { ObjectVersion } from '#shared/logs/log-file.ts';
import type { LogSource } from '#shared/logs/ports.ts';
import { s3LogSource } from '#shared/logs/s3-log-source.ts';
import { s3World, type S3World } from '../local/s3-harness.ts';

const getBytes = 3_000;
const content = Buffer.from(seededChance(7).bytes(40_000));

let s3: S3World;
beforeAll(async () => {
  s3 = await s3World();
});
afterAll(() => s3[Symbol.asyncDispose]());

interface Bucket {
  readonly source: LogSource;
  put(content: Buffer): Promise<ObjectVersion>;
  remove(object: ObjectVersion): Promise<void>;
}

let puts = 0;

function inMemory(): Bucket {
  const bucket = fakeLogBucket();
  return {
    source: bucket,
    async put(bytes) {
      puts += 1;
      const object = sampleObject({ versionId: `v${puts}` });
      bucket.put(object, bytes);
      return object;
    },
    remove: async (object) => bucket.remove(object),
  };
}

function inS3(): Bucket {
  return {
    source: s3LogSource({ client: s3.client, chance: seededChance(), getBytes }),
    async put(bytes) {
      const key = 'folder/a b+c ü.log';
      const { VersionId = null, ETag = '' } = await s3.client.send(new PutObjectCommand({ Bucket: 'versioned', Key: key, Body: bytes }));
      return { bucket: 'versioned', key, versionId: VersionId, eTag: ETag.replaceAll('"', '') };
    },
    async remove({ bucket, key, versionId }) {
      await s3.client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId ?? undefined }));
    },
  };
}

async function bytesOf(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const copies: Buffer[] = [];
  for await (const chunk of chunks) copies.push(Buffer.from(chunk));
  return Buffer.concat(copies);
}

describe.each<[string, () => Bucket]>([
  ['the fake', inMemory],
  ['S3', inS3],
])('a log source: %s', (_, open) => {
  it('gives any span of an object version, also when the key has a newer one', async () => {
    const bucket = open();
    const object = await bucket.put(content);
    await bucket.put(Buffer.from('newer'));
    expect(await bucket.source.describe(object)).toEqual({ sizeBytes: content.length });
    const places = fc.nat({ max: content.length });
    await fc.assert(
      fc.asyncProperty(places, places, async (a, b) => {
        const [start, end] = [Math.min(a, b), Math.max(a, b)];
        expect(await bytesOf(bucket.source.open(object, content.length).read(start, end))).toEqual(content.subarray(start, end));
      }),
      { numRuns: 40 },
    );
  });

  it('ends with the object where more is asked for', async () => {
    const bucket = open();
    const object = await bucket.put(content);
    expect(await bytesOf(bucket.source.open(object, content.length).read(39_000, 50_000))).toEqual(content.subarray(39_000));
  });

  it('can be left at any time and read again', async () => {
    const bucket = open();
    const object = await bucket.put(content);
    const source = bucket.source.open(object, content.length);
    for (let reads = 0; reads < 60; reads += 1) {
      for await (const chunk of source.read(reads, content.length)) {
        expect(chunk.equals(content.subarray(reads, reads + chunk.length))).toBe(true);
        break;
      }
    }
    expect(await bytesOf(source.read(0, content.length))).toEqual(content);
  });

  it('says when a version is not there, or not any more', async () => {
    const bucket = open();
    const object = await bucket.put(content);
    const source = bucket.source.open(object, content.length);
    await bucket.remove(object);
    expect(await bucket.source.describe(object)).toBeUndefined();
    await expect(bytesOf(source.read(0, 10))).rejects.toMatchObject({ name: 'SourceFailure', reason: 'deleted' });
  });
});

describe('an object without versions', () => {
  it('that is replaced is not taken for the one that was planned', async () => {
    const put = async (body: Buffer) =>
      (await s3.client.send(new PutObjectCommand({ Bucket: 'plain', Key: 'a.log', Body: body }))).ETag?.replaceAll('"', '') ?? '';
    const object = { bucket: 'plain', key: 'a.log', versionId: null, eTag: await put(content) };
    const source = s3LogSource({ client: s3.client, chance: seededChance(), getBytes }).open(object, content.length);
    const reading = source.read(0, content.length)[Symbol.asyncIterator]();
    await reading.next();
    await put(Buffer.from([...content].toReversed()));
    const rest = (async () => {
      for (let step = await reading.next(); step.done !== true; step = await reading.next()) expect(step.value.length).toBeGreaterThan(0);
    })();
    await expect(rest).rejects.toMatchObject({ name: 'SourceFailure', reason: 'changed' });
  });
});

describe('a connection that breaks', () => {
  const closing: (() => void)[] = [];
  afterEach(() => closing.splice(0).forEach((close) => close()));

  /** A bucket on a bad line: `answer` may spoil the answer to the n-th GET. */
  async function badLine(answer: (response: ServerResponse, span: Buffer, count: number) => void) {
    let count = 0;
    const server = createServer((request, response) => {
      const [, from = '0', to = '0'] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '') ?? [];
      const span = content.subarray(Number(from), Number(to) + 1);
      count += 1;
      response.writeHead(206, { 'content-length': span.length, 'content-range': `bytes ${from}-${to}/${content.length}` });
      answer(response, span, count);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const client = new S3Client({
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region: 'local',
      forcePathStyle: true,
      credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
      maxAttempts: 1,
    });
    closing.push(() => {
      client.destroy();
      server.closeAllConnections();
      server.close();
    });
    const source = s3LogSource({ client, chance: { ...seededChance(), fraction: () => 0 }, getBytes: 10_000 }).open(
      sampleObject(),
      content.length,
    );
    return { source, count: () => count };
  }

  it('is taken up again at the byte that was reached', async () => {
    const { source, count } = await badLine((response, span, number) => {
      if (number % 3 === 0) response.end(span);
      else response.write(span.subarray(0, span.length / 2), () => response.destroy());
    });
    expect(await bytesOf(source.read(123, 39_777))).toEqual(content.subarray(123, 39_777));
    expect(count()).toBeGreaterThan(4);
  });

  it('is given up after a few attempts', async () => {
    const { source, count } = await badLine((response) => response.destroy());
    await expect(bytesOf(source.read(0, 5_000))).rejects.toThrow(/aborted|ECONNRESET|socket hang up/);
    expect(count()).toBe(limits.getAttemptsMax);
  });
});

describe('an object that may not be read', () => {
  it('is no object that is gone, and is not asked for again', async () => {
    const denied = s3LogSource({ client: s3.clientOf('unknown-key'), chance: seededChance() });
    await expect(denied.describe(sampleObject({ bucket: 'plain' }))).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
    await expect(bytesOf(denied.open(sampleObject({ bucket: 'plain' }), 10).read(0, 10))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 403 },
    });
  });
});
