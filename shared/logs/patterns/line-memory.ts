/**
 * Remembers what was found out about lines, for lines that differ in nothing but their digits: stack traces consist of the same few lines with other
 * numbers in them, and finding out costs more than the scan itself.
 */

/** Lines that are remembered, at most: the next one with the same place takes it. */
const slots = 1 << 13;
const DIGIT_ZERO = 0x30;
const DIGIT_NINE = 0x39;

/** Longer lines are not worth it: of two such lines few are alike. */
const charactersMax = 1_000;

export class LineMemory<T> {
  readonly #find: (line: string) => T;
  readonly #firstHashes = new Int32Array(slots);
  readonly #secondHashes = new Int32Array(slots);
  readonly #found: (T | undefined)[] = Array.from({ length: slots });
  /** Where the line that was read last ends. */
  #end = 0;

  /** `find` must come to the same for lines that differ in their digits alone. */
  constructor(find: (line: string) => T) {
    this.#find = find;
  }

  get end(): number {
    return this.#end;
  }

  /**
   * About the line of `text` that begins at `start`; undefined for a line of more than 1,000 characters. Two hashes tell lines apart: one alone would take
   * some for others.
   */
  read(text: string, start: number): T | undefined {
    this.#end = text.indexOf('\n', start);
    if (this.#end < 0) this.#end = text.length;
    if (this.#end - start > charactersMax) return undefined;
    let first = 0x811c9dc5 | 0;
    let second = 0x2545f491;
    for (let i = start; i < this.#end; i += 1) {
      let unit = text.charCodeAt(i);
      if (unit >= DIGIT_ZERO && unit <= DIGIT_NINE) unit = DIGIT_ZERO;
      first = Math.imul(first ^ unit, 0x01000193);
      second = (Math.imul(second, 31) + unit) | 0;
    }
    first ^= first >>> 15;
    const slot = first & (slots - 1);
    const known = this.#found[slot];
    if (known !== undefined && this.#firstHashes[slot] === first && this.#secondHashes[slot] === second) return known;
    const found = this.#find(text.slice(start, this.#end));
    this.#firstHashes[slot] = first;
    this.#secondHashes[slot] = second;
    this.#found[slot] = found;
    return found;
  }
}
