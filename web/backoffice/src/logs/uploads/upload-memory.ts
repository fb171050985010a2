/**
 * Uploads that were begun and have not ended, kept by the browser: after a reload the file has to be chosen again, but not sent again.
 */
import { uploadLimits } from '#shared/logs/uploads/upload-limits.ts';

export interface BegunUpload {
  readonly key: string;
  readonly uploadId: string;
  readonly name: string;
  readonly bytes: number;
  /** Of the content. */
  readonly hash: string;
  readonly begunAtMs: number;
}

export interface UploadMemory {
  /** The latest first. The same array until something changes. */
  readonly all: () => readonly BegunUpload[];
  find(file: Pick<BegunUpload, 'name' | 'bytes' | 'hash'>): BegunUpload | undefined;
  keep(upload: BegunUpload): void;
  forget(uploadId: string): void;
  readonly watch: (listener: () => void) => () => void;
}

const storageKey = 'xm.uploads';
const keptMax = 20;
const keptMs = uploadLimits.keptDays * 86_400_000;

export function uploadMemory(storage: Pick<Storage, 'getItem' | 'setItem'>, now: () => number): UploadMemory {
  const listeners = new Set<() => void>();
  // The bucket has cleared what is older.
  let all = readAll(storage.getItem(storageKey)).filter(({ begunAtMs }) => now() - begunAtMs < keptMs);
  const become = (next: readonly BegunUpload[]): void => {
    all = next.slice(0, keptMax);
    storage.setItem(storageKey, JSON.stringify(all));
    for (const listener of listeners) listener();
  };
  return {
    all: () => all,
    find: ({ name, bytes, hash }) => all.find((one) => one.name === name && one.bytes === bytes && one.hash === hash),
    keep: (upload) => become([upload, ...all.filter(({ uploadId }) => uploadId !== upload.uploadId)]),
    forget: (uploadId) => become(all.filter((one) => one.uploadId !== uploadId)),
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function readAll(stored: string | null): readonly BegunUpload[] {
  try {
    const kept: unknown = JSON.parse(stored ?? '[]');
    return Array.isArray(kept) ? kept.filter(isBegun) : [];
  } catch {
    return [];
  }
}

function isBegun(value: unknown): value is BegunUpload {
  const { key, uploadId, name, bytes, hash, begunAtMs } = (value ?? {}) as Record<string, unknown>;
  const areTexts = [key, uploadId, name, hash].every((text) => typeof text === 'string');
  return areTexts && typeof bytes === 'number' && typeof begunAtMs === 'number';
}
