/**
 * Errors of one file, in the file's order.
 */
import * as z from 'zod';
import { cursorOf } from '#shared/platform/paging.ts';
import { errorPage } from './error-page.ts';
import { chunkCount, rangesOfChunk } from './file-layout.ts';
import { limits } from './limits.ts';
import type { LogFile } from './log-file.ts';
import { logFault } from './log-faults.ts';
import type { ProgressStore, StoredError } from './ports.ts';
import { presentErrors, type ErrorView } from './present-error.ts';
import type { ChunkProgress } from './range-progress.ts';
import type { ReadDeps } from './read-error.ts';

interface Request {
  readonly fileId: string;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Behind the record at `offset` in `range`; before all of the range's records when it is null. */
interface Position {
  readonly range: number;
  readonly offset: number | null;
}

const cursors = cursorOf<Position>('file-errors', z.object({ range: z.int().nonnegative(), offset: z.int().nonnegative().nullable() }));

/** `partial`: the page is not full although there may be more, for too many ranges had nothing; the cursor goes on. */
export async function listFileErrors(
  deps: ReadDeps,
  request: Request,
): Promise<{ errors: ErrorView[]; nextCursor: string | null; partial: boolean }> {
  const start = request.cursor === undefined ? { range: 0, offset: null } : cursors.decode(request.cursor);
  const file = await deps.files.get(request.fileId);
  if (file === undefined) throw logFault('logs.file-not-found');
  const page = errorPage(request.limit);
  const next = await fillPage(deps, { file, start, page, limit: request.limit });
  return {
    errors: await presentErrors(deps, page.errors),
    nextCursor: next && cursors.encode(next),
    partial: next !== null && !page.isFull(),
  };
}

interface Filling {
  readonly file: LogFile;
  readonly start: Position;
  readonly page: ReturnType<typeof errorPage>;
  readonly limit: number;
}

/** Answers where the next page begins; null at the end of the file. */
async function fillPage(deps: ReadDeps, { file, start, page, limit }: Filling): Promise<Position | null> {
  let rangesLeft: number = limits.rangesPerPageMax;
  for await (const range of rangesWithErrors(deps.progress, file, start.range)) {
    if (rangesLeft === 0) return { range, offset: null };
    rangesLeft -= 1;
    let afterOffset = range === start.range ? (start.offset ?? undefined) : undefined;
    for (let found: StoredError[] | undefined; found === undefined || found.length > 0;) {
      found = await deps.errors.inRange({ fileId: file.id, range, afterOffset, limit: Math.min(limits.recordsPerLoad, limit) });
      for (const error of found) {
        page.add(error);
        if (page.isFull()) return { range, offset: error.offset };
      }
      afterOffset = found.at(-1)?.offset;
    }
  }
  return null;
}

/** Ranges that may hold errors, ascending: a range whose result says that it found none is passed over. */
async function* rangesWithErrors(progress: ProgressStore, file: LogFile, first: number): AsyncGenerator<number> {
  for (let chunk = Math.floor(first / limits.rangesPerChunk); chunk < chunkCount(file); chunk += 1) {
    const known = await progress.chunk(file.id, chunk);
    yield* rangesOfChunk(file, chunk).filter((range) => range >= first && mayHoldErrors(known, range));
  }
}

function mayHoldErrors(chunk: ChunkProgress | undefined, range: number): boolean {
  const result = chunk?.results.get(range);
  return result === undefined || result.failure !== null || result.counts.errors + result.counts.fatals > 0;
}
