import { chunkOfRange, rangeOfOffset } from './file-layout.ts';
import type { LogFile } from './log-file.ts';
import { logFault } from './log-faults.ts';
import { placeOfError } from './log-ids.ts';
import type { ErrorStore, FileStore, ProgressStore, StoredError } from './ports.ts';
import { presentError, type ErrorView } from './present-error.ts';

export interface ReadDeps {
  readonly files: FileStore;
  readonly progress: ProgressStore;
  readonly errors: ErrorStore;
}

/** One error with all that is kept of it. Fault: `logs.error-not-found`. */
export async function readError(deps: ReadDeps, id: string): Promise<ErrorView> {
  const { file, error } = await findError(deps, id);
  return presentError(error, file, await deps.progress.chunk(file.id, chunkOfRange(error.range)));
}

/** The error and its file. Fault: `logs.error-not-found`. */
export async function findError(
  { files, errors }: Pick<ReadDeps, 'files' | 'errors'>,
  id: string,
): Promise<{ file: LogFile; error: StoredError }> {
  const place = placeOfError(id);
  const file = place && (await files.get(place.fileId));
  const [error] = place && file && file.ranges > 0 ? await errors.load([{ ...place, range: rangeOfOffset(file, place.offset) }]) : [];
  if (file === undefined || error === undefined) throw logFault('logs.error-not-found');
  return { file, error };
}
