/**
 * A local file as a byte source.
 */
import type { FileHandle } from 'node:fs/promises';
import type { ByteSource } from './byte-source.ts';

/** Bytes of one read; two are in memory, so that the next is read while the last one is scanned. */
const chunkBytes = 1024 * 1024;

/** Reads through a handle that stays the caller's. A file that has become shorter ends early. */
export function fileByteSource(handle: FileHandle, sizeBytes: number): ByteSource {
  return { sizeBytes, read: (start, end) => readAhead(handle, start, end) };
}

async function* readAhead(handle: FileHandle, start: number, end: number): AsyncGenerator<Buffer, void, undefined> {
  if (start >= end) return;
  const size = Math.min(chunkBytes, end - start);
  const buffers = [Buffer.allocUnsafeSlow(size), size < end - start ? Buffer.allocUnsafeSlow(size) : Buffer.alloc(0)];
  const read = (position: number, turn: number) => {
    const length = Math.min(size, end - position);
    return length > 0 ? handle.read(buffers[turn % 2] ?? Buffer.alloc(0), 0, length, position) : undefined;
  };
  let position = start;
  let reading = read(position, 0);
  for (let turn = 0; reading !== undefined; turn += 1) {
    const { bytesRead, buffer } = await reading;
    if (bytesRead === 0) return;
    position += bytesRead;
    reading = read(position, turn + 1);
    // Looked at when it is awaited; not an unhandled rejection meanwhile.
    reading?.catch(() => {});
    yield buffer.subarray(0, bytesRead);
  }
}
