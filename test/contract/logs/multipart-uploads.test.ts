import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MultipartUploads } from '#shared/logs/uploads/ports.ts';
import { s3MultipartUploads } from '#shared/logs/uploads/s3-multipart-uploads.ts';
import { operatorKeys, s3World, type S3World } from '../local/s3-harness.ts';

const key = `uploads/sha256/${'0'.repeat(64)}-5/server.log`;
const mebibyte = 1024 * 1024;
let s3: S3World;
let uploads: MultipartUploads;
beforeAll(async () => {
  s3 = await s3World();
  uploads = s3MultipartUploads('versioned', s3.clientOf(operatorKeys.accessKeyId, { requestChecksumCalculation: 'WHEN_REQUIRED' }));
});
afterAll(() => s3[Symbol.asyncDispose]());

const put = async (url: string, body: Buffer): Promise<number> => (await fetch(url, { method: 'PUT', body: new Uint8Array(body) })).status;

describe('uploads in parts', () => {
  it('take each part at its own address, in exactly its size, and become an object', async () => {
    const upload = await uploads.begin(key);
    expect(await uploads.parts(upload, { limit: 10 })).toEqual([]);
    const [first, second] = [Buffer.alloc(5 * mebibyte, 'a'), Buffer.from('the end')];
    const urlOf = (part: number, { length }: Buffer) => uploads.partUrl(upload, { part, bytes: length, expiresInSeconds: 60 });
    expect(await put(await urlOf(1, first), second)).toBe(403);
    expect(await put(await urlOf(2, second), second)).toBe(200);
    expect(await put(await urlOf(1, first), first)).toBe(200);
    const parts = (await uploads.parts(upload, { limit: 10 })) ?? [];
    expect(parts.map(({ part, bytes }) => [part, bytes])).toEqual([
      [1, 5 * mebibyte],
      [2, 7],
    ]);
    expect((await uploads.parts(upload, { after: 1, limit: 10 }))?.map(({ part }) => part)).toEqual([2]);
    expect((await uploads.parts(upload, { limit: 1 }))?.map(({ part }) => part)).toEqual([1]);
    expect(await uploads.storedAt(key)).toBeUndefined();
    expect(await uploads.complete(upload, parts)).toBe(true);
    expect(await uploads.storedAt(key)).toBeGreaterThan(0);
  });

  it('are gone once they are completed or aborted, and say so', async () => {
    const upload = await uploads.begin(`${key}.2`);
    await uploads.abort(upload);
    expect(await uploads.parts(upload, { limit: 10 })).toBeUndefined();
    expect(await uploads.complete(upload, [{ part: 1, bytes: 1, eTag: '"x"' }])).toBe(false);
    await uploads.abort(upload);
  });
});
