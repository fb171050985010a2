/**
 * A sample of the different lines of a file: those with the smallest hashes. Samples of parts of a file merge to the sample of the whole, in any
 * order and however it was cut.
 */

/** Lines in a sample, and bytes of each. */
const sampleLinesMax = 1_000;
const sampleLineBytesMax = 512;
/** Bytes that lines are picked by. */
const pickedByBytesMax = 32;

export class LineSample {
  /** Lines in latin1, one byte a character, by their hash: 32 bits that pick them, then 21 of the whole line. */
  #lines = new Map<number, string>();
  /** Lines with larger hashes cannot be among the smallest any more. */
  #pickMax = 0xffff_ffff;

  add(bytes: Uint8Array, start: number, end: number): void {
    const pick = hashOf(bytes, start, Math.min(end, start + pickedByBytesMax));
    if (pick > this.#pickMax || end === start) return;
    const to = Math.min(end, start + sampleLineBytesMax);
    const hash = pick * 0x20_0000 + (hashOf(bytes, start, to) & 0x1f_ffff);
    if (this.#lines.has(hash)) return;
    this.#keep(hash, Buffer.from(bytes.buffer, bytes.byteOffset + start, to - start).toString('latin1'));
  }

  merge(other: LineSample): void {
    for (const [hash, line] of other.#lines) if (hash < (this.#pickMax + 1) * 0x20_0000) this.#keep(hash, line);
  }

  /** The sample, at most `sampleLinesMax` lines, always in the same order. */
  lines(): Uint8Array[] {
    return this.#smallest().map(([, line]) => Buffer.from(line, 'latin1'));
  }

  #keep(hash: number, line: string): void {
    this.#lines.set(hash, line);
    // Cutting back only now and then makes it cheap.
    if (this.#lines.size < sampleLinesMax * 4) return;
    const kept = this.#smallest();
    this.#lines = new Map(kept);
    this.#pickMax = Math.floor((kept.at(-1)?.[0] ?? 0) / 0x20_0000);
  }

  #smallest(): [number, string][] {
    return [...this.#lines].toSorted(([a], [b]) => a - b).slice(0, sampleLinesMax);
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
