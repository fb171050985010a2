import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { scanWorld } from '#test/fakes/scan-world.ts';
import { limits } from '#shared/logs/limits.ts';
import { errorId } from '#shared/logs/log-ids.ts';
import { contextView, readContext } from '#shared/logs/read-context.ts';

const error = '2026-11-21 08:00:02,000 ERROR app.orders - order 17 failed';
const info = (number: number): string => `2026-11-21 08:00:01,000 INFO app.orders - order ${number}`;
const around = (before: number, record: string, after: number): string =>
  [
    ...Array.from({ length: before }, (_, index) => info(index + 1)),
    record,
    ...Array.from({ length: after }, (_, index) => info(before + 2 + index)),
  ]
    .map((line) => `${line}\n`)
    .join('');

/** Scans the content and reads around its only error. */
async function context(content: Buffer | string, lines: number, rangeBytesMin = 1_000_000) {
  const world = scanWorld({ content: Buffer.from(content), rangeBytesMin, attemptsMax: 3 });
  await world.run();
  const [found] = await world.allErrors();
  const deps = { ...world, source: world.bucket };
  return { world, read: () => readContext(deps, { id: errorId(found!), lines }) };
}

describe('the context of an error', () => {
  it('is the lines before and after it, numbered', async () => {
    const { read } = await context(around(5, error, 5), 2);
    const view = await read();
    expect(view).toMatchObject({
      before: [
        { line: 4, text: info(4), cut: false },
        { line: 5, text: info(5), cut: false },
      ],
      record: [{ line: 6, text: error, cut: false }],
      after: [
        { line: 7, text: info(7), cut: false },
        { line: 8, text: info(8), cut: false },
      ],
    });
    expect(contextView.parse(view)).toEqual(view);
  });

  it('is the same however the file was cut', async () => {
    const content = around(30, `${error}\njava.lang.IllegalStateException: x\n\tat a.B.c(B.java:1)`, 30);
    const whole = await (await context(content, 20)).read();
    const cut = await (await context(content, 20, 37)).read();
    expect(cut).toEqual(whole);
    expect(whole.record).toHaveLength(3);
    expect(whole.after[0]).toMatchObject({ line: 34 });
  });

  it.each([
    ['at the start of the file', around(0, error, 1), { before: 0, after: 1 }],
    ['at its end', around(1, error, 0), { before: 1, after: 0 }],
    ['at its end, without a line end', around(1, error, 0).trimEnd(), { before: 1, after: 0 }],
    ['with CRLF', around(2, error, 2).replaceAll('\n', '\r\n'), { before: 2, after: 2 }],
  ])('has what there is: %s', async (_, content, expected) => {
    const { before, record, after } = await (await context(content, 20)).read();
    expect({ before: before.length, after: after.length }).toEqual(expected);
    expect(record.map(({ text }) => text)).toEqual([error]);
    expect(before.at(-1)?.text ?? info(1)).toBe(info(before.length || 1));
  });

  it('can be nothing but the record', async () => {
    expect(await (await context(around(3, error, 3), 0)).read()).toMatchObject({ before: [], record: [{ line: 4 }], after: [] });
  });

  it.each(['utf16le', 'utf-16be'])('is read in the encoding of the file: %s', async (encoding) => {
    const bytes = Buffer.from(`\uFEFF${around(3, error, 3)}`, 'utf16le');
    const { read } = await context(encoding === 'utf16le' ? bytes : bytes.swap16(), 2);
    expect(await read()).toMatchObject({
      before: [{ text: info(2) }, { text: info(3) }],
      record: [{ text: error }],
      after: [{ text: info(5) }, { text: info(6) }],
    });
  });

  it.each([
    ['gzip', gzipSync],
    ['zstd', zstdCompressSync],
  ])('is read out of a compressed file: %s', async (_, compress) => {
    const view = await (await context(compress(Buffer.from(around(5_000, error, 50))), 3)).read();
    expect(view).toMatchObject({
      before: [{ line: 4_998 }, {}, { text: info(5_000) }],
      record: [{ line: 5_001 }],
      after: [{ text: info(5_002) }, {}, {}],
    });
  });

  it('shows the beginning of a very long line, and says so', async () => {
    const long = `${info(1)} ${'x'.repeat(limits.contextBytesMax * 2)}`;
    const { before, record, after } = await (await context(`${long}\n${error}\n${long}\n${info(9)}\n`, 5)).read();
    expect(before).toMatchObject([{ cut: true }]);
    expect(before[0]?.text.length).toBeLessThanOrEqual(limits.contextLineCharactersMax);
    expect(record).toMatchObject([{ text: error, cut: false }]);
    expect(after).toMatchObject([{ cut: true }]);
  });

  it('is gone when the original is', async () => {
    const { world, read } = await context(around(3, error, 3), 2);
    world.bucket.remove(world.object);
    await expect(read()).rejects.toMatchObject({ code: 'logs.original-gone' });
  });

  it('is out of reach deep in a compressed file', async () => {
    const filler = Buffer.alloc(1024 * 1024, `${info(1)}\n`.padEnd(64, ' '));
    const compressed = Buffer.concat([
      ...Array.from({ length: limits.contextSkipBytesMax / filler.length + 1 }, () => gzipSync(filler)),
      gzipSync(Buffer.from(`\n${error}\n`)),
    ]);
    const { world } = await context(gzipSync(Buffer.from(around(1, error, 1))), 2);
    // Scanning so much takes seconds: the record is put where a scan would have found it.
    const offset = limits.contextSkipBytesMax + filler.length + 1;
    const file = await world.file();
    const [found] = await world.allErrors();
    await world.errors.write(file, 0, [{ ...found!, offset }]);
    world.bucket.put(world.object, compressed);
    await expect(
      readContext({ ...world, source: world.bucket }, { id: errorId({ fileId: file.id, offset }), lines: 2 }),
    ).rejects.toMatchObject({
      code: 'logs.context-out-of-reach',
    });
  });
});
