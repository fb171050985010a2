/**
 * Errors of one file, in the file's order.
 */
import * as z from 'zod';
import { pageOfWalk, type Stretch } from '#shared/platform/page-of-walk.ts';
import { cursorOf } from '#shared/platform/paging.ts';
import { errorPageOf } from './error-page.ts';
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
  const size = Math.min(limits.recordsPerLoad, request.limit);
  const { found, behind, partial } = await pageOfWalk(walkRanges(deps, { file, start, size }), {
    ...errorPageOf(request.limit),
    bounds: { ranges: limits.rangesPerPageMax },
  });
  return { errors: await presentErrors(deps, found), nextCursor: behind && cursors.encode(behind), partial };
}

interface Walk {
  readonly file: LogFile;
  readonly start: Position;
  /** Records of one read. */
  readonly size: number;
}

async function* walkRanges(deps: ReadDeps, { file, start, size }: Walk): AsyncGenerator<Stretch<StoredError, Position, 'ranges'>> {
  let isFirst = true;
  for await (const range of rangesWithErrors(deps.progress, file, start.range)) {
    // One that was read is paid for where the next one begins.
    if (!isFirst) yield { found: [], behind: { range, offset: null }, cost: { ranges: 1 } };
    isFirst = false;
    let afterOffset = range === start.range ? (start.offset ?? undefined) : undefined;
    for (let errors: StoredError[] | undefined; errors === undefined || errors.length > 0;) {
      errors = await deps.errors.inRange({ fileId: file.id, range, afterOffset, limit: size });
      afterOffset = errors.at(-1)?.offset ?? afterOffset;
      const found = errors.map((entry) => ({ entry, position: { range, offset: entry.offset } }));
      yield { found, behind: { range, offset: afterOffset ?? null }, cost: {} };
    }
  }
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
