import { logFault } from './log-faults.ts';
import type { FileStore, ProgressStore } from './ports.ts';
import { presentFileDetail, type FileDetailView } from './present-file.ts';

/** One file with its progress and the ranges that failed. Fault: `logs.file-not-found`. */
export async function readFile(
  { files, progress }: { files: FileStore; progress: ProgressStore },
  fileId: string,
): Promise<FileDetailView> {
  const file = await files.get(fileId);
  if (file === undefined) throw logFault('logs.file-not-found');
  return presentFileDetail(file, await progress.chunks(file.id));
}
