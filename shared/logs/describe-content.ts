/**
 * What a file is, told by its first bytes and never by its name.
 */
import type { LogFile } from './log-file.ts';
import { readSpan } from './read-span.ts';
import type { ByteSource } from './scan/byte-source.ts';
import { detectContent, detectionBytes, type Content } from './scan/detect-content.ts';
import { textStartBehindZeros } from './text-start.ts';

export interface ContentDescription {
  readonly compression: LogFile['compression'];
  readonly encoding: LogFile['encoding'];
  /** True for what is no text in any encoding that is known, and for what is compressed twice. */
  readonly binary: boolean;
  /** Where the text begins, behind more zeros than detection looks at; 0 for any other, also behind a byte order mark. */
  readonly textStart: number;
}

/**
 * Reads at most `detectionBytes` of the content; of a compressed file as many bytes as that takes. Where a file begins with nothing but zeros, it is
 * told by what stands behind them; of a compressed one, whatever follows is taken for text.
 */
export async function describeContent(source: ByteSource): Promise<ContentDescription> {
  const head = { start: 0, end: detectionBytes };
  const first = (await readSpan(source, 'none', head)) ?? Buffer.alloc(0);
  const outer = detectContent(first, source.sizeBytes);
  if (outer.compression === 'none') return isHole(first) ? describeBehindZeros(source) : described(outer, 0);
  // Damage right at the start is the scan's to report: it says how far the content goes.
  const content = (await readSpan(source, outer.compression, head)) ?? Buffer.alloc(0);
  const inner = detectContent(content, content.length);
  const binary = inner.kind === 'binary' || inner.compression !== 'none';
  return { compression: outer.compression, encoding: inner.encoding, binary, textStart: 0 };
}

const isHole = (head: Buffer): boolean => head.length === detectionBytes && head.every((byte) => byte === 0);

const described = ({ encoding, kind }: Content, textStart: number): ContentDescription => ({
  compression: 'none',
  encoding,
  binary: kind === 'binary',
  textStart,
});

async function describeBehindZeros(source: ByteSource): Promise<ContentDescription> {
  const start = await textStartBehindZeros(source, detectionBytes);
  if (start === undefined) return { compression: 'none', encoding: 'utf-8', binary: false, textStart: 0 };
  // Units of UTF-16 lie at even offsets, and the first half of one may be zero.
  const even = start - (start % 2);
  const sample = (await readSpan(source, 'none', { start: even, end: even + detectionBytes })) ?? Buffer.alloc(0);
  const wide = detectContent(sample, source.sizeBytes);
  if (wide.encoding !== 'utf-8') return described(wide, even);
  const content = detectContent(sample.subarray(start - even), source.sizeBytes);
  return content.compression === 'none' ? described(content, start) : { ...described(content, 0), binary: true };
}
