/**
 * A sample of the different lines of a file: those with the smallest hashes. Samples of parts of a file merge to the sample of the whole, in any
 * order and however it was cut.
 */

/** Lines in a sample, and bytes of each. */
export const sampleLinesMax = 1_000;
export const sampleLineBytesMax = 512;
/** Bytes that lines are picked by; those that are alike so far are picked or left together. */
const hashedBytesMax = 32;

interface Sampled {
  readonly hash: number;
  /** Latin1, so that one character is one byte. */
  readonly text: string;
}

export class LineSample {
  #lines = new Map<string, Sampled>();
  /** Lines with larger hashes cannot be among the smallest any more. */
  #hashMax = 0xffff_ffff;

  add(bytes: Uint8Array, start: number, end: number): void {
    const hash = hashOf(bytes, start, Math.min(end, start + hashedBytesMax));
    if (hash > this.#hashMax || end === start) return;
    const to = Math.min(end, start + sampleLineBytesMax);
    const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, to - start).toString('latin1');
    this.#keep({ hash, text });
  }

  merge(other: LineSample): void {
    for (const line of other.#smallest()) if (line.hash <= this.#hashMax) this.#keep(line);
  }

  /** The sample, at most `sampleLinesMax` lines, always in the same order. */
  lines(): Uint8Array[] {
    return this.#smallest().map(({ text }) => Buffer.from(text, 'latin1'));
  }

  #keep(line: Sampled): void {
    this.#lines.set(line.text, line);
    // Cutting back only now and then makes it cheap.
    if (this.#lines.size < sampleLinesMax * 2) return;
    const kept = this.#smallest();
    this.#lines = new Map(kept.map((line) => [line.text, line]));
    this.#hashMax = kept.at(-1)?.hash ?? this.#hashMax;
  }

  #smallest(): Sampled[] {
    const inOrder = [...this.#lines.values()].toSorted((a, b) => a.hash - b.hash || (a.text < b.text ? -1 : 1));
    return inOrder.slice(0, sampleLinesMax);
  }
}

/** FNV-1a with a finish that spreads it, unsigned. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = start; i < end; i += 1) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
