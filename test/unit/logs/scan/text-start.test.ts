/**
 * Text behind more zeros than detection looks at: where it begins, and what is found in it.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ErrorRecord } from '#shared/logs/error-record.ts';
import { describeContent } from '#shared/logs/describe-content.ts';
import { detectionBytes } from '#shared/logs/scan/detect-content.ts';
import { scanRange } from '#shared/logs/scan/scan-range.ts';
import { probeBytes, textStartBehindZeros } from '#shared/logs/text-start.ts';
import { logText } from './log-texts.ts';
import { memorySource } from './memory-source.ts';
import { oracleRecords } from './oracle.ts';

const line = '2026-03-01 00:00:00 ERROR failed\n';
const bounds = { recordBytesMax: 600, linesMax: 1_000, lineBytesMax: 300 };
const behind = (zeros: number, text: string | Buffer): Buffer => Buffer.concat([Buffer.alloc(zeros), Buffer.from(text)]);

describe('the start of a text behind zeros', () => {
  it('is found by a few looks, however long hole and text are', async () => {
    const sizes = fc.record({ hole: fc.integer({ min: 0, max: 300_000 }), text: fc.integer({ min: 1, max: 300_000 }) });
    await fc.assert(
      fc.asyncProperty(sizes, async ({ hole, text }) => {
        const source = memorySource(behind(detectionBytes + hole, Buffer.alloc(text, line)));
        expect(await textStartBehindZeros(source, detectionBytes)).toBe(detectionBytes + hole);
        expect(source.reads).toBeLessThan(12);
        expect(source.bytesRead).toBeLessThan(12 * probeBytes);
      }),
      { numRuns: 60 },
    );
  });

  it('is that of the encoding behind them', async () => {
    const hole = detectionBytes * 3 + 1;
    const described = (bytes: Buffer) => describeContent(memorySource(bytes));
    const swapped = Buffer.from(line, 'utf16le').swap16();
    expect(await described(behind(hole, line))).toEqual({ compression: 'none', encoding: 'utf-8', binary: false, textStart: hole });
    expect(await described(behind(hole + 1, Buffer.from(line, 'utf16le')))).toMatchObject({ encoding: 'utf-16le', textStart: hole + 1 });
    expect(await described(behind(hole + 1, swapped))).toMatchObject({ encoding: 'utf-16be', textStart: hole + 1 });
    expect(await described(behind(hole, Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1')))).toMatchObject({ binary: true });
    expect(await described(Buffer.alloc(hole))).toMatchObject({ binary: false, textStart: 0 });
    // Fewer are part of the first line.
    expect(await described(behind(5_000, line))).toMatchObject({ textStart: 0 });
  });

  it('begins the first line, however the file is cut', async () => {
    const edges = fc.array(fc.nat({ max: 65_536 }), { maxLength: 6 });
    const holes = fc.integer({ min: 1, max: 3_000 });
    const files = fc.record({ text: logText(3), hole: holes });
    const readings = fc.record({ cuts: edges, chunkBytes: fc.integer({ min: 1, max: 200 }) });
    await fc.assert(
      fc.asyncProperty(files, readings, async ({ text, hole }, { cuts, chunkBytes }) => {
        fc.pre(text !== '' && text.charCodeAt(0) !== 0);
        const bytes = behind(hole, text);
        const found: ErrorRecord[] = [];
        let lines = 0;
        const places = [0, ...cuts.map((cut) => Math.floor((cut * bytes.length) / 65_536)), bytes.length].toSorted((a, b) => a - b);
        for (const [index, start] of places.slice(0, -1).entries()) {
          const before = lines;
          const onRecords = async (batch: ErrorRecord[]) =>
            void found.push(...batch.map((record) => ({ ...record, lineInRange: before + record.lineInRange })));
          const options = { encoding: 'utf-8', textStart: hole, fileTimeMs: 0, bounds, onRecords } as const;
          lines += (await scanRange(memorySource(bytes, chunkBytes), { start, end: places[index + 1]! }, options)).lines;
        }
        const told = found.map(({ offset, length, level, truncated, lineInRange }) => ({
          offset,
          length,
          level,
          truncated,
          line: lineInRange,
        }));
        expect({ records: told, lines }).toEqual(oracleRecords(bytes, hole, { recordMax: 600, linesMax: 1_000, lineMax: 300 }));
      }),
      { numRuns: 150 },
    );
  });

  it('is not read up to', async () => {
    const hole = 40_000_000;
    const source = memorySource(behind(hole, `${line}${line}`));
    const records: ErrorRecord[] = [];
    const options = {
      encoding: 'utf-8',
      textStart: hole,
      fileTimeMs: 0,
      onRecords: async (batch: ErrorRecord[]) => void records.push(...batch),
    } as const;
    expect(await scanRange(source, { start: 0, end: 30_000_000 }, options)).toMatchObject({ lines: 0, bytes: 30_000_000, records: 0 });
    expect(await scanRange(source, { start: 30_000_000, end: source.sizeBytes }, options)).toMatchObject({ lines: 2, records: 2 });
    expect(records.map(({ offset, message }) => [offset, message])).toEqual([
      [hole, 'failed'],
      [hole + line.length, 'failed'],
    ]);
    expect(source.bytesRead).toBeLessThan(2_000_000);
  });
});
