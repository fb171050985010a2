/**
 * The part of a file that a scan has in memory, seen as units: bytes, or the code units of UTF-16 folded to one byte each, so that one scan
 * serves every encoding. Positions count units from the start of the file.
 */
import type { TextEncoding } from './byte-source.ts';
import { giveBack, takeHaystack, type Haystack, type SearchResult } from './haystack.ts';

/** Zeros kept behind the last unit, for the candidate stage to read into. */
const paddingUnits = 256;
/** Units of the longest byte order mark. */
export const byteOrderMarkUnits = 3;
/** What a UTF-16 unit above 0xFF is folded to: a letter of no level word, and no white space. */
const FOLDED = 0xff;

interface TextPlace {
  readonly encoding: TextEncoding;
  /** Its first unit, where it is known before anything is read. */
  readonly textStart?: number;
}

export class UnitWindow {
  readonly unitBytes: 1 | 2;
  /** No unit follows `to`: the file ends there. */
  isLast = false;
  /** First and one past the last position held. */
  from: number;
  to: number;

  /** One byte a unit, where they can be searched; the position of its first byte is `#base`. */
  readonly haystack: Haystack = takeHaystack();

  readonly #encoding: TextEncoding;
  readonly #textStart: number;
  /** UTF-16: the bytes themselves, two a unit, beside `#units`. */
  #raw: Buffer | undefined;
  #base: number;
  /** First byte of a unit that was cut between two chunks. */
  #half: Buffer | undefined;

  /** A window that is empty at `position`; an index and its position are both even or both odd. */
  constructor({ encoding, textStart = 0 }: TextPlace, position: number, capacity: number) {
    this.#encoding = encoding;
    this.#textStart = textStart;
    this.unitBytes = unitBytesOf(encoding);
    this.#base = position - (position % 2);
    this.from = position;
    this.to = position;
    this.haystack.grow(capacity + paddingUnits);
    if (this.unitBytes === 2) this.#raw = allocate(this.haystack.units.length * 2);
  }

  /** Gives its memory to the next one. */
  close(): void {
    giveBack(this.haystack);
  }

  /** The units; what they hold outside of `from … to` means nothing, but the padding behind `to`, which is zero. Other ones after each change. */
  get units(): Buffer {
    return this.haystack.units;
  }

  /** Looks for needles between two indexes; see `Haystack`. */
  search(start: number, end: number): SearchResult {
    return this.haystack.search(start, end);
  }

  /**
   * Where the next `count` bytes may be written before they are appended, dropping what lies before `keepFrom` if they need the room; undefined
   * where bytes are no units.
   */
  room(count: number, keepFrom: number): Buffer | undefined {
    if (this.#raw !== undefined) return undefined;
    this.#makeRoom(count, keepFrom);
    const index = this.indexOf(this.to);
    return this.units.subarray(index, index + count);
  }

  indexOf(position: number): number {
    return position - this.#base;
  }

  positionOf(index: number): number {
    return index + this.#base;
  }

  unitAt(position: number): number | undefined {
    return this.units[position - this.#base];
  }

  /** Where the text starts, behind zeros or a byte order mark. 0 as long as the window does not reach back to the start of the file. */
  get textStart(): number {
    if (this.#textStart > 0) return this.#textStart;
    if (this.from > 0) return 0;
    if (this.unitBytes === 2) return this.text(0, Math.min(1, this.to)) === '\u{feff}' ? 1 : 0;
    return this.to >= 3 && this.unitAt(0) === 0xef && this.unitAt(1) === 0xbb && this.unitAt(2) === 0xbf ? 3 : 0;
  }

  /** Adds the bytes behind the last ones, dropping what lies before `keepFrom` if it needs the room. */
  append(chunk: Buffer, keepFrom: number): void {
    const bytes = this.#half === undefined ? chunk : Buffer.concat([this.#half, chunk]);
    const count = Math.floor(bytes.length / this.unitBytes);
    this.#half = count * this.unitBytes === bytes.length ? undefined : Buffer.from(bytes.subarray(-1));
    this.#makeRoom(count, keepFrom);
    this.#write(bytes, this.to, count);
    this.to += count;
    this.units.fill(0, this.indexOf(this.to), this.indexOf(this.to) + paddingUnits);
  }

  /** Puts whole units before the first ones. */
  prepend(bytes: Buffer): void {
    const count = bytes.length / this.unitBytes;
    const from = this.from - count;
    const base = from - (from % 2);
    this.#move(this.from, base, this.to - base + paddingUnits);
    this.#write(bytes, from, count);
    this.from = from;
  }

  /** The text of the units `[start, end)`, with U+FFFD for what is invalid. */
  text(start: number, end: number): string {
    const raw = this.#raw;
    if (raw === undefined) return this.units.toString('utf8', this.indexOf(start), this.indexOf(end));
    const bytes = Buffer.from(raw.subarray(this.indexOf(start) * 2, this.indexOf(end) * 2));
    return (this.#encoding === 'utf-16be' ? bytes.swap16() : bytes).toString('utf16le').toWellFormed();
  }

  #write(bytes: Buffer, position: number, count: number): void {
    const { units } = this;
    const index = this.indexOf(position);
    if (this.#raw === undefined) {
      if (!isIn(bytes, units, index)) bytes.copy(units, index, 0, count);
      return;
    }
    bytes.copy(this.#raw, index * 2, 0, count * 2);
    const low = this.#encoding === 'utf-16be' ? 1 : 0;
    for (let unit = 0; unit < count; unit += 1) {
      units[index + unit] = bytes[unit * 2 + 1 - low] === 0 ? bytes[unit * 2 + low]! : FOLDED;
    }
  }

  #makeRoom(count: number, keepFrom: number): void {
    if (this.indexOf(this.to) + count + paddingUnits <= this.units.length) return;
    const kept = Math.min(Math.max(keepFrom, this.from), this.to);
    const base = kept - (kept % 2);
    this.#move(kept, base, this.to - base + count + paddingUnits);
    this.from = kept;
  }

  /** Moves what is kept to where `base` is the position of the first unit, into more memory where `size` takes it. */
  #move(keepFrom: number, base: number, size: number): void {
    const start = this.indexOf(keepFrom);
    const end = Math.min(this.indexOf(this.to) + paddingUnits, this.units.length);
    const at = keepFrom - base;
    if (size > this.units.length) this.haystack.grow(size * 2);
    this.units.copyWithin(at, start, end);
    if (this.#raw !== undefined) {
      const raw = this.#raw.length < this.units.length * 2 ? allocate(this.units.length * 2) : this.#raw;
      this.#raw.copy(raw, at * 2, start * 2, end * 2);
      this.#raw = raw;
    }
    this.#base = base;
  }
}

/** Whether the bytes lie in the buffer from an index on already. */
function isIn(bytes: Buffer, buffer: Buffer, index: number): boolean {
  return bytes.buffer === buffer.buffer && bytes.byteOffset === buffer.byteOffset + index;
}

export function unitBytesOf(encoding: TextEncoding): 1 | 2 {
  return encoding === 'utf-8' ? 1 : 2;
}

/** Memory of its own, whole units of it. */
function allocate(size: number): Buffer {
  return Buffer.from(new ArrayBuffer(size + (size % 2)));
}
