/**
 * `npm run patterns` as a user runs it: a process, files and pipes.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvRows } from '#test/bench/patterns/csv-rows.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'xm-patterns-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(args: readonly string[], input: string | Buffer = '') {
  const child = spawn(process.execPath, ['infra/commands/patterns.ts', ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() };
}

const log = [
  '2026-03-01 00:00:00,001 INFO [main] com.acme.Shop - order 1 paid, "ok"',
  '2026-03-01 00:00:00,002 ERROR [main] com.acme.Shop - order 2 failed',
  'java.io.IOException: gone',
  '\tat com.acme.Shop.sell(Shop.java:1)',
  '',
  '2026-03-01 00:00:00,003 INFO [main] com.acme.Shop - order 3 paid, "ok"',
  '2026-03-01 00:00:00,004 ERROR [main] com.acme.Bank - no balance for ann',
].join('\n');

describe('npm run patterns', () => {
  it('prints the patterns with counts, and writes a CSV of every line', async () => {
    const [path, csv] = [join(folder, 'a.log'), join(folder, 'a.csv')];
    await writeFile(path, log);
    const { code, out } = await run([path, '--csv', csv]);
    expect(code).toBe(0);
    expect(out).toMatch(/^ +2 {2}pat_1_[a-z2-7]{16} {2}order <\*> paid, "ok"$/m);
    expect(out).toMatch(/5 patterns of 6 lines\n$/);
    const rows = csvRows(await readFile(csv, 'utf8'));
    expect(rows.map((row) => [row['LineId'], row['EventTemplate']])).toEqual([
      ['1', 'order <*> paid, "ok"'],
      ['2', 'order <*> failed'],
      ['3', 'java.io.IOException: gone'],
      ['4', 'at com.acme.Shop.sell(Shop.java:<*>)'],
      ['6', 'order <*> paid, "ok"'],
      ['7', 'no balance for ann'],
    ]);
    expect(new Set(rows.map((row) => row['EventId'])).size).toBe(5);
  });

  it('mines error records of a compressed pipe, as JSON', async () => {
    const csv = join(folder, 'errors.csv');
    const { code, out } = await run(['-', '--errors', '--json', '--csv', csv], gzipSync(log));
    expect(code).toBe(0);
    const { counted, patterns } = JSON.parse(out) as { counted: number; patterns: { template: string; count: number }[] };
    expect(counted).toBe(2);
    expect(patterns.map(({ template, count }) => [template, count])).toEqual([
      ['no balance for ann', 1],
      ['order <*> failed', 1],
    ]);
    expect(csvRows(await readFile(csv, 'utf8')).map((row) => row['LineId'])).toEqual(['2', '7']);
  });

  it('reads UTF-16', async () => {
    const { out } = await run([], Buffer.from(`\u{feff}${'order 1 paid\n'.repeat(20)}`, 'utf16le'));
    expect(out).toContain('20  pat_1_');
    expect(out).toContain('order <*> paid');
  });

  it('says what it cannot read or write, and what it does not understand', async () => {
    const missing = await run([join(folder, 'nothing.log')]);
    expect([missing.code, missing.err]).toEqual([1, expect.stringContaining('there is no such file')]);
    const binary = await run([], Buffer.from(Array.from({ length: 4_000 }, (_, i) => (i * 7919) % 256)));
    expect([binary.code, binary.err]).toEqual([1, expect.stringContaining('it is no text')]);
    const unwritable = await run(['--csv', join(folder, 'no', 'such.csv')], log);
    expect([unwritable.code, unwritable.err]).toEqual([1, expect.stringContaining('such.csv cannot be written')]);
    const unknown = await run(['--nope']);
    expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('npm run patterns')]);
  });
});
