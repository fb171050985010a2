/**
 * What a file is known by: SHA-256 over the SHA-256 of each of its parts. By parts, because a browser hashes what fits into memory and no stream.
 */
import { bytesOfPart, partBytesOf, partCountOf } from '#shared/logs/uploads/upload-limits.ts';

interface Hashing {
  readonly stop: AbortSignal;
  readonly progressed: (bytesHashed: number) => void;
}

const hashBytes = 32;

/** In hex. Rejects when it is told to stop. */
export async function contentHash(file: Blob, { stop, progressed }: Hashing): Promise<string> {
  const count = partCountOf(file.size);
  const hashes = new Uint8Array(count * hashBytes);
  for (let part = 1; part <= count; part += 1) {
    stop.throwIfAborted();
    const bytes = await partOf(file, part).arrayBuffer();
    hashes.set(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)), (part - 1) * hashBytes);
    progressed((part - 1) * partBytesOf(file.size) + bytes.byteLength);
  }
  const whole = new Uint8Array(await crypto.subtle.digest('SHA-256', hashes));
  return [...whole].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** From 1 on. */
export function partOf(file: Blob, part: number): Blob {
  const start = (part - 1) * partBytesOf(file.size);
  return file.slice(start, start + bytesOfPart(file.size, part));
}
