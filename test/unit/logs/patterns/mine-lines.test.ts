/**
 * Whole files: lines in, patterns out.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineFeed } from '#shared/logs/patterns/line-feed.ts';
import { mineLines } from '#shared/logs/patterns/mine-lines.ts';
import { limits } from '#shared/logs/limits.ts';

const hosts = ['web', 'db-1', 'mail'];
const file = Array.from({ length: 300 }, (_, i) => {
  const head = `Jun 14 15:16:${String(i % 60).padStart(2, '0')} ${hosts[i % 3]} app[${i}]: `;
  return head + [`order ${i} paid`, `user u${i % 9} logged in`, 'ready', `took ${i} ms`][i % 4];
});

async function minedOf(lines: readonly string[], chunkBytes = 64) {
  const bytes = Buffer.from(lines.map((line) => `${line}\r\n`).join(''));
  return mineLines(async (take) => {
    const feed = new LineFeed(take);
    for (let at = 0; at < bytes.length; at += chunkBytes) feed.push(bytes.subarray(at, at + chunkBytes));
    feed.end();
  });
}

describe('the patterns of a file', () => {
  it('are those of its messages, without headers', async () => {
    const { patterns } = await minedOf(file);
    expect(patterns.map(({ template, count }) => [template, count])).toEqual([
      ['order <*> paid', 75],
      ['ready', 75],
      ['took <*> ms', 75],
      ['user u<*> logged in', 75],
    ]);
  });

  it('are the same in any order of lines and any chunks', async () => {
    const { patterns } = await minedOf(file);
    const shuffles = fc.shuffledSubarray(file, { minLength: file.length });
    await fc.assert(
      fc.asyncProperty(shuffles, fc.integer({ min: 1, max: 5_000 }), async (lines, chunkBytes) => {
        expect((await minedOf(lines, chunkBytes)).patterns).toEqual(patterns);
      }),
      { numRuns: 10 },
    );
  });

  it('leave blank lines out', async () => {
    const mined = await minedOf(['', '  ', 'ready', '']);
    expect(mined.patterns).toEqual([expect.objectContaining({ template: 'ready', count: 1 })]);
    expect(mined.patternOfLine(Buffer.from('  '), 0, 2)).toBeUndefined();
    expect(mined.patternOfLine(Buffer.from('ready'), 0, 5)?.template).toBe('ready');
  });
});

describe('lines', () => {
  const linesOf = (text: Buffer, chunkBytes: number) => {
    const lines: string[] = [];
    const feed = new LineFeed((bytes, start, end) => lines.push(Buffer.from(bytes.subarray(start, end)).toString()));
    for (let at = 0; at < text.length; at += chunkBytes) feed.push(text.subarray(at, at + chunkBytes));
    feed.end();
    return lines;
  };

  it('are the same however the bytes come', () => {
    const texts = fc.array(fc.constantFrom('a', 'bc', '\n', '\r\n', '\r', ' ', 'é'), { maxLength: 40 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 50 }), (text, chunkBytes) => {
        const expected = text.split('\n').map((line) => line.replace(/\r$/, ''));
        if (text === '' || text.endsWith('\n')) expected.pop();
        expect(linesOf(Buffer.from(text), chunkBytes)).toEqual(expected);
      }),
    );
  });

  it('lose a byte order mark, colours, and what is beyond their bound', () => {
    expect(linesOf(Buffer.from('\u{feff}\u001B[31mERROR\u001B[0m boom\n'), 5)).toEqual(
      ['\u001B[31mERROR\u001B[0m boom'].map(() => 'ERROR boom'),
    );
    expect(linesOf(Buffer.from(`${'x'.repeat(limits.lineBytesMax * 2)}\nnext`), 9_000).map(({ length }) => length)).toEqual([
      limits.lineBytesMax,
      4,
    ]);
  });
});
