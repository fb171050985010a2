import { describe, expect, it } from 'vitest';
import { fakeClock } from '#test/fakes/clock.ts';
import { fakeMultipartUploads } from '#test/fakes/fake-multipart-uploads.ts';
import { beginUpload, completeUpload, listParts, signParts } from '#shared/logs/uploads/multipart-upload.ts';
import { isUploadKey } from '#shared/logs/uploads/upload-key.ts';
import { bytesOfPart, partBytesOf, partCountOf, uploadLimits } from '#shared/logs/uploads/upload-limits.ts';
import { uploadRoutes } from '#shared/logs/uploads/upload-routes.ts';

const mebibyte = 1024 * 1024;
const hash = 'ab'.repeat(32);
const file = { name: 'kasir malam.log', bytes: 20 * mebibyte, hash, again: false };
const world = () => ({ uploads: fakeMultipartUploads(), clock: fakeClock() });

describe('a file in parts', () => {
  it.each([0, 1, 8 * mebibyte, 8 * mebibyte + 1, 5 * 1024 ** 3, 800_000_000_001, uploadLimits.bytesMax])(
    'of %d bytes has parts that add up to it, within what S3 takes',
    (bytes) => {
      const count = partCountOf(bytes);
      expect(count).toBeLessThanOrEqual(uploadLimits.partsMax);
      expect(partBytesOf(bytes)).toBeGreaterThanOrEqual(uploadLimits.partBytesMin);
      expect(partBytesOf(bytes)).toBeLessThanOrEqual(5 * 1024 ** 3);
      expect((count - 1) * partBytesOf(bytes) + bytesOfPart(bytes, count)).toBe(bytes);
    },
  );

  it('is stored once all of its parts have arrived, and not before', async () => {
    const deps = world();
    const { key, uploadId, partBytes, partCount } = await beginUpload(deps, file);
    expect([key, partBytes, partCount]).toEqual([`uploads/sha256/${hash}-20971520/kasir_malam.log`, 8 * mebibyte, 3]);
    const upload = { key, uploadId };
    deps.uploads.arrive(upload, 1, 8 * mebibyte);
    deps.uploads.arrive(upload, 3, 4 * mebibyte);
    const complete = () => completeUpload(deps, { ...upload, bytes: file.bytes });
    await expect(complete()).rejects.toThrow('logs.upload-incomplete');
    deps.uploads.arrive(upload, 2, 8 * mebibyte - 1);
    await expect(complete()).rejects.toThrow('logs.upload-incomplete');
    deps.uploads.arrive(upload, 2, 8 * mebibyte);
    await complete();
    expect([...deps.uploads.stored.keys()]).toEqual([key]);
    await expect(complete()).rejects.toThrow('logs.upload-gone');
  });

  it('is refused when it is there already, by name, size and content, unless it shall be scanned again', async () => {
    const deps = world();
    const upload = await beginUpload(deps, { ...file, bytes: 3 });
    deps.uploads.arrive(upload, 1, 3);
    await completeUpload(deps, { ...upload, bytes: 3 });
    await expect(beginUpload(deps, { ...file, bytes: 3 })).rejects.toThrow('logs.upload-duplicate');
    expect((await beginUpload(deps, { ...file, bytes: 3, again: true })).key).toBe(upload.key);
    expect((await beginUpload(deps, { ...file, bytes: 3, name: 'other.log' })).key).not.toBe(upload.key);
  });

  it('has addresses of its own parts only, each for its bytes and an hour', async () => {
    const deps = world();
    const { key, uploadId } = await beginUpload(deps, file);
    const { parts, expiresAt } = await signParts(deps, { key, uploadId, bytes: file.bytes, parts: [3, 3, 1, 4] });
    expect(parts.map(({ part }) => part)).toEqual([3, 1]);
    expect(parts[0]?.url).toContain(`partNumber=3&uploadId=${uploadId}&bytes=${4 * mebibyte}&expires=3600`);
    expect(expiresAt).toBe('2026-11-21T13:00:00.000Z');
  });

  it('says page by page what has arrived, to whoever goes on with it', async () => {
    const deps = world();
    const upload = await beginUpload(deps, { ...file, bytes: 10_000 * 8 * mebibyte });
    for (let part = 1; part <= uploadLimits.partsPerPage + 2; part += 1) deps.uploads.arrive(upload, part, 8 * mebibyte);
    const first = await listParts(deps, upload);
    expect([first.parts.length, first.next]).toEqual([uploadLimits.partsPerPage, uploadLimits.partsPerPage]);
    const second = await listParts(deps, { ...upload, after: first.next ?? undefined });
    expect([second.parts.map(({ part }) => part), second.next]).toEqual([[1_001, 1_002], null]);
    await deps.uploads.abort(upload);
    await expect(listParts(deps, upload)).rejects.toThrow('logs.upload-gone');
  });
});

describe('the routes of uploads in parts', () => {
  it.each(['uploads/2026/11/21/upl_1-a.log', '../secrets', `uploads/sha256/${hash}-1/../../x`, `uploads/sha256/${hash}-1/a/b.log`, ''])(
    'write to no such key: %s',
    (key) => {
      expect(isUploadKey(key)).toBe(false);
      expect(uploadRoutes.complete.body?.safeParse({ key, uploadId: 'u', bytes: 1 }).success).toBe(false);
    },
  );
});
