/**
 * Files, newest first.
 */
import * as z from 'zod';
import { cursorOf } from '#shared/platform/paging.ts';
import { fileStatuses, isOpen, type FileStatus, type LogFile } from './log-file.ts';
import { hashOfFileId } from './log-ids.ts';
import type { FileStore, ProgressStore } from './ports.ts';
import { presentFile, type FileView } from './present-file.ts';

interface Request {
  readonly status?: FileStatus | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

const cursors = cursorOf(
  'files',
  z.string().refine((id) => hashOfFileId(id) !== undefined),
);

export async function listFiles(
  { files, progress }: { files: FileStore; progress: ProgressStore },
  { status, limit, cursor }: Request,
): Promise<{ files: FileView[]; nextCursor: string | null }> {
  const after = cursor === undefined ? undefined : cursors.decode(cursor);
  const statuses = status === undefined ? fileStatuses : [status];
  const ids = await Promise.all(statuses.map((one) => files.ids({ status: one, order: 'newest', after, limit: limit + 1 })));
  // A file that moves between two statuses may be listed under both for a moment.
  const newest = [...new Set(ids.flat())].toSorted().toReversed();
  const page = newest.slice(0, limit);
  const loaded = new Map((await files.load(page)).map((file) => [file.id, file]));
  const shown = page.flatMap((id) => loaded.get(id) ?? []).filter((file) => status === undefined || file.status === status);
  return {
    files: await Promise.all(shown.map((file) => viewOf(progress, file))),
    nextCursor: newest.length > limit ? cursors.encode(page.at(-1) ?? '') : null,
  };
}

/** The figures of an open file are those of its ranges so far. */
async function viewOf(progress: ProgressStore, file: LogFile): Promise<FileView> {
  return presentFile(file, isOpen(file) ? await progress.chunks(file.id) : []);
}
