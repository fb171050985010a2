import type { LogSource } from '#shared/logs/ports.ts';
import { SourceFailure } from '#shared/logs/ports.ts';
import { objectHash } from '#shared/logs/log-ids.ts';
import type { ObjectVersion } from '#shared/logs/log-file.ts';

/** Object versions in memory, with the promises of `LogSource`. Bytes come in pieces of `pieceBytes`. */
export function fakeLogBucket(
  pieceBytes = 1_000,
): LogSource & { put(object: ObjectVersion, content: Buffer): void; remove(object: ObjectVersion): void } {
  const contents = new Map<string, Buffer>();
  return {
    put: (object, content) => void contents.set(objectHash(object), content),
    remove: (object) => void contents.delete(objectHash(object)),
    async describe(object) {
      const content = contents.get(objectHash(object));
      return content && { sizeBytes: content.length };
    },
    open: (object, sizeBytes) => ({
      sizeBytes,
      async *read(start, end) {
        for (let from = start; from < Math.min(end, sizeBytes); from += pieceBytes) {
          const content = contents.get(objectHash(object));
          if (content === undefined) throw new SourceFailure('deleted');
          yield content.subarray(from, Math.min(end, from + pieceBytes));
        }
      },
    }),
  };
}
