import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { LineCutter } from '#infra/local/lambda/function-log.ts';
import { readableLine } from '#infra/local/lambda/readable-line.ts';
import { RotatingFile } from '#infra/local/lambda/rotating-file.ts';

describe('a log line on the terminal', () => {
  it.each([
    ['plain text', 'hello', { level: 'info', text: 'hello' }],
    ['a record of Powertools', '{"level":"INFO","message":"planned","fileId":"f_1"}', { level: 'info', text: 'INFO planned' }],
    ['a warning', '{"level":"warn","message":"slow"}', { level: 'warn', text: 'WARN slow' }],
    [
      'a logged error',
      '{"level":"ERROR","message":"scan failed","error":{"name":"RangeError","message":"off by one","stack":"…"}}',
      { level: 'warn', text: 'ERROR scan failed (RangeError: off by one)' },
    ],
    [
      'an error that is no object',
      '{"level":"ERROR","message":"scan failed","error":"text"}',
      { level: 'warn', text: 'ERROR scan failed' },
    ],
    ['a message that is a structure', '{"message":{"a":1}}', { level: 'info', text: 'INFO {"a":1}' }],
    ['JSON without a message', '{"a":1}', { level: 'info', text: '{"a":1}' }],
    ['half a record', '{"level":"INFO","mess', { level: 'info', text: '{"level":"INFO","mess' }],
  ])('is readable: %s', (...[, line, expected]) => {
    expect(readableLine(line)).toEqual(expected);
  });

  it('is left out when nobody reads it', () => {
    expect(readableLine('  ')).toBeUndefined();
    expect(readableLine('{"_aws":{"Timestamp":1},"errors":3}')).toBeUndefined();
  });

  it('is never longer than a screen can show', () => {
    expect(readableLine('x'.repeat(10_000))?.text).toHaveLength(500);
  });
});

describe('output cut into lines', () => {
  it('keeps the unfinished lines of both streams apart', () => {
    const lines: string[] = [];
    const cutter = new LineCutter((line) => lines.push(line));
    cutter.push('stdout', 'o');
    cutter.push('stderr', 'err\nlast');
    cutter.push('stdout', 'ut\n\n');
    cutter.flush();
    expect(lines).toEqual(['err', 'out', '', 'last']);
  });

  it('cuts a line without end', () => {
    const lines: string[] = [];
    new LineCutter((line) => lines.push(line)).push('stdout', 'x'.repeat(600 * 1024));
    expect(lines.map((line) => line.length)).toEqual([256 * 1024, 256 * 1024]);
  });
});

describe('a log file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'xm-log-'));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('grows to its bound, moves aside once, and loses only what is older', () => {
    const path = join(folder, 'deep', 'f.log');
    const file = new RotatingFile(path, 100);
    for (let n = 0; n < 30; n++) {
      file.append(`line ${String(n).padStart(2, '0')}`);
      file.flush();
    }
    file.close();
    expect(readdirSync(join(folder, 'deep')).toSorted((a, b) => a.localeCompare(b))).toEqual(['f.log', 'f.log.1']);
    expect(statSync(path).size).toBeLessThanOrEqual(100);
    expect(statSync(`${path}.1`).size).toBeLessThanOrEqual(100);
    const kept = readFileSync(`${path}.1`, 'utf8') + readFileSync(path, 'utf8');
    expect(kept.trimEnd().split('\n').at(-1)).toBe('line 29');
    expect(kept.trimEnd().split('\n').length).toBeGreaterThan(12);
  });

  it('goes on where a former run ended, and writes by itself at the end of the turn', async () => {
    const path = join(folder, 'g.log');
    rmSync(folder, { recursive: true, force: true });
    const first = new RotatingFile(path);
    first.append('one');
    first.close();
    writeFileSync(path, 'two\n', { flag: 'a' });
    const second = new RotatingFile(path);
    second.append('three');
    await new Promise((resolve) => setImmediate(resolve));
    expect(readFileSync(path, 'utf8')).toBe('one\ntwo\nthree\n');
    second.close();
  });
});
