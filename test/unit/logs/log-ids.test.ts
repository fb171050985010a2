import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleObject, uploadedAtMs } from '#test/fakes/log-samples.ts';
import { errorId, hashOfFileId, logFileId, objectHash, placeOfError, uploadedAtOfFileId } from '#shared/logs/log-ids.ts';

describe('a file id', () => {
  it('gives back the time and the object it was made of', () => {
    const id = logFileId(sampleObject(), uploadedAtMs);
    expect(id).toMatch(/^log_[0-9a-z]{25}$/);
    expect(hashOfFileId(id)).toBe(objectHash(sampleObject()));
    expect(uploadedAtOfFileId(id)).toBe(uploadedAtMs);
  });

  it('sorts by the time of the upload', () => {
    const times = fc.integer({ min: 0, max: Date.UTC(2300, 0) });
    fc.assert(
      fc.property(times, times, fc.string(), (...[a, b, key]) => {
        const [idA, idB] = [logFileId(sampleObject(), a), logFileId(sampleObject({ key }), b)];
        expect(a === b || idA < idB === a < b).toBe(true);
      }),
    );
  });

  it.each([
    ['another key', { key: 'other' }],
    ['another bucket', { bucket: 'other' }],
    ['another version', { versionId: 'v2' }],
    ['no version', { versionId: null }],
  ])('differs for %s', (_, different) => {
    expect(objectHash(sampleObject(different))).not.toBe(objectHash(sampleObject()));
  });

  it('tells contents by their ETag where there are no versions, and ignores it where there are', () => {
    expect(objectHash(sampleObject({ versionId: null, eTag: 'e2' }))).not.toBe(objectHash(sampleObject({ versionId: null })));
    expect(objectHash(sampleObject({ eTag: 'e2' }))).toBe(objectHash(sampleObject()));
  });

  it.each(['', 'log_', 'log_short', `dep_${'0'.repeat(25)}`, `log_${'0'.repeat(26)}`, `log_${'A'.repeat(25)}`])('%s is none', (text) => {
    expect(hashOfFileId(text)).toBeUndefined();
  });
});

describe('an error id', () => {
  const fileId = logFileId(sampleObject(), uploadedAtMs);
  const offsets = fc.maxSafeNat();

  it('says where the error is', () => {
    fc.assert(
      fc.property(offsets, (offset) => {
        expect(placeOfError(errorId({ fileId, offset }))).toEqual({ fileId, offset });
      }),
    );
  });

  it('sorts by the place in its file', () => {
    fc.assert(
      fc.property(offsets, offsets, (a, b) => {
        expect(a === b || errorId({ fileId, offset: a }) < errorId({ fileId, offset: b }) === a < b).toBe(true);
      }),
    );
  });

  it.each(['', 'err_', `err_${'0'.repeat(25)}zzzzzzzzzzz`, `err_${'0'.repeat(35)}`])('%s is none', (text) => {
    expect(placeOfError(text)).toBeUndefined();
  });
});
