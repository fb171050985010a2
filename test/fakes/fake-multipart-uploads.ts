import type { MultipartUploads, Upload, UploadedPart } from '#shared/logs/uploads/ports.ts';

export interface FakeMultipartUploads extends MultipartUploads {
  /** What a browser would put to a part's URL. */
  arrive(upload: Upload, part: number, bytes: number): void;
  /** Keys of completed uploads. */
  readonly stored: Map<string, number>;
}

export function fakeMultipartUploads(nowMs = 0): FakeMultipartUploads {
  const open = new Map<string, Map<number, UploadedPart>>();
  const stored = new Map<string, number>();
  return {
    stored,
    storedAt: async (key) => stored.get(key),
    async begin(key) {
      const uploadId = `upload.${open.size + 1}`;
      open.set(uploadId, new Map());
      return { key, uploadId };
    },
    partUrl: async ({ key, uploadId }, { part, bytes, expiresInSeconds }) =>
      `https://bucket.test/${key}?partNumber=${part}&uploadId=${uploadId}&bytes=${bytes}&expires=${expiresInSeconds}`,
    async parts({ uploadId }, { after = 0, limit }) {
      const arrived = open.get(uploadId);
      return (
        arrived &&
        [...arrived.values()]
          .filter(({ part }) => part > after)
          .toSorted((a, b) => a.part - b.part)
          .slice(0, limit)
      );
    },
    async complete({ key, uploadId }) {
      if (!open.delete(uploadId)) return false;
      stored.set(key, nowMs);
      return true;
    },
    async abort({ uploadId }) {
      open.delete(uploadId);
    },
    arrive({ uploadId }, part, bytes) {
      open.get(uploadId)?.set(part, { part, bytes, eTag: `"etag-${part}"` });
    },
  };
}
