/**
 * What the scan reads from, and how its pieces are named.
 */

/** Encodings of a text file. `utf-8` stands for every encoding in which ASCII bytes mean themselves (latin1, broken UTF-8). */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** A file's bytes, to be read from anywhere. */
export interface ByteSource {
  readonly sizeBytes: number;
  /**
   * Bytes `[start, end)` in order, in buffers of any size. A buffer may be reused once the next one is asked for. The file may turn out
   * shorter than `sizeBytes`, never changed otherwise; errors of the medium are thrown from the iteration. A source that can put bytes anywhere
   * asks for `room` before each buffer it gives, so that they need not be copied.
   */
  read(start: number, end: number, room?: Room): AsyncIterable<Buffer>;
}

/** Memory for so many bytes that are given next, valid until they are; undefined where any will do. */
export type Room = (bytes: number) => Buffer | undefined;

/** Bytes of a file, half open. */
export interface ScanRange {
  readonly start: number;
  readonly end: number;
}
