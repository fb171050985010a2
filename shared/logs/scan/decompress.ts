/**
 * Decompresses gzip (all members) and zstd (all frames, skippable ones too) as a stream.
 */
import { constants, crc32, createInflateRaw, createZstdDecompress, type InflateRaw, type ZstdDecompress } from 'node:zlib';
import { ByteQueue } from './byte-queue.ts';

export type Compression = 'gzip' | 'zstd';

/** Compressed data that is damaged, or ends too early. */
export class DamagedContentError extends Error {
  override readonly name = 'DamagedContentError';
  /** Bytes of the file that had been read when the damage showed. */
  readonly compressedOffset: number;
  /** Bytes of content that came before it; all of them have been given. */
  readonly decompressedOffset: number;

  constructor(reason: string, offsets: { compressed: number; decompressed: number }) {
    super(`${reason} at byte ${offsets.compressed} of the file, ${offsets.decompressed} bytes into its content`);
    this.compressedOffset = offsets.compressed;
    this.decompressedOffset = offsets.decompressed;
  }
}

/** Bytes of content that are decompressed at a time; as much may be lost right before damage inside compressed data. */
const outputBytes = 32 * 1024;
/** Memory a zstd frame may ask for: what `zstd --long=27` writes, and what the zstd tool accepts unasked. */
const zstdWindowLogMax = 27;

/**
 * The content of compressed data. Throws `DamagedContentError` behind the last good bytes; errors of `chunks` pass through. Whatever follows
 * the last member or frame is damage, but for zeros.
 */
export async function* decompress(chunks: AsyncIterable<Buffer>, compression: Compression): AsyncGenerator<Buffer, void, undefined> {
  const input = new ByteQueue(chunks);
  let decompressed = 0;
  try {
    for (let part = 0; !(await isEnd(input, part)); part += 1) {
      for await (const content of compression === 'gzip' ? gzipMember(input) : inflate(zstdDecoder(), input)) {
        decompressed += content.length;
        yield content;
      }
    }
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    throw new DamagedContentError(error.message, { compressed: input.position, decompressed });
  } finally {
    await input.close();
  }
}

/** Content up to where it is damaged; what the damage is, `onDamage` is told. */
export async function* untilDamage(
  content: AsyncIterable<Buffer>,
  onDamage: (damage: DamagedContentError) => void,
): AsyncGenerator<Buffer, void, undefined> {
  try {
    yield* content;
  } catch (error) {
    if (!(error instanceof DamagedContentError)) throw error;
    onDamage(error);
  }
}

/** Damage whose place is where the input stands. */
class Damage extends Error {}

/** Nothing but padding is left. Empty data is no compressed data at all. */
async function isEnd(input: ByteQueue, part: number): Promise<boolean> {
  if (part === 0) return false;
  for (;;) {
    const first = await input.peek(1);
    if (first === undefined) return true;
    if (first[0] !== 0) return false;
    input.skip(1);
  }
}

const zstdDecoder = () => createZstdDecompress({ chunkSize: outputBytes, params: { [constants.ZSTD_d_windowLogMax]: zstdWindowLogMax } });

/** RFC 1952: header, deflated content, CRC-32 and length. */
async function* gzipMember(input: ByteQueue): AsyncGenerator<Buffer, void, undefined> {
  await skipGzipHeader(input);
  let checksum = 0;
  let length = 0;
  for await (const content of inflate(createInflateRaw({ chunkSize: outputBytes }), input)) {
    checksum = crc32(content, checksum);
    length = (length + content.length) % 2 ** 32;
    yield content;
  }
  const trailer = await needed(input, 8);
  if (trailer.readUInt32LE(0) !== checksum) throw new Damage('wrong checksum');
  if (trailer.readUInt32LE(4) !== length) throw new Damage('wrong length');
  input.skip(8);
}

const gzipFlags = { headerChecksum: 2, extra: 4, name: 8, comment: 16 } as const;

async function skipGzipHeader(input: ByteQueue): Promise<void> {
  const header = await needed(input, 10);
  if (header[0] !== 0x1f || header[1] !== 0x8b || header[2] !== 8) throw new Damage('no gzip data');
  const flags = header[3] ?? 0;
  input.skip(10);
  if ((flags & gzipFlags.extra) !== 0) {
    const length = (await needed(input, 2)).readUInt16LE(0);
    await needed(input, 2 + length);
    input.skip(2 + length);
  }
  if ((flags & gzipFlags.name) !== 0) await skipText(input);
  if ((flags & gzipFlags.comment) !== 0) await skipText(input);
  if ((flags & gzipFlags.headerChecksum) !== 0) {
    await needed(input, 2);
    input.skip(2);
  }
}

/** Characters of a file's name or comment in a header. */
const headerTextBytesMax = 64 * 1024;

async function skipText(input: ByteQueue): Promise<void> {
  for (let count = 0; count < headerTextBytesMax; count += 1) {
    const [byte] = await needed(input, 1);
    input.skip(1);
    if (byte === 0) return;
  }
  throw new Damage('no end of the gzip header');
}

async function needed(input: ByteQueue, count: number): Promise<Buffer> {
  const bytes = await input.peek(count);
  if (bytes === undefined) throw new Damage('unexpected end of the file');
  return bytes;
}

/** Runs one deflate stream or zstd frame to its end, and leaves in the input what follows it. */
async function* inflate(decoder: InflateRaw | ZstdDecompress, input: ByteQueue): AsyncGenerator<Buffer, void, undefined> {
  const start = input.position;
  const feeding = feed(decoder, input);
  try {
    for await (const content of decoder) yield content as Buffer;
  } catch (error) {
    input.rewind(start + decoder.bytesWritten);
    throw isZlibError(error)
      ? new Damage(error.code === 'Z_BUF_ERROR' ? 'unexpected end of the file' : `damaged data (${error.message})`)
      : error;
  } finally {
    decoder.destroy();
    await feeding;
  }
  input.rewind(start + decoder.bytesWritten);
}

const isZlibError = (error: unknown): error is Error & { code: string } =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^(?:Z_|ZSTD_|ERR_ZSTD)/.test(error.code);

/** Writes the input to the decoder until it closes, which it does behind the end of its stream. Errors of the input destroy it. */
async function feed(decoder: InflateRaw | ZstdDecompress, input: ByteQueue): Promise<void> {
  const closed = new Promise<void>((resolve) => decoder.once('close', resolve));
  try {
    const start = input.position;
    while (!decoder.destroyed) {
      const chunk = await input.take();
      if (chunk === undefined) {
        decoder.end();
        return;
      }
      await Promise.race([closed, new Promise<void>((resolve) => decoder.write(chunk, () => resolve()))]);
      // The stream ended inside the chunk; what follows is not the decoder's.
      if (start + decoder.bytesWritten < input.position) return;
    }
  } catch (error) {
    decoder.destroy(error instanceof Error ? error : new Error(String(error)));
  }
}
