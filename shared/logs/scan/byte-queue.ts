/**
 * Bytes of a stream that can be looked at before they are taken, and of which the last ones taken can be given back.
 */
export class ByteQueue {
  readonly #chunks: AsyncIterator<Buffer>;
  /** The bytes that are at hand; those before `#at` have been taken. */
  #held: Buffer = Buffer.alloc(0);
  #at = 0;
  /** Position of `#held[0]` in the stream. */
  #base = 0;

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Bytes taken so far. */
  get position(): number {
    return this.#base + this.#at;
  }

  /** The next `count` bytes without taking them; undefined when there are not so many left. */
  async peek(count: number): Promise<Buffer | undefined> {
    while (this.#held.length - this.#at < count) if (!(await this.#readOn())) return undefined;
    return this.#held.subarray(this.#at, this.#at + count);
  }

  /** Takes bytes that were peeked at. */
  skip(count: number): void {
    this.#at += count;
  }

  /** Takes all bytes at hand, at least one; undefined at the end of the stream. */
  async take(): Promise<Buffer | undefined> {
    if ((await this.peek(1)) === undefined) return undefined;
    const taken = this.#held.subarray(this.#at);
    this.#at = this.#held.length;
    return taken;
  }

  /** Gives back what was taken from `position` on, no more than the last `take`. */
  rewind(position: number): void {
    this.#at = position - this.#base;
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  async #readOn(): Promise<boolean> {
    const { done, value } = await this.#chunks.next();
    if (done === true) return false;
    this.#base += this.#at;
    // A copy: the stream may reuse its buffer, and a decoder still reads from this one.
    this.#held = Buffer.concat([this.#held.subarray(this.#at), value]);
    this.#at = 0;
    return true;
  }
}
