/**
 * The part of a file that a scan has in memory, seen as units: bytes, or the code units of UTF-16 folded to one byte each, so that one scan
 * serves every encoding. Positions count units from the start of the file.
 */
import type { TextEncoding } from './byte-source.ts';

/** Zeros kept behind the last unit, for the candidate stage to read into. */
const paddingUnits = 256;
/** Units of the longest byte order mark. */
export const byteOrderMarkUnits = 3;
/** What a UTF-16 unit above 0xFF is folded to: a letter of no level word, and no white space. */
const FOLDED = 0xff;

export class UnitWindow {
  readonly unitBytes: 1 | 2;
  /** No unit follows `to`: the file ends there. */
  isLast = false;
  /** First and one past the last position held. */
  from: number;
  to: number;

  readonly #encoding: TextEncoding;
  /** One byte a unit; the position of its first byte is `#base`. */
  #units: Buffer;
  /** UTF-16: the bytes themselves, two a unit, beside `#units`. */
  #raw: Buffer | undefined;
  #base: number;
  /** First byte of a unit that was cut between two chunks. */
  #half: Buffer | undefined;

  /** A window that is empty at `position`; an index and its position are both even or both odd. */
  constructor(encoding: TextEncoding, position: number, capacity: number) {
    this.#encoding = encoding;
    this.unitBytes = unitBytesOf(encoding);
    this.#base = position - (position % 2);
    this.from = position;
    this.to = position;
    this.#units = allocate(capacity + paddingUnits);
    if (this.unitBytes === 2) this.#raw = allocate((capacity + paddingUnits) * 2);
  }

  /** The units; what they hold outside of `from … to` means nothing, but the padding behind `to`, which is zero. */
  get units(): Buffer {
    return this.#units;
  }

  indexOf(position: number): number {
    return position - this.#base;
  }

  positionOf(index: number): number {
    return index + this.#base;
  }

  unitAt(position: number): number | undefined {
    return this.#units[position - this.#base];
  }

  /** Where the text starts, behind a byte order mark. 0 as long as the window does not reach back to the start of the file. */
  get textStart(): number {
    if (this.from > 0) return 0;
    if (this.unitBytes === 2) return this.text(0, Math.min(1, this.to)) === '\u{feff}' ? 1 : 0;
    return this.to >= 3 && this.unitAt(0) === 0xef && this.unitAt(1) === 0xbb && this.unitAt(2) === 0xbf ? 3 : 0;
  }

  /** Adds the bytes behind the last ones, dropping what lies before `keepFrom` if it needs the room. */
  append(chunk: Buffer, keepFrom: number): void {
    const bytes = this.#half === undefined ? chunk : Buffer.concat([this.#half, chunk]);
    const count = Math.floor(bytes.length / this.unitBytes);
    this.#half = count * this.unitBytes === bytes.length ? undefined : Buffer.from(bytes.subarray(-1));
    this.#makeRoom(count, Math.min(Math.max(keepFrom, this.from), this.to));
    this.#write(bytes, this.to, count);
    this.to += count;
    this.#units.fill(0, this.indexOf(this.to), this.indexOf(this.to) + paddingUnits);
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
    if (raw === undefined) return this.#units.toString('utf8', this.indexOf(start), this.indexOf(end));
    const bytes = Buffer.from(raw.subarray(this.indexOf(start) * 2, this.indexOf(end) * 2));
    return (this.#encoding === 'utf-16be' ? bytes.swap16() : bytes).toString('utf16le').toWellFormed();
  }

  #write(bytes: Buffer, position: number, count: number): void {
    const index = this.indexOf(position);
    if (this.#raw === undefined) {
      bytes.copy(this.#units, index, 0, count);
      return;
    }
    bytes.copy(this.#raw, index * 2, 0, count * 2);
    const low = this.#encoding === 'utf-16be' ? 1 : 0;
    for (let unit = 0; unit < count; unit += 1) {
      this.#units[index + unit] = bytes[unit * 2 + 1 - low] === 0 ? bytes[unit * 2 + low]! : FOLDED;
    }
  }

  #makeRoom(count: number, keepFrom: number): void {
    if (this.indexOf(this.to) + count + paddingUnits <= this.#units.length) return;
    const base = keepFrom - (keepFrom % 2);
    const needed = this.to - base + count + paddingUnits;
    this.#move(keepFrom, base, needed <= this.#units.length ? this.#units.length : needed * 2);
    this.from = keepFrom;
  }

  /** Moves what is kept to where `base` is the position of the first unit, into new memory where the size changes. */
  #move(keepFrom: number, base: number, size: number): void {
    const start = this.indexOf(keepFrom);
    const end = Math.min(this.indexOf(this.to) + paddingUnits, this.#units.length);
    const at = keepFrom - base;
    this.#units = moved(this.#units, { start, end, at, size });
    if (this.#raw !== undefined) this.#raw = moved(this.#raw, { start: start * 2, end: end * 2, at: at * 2, size: size * 2 });
    this.#base = base;
  }
}

export function unitBytesOf(encoding: TextEncoding): 1 | 2 {
  return encoding === 'utf-8' ? 1 : 2;
}

/** Memory of its own: the candidate stage reads it in pairs from its first byte on. */
function allocate(size: number): Buffer {
  return Buffer.from(new ArrayBuffer(size + (size % 2)));
}

function moved(buffer: Buffer, { start, end, at, size }: { start: number; end: number; at: number; size: number }): Buffer {
  const into = size === buffer.length ? buffer : allocate(size);
  buffer.copy(into, at, start, end);
  return into;
}
