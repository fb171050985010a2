import { gzipSync, zstdCompressSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DamagedContentError, decompress, untilDamage, type Compression } from '#shared/logs/scan/decompress.ts';
import { scanStream } from '#shared/logs/scan/scan-range.ts';
import { memorySource } from './memory-source.ts';

const compress: Readonly<Record<Compression, (content: Buffer) => Buffer>> = { gzip: gzipSync, zstd: zstdCompressSync };

interface Outcome {
  readonly content: Buffer;
  readonly damage: DamagedContentError | undefined;
}

async function decompressed(bytes: Buffer, compression: Compression, chunkBytes = 1_000): Promise<Outcome> {
  let damage: DamagedContentError | undefined;
  const found: Buffer[] = [];
  const content = decompress(memorySource(bytes, chunkBytes).read(0, bytes.length), compression);
  for await (const part of untilDamage(content, (error) => (damage = error))) found.push(part);
  return { content: Buffer.concat(found), damage };
}

const text = Buffer.from(Array.from({ length: 20_000 }, (_, line) => `${line * 7919} some line that is not all the same\n`).join(''));

describe.each(['gzip', 'zstd'] as const)('%s', (compression) => {
  it('gives the content of all members or frames, however the bytes arrive', async () => {
    const parts = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(parts, fc.integer({ min: 1, max: 100 }), async (parts, chunkBytes) => {
        const contents = parts.map((part) => Buffer.from(part));
        const { content, damage } = await decompressed(Buffer.concat(contents.map(compress[compression])), compression, chunkBytes);
        expect(damage).toBeUndefined();
        expect(content.equals(Buffer.concat(contents))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('gives what comes before an early end, and says how far it came', async () => {
    const bytes = compress[compression](text);
    const half = bytes.subarray(0, Math.floor(bytes.length / 2));
    const { content, damage } = await decompressed(half, compression);
    expect(damage).toMatchObject({ compressedOffset: half.length, decompressedOffset: content.length });
    expect(damage?.message).toContain('unexpected end of the file');
    expect(content.length).toBeGreaterThan(text.length / 4);
    expect(content.equals(text.subarray(0, content.length))).toBe(true);
  });

  it('ends at any early end without hanging, with nothing but the content that came before', async () => {
    const content = Buffer.from('one\ntwo\n');
    const bytes = Buffer.concat([compress[compression](content), compress[compression](content)]);
    const first = compress[compression](content).length;
    for (let end = 0; end < bytes.length; end += 1) {
      const found = await decompressed(bytes.subarray(0, end), compression, 7);
      expect(found.damage === undefined).toBe(end === first);
      expect('one\ntwo\none\ntwo\n'.startsWith(found.content.toString())).toBe(true);
    }
  });

  it('reports what follows the content, but for zeros', async () => {
    const bytes = compress[compression](text);
    expect(await decompressed(Buffer.concat([bytes, Buffer.alloc(700)]), compression)).toEqual({ content: text, damage: undefined });
    const { content, damage } = await decompressed(Buffer.concat([bytes, Buffer.from('garbage')]), compression);
    expect(content.equals(text)).toBe(true);
    expect(damage).toMatchObject({ compressedOffset: bytes.length, decompressedOffset: text.length });
  });

  it('reports damage in the middle', async () => {
    const bytes = compress[compression](text);
    const middle = Math.floor(bytes.length / 2);
    bytes.fill(0xff, middle, middle + 40);
    const { content, damage } = await decompressed(bytes, compression);
    expect(damage).toBeInstanceOf(DamagedContentError);
    expect(damage?.compressedOffset).toBeLessThanOrEqual(bytes.length);
    expect(content.length).toBe(damage?.decompressedOffset);
    expect(content.subarray(0, text.length / 4).equals(text.subarray(0, text.length / 4))).toBe(true);
  });

  it('lets errors of the source through, and closes it when it is left early', async () => {
    let isClosed = false;
    async function* source(error?: Error): AsyncGenerator<Buffer> {
      try {
        yield compress[compression](text).subarray(0, 2_000);
        if (error !== undefined) throw error;
        yield* memorySource(compress[compression](text)).read(2_000, 100_000);
      } finally {
        isClosed = true;
      }
    }
    const reading = async () => {
      for await (const part of decompress(source(new Error('the disk is gone')), compression)) expect(part.length).toBeGreaterThan(0);
    };
    await expect(reading()).rejects.toThrow('the disk is gone');
    isClosed = false;
    for await (const part of decompress(source(), compression)) {
      expect(part.length).toBeGreaterThan(0);
      break;
    }
    expect(isClosed).toBe(true);
  });
});

it('skips frames of zstd that hold no content', async () => {
  const skipped = (size: number) => Buffer.concat([Buffer.of(0x5a, 0x2a, 0x4d, 0x18, size, 0, 0, 0), Buffer.alloc(size, 7)]);
  const bytes = Buffer.concat([skipped(4), zstdCompressSync(text), skipped(9), zstdCompressSync(text)]);
  for (const chunkBytes of [3, 1_000, 1_000_000]) {
    const { content, damage } = await decompressed(bytes, 'zstd', chunkBytes);
    expect(damage).toBeUndefined();
    expect(content.equals(Buffer.concat([text, text]))).toBe(true);
  }
});

it('reads gzip headers with a name, a comment, extra fields and a checksum', async () => {
  const plain = gzipSync('hello\n');
  const header = Buffer.from(plain.subarray(0, 10));
  header[3] = 2 | 4 | 8 | 16;
  const bytes = Buffer.concat([
    header,
    Buffer.of(3, 0, 1, 2, 3),
    Buffer.from('shop.log\0a comment\0'),
    Buffer.of(9, 9),
    plain.subarray(10),
  ]);
  expect((await decompressed(bytes, 'gzip', 5)).content.toString()).toBe('hello\n');
});

it('hands over every record before the damage, and then rejects', async () => {
  const log = Buffer.from('2026-03-01 00:00:00 ERROR one\nfine\n2026-03-01 00:00:01 ERROR two\n');
  const bytes = Buffer.concat([gzipSync(log), Buffer.from('garbage')]);
  const messages: string[] = [];
  const onRecords = async (batch: readonly { message: string }[]) => void messages.push(...batch.map(({ message }) => message));
  const content = decompress(memorySource(bytes).read(0, bytes.length), 'gzip');
  await expect(scanStream(content, { encoding: 'utf-8', fileTimeMs: 0, onRecords })).rejects.toBeInstanceOf(DamagedContentError);
  expect(messages).toEqual(['one', 'two']);
});
