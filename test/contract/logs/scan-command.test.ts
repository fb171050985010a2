/**
 * `npm run scan` as a user runs it: a process, files and pipes.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'xm-scan-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Result {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

async function scan(args: readonly string[], input?: Buffer): Promise<Result> {
  const child = spawn(process.execPath, ['infra/commands/scan.ts', ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() };
}

async function file(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const log = [
  '2026-03-01 00:00:00,001 INFO [main] com.acme.Shop - ready',
  '2026-03-01 00:00:00,002 ERROR [main] com.acme.Shop - failed',
  'java.io.IOException: gone',
  '\tat com.acme.Shop.sell(Shop.java:1)',
  '2026-03-01 00:00:00,003 INFO [main] com.acme.Shop - ERROR=0',
  'panic: boom',
  '',
  'goroutine 1 [running]:',
  '',
].join('\n');

const expected = [
  { offset: 58, length: 122, line: 2, level: 'error', time: '2026-03-01T00:00:00.002Z', message: 'failed', truncated: false },
  { offset: 240, length: 36, line: 6, level: 'fatal', time: null, message: 'panic: boom', truncated: false },
];
const recordsOf = ({ out }: Result) =>
  out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('--ndjson', () => {
  it.each([[], ['--range-bytes', '1'], ['--range-bytes', '50'], ['--range-bytes', '4096']])(
    'prints a record a line, the same for any ranges: %s %s',
    async (...ranges) => {
      const result = await scan([await file('shop.log', log), '--ndjson', ...ranges]);
      expect(result).toMatchObject({ code: 0, err: '' });
      expect(recordsOf(result)).toMatchObject(expected);
    },
  );

  it('reads standard input, with and without a dash', async () => {
    for (const args of [['--ndjson'], ['-', '--ndjson']]) expect(recordsOf(await scan(args, Buffer.from(log)))).toMatchObject(expected);
  });

  it('reads compressed files and pipes, whatever they are called', async () => {
    const compressed = { gzip: gzipSync(log), zstd: zstdCompressSync(log) };
    for (const [name, content] of Object.entries(compressed)) {
      expect(recordsOf(await scan([await file(`${name}.log`, content), '--ndjson']))).toMatchObject(expected);
      expect(recordsOf(await scan(['--ndjson'], content))).toMatchObject(expected);
    }
  });

  it('reads UTF-16, with offsets in bytes', async () => {
    const [first] = recordsOf(
      await scan([await file('wide.log', Buffer.from(`\u{feff}${log}`, 'utf16le')), '--ndjson', '--range-bytes', '101']),
    );
    expect(first).toMatchObject({ offset: 2 + 58 * 2, length: 244, message: 'failed', line: 2 });
  });

  it('ends quietly when its reader leaves', async () => {
    const path = await file('long.log', log.repeat(3_000));
    const child = spawn(process.execPath, ['infra/commands/scan.ts', path, '--ndjson'], { stdio: ['ignore', 'pipe', 'pipe'] });
    const errors: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    await once(child.stdout, 'data');
    child.stdout.destroy();
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(Buffer.concat(errors).toString()).toBe('');
  });
});

describe('the summary', () => {
  it('tells size, encoding, lines, records by level and the first records', async () => {
    const { code, out, err } = await scan([await file('shop.log', log)]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const part of ['utf-8', '8 lines', '2 error records: 1 error, 1 fatal', 'MB/s', 'line 2', 'panic: boom'])
      expect(out).toContain(part);
  });

  it('tells of an empty file that it is empty of lines', async () => {
    expect(await scan([await file('empty.log', '')])).toMatchObject({ code: 0, err: '', out: expect.stringContaining('0 lines') });
  });
});

describe('what cannot be scanned', () => {
  it('ends with 1 and says why', async () => {
    const damaged = gzipSync(log.repeat(100)).subarray(0, -20);
    const outcomes = {
      'there is no such file': await scan([join(folder, 'missing.log')]),
      'is a directory': await scan([folder]),
      'it is no text': await scan([await file('program.log', Buffer.from(Array.from({ length: 512 }, (_, byte) => byte % 256)))]),
      'unexpected end of the file at byte': await scan([await file('damaged.gz', damaged)]),
    };
    for (const [reason, { code, err }] of Object.entries(outcomes)) {
      expect(code, reason).toBe(1);
      expect(err).toContain(reason);
      expect(err).not.toContain('    at ');
    }
  });

  it('gives what came before the damage', async () => {
    const damaged = gzipSync(log.repeat(100)).subarray(0, -20);
    expect(recordsOf(await scan(['--ndjson'], damaged)).length).toBeGreaterThan(50);
  });
});

it('answers a wrong command line with 2 and the usage', async () => {
  for (const args of [['--range-bytes', '0'], ['--range-bytes', 'x'], ['--unknown'], ['a', 'b']]) {
    expect(await scan(args)).toMatchObject({ code: 2, out: '', err: expect.stringContaining('npm run scan') });
  }
});
