/**
 * What a file is, told by its first bytes and never by its name.
 */
import type { LogFile } from './log-file.ts';
import { readSpan } from './read-span.ts';
import type { ByteSource } from './scan/byte-source.ts';
import { detectContent, detectionBytes } from './scan/detect-content.ts';

export interface ContentDescription {
  readonly compression: LogFile['compression'];
  readonly encoding: LogFile['encoding'];
  /** True for what is no text in any encoding that is known, and for what is compressed twice. */
  readonly binary: boolean;
}

/** Reads at most `detectionBytes` of the content; of a compressed file as many bytes as that takes. */
export async function describeContent(source: ByteSource): Promise<ContentDescription> {
  const head = { start: 0, end: detectionBytes };
  const outer = detectContent((await readSpan(source, 'none', head)) ?? Buffer.alloc(0), source.sizeBytes);
  if (outer.compression === 'none') return { compression: 'none', encoding: outer.encoding, binary: outer.kind === 'binary' };
  // Damage right at the start is the scan's to report: it says how far the content goes.
  const content = (await readSpan(source, outer.compression, head)) ?? Buffer.alloc(0);
  const inner = detectContent(content, content.length);
  return { compression: outer.compression, encoding: inner.encoding, binary: inner.kind === 'binary' || inner.compression !== 'none' };
}
