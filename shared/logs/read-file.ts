import type { Clock } from '#shared/platform/clock.ts';
import { isOpen } from './log-file.ts';
import { logFault } from './log-faults.ts';
import type { FileStore, ProgressStore } from './ports.ts';
import { presentFileDetail, type FileDetailView } from './present-file.ts';

interface Deps {
  readonly files: FileStore;
  readonly progress: ProgressStore;
  readonly clock: Clock;
}

/** One file with the progress of its ranges, and those that failed. Fault: `logs.file-not-found`. */
export async function readFile({ files, progress, clock }: Deps, fileId: string): Promise<FileDetailView> {
  const file = await files.get(fileId);
  if (file === undefined) throw logFault('logs.file-not-found');
  // Every range of a closed file has an outcome.
  const begun = isOpen(file) ? progress.begun(file.id) : new Map<number, number>();
  const chunks = await progress.chunks(file.id);
  return presentFileDetail(file, { chunks, begun: await begun, nowMs: clock.now() });
}
