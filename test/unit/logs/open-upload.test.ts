import { describe, expect, it } from 'vitest';
import { fakeClock } from '#test/fakes/clock.ts';
import { seededChance } from '#test/fakes/chance.ts';
import { openUpload } from '#shared/logs/open-upload.ts';
import type { UploadSigner } from '#shared/logs/ports.ts';

const signer: UploadSigner = {
  putUrl: async ({ key, bytes, expiresInSeconds }) => `https://bucket.test/${key}?bytes=${bytes}&expires=${expiresInSeconds}`,
};
const uploading = () => ({ signer, bucket: 'logs', clock: fakeClock(), chance: seededChance() });

describe('an upload', () => {
  it('is a URL for one file, for a quarter of an hour', async () => {
    const upload = await openUpload(uploading(), { name: 'server.log', bytes: 12 });
    expect(upload).toMatchObject({ method: 'PUT', bucket: 'logs', expiresAt: '2026-11-21T12:15:00.000Z' });
    expect(upload.key).toMatch(/^uploads\/2026\/11\/21\/upl_[0-9a-z]{22}-server\.log$/);
    expect(upload.url).toBe(`https://bucket.test/${upload.key}?bytes=12&expires=900`);
  });

  it('never takes the place of another one of the same name', async () => {
    const deps = uploading();
    const keys = await Promise.all(['a.log', 'a.log'].map(async (name) => (await openUpload(deps, { name })).key));
    expect(new Set(keys).size).toBe(2);
  });

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\logs\\iis 1.log', 'iis_1.log'],
    ['naïve + ünïcode?.log', 'na_ve_n_code_.log'],
    ['///', 'log'],
    [`${'x'.repeat(400)}.log`, `${'x'.repeat(196)}.log`],
  ])('keeps of the name %s what is safe', async (name, expected) => {
    const { key } = await openUpload(uploading(), { name });
    expect(key.slice(key.indexOf('-') + 1)).toBe(expected);
  });
});
