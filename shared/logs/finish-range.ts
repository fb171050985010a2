/**
 * The end of a range, which may be the end of its file.
 *
 * Three writes, each of which may be repeated and each of which the next delivery repeats after a crash: the result goes into the
 * range's chunk; a chunk with all its results is counted on the file; a file with all its chunks is closed. Nothing is ever added
 * to a number, so a range that is scanned twice is counted once, and nobody has to know which of several workers is the last.
 */
import { limits } from './limits.ts';
import type { LogFile } from './log-file.ts';
import type { FileStore, ProgressStore } from './ports.ts';
import type { RollupQueue } from './rollup/ports.ts';
import { areChunksDone, isChunkComplete, settledFile, type ChunkProgress, type RangeResult } from './range-progress.ts';
import type { Clock } from '#shared/platform/clock.ts';

export interface FinishDeps {
  readonly files: FileStore;
  readonly progress: ProgressStore;
  readonly rollups: RollupQueue;
  readonly clock: Clock;
}

/** Records what became of a range. Answers the closed file to the one caller whose result closed it, undefined to all others. */
export async function finishRange(
  deps: FinishDeps,
  finished: { file: LogFile; range: number; result: RangeResult },
): Promise<LogFile | undefined> {
  const { file, range, result } = finished;
  return settleChunk(deps, file, await deps.progress.record(file.id, range, result));
}

/**
 * Counts the chunk when it is complete, and closes the file when it was the last. Throws when others count on for so long that it
 * could not be closed; whoever comes next, or the sweep, does it.
 */
export async function settleChunk(deps: FinishDeps, file: LogFile, chunk: ChunkProgress): Promise<LogFile | undefined> {
  if (!isChunkComplete(file, chunk)) return undefined;
  let seen = await deps.files.chunkDone(file.id, chunk.chunk);
  for (let attempt = 1; attempt <= limits.closeAttemptsMax; attempt += 1) {
    if (seen === undefined || !areChunksDone(seen)) return undefined;
    const settled = settledFile(seen, await deps.progress.chunks(file.id), deps.clock.now());
    if (settled === undefined) return undefined;
    if (await deps.files.close(settled)) {
      // Whoever dies before this leaves a file that waits to be rolled up, which the sweep sees.
      await deps.rollups.request(settled);
      return settled.status === seen.status ? undefined : settled;
    }
    // Somebody has counted a chunk since. They may close the file, or be dead: look again and try with what they have seen.
    seen = await deps.files.get(file.id);
  }
  throw new Error(`The file ${file.id} could not be closed in ${limits.closeAttemptsMax} attempts`);
}
