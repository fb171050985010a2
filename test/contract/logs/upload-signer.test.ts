import { GetObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UploadSigner } from '#shared/logs/ports.ts';
import { s3UploadSigner } from '#shared/logs/s3-upload-signer.ts';
import { operatorKeys, s3World, type S3World } from '../local/s3-harness.ts';

const key = 'uploads/2026/11/21/upl_1-server.log';
let s3: S3World;
let signer: UploadSigner;
beforeAll(async () => {
  s3 = await s3World();
  const client = s3.clientOf(operatorKeys.accessKeyId, { requestChecksumCalculation: 'WHEN_REQUIRED' });
  signer = s3UploadSigner('versioned', client);
});
afterAll(() => s3[Symbol.asyncDispose]());

const put = async (url: string, body: string): Promise<number> => (await fetch(url, { method: 'PUT', body })).status;

describe('a presigned upload', () => {
  it('takes the file it was made for, whatever it holds', async () => {
    expect(await put(await signer.putUrl({ key, expiresInSeconds: 60 }), 'a log')).toBe(200);
    const { Body } = await s3.client.send(new GetObjectCommand({ Bucket: 'versioned', Key: key }));
    expect(await Body?.transformToString()).toBe('a log');
  });

  it('takes no other size than the one that was stated', async () => {
    const url = await signer.putUrl({ key, bytes: 5, expiresInSeconds: 60 });
    expect(await put(url, 'a longer log')).toBe(403);
    expect(await put(url, 'a log')).toBe(200);
  });

  it('takes nothing under another key', async () => {
    const url = await signer.putUrl({ key, expiresInSeconds: 60 });
    expect(await put(url.replace('upl_1', 'upl_2'), 'a log')).toBe(403);
  });
});
