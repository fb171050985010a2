/**
 * The lines of an input, as often as they are asked for: a stream is put into a temporary file first.
 */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { LineFeed } from '#shared/logs/patterns/line-feed.ts';
import type { ReadLines } from '#shared/logs/patterns/mine-lines.ts';
import type { TextEncoding } from '#shared/logs/scan/byte-source.ts';
import { decompress } from '#shared/logs/scan/decompress.ts';
import { openScanInput, type ScanInput } from '../scan/input.ts';

export interface Rereadable extends AsyncDisposable {
  /** Opens the input anew; the caller disposes of it. */
  open(): Promise<ScanInput>;
  readonly name: string;
}

/** Makes the input `name` one that can be opened again and again. */
export async function rereadable(name: string): Promise<Rereadable> {
  const input = await openScanInput(name);
  const again = (path: string, dispose: () => Promise<void>): Rereadable => ({
    name: input.name,
    open: () => openScanInput(path),
    [Symbol.asyncDispose]: dispose,
  });
  await using opened = input;
  if (opened.source !== undefined) return again(name, async () => {});
  const folder = await mkdtemp(join(tmpdir(), 'xm-patterns-'));
  const path = join(folder, 'input');
  try {
    await pipeline(opened.chunks, createWriteStream(path));
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return again(path, () => rm(folder, { recursive: true, force: true }));
}

/** The input's lines in UTF-8, with a pause for `afterChunk` now and then. Rejects with what reading or decompressing rejects with. */
export function linesOf(input: Rereadable, afterChunk?: () => Promise<void>): ReadLines {
  return async (take) => {
    await using opened = await input.open();
    const { compression, encoding } = opened.content;
    const chunks = compression === 'none' ? opened.chunks : decompress(opened.chunks, compression);
    const feed = new LineFeed(take);
    for await (const chunk of inUtf8(chunks, encoding)) {
      feed.push(chunk);
      await afterChunk?.();
    }
    feed.end();
  };
}

async function* inUtf8(chunks: AsyncIterable<Buffer>, encoding: TextEncoding): AsyncGenerator<Uint8Array> {
  if (encoding === 'utf-8') {
    yield* chunks;
    return;
  }
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}
