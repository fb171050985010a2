/**
 * Where the text of a file begins that has more zeros before it than detection looks at: a log that was truncated while its writer went on at its
 * old position. The zeros are a hole of any size, so they are not read through: what is text and what is hole is told by halving.
 */
import { readSpan } from './read-span.ts';
import type { ByteSource } from './scan/byte-source.ts';

/** Bytes of one look; a text has no hole of this size, so a look that sees only zeros is before it. */
export const probeBytes = 4 * 1024;
/** More than a file of 2^53 bytes takes. */
const probesMax = 64;

/** Position of the first byte behind the zeros, of which there are at least `known`; undefined in a file of nothing else. */
export async function textStartBehindZeros(source: ByteSource, known: number): Promise<number | undefined> {
  let [zeros, text] = [known, source.sizeBytes];
  for (let probes = 0; probes < probesMax && zeros < text; probes += 1) {
    const at = text - zeros > probeBytes ? zeros + Math.floor((text - zeros) / 2) : zeros;
    const seen = (await readSpan(source, 'none', { start: at, end: Math.min(at + probeBytes, text) })) ?? Buffer.alloc(0);
    const first = seen.findIndex((byte) => byte !== 0);
    if (first < 0) zeros = at + Math.max(seen.length, 1);
    else if (first > 0 || at === known || at === zeros) return at + first;
    else text = at;
  }
  return text < source.sizeBytes ? text : undefined;
}
