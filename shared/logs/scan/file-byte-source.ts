/**
 * A local file as a byte source.
 */
import { readSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { setImmediate as otherEvents } from 'node:timers/promises';
import type { ByteSource, Room, ScanRange } from './byte-source.ts';

/**
 * Bytes of one read, into memory that stays in the processor's own cache: reads of several megabytes, or into memory that moves on, take three
 * times as long.
 */
const chunkBytes = 256 * 1024;
/** Reads after which other events have their turn. */
const chunksPerTurn = 16;

/**
 * Reads through a handle that stays the caller's. A file that has become shorter ends early. Reads block: through the thread pool the same
 * bytes cost twice the processor time, and the system reads ahead by itself.
 */
export function fileByteSource(handle: FileHandle, sizeBytes: number): ByteSource {
  return { sizeBytes, read: (start, end, room) => readChunks(handle, { start, end }, room) };
}

async function* readChunks(handle: FileHandle, { start, end }: ScanRange, room: Room | undefined): AsyncGenerator<Buffer, void, undefined> {
  let own: Buffer | undefined;
  let position = start;
  for (let turn = 1; position < end; turn += 1) {
    const count = Math.min(chunkBytes, end - position);
    const buffer = room?.(count) ?? (own ??= Buffer.allocUnsafeSlow(count));
    const bytesRead = readSync(handle.fd, buffer, 0, Math.min(buffer.length, count), position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
    if (turn % chunksPerTurn === 0) await otherEvents();
  }
}
