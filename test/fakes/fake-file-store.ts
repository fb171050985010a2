import type { FileStore } from '#shared/logs/ports.ts';
import { canMove, type LogFile } from '#shared/logs/log-file.ts';
import { hashOfFileId, objectHash } from '#shared/logs/log-ids.ts';

/** Files in memory, with the promises of `FileStore`. */
export function fakeFileStore(): FileStore & { all(): LogFile[] } {
  const files = new Map<string, LogFile>();
  const awaiting = new Set<string>();
  const keyOf = (fileId: string): string => hashOfFileId(fileId) ?? '';
  const get = (fileId: string): LogFile | undefined => {
    const file = files.get(keyOf(fileId));
    return file?.id === fileId ? structuredClone(file) : undefined;
  };
  const put = (file: LogFile): void => void files.set(keyOf(file.id), structuredClone(file));
  return {
    all: () => structuredClone([...files.values()]),
    async add(file) {
      if (!files.has(keyOf(file.id))) put(file);
      return structuredClone(files.get(keyOf(file.id)) ?? file);
    },
    ofObject: async (object) => structuredClone(files.get(objectHash(object))),
    get: async (fileId) => get(fileId),
    load: async (fileIds) => [...new Set(fileIds)].flatMap((fileId) => get(fileId) ?? []),
    async ids({ status, order, after, limit }) {
      const ids = [...files.values()].filter((file) => file.status === status).map(({ id }) => id);
      const ordered = order === 'oldest' ? ids.toSorted() : ids.toSorted().toReversed();
      return ordered.filter((id) => after === undefined || (order === 'oldest' ? id > after : id < after)).slice(0, limit);
    },
    async beginScanning(fileId) {
      const file = get(fileId);
      if (file !== undefined && canMove(file.status, 'scanning')) put({ ...file, status: 'scanning' });
    },
    async chunksQueued(fileId, chunks) {
      const file = get(fileId);
      if (file !== undefined && file.chunksQueued < chunks) put({ ...file, chunksQueued: chunks });
    },
    async chunkDone(fileId, chunk) {
      const file = get(fileId);
      if (file === undefined) return undefined;
      const chunksDone = [...new Set([...file.chunksDone, chunk])].toSorted((a, b) => a - b);
      put({ ...file, chunksDone, revision: file.revision + 1 });
      return { ...file, chunksDone, revision: file.revision + 1 };
    },
    async close(settled) {
      const file = get(settled.id);
      if (file?.revision !== settled.revision) return false;
      const { status, failure, counts, recordsFrom, recordsTo, linesBeforeChunk, closedAtMs } = settled;
      const closed = { status, failure, counts, recordsFrom, recordsTo, linesBeforeChunk, closedAtMs, rolledUpAtMs: null };
      put({ ...file, ...closed, revision: file.revision + 1 });
      awaiting.add(file.id);
      return true;
    },
    async rolledUp({ id, revision, rolledUpAtMs }) {
      const file = get(id);
      if (file?.revision !== revision) return;
      put({ ...file, rolledUpAtMs });
      awaiting.delete(id);
    },
    awaitingRollup: async (limit) => [...awaiting].toSorted().slice(0, limit),
  };
}
