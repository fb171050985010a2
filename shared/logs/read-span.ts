/**
 * A bounded piece of a file's content, decompressed if need be.
 */
import { limits } from './limits.ts';
import type { LogFile } from './log-file.ts';
import type { ByteSource, ScanRange } from './scan/byte-source.ts';
import { DamagedContentError, decompress } from './scan/decompress.ts';

/**
 * The bytes of a span, fewer where the content ends before, or is damaged. Undefined when too much would have to be decompressed to
 * reach it.
 */
export async function readSpan(source: ByteSource, compression: LogFile['compression'], span: ScanRange): Promise<Buffer | undefined> {
  if (compression === 'none')
    return collect(source.read(span.start, Math.min(span.end, source.sizeBytes)), { start: 0, end: span.end - span.start });
  if (span.start > limits.contextSkipBytesMax) return undefined;
  return collect(decompress(source.read(0, source.sizeBytes), compression), span);
}

async function collect(chunks: AsyncIterable<Buffer>, { start, end }: ScanRange): Promise<Buffer> {
  const parts: Buffer[] = [];
  let at = 0;
  try {
    for await (const bytes of chunks) {
      const part = bytes.subarray(Math.max(0, start - at), Math.max(0, end - at));
      // A buffer may be used again once the next one is asked for.
      if (part.length > 0) parts.push(Buffer.from(part));
      at += bytes.length;
      if (at >= end) break;
    }
  } catch (error) {
    if (!(error instanceof DamagedContentError)) throw error;
  }
  return Buffer.concat(parts);
}
