/**
 * An error as the API shows it.
 */
import * as z from 'zod';
import { chunkOfRange } from './file-layout.ts';
import { limits } from './limits.ts';
import { isOpen, type LogFile } from './log-file.ts';
import { errorId } from './log-ids.ts';
import type { FileStore, ProgressStore, StoredError } from './ports.ts';
import { fileLine, type ChunkProgress } from './range-progress.ts';

export const errorView = z
  .object({
    id: z.string(),
    file: z.object({ id: z.string(), bucket: z.string(), key: z.string(), versionId: z.string().nullable() }),
    offset: z.int().nonnegative().meta({ description: 'Byte offset of the record in the file, after decompression.' }),
    length: z.int().nonnegative().meta({ description: 'Bytes up to and including its last line end.' }),
    line: z.int().positive().nullable().meta({ description: 'Line number in the file; null until the lines before it are counted.' }),
    level: z.enum(['error', 'fatal']),
    time: z.iso.datetime().nullable(),
    timeAssumed: z
      .array(z.enum(['zone', 'year', 'date']))
      .meta({ description: 'What was not written: no zone was taken for UTC, no year for the latest that fits the upload.' }),
    logger: z.string().nullable(),
    message: z.string(),
    stack: z.string().nullable(),
    patternId: z.string().nullable().meta({
      description: 'Fingerprint of the record by itself, by which its pattern is found; null for one from before there were patterns.',
    }),
    template: z.string().nullable().meta({ description: 'The message with `<*>` for what varies by its shape.' }),
    truncated: z.boolean().meta({ description: 'True when the record went on past what is kept of one.' }),
    cut: z.boolean().meta({ description: 'True when a list shows less of the message or the stack than the error itself does.' }),
  })
  .meta({ id: 'LogError' });
export type ErrorView = z.infer<typeof errorView>;

/** An error by itself knows the pattern that its fingerprint is counted in, which a list of errors does not look up. */
export const errorDetailView = errorView
  .extend({
    pattern: z
      .string()
      .nullable()
      .meta({ description: 'Id of the pattern that counts it; null until its whole file is scanned and rolled up.' }),
  })
  .meta({ id: 'LogErrorDetail' });
export type ErrorDetailView = z.infer<typeof errorDetailView>;

interface Deps {
  readonly files: FileStore;
  readonly progress: ProgressStore;
}

/** Errors for a list: long texts cut. An error whose file is not known any more is left out. */
export async function presentErrors(deps: Deps, errors: readonly StoredError[]): Promise<ErrorView[]> {
  const files = new Map((await deps.files.load(errors.map(({ fileId }) => fileId))).map((file) => [file.id, file]));
  const chunks = await chunksFor(deps.progress, files, errors);
  return errors.flatMap((error) => {
    const file = files.get(error.fileId);
    return file === undefined ? [] : cutForList(presentError(error, file, chunks.get(chunkName(error))));
  });
}

/** `chunk`: the one that holds the error's range, for its line number. */
export function presentError(error: StoredError, file: LogFile, chunk: ChunkProgress | undefined): ErrorView {
  const { offset, length, level, time, timeAssumed, logger, message, stack, patternId, template, truncated } = error;
  const { bucket, key, versionId } = file.object;
  return {
    id: errorId(error),
    file: { id: file.id, bucket, key, versionId },
    offset,
    length,
    line: fileLine(file, chunk, error),
    level,
    time,
    timeAssumed: [...timeAssumed],
    logger,
    message,
    stack,
    patternId,
    template,
    truncated,
    cut: false,
  };
}

function cutForList(view: ErrorView): ErrorView {
  const message = view.message.slice(0, limits.listedMessageCharactersMax);
  const stack = view.stack?.slice(0, limits.listedStackCharactersMax) ?? null;
  return { ...view, message, stack, cut: message !== view.message || stack !== view.stack };
}

const chunkName = ({ fileId, range }: Pick<StoredError, 'fileId' | 'range'>): string => `${fileId} ${chunkOfRange(range)}`;

/** Chunks that tell a line number: not of a file's first range, which needs none, nor of an open file, which knows none. */
async function chunksFor(
  progress: ProgressStore,
  files: ReadonlyMap<string, LogFile>,
  errors: readonly StoredError[],
): Promise<Map<string, ChunkProgress>> {
  const needed = errors.filter(({ fileId, range }) => {
    const file = files.get(fileId);
    return range > 0 && file !== undefined && !isOpen(file);
  });
  const distinct = new Map(needed.map((error) => [chunkName(error), error]));
  const found = await Promise.all(
    [...distinct].map(async ([name, { fileId, range }]) => ({ name, chunk: await progress.chunk(fileId, chunkOfRange(range)) })),
  );
  return new Map(found.flatMap(({ name, chunk }) => (chunk === undefined ? [] : [[name, chunk]])));
}
