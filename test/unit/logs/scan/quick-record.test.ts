/**
 * The quick reader says what the line reader and the segmenter say, or nothing.
 */
import * as fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ErrorRecord, Level } from '#shared/logs/error-record.ts';
import { lineEvent, lineUnsure } from '#shared/logs/scan/assembly/memory-layout.ts';
import { lookaheadBytes } from '#shared/logs/scan/candidate-stage.ts';
import { giveBack, Haystack, searches, takeHaystack } from '#shared/logs/scan/haystack.ts';
import { rawLineKind } from '#shared/logs/scan/line-kind.ts';
import { QuickReader } from '#shared/logs/scan/quick-record.ts';
import { scanRange } from '#shared/logs/scan/scan-range.ts';
import type { ScanBounds } from '#shared/logs/scan/unit-scan.ts';
import { generatedLines } from '#test/bench/generate-log.ts';
import { formats } from '../line/formats.ts';
import { logText } from './log-texts.ts';
import { memorySource } from './memory-source.ts';
import { oddLine, oddText } from './odd-lines.ts';
import { traces } from './traces.ts';

const runs = (numRuns: number) => ({ numRuns: numRuns * Number(process.env['RUNS'] ?? 1) });
const timeoutMs = 60_000 * Number(process.env['RUNS'] ?? 1);

const levels: readonly (Level | undefined)[] = [undefined, 'trace', 'debug', 'info', 'warn', 'error', 'fatal'];
const haystack = new Haystack(searches.compiled!());
const lineMax = 64 * 1024;

/** What the quick reader says of the line alone. */
function quickly(line: string): number {
  const bytes = Buffer.from(`${line}\n`);
  haystack.grow(bytes.length + lookaheadBytes);
  bytes.copy(haystack.units);
  haystack.units.fill(0, bytes.length, bytes.length + lookaheadBytes);
  return haystack.readRecord(0, bytes.length, lineMax);
}

function expectSame(line: string): void {
  const level = quickly(line);
  if (level === lineUnsure) return;
  const bytes = Buffer.from(line).toString('latin1').replace(/\r$/, '');
  expect(rawLineKind(bytes)).toEqual({ is: 'event', timed: true, level: level === lineEvent ? undefined : levels[level] });
}

/** Has scans search by the plain search, which has no quick reader, or by the compiled one. */
function scanBy(search: 'compiled' | 'plain'): void {
  for (let count = 0; count < 8; count += 1) takeHaystack();
  giveBack(new Haystack(searches[search]!()));
}

interface Scanning {
  readonly bounds?: ScanBounds;
  readonly chunkBytes?: number;
  readonly encoding?: 'utf-8' | 'utf-16le';
}

async function scanned(text: string, { bounds, chunkBytes, encoding = 'utf-8' }: Scanning): Promise<ErrorRecord[]> {
  const bytes = Buffer.from(text, encoding === 'utf-8' ? 'utf8' : 'utf16le');
  const records: ErrorRecord[] = [];
  await scanRange(
    memorySource(bytes, chunkBytes),
    { start: 0, end: bytes.length },
    {
      encoding,
      fileTimeMs: Date.UTC(2026, 2, 1, 12),
      ...(bounds === undefined ? {} : { bounds }),
      onRecords: async (batch) => void records.push(...batch),
    },
  );
  return records;
}

/** The records by the line reader alone, and with the quick reader. */
async function bothWays(text: string, scanning: Scanning = {}): Promise<{ slowly: ErrorRecord[]; quickly: ErrorRecord[] }> {
  scanBy('plain');
  const slowly = await scanned(text, scanning);
  scanBy('compiled');
  return { slowly, quickly: await scanned(text, scanning) };
}

afterEach(() => scanBy('compiled'));

const formatLines = formats.flatMap(({ lines }) => lines.map(([, line]) => line));
const mutated = fc
  .tuple(fc.constantFrom(...formatLines), fc.nat(200), fc.constantFrom('', ' ', ':', '[', '-', '"', '=', '0', 'E', 'é', '\t'), fc.nat(2))
  .map(([line, at, sign, length]) => line.slice(0, at) + sign + line.slice(at + length));

describe('what the quick reader says of a line', () => {
  it('is what the line reader says, of the lines of every format', () => {
    for (const line of formatLines) expectSame(line);
    expect(formatLines.filter((line) => quickly(line) !== lineUnsure).length).toBeGreaterThan(30);
  });

  it('is what the line reader says, of lines that are nearly usual', { timeout: timeoutMs }, () => {
    fc.assert(fc.property(fc.oneof(oddLine, oddLine, mutated), expectSame), runs(20_000));
  });

  it('is something for most of them that have a usual shape', () => {
    const lines = fc.sample(oddLine, { seed: 1, numRuns: 5_000 });
    expect(lines.filter((line) => quickly(line) !== lineUnsure).length).toBeGreaterThan(1_000);
  });
});

describe('the records that the quick reader reads', () => {
  it('are nearly all of the generated log', async () => {
    const made = vi.spyOn(QuickReader.prototype, 'record');
    const { quickly } = await bothWays(generatedLines(8_000, 3));
    expect(made.mock.calls.length).toBeGreaterThan(quickly.length * 0.95);
    made.mockRestore();
  });

  it('are those of the segmenter and the line reader, of the generated log', async () => {
    const { slowly, quickly } = await bothWays(generatedLines(8_000, 3));
    expect(quickly).toEqual(slowly);
    expect(quickly.length).toBeGreaterThan(20);
  });

  it('are the same for every error of every format, alone and with a trace', async () => {
    const alone = await bothWays(formatLines.join('\n'));
    expect(alone.quickly).toEqual(alone.slowly);
    const traced = await bothWays(formatLines.map((line) => `${line}\n\tat x\n`).join(''));
    expect(traced.quickly).toEqual(traced.slowly);
  });

  it('are the same for the traces of every language, behind an event with a time as well', async () => {
    for (const { text } of traces) {
      const alone = await bothWays(text);
      expect(alone.quickly).toEqual(alone.slowly);
      const behind = await bothWays(`2026-03-01 00:00:00,001 ERROR [main] com.acme.Shop - failed\n${text}`);
      expect(behind.quickly).toEqual(behind.slowly);
    }
  });

  it('are the same for odd lines in any order, whatever the bounds', { timeout: timeoutMs }, async () => {
    const bounds = fc.record({
      recordBytesMax: fc.constantFrom(200, 600, 5_000),
      linesMax: fc.constantFrom(5, 1_000),
      lineBytesMax: fc.constantFrom(100, 3_000),
    });
    const scanning = fc.record({
      bounds,
      chunkBytes: fc.constantFrom(50, 1_000, 100_000),
      encoding: fc.constantFrom('utf-8', 'utf-8', 'utf-16le'),
    });
    await fc.assert(
      fc.asyncProperty(fc.oneof(oddText, oddText, logText(4)), scanning, async (text, some) => {
        const { slowly, quickly } = await bothWays(text, some);
        expect(quickly).toEqual(slowly);
      }),
      runs(400),
    );
  });

  it.each([8_191, 8_192, 8_193, 40_000])('are the same where a text is about as long as is kept: %d', async (length) => {
    const head = '2026-03-01 00:00:00,001 ERROR [main] com.acme.Shop - ';
    const event = '2026-03-01 00:00:00,001 INFO [main] x\n';
    const { slowly, quickly } = await bothWays(`${head}${'x'.repeat(length)}\n${event}${head}x\n${'\tat x\n'.repeat(length / 6)}${event}`);
    expect(quickly).toEqual(slowly);
    expect(quickly.length).toBe(2);
  });
});
