import { chunkOfRange, rangeOfOffset } from './file-layout.ts';
import type { LogFile } from './log-file.ts';
import { logFault } from './log-faults.ts';
import { placeOfError } from './log-ids.ts';
import type { ErrorStore, FileStore, ProgressStore, StoredError } from './ports.ts';
import { presentError, type ErrorDetailView } from './present-error.ts';
import { patternsOf } from './rollup/live-patterns.ts';
import type { PatternStore } from './rollup/ports.ts';

export interface ReadDeps {
  readonly files: FileStore;
  readonly progress: ProgressStore;
  readonly errors: ErrorStore;
}

interface ReadErrorDeps extends ReadDeps {
  readonly patterns: Pick<PatternStore, 'patterns' | 'placements'>;
}

/** One error with all that is kept of it, and the pattern that counts it. Fault: `logs.error-not-found`. */
export async function readError(deps: ReadErrorDeps, id: string): Promise<ErrorDetailView> {
  const { file, error } = await findError(deps, id);
  const [chunk, pattern] = await Promise.all([
    deps.progress.chunk(file.id, chunkOfRange(error.range)),
    countingPattern(deps.patterns, error.patternId),
  ]);
  return { ...presentError(error, file, chunk), pattern };
}

/** Id of the pattern that counts a fingerprint now; null for one that no file was rolled up with. */
async function countingPattern(patterns: ReadErrorDeps['patterns'], fingerprint: string | null): Promise<string | null> {
  if (fingerprint === null) return null;
  const [placed] = await patterns.placements([fingerprint]);
  const id = placed?.patternId ?? fingerprint;
  return (await patternsOf(patterns, new Set([id]))).get(id)?.id ?? null;
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
