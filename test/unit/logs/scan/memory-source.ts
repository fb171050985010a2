import type { ByteSource } from '#shared/logs/scan/byte-source.ts';

/** Bytes in memory as a source, in chunks of a given size; counts what is read. */
export function memorySource(bytes: Buffer, chunkBytes = 64 * 1024): ByteSource & { bytesRead: number; reads: number } {
  return {
    sizeBytes: bytes.length,
    bytesRead: 0,
    reads: 0,
    async *read(start, end) {
      this.reads += 1;
      for (let at = start; at < end; at += chunkBytes) {
        const chunk = Buffer.from(bytes.subarray(at, Math.min(end, at + chunkBytes)));
        this.bytesRead += chunk.length;
        yield chunk;
        // Whoever keeps a chunk longer than it may sees this.
        chunk.fill(0x58);
      }
    },
  };
}
