/**
 * Bytes in and out: writes a stream into a file while its digests are taken, and sends stretches of files to a client.
 */
import { createHash } from 'node:crypto';
import type { Writable } from 'node:stream';
import { createDigest } from './checksums.ts';
import type { ChecksumAlgorithm } from './checksums.ts';
import type { ContentFiles, ContentReader, NewFile, Slice } from './files.ts';

/** Written at once; two such batches are in memory per upload. */
const batchBytes = 1024 * 1024;
const readBytes = 512 * 1024;
/** Up to here one synchronous read is cheaper than asking the thread pool. */
const readNowBytesMax = 128 * 1024;
/** Read buffers kept for the next download. */
const pooledBuffersMax = 16;

export interface StoredContent {
  /** Undefined when there were no bytes. */
  readonly file: string | undefined;
  readonly size: number;
  /** Hex. */
  readonly md5: string;
  /** Base64, of each algorithm asked for. */
  readonly checksums: ReadonlyMap<ChecksumAlgorithm, string>;
}

/** Stores what the chunks hold, flushed to disk. Leaves nothing behind when they throw. */
export async function storeContent(
  files: ContentFiles,
  chunks: AsyncIterable<Buffer>,
  algorithms: readonly ChecksumAlgorithm[],
): Promise<StoredContent> {
  const md5 = createHash('md5');
  const digests = [...new Set(algorithms)].map((algorithm) => ({ algorithm, digest: createDigest(algorithm) }));
  const writer = new BatchWriter(files);
  let file: string | undefined;
  try {
    for await (const chunk of chunks) {
      md5.update(chunk);
      for (const { digest } of digests) digest.update(chunk);
      await writer.write(chunk);
    }
    file = await writer.commit();
  } catch (error) {
    await writer.discard();
    throw error;
  }
  const checksums = new Map(digests.map(({ algorithm, digest }) => [algorithm, digest.digest().toString('base64')]));
  return { file, size: writer.size, md5: md5.digest('hex'), checksums };
}

/** The digests of bytes that are stored already. */
export async function digestContent(
  chunks: AsyncIterable<Buffer>,
  algorithm: ChecksumAlgorithm,
): Promise<{ md5: string; checksum: string }> {
  const [md5, digest] = [createHash('md5'), createDigest(algorithm)];
  for await (const chunk of chunks) {
    md5.update(chunk);
    digest.update(chunk);
  }
  return { md5: md5.digest('hex'), checksum: digest.digest().toString('base64') };
}

/** Content made of what is stored already: another name for a whole file, or else its bytes written anew. */
export async function copySlices(files: ContentFiles, slices: readonly Slice[], algorithm: ChecksumAlgorithm): Promise<StoredContent> {
  const [slice] = slices;
  if (slices.length !== 1 || !slice?.whole) return storeContent(files, readSlices(files, slices, { reuse: false }), [algorithm]);
  const { md5, checksum } = await digestContent(readSlices(files, slices, { reuse: true }), algorithm);
  return { file: await files.duplicate(slice.file), size: slice.length, md5, checksums: new Map([[algorithm, checksum]]) };
}

/** Collects small chunks, and lets the next ones arrive while a batch is being written. */
class BatchWriter {
  size = 0;
  readonly #files: ContentFiles;
  #file: NewFile | undefined;
  #batch: Buffer[] = [];
  #batchBytes = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor(files: ContentFiles) {
    this.#files = files;
  }

  async write(chunk: Buffer): Promise<void> {
    if (chunk.length === 0) return;
    this.size += chunk.length;
    this.#batch.push(chunk);
    this.#batchBytes += chunk.length;
    if (this.#batchBytes >= batchBytes) await this.#flush();
  }

  /** The name of the file; undefined when there were no bytes. */
  async commit(): Promise<string | undefined> {
    if (this.size === 0) return undefined;
    if (!this.#file) return this.#files.store(this.#batch);
    await this.#flush();
    await this.#writing;
    await this.#file.commit();
    return this.#file.name;
  }

  async discard(): Promise<void> {
    await this.#writing.catch(() => undefined);
    await this.#file?.discard();
  }

  async #flush(): Promise<void> {
    await this.#writing;
    if (this.#batch.length === 0) return;
    this.#file ??= await this.#files.create();
    this.#writing = this.#file.write(this.#batch);
    // Whoever awaits `#writing` next gets the failure; until then it is not unhandled.
    this.#writing.catch(() => undefined);
    this.#batch = [];
    this.#batchBytes = 0;
  }
}

/**
 * The bytes of stretches of files, in order. With `reuse` each buffer is only valid until the next one is asked for: enough for digests,
 * not for what is written later.
 */
export async function* readSlices(files: ContentFiles, slices: readonly Slice[], { reuse }: { reuse: boolean }): AsyncGenerator<Buffer> {
  const shared = takeBuffer();
  try {
    for (const slice of slices) {
      const reader = await files.openForReading(slice.file);
      try {
        for (let done = 0; done < slice.length;) {
          const buffer = reuse ? shared : Buffer.allocUnsafeSlow(Math.min(readBytes, slice.length - done));
          const bytes = await readInto(reader, buffer, { ...slice, start: slice.start + done, length: slice.length - done });
          done += bytes.length;
          yield bytes;
        }
      } finally {
        await reader.close();
      }
    }
  } finally {
    returnBuffer(shared);
  }
}

/** Sends stretches of files and ends the stream. Resolves when the last byte is on its way, or when the client has left. */
export async function sendSlices(files: ContentFiles, slices: readonly Slice[], target: Writable): Promise<void> {
  const totalBytes = slices.reduce((sum, slice) => sum + slice.length, 0);
  if (totalBytes <= readNowBytesMax) {
    target.end(Buffer.concat(slices.map((slice) => readWhole(files, slice))));
    return;
  }
  // Two buffers: one is read into while the other is on its way to the client.
  const lanes = [takeBuffer(), takeBuffer()].map((buffer) => ({ buffer, sent: Promise.resolve() }));
  try {
    let turn = 0;
    for (const slice of slices) {
      const reader = await files.openForReading(slice.file);
      try {
        for (let done = 0; done < slice.length && !target.destroyed;) {
          const lane = lanes[turn++ % 2]!;
          await lane.sent;
          const bytes = await readInto(reader, lane.buffer, { ...slice, start: slice.start + done, length: slice.length - done });
          done += bytes.length;
          lane.sent = sent(target, bytes);
        }
      } finally {
        await reader.close();
      }
    }
    target.end();
  } finally {
    await Promise.all(lanes.map((lane) => lane.sent));
    for (const lane of lanes) returnBuffer(lane.buffer);
  }
}

function readWhole(files: ContentFiles, slice: Slice): Buffer {
  const buffer = Buffer.allocUnsafe(slice.length);
  if (files.readNow(slice, buffer) !== slice.length) throw truncated(slice);
  return buffer;
}

async function readInto(reader: ContentReader, buffer: Buffer, slice: Slice): Promise<Buffer> {
  const bytesRead = await reader.read(buffer, slice.start, Math.min(buffer.length, slice.length));
  if (bytesRead === 0) throw truncated(slice);
  return buffer.subarray(0, bytesRead);
}

function truncated(slice: Slice): Error {
  return new Error(`content file ${slice.file} ends before byte ${slice.start + slice.length}`);
}

/** Resolves when the buffer may be used again, also when the client has gone. */
function sent(target: Writable, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      target.off('close', done);
      resolve();
    };
    target.once('close', done);
    target.write(bytes, done);
  });
}

const pool: Buffer[] = [];

function takeBuffer(): Buffer {
  return pool.pop() ?? Buffer.allocUnsafeSlow(readBytes);
}

function returnBuffer(buffer: Buffer): void {
  if (pool.length < pooledBuffersMax) pool.push(buffer);
}
