/**
 * Cuts a stream of bytes into lines without their terminators, copying only those that two chunks share.
 */
import { limits } from '#shared/logs/limits.ts';
import { withoutColours } from '#shared/logs/line/wrapping.ts';

/** A line, in `bytes` from `start` to `end`; valid until this returns. Of a longer line, its first `limits.lineBytesMax` bytes. */
export type TakeLine = (bytes: Uint8Array, start: number, end: number) => void;

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const ESCAPE = 0x1b;
const mark = [0xef, 0xbb, 0xbf];

export class LineFeed {
  readonly #take: TakeLine;
  /** The beginning of a line whose end has not come yet. */
  #pending: Buffer = Buffer.alloc(0);
  #lines = 0;

  constructor(take: TakeLine) {
    this.#take = take;
  }

  /** Lines so far, blank ones too. */
  get lines(): number {
    return this.#lines;
  }

  push(chunk: Uint8Array): void {
    let start = 0;
    if (this.#pending.length > 0) {
      const end = chunk.indexOf(NEWLINE);
      this.#wait(chunk, 0, end < 0 ? chunk.length : end);
      if (end < 0) return;
      this.#flush();
      start = end + 1;
    }
    for (let end = chunk.indexOf(NEWLINE, start); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      this.#line(chunk, start, end);
      start = end + 1;
    }
    this.#wait(chunk, start, chunk.length);
  }

  /** A last line without a terminator. */
  end(): void {
    if (this.#pending.length > 0) this.#flush();
  }

  #flush(): void {
    const line = this.#pending;
    this.#pending = Buffer.alloc(0);
    this.#line(line, 0, line.length);
  }

  #wait(chunk: Uint8Array, start: number, end: number): void {
    const room = limits.lineBytesMax - this.#pending.length;
    if (end > start && room > 0) this.#pending = Buffer.concat([this.#pending, chunk.subarray(start, Math.min(end, start + room))]);
  }

  #line(bytes: Uint8Array, lineStart: number, lineEnd: number): void {
    this.#lines += 1;
    const start = this.#lines === 1 && mark.every((byte, i) => bytes[lineStart + i] === byte) ? lineStart + mark.length : lineStart;
    const end = lineEnd > start && bytes[lineEnd - 1] === RETURN ? lineEnd - 1 : lineEnd;
    const kept = Math.min(end, start + limits.lineBytesMax);
    const first = bytes[start];
    if (first === ESCAPE || (first === 0x5b && bytes.subarray(start, kept).includes(ESCAPE))) this.#coloured(bytes.subarray(start, kept));
    else this.#take(bytes, start, kept);
  }

  #coloured(line: Uint8Array): void {
    const plain = Buffer.from(withoutColours(Buffer.from(line).toString('latin1')), 'latin1');
    this.#take(plain, 0, plain.length);
  }
}
