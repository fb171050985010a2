/**
 * What belongs to a record, language by language, and what a record says.
 */
import { describe, expect, it } from 'vitest';
import type { ErrorRecord } from '#shared/logs/error-record.ts';
import type { TextEncoding } from '#shared/logs/scan/byte-source.ts';
import { scanRange } from '#shared/logs/scan/scan-range.ts';
import { memorySource } from './memory-source.ts';
import { traces } from './traces.ts';

async function scan(content: string | Buffer, encoding: TextEncoding = 'utf-8'): Promise<ErrorRecord[]> {
  const source = memorySource(Buffer.from(content as string));
  const records: ErrorRecord[] = [];
  const onRecords = async (batch: ErrorRecord[]) => void records.push(...batch);
  await scanRange(source, { start: 0, end: source.sizeBytes }, { encoding, fileTimeMs: Date.UTC(2026, 10, 21), onRecords });
  return records;
}

/** First line, lines and level of each record. */
function outline(text: string, records: readonly ErrorRecord[]) {
  const bytes = Buffer.from(text);
  return records.map(({ offset, length, level, lineInRange }) => {
    const lines = bytes
      .toString('utf8', offset, offset + length)
      .replace(/\n$/, '')
      .split('\n');
    return [lineInRange, lines.length, level];
  });
}

it.each(traces)('finds the records of $name', async ({ text, records }) => {
  expect(outline(text, await scan(text))).toEqual(records);
});

const only = async (content: string | Buffer, encoding?: TextEncoding) => {
  const records = await scan(content, encoding);
  expect(records.length).toBe(1);
  return records[0]!;
};

describe('a record', () => {
  it('of an event that says nothing in its own line takes its message from the next one', async () => {
    const { message, logger } = await only('fail: Shop.Payments[0]\n      Payment failed\ninfo: Shop.Payments[0]\n      ok\n');
    expect({ message, logger }).toEqual({ message: 'Payment failed', logger: 'Shop.Payments' });
  });

  it('whose own line holds but the id of a request takes its message from the next one that says more', async () => {
    const text = 'F, [2026-11-21T10:00:00.1 #1] FATAL -- : [abc-1]   \n[abc-1] NoMethodError (undefined method):\n[abc-1]   \n';
    expect(await only(text)).toMatchObject({ level: 'fatal', message: 'NoMethodError (undefined method):' });
    expect(await only('2026-11-21 10:00:00 ERROR [abc-1]\n')).toMatchObject({ message: '[abc-1]', stack: null });
  });

  it('of Docker compose has neither its names nor its colours in the stack', async () => {
    const prefix = '\u001b[36mweb-1  | \u001b[0m';
    const lines = ['2026-11-21 10:00:00 ERROR boom', 'java.io.IOException: gone', '\tat a.B.c(B.java:1)'];
    const { message, stack } = await only(lines.map((line) => `${prefix}${line}\n`).join(''));
    expect({ message, stack }).toEqual({ message: 'boom', stack: lines.slice(1).join('\n') });
  });

  it('of java.util.logging has the time and the logger of the line before it', async () => {
    const header = 'Nov 21, 2026 10:00:00 AM org.acme.Shop$Till settle\n';
    const expected = { offset: header.length, time: '2026-11-21T10:00:00.000Z', logger: 'org.acme.Shop$Till', message: 'boom' };
    expect(await only(`${header}SEVERE: boom\n\tat a.B.c(B.java:1)\n${header}INFO: fine\n`)).toMatchObject({ ...expected, lineInRange: 2 });
    expect(await only(`${header}SEVERE: boom\n`.replaceAll('\n', '\r\n'))).toMatchObject({ ...expected, offset: header.length + 1 });
    expect(await only(`Nov 21, 2026 10:00:00 AM the shop was closed\nSEVERE: boom\n`)).toMatchObject({ time: null, logger: null });
    expect(await only(`${' '.repeat(600)}\n${header}ERROR: boom\n`)).toMatchObject({ time: expected.time });
  });

  it('has the time of the line before it also where a range begins between them', async () => {
    const text = `${'x'.repeat(400)}\nNov 21, 2026 10:00:00 AM org.acme.Shop settle\nSEVERE: boom\n`.repeat(100);
    const whole = await scan(text);
    expect(whole.length).toBe(100);
    for (const chunkBytes of [1, 50, 5_000]) {
      const source = memorySource(Buffer.from(text), chunkBytes);
      for (const { offset, time } of whole.slice(50, 60)) {
        const records: ErrorRecord[] = [];
        const onRecords = async (batch: ErrorRecord[]) => void records.push(...batch);
        await scanRange(source, { start: offset - 5, end: offset + 1 }, { encoding: 'utf-8', fileTimeMs: 0, onRecords });
        expect(records).toMatchObject([{ offset, time, logger: 'org.acme.Shop' }]);
      }
    }
  });

  it('of a trace that nobody logged has no logger', async () => {
    const text = '(node:1234) UnhandledPromiseRejectionWarning: Error: boom\n    at main (/srv/a.js:1:7)\n';
    expect(await only(text)).toMatchObject({ logger: null, message: '(node:1234) UnhandledPromiseRejectionWarning: Error: boom' });
  });

  it("of a group of Python's exceptions says what the group says", async () => {
    const text = [
      '  + Exception Group Traceback (most recent call last):',
      '  |   File "/srv/a.py", line 1, in <module>',
      '  | ExceptionGroup: eg (2 sub-exceptions)',
      '  +-+---------------- 1 ----------------',
      '    | ValueError: 1',
      '    +------------------------------------',
    ];
    expect(await only(`${text.join('\n')}\n`)).toMatchObject({ message: 'ExceptionGroup: eg (2 sub-exceptions)' });
  });

  it('has the time, logger and message of its first line, and the lines behind it as its stack', async () => {
    const text = '2026-03-01 00:00:00,001 ERROR [main] com.acme.Shop - failed\njava.io.IOException: gone\n\tat a.B.c(B.java:1)\n';
    expect(await only(text)).toEqual({
      offset: 0,
      length: text.length,
      lineInRange: 1,
      truncated: false,
      level: 'error',
      time: '2026-03-01T00:00:00.001Z',
      timeAssumed: ['zone'],
      logger: 'com.acme.Shop',
      message: 'failed',
      stack: 'java.io.IOException: gone\n\tat a.B.c(B.java:1)',
    });
  });

  it('of a trace without an event has no time, and says what the exception says', async () => {
    const trace = 'Traceback (most recent call last):\n  File "/srv/a.py", line 1, in x\n    y()\nKeyError: 1\n';
    const python = await only(
      `${trace}\nDuring handling of the above exception, another exception occurred:\n\n${trace}`.replace(/1\n$/, '2\n'),
    );
    expect(python).toMatchObject({ time: null, timeAssumed: [], logger: null, message: 'KeyError: 2', level: 'error' });
    expect(await only("thread 'main' panicked at src/main.rs:2:5:\nno way\n")).toMatchObject({
      message: "thread 'main' panicked at src/main.rs:2:5: no way",
      level: 'fatal',
    });
    expect(await only('/srv/a.js:1\nthrow new Error("x")\n^\n\nError: x\n    at main (/srv/a.js:1:7)\n')).toMatchObject({
      message: 'Error: x',
    });
    expect(await only('panic: boom\n\ngoroutine 1 [running]:\n')).toMatchObject({
      message: 'panic: boom',
      stack: '\ngoroutine 1 [running]:',
    });
  });

  it("in a container runtime's wrapping has the time of the runtime and lines without the wrapping", async () => {
    const wrap = (line: string) => `2026-03-01T00:00:00.5Z stderr F ${line}\n`;
    const text = ['Traceback (most recent call last):', '  File "/srv/a.py", line 1, in x', 'KeyError: 1'].map(wrap).join('');
    expect(await only(text)).toMatchObject({
      time: '2026-03-01T00:00:00.500Z',
      message: 'KeyError: 1',
      stack: '  File "/srv/a.py", line 1, in x\nKeyError: 1',
      length: text.length,
    });
  });

  it('counts CR LF in its length, and has neither in its texts', async () => {
    const text = '2026-03-01 00:00:00 ERROR failed\r\n\tat a.B.c(B.java:1)\r\n';
    expect(await only(text)).toMatchObject({ offset: 0, length: text.length, message: 'failed', stack: '\tat a.B.c(B.java:1)' });
  });

  it('is whole without a last newline, and a lone CR ends no line', async () => {
    expect(await only('2026-03-01 00:00:00 ERROR one\rtwo')).toMatchObject({ length: 33, message: 'one\rtwo', stack: null });
  });

  it('begins behind a byte order mark', async () => {
    expect(await only('\u{feff}2026-03-01 00:00:00 ERROR x\n')).toMatchObject({ offset: 3, length: 28, lineInRange: 1 });
    expect(await only(Buffer.from('\u{feff}2026-03-01 00:00:00 ERROR ü\n', 'utf16le'), 'utf-16le')).toMatchObject({
      offset: 2,
      length: 56,
      message: 'ü',
    });
  });

  it('keeps offsets in bytes where text is no UTF-8, or holds zeros', async () => {
    const text = Buffer.from('x\xff\n2026-03-01 00:00:00 ERROR caf\xe9 \0 gone\n', 'latin1');
    expect(await only(text)).toMatchObject({ offset: 3, length: 38, message: 'caf\u{fffd} \0 gone', lineInRange: 2 });
  });

  it('is found behind the zeros of a file that was truncated under its writer', async () => {
    const zeros = '\0'.repeat(5_000);
    const event = '2026-03-01 00:00:00 ERROR failed\n';
    expect(await only(`${zeros}${event}`)).toMatchObject({ offset: 0, length: 5_033, message: 'failed', time: '2026-03-01T00:00:00.000Z' });
    expect(await only(`${zeros}panic: boom\n\ngoroutine 1 [running]:\n`)).toMatchObject({ level: 'fatal', message: 'panic: boom' });
    expect(await only(Buffer.from(`${zeros}${event}`, 'utf16le'), 'utf-16le')).toMatchObject({ offset: 0, message: 'failed' });
  });

  it('decodes UTF-16 of all planes', async () => {
    const text = Buffer.from('fine\n2026-03-01 00:00:00 ERROR 支払い 💸 gagal\n', 'utf16le');
    expect(await only(text, 'utf-16le')).toMatchObject({ offset: 10, length: text.length - 10, message: '支払い 💸 gagal' });
    expect(await only(text.swap16(), 'utf-16be')).toMatchObject({ offset: 10, message: '支払い 💸 gagal' });
  });

  it("ends at its bounds and says so; what goes on with it is nobody's until the next event", async () => {
    const frames = '\tat a.B.c(B.java:1)\n'.repeat(2_000);
    const text = `2026-03-01 00:00:00 ERROR x\n${frames}Traceback (most recent call last):\n  File "a", line 1, in x\nKeyError: 1\n2026-03-01 00:00:00 ERROR y\n`;
    const [long, next] = await scan(text);
    expect(long).toMatchObject({ truncated: true, length: 28 + 1_023 * 20 });
    expect(next).toMatchObject({ message: 'y', truncated: false });
    expect((await scan(text)).length).toBe(2);
  });

  it('that is one long line is cut in it', async () => {
    const text = `2026-03-01 00:00:00 ERROR ${'x'.repeat(600_000)}\n2026-03-01 00:00:00 ERROR y\n`;
    const records = await scan(text);
    expect(records).toMatchObject([
      { offset: 0, length: 262_144, truncated: true },
      { offset: 600_027, truncated: false, lineInRange: 2 },
    ]);
    expect(records[0]!.message.length).toBe(8_192);
  });
});

it('costs a scan of many gigabytes in one line no more memory than any other', async () => {
  const chunk = Buffer.alloc(1024 * 1024, 'error fatal xception ');
  const sizeBytes = 512 * chunk.length;
  const source = {
    sizeBytes,
    async *read(start: number, end: number) {
      for (let at = start; at < end; at += chunk.length) yield chunk.subarray(0, Math.min(chunk.length, end - at));
    },
  };
  const before = process.memoryUsage().arrayBuffers;
  let peak = 0;
  const summary = await scanRange(
    source,
    { start: 0, end: sizeBytes },
    {
      encoding: 'utf-8',
      fileTimeMs: 0,
      onRecords: async () => {},
      onProgress: () => void (peak = Math.max(peak, process.memoryUsage().arrayBuffers - before)),
    },
  );
  expect(summary).toMatchObject({ lines: 1, records: 0, bytes: sizeBytes });
  expect(peak).toBeLessThan(32 * 1024 * 1024);
});
