/**
 * Brings a scan the bytes of its range, what it asks for behind the range's end, and what it asks for before its start.
 */
import type { ByteSource, Room, ScanRange } from './byte-source.ts';

export interface ByteFeed {
  /** Where the first chunk begins. */
  readonly startByte: number;
  /** The bytes behind those it gave, undefined at the end of the file. They may have been put where `room` says. */
  next(room?: Room): Promise<Buffer | undefined>;
  /** Bytes `[start, end)`, all of which lie before `startByte`. */
  before(start: number, end: number): Promise<Buffer>;
  /** Gives back what a scan holds open, also when it was not read to its end. */
  close(): Promise<void>;
}

/** Read with the range in one go: what a look-back needs in most files, and the rest of the last record. */
const marginBytes = 16 * 1024;
/** Later reads behind the range's end. */
const furtherBytes = { first: 64 * 1024, max: 1024 * 1024 };

/** The bytes of a range of a file. */
export function rangeFeed(source: ByteSource, range: ScanRange): ByteFeed {
  // Even, so that no unit of UTF-16 is cut.
  const startByte = Math.max(0, range.start - (range.start % 2) - marginBytes);
  let position = startByte;
  let stop = Math.min(source.sizeBytes, range.end + marginBytes);
  let further = furtherBytes.first;
  let room: Room | undefined;
  const read = (start: number, end: number) => source.read(start, end, (bytes) => room?.(bytes))[Symbol.asyncIterator]();
  let reading = read(startByte, stop);
  return {
    startByte,
    async next(roomForNext) {
      room = roomForNext;
      for (;;) {
        const { done, value } = await reading.next();
        if (done !== true) {
          position += value.length;
          return value;
        }
        if (position < stop || stop >= source.sizeBytes) return undefined;
        stop = Math.min(source.sizeBytes, stop + further);
        further = Math.min(further * 4, furtherBytes.max);
        reading = read(position, stop);
      }
    },
    async before(start, end) {
      const chunks: Buffer[] = [];
      for await (const chunk of source.read(start, end)) chunks.push(Buffer.from(chunk));
      return Buffer.concat(chunks);
    },
    close: async () => void (await reading.return?.()),
  };
}

/** The bytes of a stream, from its start. */
export function streamFeed(chunks: AsyncIterable<Buffer>): ByteFeed {
  const reading = chunks[Symbol.asyncIterator]();
  return {
    startByte: 0,
    next: async () => {
      const { done, value } = await reading.next();
      return done === true ? undefined : value;
    },
    before: () => Promise.reject(new Error('nothing lies before the start of a stream')),
    close: async () => void (await reading.return?.()),
  };
}
