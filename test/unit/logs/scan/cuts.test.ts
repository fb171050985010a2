/**
 * However a file is cut, its records are those of the definition.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ErrorRecord } from '#shared/logs/error-record.ts';
import type { TextEncoding } from '#shared/logs/scan/byte-source.ts';
import { scanRange, scanStream } from '#shared/logs/scan/scan-range.ts';
import type { ScanBounds } from '#shared/logs/scan/unit-scan.ts';
import { logText } from './log-texts.ts';
import { memorySource } from './memory-source.ts';
import { oracleRecords } from './oracle.ts';

/** Small, so that short texts reach them. */
const bounds: fc.Arbitrary<ScanBounds> = fc.record({
  recordBytesMax: fc.integer({ min: 60, max: 600 }),
  linesMax: fc.constantFrom(5, 12, 1_000),
  lineBytesMax: fc.constantFrom(100, 300),
});

interface Cut {
  readonly bounds: ScanBounds;
  readonly encoding?: TextEncoding;
  readonly chunkBytes?: number;
  /** Edges of ranges inside the file, in 1/65,536 of it. */
  readonly cuts: readonly number[];
}

/** Scans range by range; lines are numbered through the file. */
async function scanCut(
  bytes: Buffer,
  { bounds, encoding = 'utf-8', chunkBytes, cuts }: Cut,
): Promise<{ records: ErrorRecord[]; lines: number }> {
  const source = memorySource(bytes, chunkBytes);
  const edges = [0, ...cuts.map((cut) => Math.floor((cut * bytes.length) / 65_536)), bytes.length].toSorted((a, b) => a - b);
  const records: ErrorRecord[] = [];
  let lines = 0;
  for (let edge = 1; edge < edges.length; edge += 1) {
    const before = lines;
    const onRecords = async (batch: ErrorRecord[]) => {
      records.push(...batch.map((record) => ({ ...record, lineInRange: before + record.lineInRange })));
    };
    lines += (await scanRange(source, { start: edges[edge - 1]!, end: edges[edge]! }, { encoding, fileTimeMs: 0, bounds, onRecords }))
      .lines;
  }
  return { records, lines };
}

async function scanAsStream(bytes: Buffer, { bounds, chunkBytes }: Omit<Cut, 'cuts'>): Promise<{ records: ErrorRecord[]; lines: number }> {
  const records: ErrorRecord[] = [];
  const onRecords = async (batch: ErrorRecord[]) => void records.push(...batch);
  const chunks = memorySource(bytes, chunkBytes).read(0, bytes.length);
  const { lines } = await scanStream(chunks, { encoding: 'utf-8', fileTimeMs: 0, bounds, onRecords });
  return { records, lines };
}

const spanOf = ({ offset, length, level, truncated, lineInRange }: ErrorRecord) => ({
  offset,
  length,
  level,
  truncated,
  line: lineInRange,
});

function oracleOf(bytes: Buffer, { recordBytesMax, linesMax, lineBytesMax }: ScanBounds, textStart = 0) {
  return oracleRecords(bytes, textStart, { recordMax: recordBytesMax, linesMax, lineMax: lineBytesMax });
}

const someCuts = fc.array(fc.nat({ max: 65_536 }), { maxLength: 8 });
const runs = (numRuns: number) => ({ numRuns: numRuns * Number(process.env['RUNS'] ?? 1) });
const timeoutMs = 60_000 * Number(process.env['RUNS'] ?? 1);

describe('a file cut into ranges', () => {
  it('gives the records of the definition and counts each line once', { timeout: timeoutMs }, async () => {
    const reading = fc.record({ cuts: someCuts, chunkBytes: fc.integer({ min: 1, max: 200 }) });
    await fc.assert(
      fc.asyncProperty(logText(4), bounds, reading, async (text, bounds, reading) => {
        const bytes = Buffer.from(text);
        const { records, lines } = await scanCut(bytes, { bounds, ...reading });
        expect({ records: records.map(spanOf), lines }).toEqual(oracleOf(bytes, bounds));
      }),
      runs(400),
    );
  });

  it('would give others if each range were a file of its own', () => {
    const differ = fc.sample(logText(4), { seed: 1, numRuns: 100 }).filter((text) => {
      const bytes = Buffer.from(text);
      const middle = Math.floor(bytes.length / 2);
      const some = { recordBytesMax: 600, linesMax: 1_000, lineBytesMax: 300 };
      const parts = [oracleOf(bytes.subarray(0, middle), some), oracleOf(bytes.subarray(middle), some)];
      return parts[0]!.records.length + parts[1]!.records.length !== oracleOf(bytes, some).records.length;
    });
    expect(differ.length).toBeGreaterThan(10);
  });

  it('gives the same records with ranges of one byte, texts and all', { timeout: timeoutMs }, async () => {
    await fc.assert(
      fc.asyncProperty(logText(1), bounds, async (text, bounds) => {
        const bytes = Buffer.from(text.slice(0, 600));
        const cuts = Array.from(bytes, (_, index) => Math.ceil((index * 65_536) / bytes.length));
        expect(await scanCut(bytes, { bounds, cuts })).toEqual(await scanCut(bytes, { bounds, cuts: [] }));
      }),
      runs(15),
    );
  });

  it('gives the records of the definition where the window moves on many times', { timeout: timeoutMs }, async () => {
    await fc.assert(
      fc.asyncProperty(logText(400), bounds, someCuts, async (text, bounds, cuts) => {
        const bytes = Buffer.from(text.repeat(3));
        const { records, lines } = await scanCut(bytes, { bounds, cuts, chunkBytes: 5_000 });
        expect({ records: records.map(spanOf), lines }).toEqual(oracleOf(bytes, bounds));
        expect(await scanAsStream(bytes, { bounds, chunkBytes: 5_000 })).toEqual(await scanCut(bytes, { bounds, cuts: [] }));
      }),
      runs(12),
    );
  });

  it('gives the records of the definition behind a byte order mark, which is none of the first line', { timeout: timeoutMs }, async () => {
    await fc.assert(
      fc.asyncProperty(logText(2), bounds, fc.array(fc.nat({ max: 8 }), { maxLength: 4 }), async (text, bounds, cuts) => {
        const bytes = Buffer.from(`\u{feff}${text}`);
        const { records, lines } = await scanCut(bytes, { bounds, cuts: cuts.map((cut) => Math.ceil((cut * 65_536) / bytes.length)) });
        expect({ records: records.map(spanOf), lines }).toEqual(oracleOf(bytes, bounds, 3));
      }),
      runs(60),
    );
  });
});

describe('UTF-16', () => {
  for (const encoding of ['utf-16le', 'utf-16be'] as const) {
    it(`gives the records of the same text in UTF-8, at twice the offsets: ${encoding}`, { timeout: timeoutMs }, async () => {
      await fc.assert(
        fc.asyncProperty(logText(3), bounds, someCuts, async (text, bounds, cuts) => {
          const units = Buffer.from(text, 'utf16le');
          const bytes = encoding === 'utf-16le' ? units : units.swap16();
          const inUnits = { ...bounds, recordBytesMax: bounds.recordBytesMax * 2, lineBytesMax: bounds.lineBytesMax * 2 };
          const wide = await scanCut(bytes, { bounds: inUnits, encoding, cuts, chunkBytes: 77 });
          const narrow = await scanCut(Buffer.from(text), { bounds, cuts: [] });
          expect(wide.records).toEqual(
            narrow.records.map((record) => ({ ...record, offset: record.offset * 2, length: record.length * 2 })),
          );
          expect(wide.lines).toBe(narrow.lines);
        }),
        runs(60),
      );
    });
  }
});

describe('a stream', () => {
  it('gives the records of a file of the same bytes', { timeout: timeoutMs }, async () => {
    await fc.assert(
      fc.asyncProperty(logText(20), bounds, fc.integer({ min: 1, max: 5_000 }), async (text, bounds, chunkBytes) => {
        const bytes = Buffer.from(text);
        const whole = await scanCut(bytes, { bounds, cuts: [] });
        expect(await scanAsStream(bytes, { bounds, chunkBytes })).toEqual(whole);
      }),
      runs(60),
    );
  });
});
