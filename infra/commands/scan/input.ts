import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { type ContentDescription, describeContent } from '#shared/logs/describe-content.ts';
import type { ByteSource } from '#shared/logs/scan/byte-source.ts';
import { detectContent, detectionBytes } from '#shared/logs/scan/detect-content.ts';
import { decompress } from '#shared/logs/scan/decompress.ts';
import { fileByteSource } from '#shared/logs/scan/file-byte-source.ts';

/** A file, which can be read anywhere, or a stream, which comes once. */
export interface ScanInput extends AsyncDisposable {
  readonly name: string;
  /** Undefined for a stream. */
  readonly source: ByteSource | undefined;
  /** Of a stream: its bytes as they came. */
  readonly chunks: AsyncIterable<Buffer>;
  readonly content: ContentDescription;
  /** Milliseconds since the epoch: settles what times in the log leave out. */
  readonly fileTimeMs: number;
}

/** The input cannot be read at all; the message is a sentence for the user. */
export class ScanInputError extends Error {
  override readonly name = 'ScanInputError';
}

/** Opens a file, or standard input for `-`, and finds out what it holds. */
export async function openScanInput(name: string): Promise<ScanInput> {
  return name === '-' ? streamInput() : fileInput(name);
}

async function fileInput(name: string): Promise<ScanInput> {
  const handle = await openFile(name);
  const stats = await handle.stat();
  if (stats.isFile()) {
    const source = fileByteSource(handle, stats.size);
    const content = await describeContent(source);
    const chunks = source.read(0, stats.size);
    return { name, source, chunks, content, fileTimeMs: stats.mtimeMs, [Symbol.asyncDispose]: () => handle.close() };
  }
  await handle.close();
  if (stats.isDirectory()) throw new ScanInputError(`${name} is a directory: name a file in it.`);
  return streamed(name, createReadStream(name, { highWaterMark: 1 << 20 }));
}

async function openFile(name: string): Promise<FileHandle> {
  try {
    return await open(name);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reasons: Record<string, string> = { ENOENT: 'there is no such file', EACCES: 'it may not be read', EISDIR: 'it is a directory' };
    throw new ScanInputError(`${name}: ${reasons[code ?? ''] ?? message}.`, { cause: error });
  }
}

function streamInput(): Promise<ScanInput> {
  if (process.stdin.isTTY) throw new ScanInputError('Standard input is the terminal: name a file, or send a log through a pipe.');
  return streamed('standard input', process.stdin);
}

/** A stream's first bytes are kept to be given again, as what it holds is told by them. */
async function streamed(name: string, stream: Readable): Promise<ScanInput> {
  const { head, rest } = await peek(stream, detectionBytes);
  const content = await contentOf(head);
  return {
    name,
    source: undefined,
    chunks: joined(head, rest),
    content,
    fileTimeMs: Date.now(),
    [Symbol.asyncDispose]: async () => void stream.destroy(),
  };
}

async function contentOf(head: Buffer): Promise<ContentDescription> {
  const outer = detectContent(head, head.length);
  if (outer.compression === 'none') return { compression: 'none', encoding: outer.encoding, binary: outer.kind === 'binary', textStart: 0 };
  const inner = detectContent(await firstContent(head, outer.compression), detectionBytes);
  const binary = inner.kind === 'binary' || inner.compression !== 'none';
  return { compression: outer.compression, encoding: inner.encoding, binary, textStart: 0 };
}

/** As far as the head goes: that it ends in the middle is no damage here. */
async function firstContent(head: Buffer, compression: 'gzip' | 'zstd'): Promise<Buffer> {
  const found: Buffer[] = [];
  try {
    for await (const bytes of decompress(joined(head, nothing()), compression)) found.push(bytes);
  } catch {
    // What came before is enough.
  }
  return Buffer.concat(found).subarray(0, detectionBytes);
}

async function peek(stream: Readable, bytes: number): Promise<{ head: Buffer; rest: AsyncIterator<Buffer> }> {
  const rest = (stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  const found: Buffer[] = [];
  let length = 0;
  while (length < bytes) {
    const { value, done } = await rest.next();
    if (done) break;
    found.push(value);
    length += value.length;
  }
  return { head: Buffer.concat(found), rest };
}

async function* joined(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

async function* nothing(): AsyncGenerator<Buffer> {}
