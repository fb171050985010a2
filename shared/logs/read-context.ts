/**
 * The lines around an error, read from the original.
 */
import * as z from 'zod';
import { limits } from './limits.ts';
import type { LogFile } from './log-file.ts';
import { logFault } from './log-faults.ts';
import { chunkOfRange } from './file-layout.ts';
import { errorId } from './log-ids.ts';
import { SourceFailure, type LogSource, type StoredError } from './ports.ts';
import { fileLine } from './range-progress.ts';
import { findError, type ReadDeps } from './read-error.ts';
import { readSpan } from './read-span.ts';
import { splitLines, type ContextText } from './split-lines.ts';

interface Deps extends ReadDeps {
  readonly source: LogSource;
}

const contextLine = z.object({
  line: z.int().positive().nullable().meta({ description: 'Line number in the file, where it is known.' }),
  text: z.string(),
  cut: z.boolean().meta({ description: 'True when the line is longer than what is shown of it.' }),
});
type ContextLine = z.infer<typeof contextLine>;

export const contextView = z
  .object({
    errorId: z.string(),
    fileId: z.string(),
    before: z.array(contextLine),
    record: z.array(contextLine),
    after: z.array(contextLine),
  })
  .meta({ id: 'LogErrorContext' });
export type ContextView = z.infer<typeof contextView>;

/**
 * At most `lines` lines before and after the record, from at most `limits.contextBytesMax` bytes on each side.
 * Faults: `logs.error-not-found`, `logs.original-gone`, `logs.context-out-of-reach`.
 */
export async function readContext(deps: Deps, { id, lines }: { id: string; lines: number }): Promise<ContextView> {
  const { file, error } = await findError(deps, id);
  const end = error.offset + error.length;
  const from = Math.max(file.textStart, error.offset - limits.contextBytesMax);
  const bytes = await original(deps.source, file, { start: from, end: end + limits.contextBytesMax });
  const place = { encoding: file.encoding, bytes };
  const before = splitLines(place, { start: 0, end: error.offset - from, isWhole: from === file.textStart });
  const record = splitLines(place, { start: error.offset - from, end: end - from, isWhole: true });
  const after = splitLines(place, { start: end - from, end: bytes.length, isWhole: bytes.length < end - from + limits.contextBytesMax });
  const first = fileLine(file, await deps.progress.chunk(file.id, chunkOfRange(error.range)), error);
  const shownBefore = before.slice(Math.max(0, before.length - lines));
  return {
    errorId: errorId(error),
    fileId: file.id,
    before: numbered(shownBefore, first && first - shownBefore.length),
    record: numbered(record, first),
    after: numbered(after.slice(0, lines), numberAfter(first, record, error)),
  };
}

/** A record that was cut goes on in what follows: the number of the line there is the record's last. */
function numberAfter(first: number | null, record: readonly ContextText[], { truncated }: StoredError): number | null {
  return first === null || truncated ? null : first + record.length;
}

const numbered = (texts: readonly ContextText[], first: number | null): ContextLine[] =>
  texts.map(({ text, cut }, index) => ({ line: first === null ? null : first + index, text, cut }));

async function original(source: LogSource, file: LogFile, span: { start: number; end: number }): Promise<Buffer> {
  try {
    const bytes = await readSpan(source.open(file.object, file.sizeBytes), file.compression, span);
    if (bytes === undefined) throw logFault('logs.context-out-of-reach');
    return bytes;
  } catch (cause) {
    if (cause instanceof SourceFailure) throw logFault('logs.original-gone', { cause });
    throw cause;
  }
}
