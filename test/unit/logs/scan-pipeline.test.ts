import { gzipSync, zstdCompressSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededChance } from '#test/fakes/chance.ts';
import { uploadedAtMs } from '#test/fakes/log-samples.ts';
import { scanWorld } from '#test/fakes/scan-world.ts';
import type { Weather } from '#test/fakes/weather.ts';
import type { ErrorRecord } from '#shared/logs/error-record.ts';
import { limits } from '#shared/logs/limits.ts';
import { scanStream } from '#shared/logs/scan/scan-range.ts';
import { presentErrors } from '#shared/logs/present-error.ts';

const lines = [
  '2026-11-21 08:00:01,000 INFO app.orders - order 17 accepted',
  '2026-11-21 08:00:02,000 ERROR app.orders - order 17 failed',
  '2026-11-21 08:00:03,000 FATAL app.db - no connection left',
  '2026-11-21 08:00:04,000 INFO app.orders - errors: 0 ERROR=0',
  '2026-11-20 23:59:59,000 ERROR app.pay - refused\njava.io.IOException: reset\n\tat a.B.c(B.java:1)\nCaused by: java.io.EOFException: x\n\t... 3 more',
  'no level and no time',
  '',
];
const logs = fc
  .array(fc.constantFrom(...lines), { minLength: 1, maxLength: 40 })
  .map((chosen) => Buffer.from(`${chosen.join('\n')}\n`))
  .filter((content) => content.length > 1);

/** What a scan of the whole content at once finds: the truth for every other way. */
async function truth(content: Buffer) {
  const records: ErrorRecord[] = [];
  const chunks = (async function* () {
    yield content;
  })();
  const summary = await scanStream(chunks, {
    encoding: 'utf-8',
    fileTimeMs: uploadedAtMs,
    onRecords: async (batch) => void records.push(...batch),
  });
  return {
    records,
    counts: { lines: summary.lines, bytes: summary.bytes, errors: summary.recordsByLevel.error, fatals: summary.recordsByLevel.fatal },
  };
}

async function found(world: ReturnType<typeof scanWorld>) {
  const views = await presentErrors(world, await world.allErrors());
  return views.map(({ offset, length, level, time, message, stack, line }) => ({ offset, length, level, time, message, stack, line }));
}

const asFound = ({ offset, length, level, time, message, stack, lineInRange }: ErrorRecord) => ({
  offset,
  length,
  level,
  time,
  message,
  stack,
  line: lineInRange,
});

const storms = fc.record({ seed: fc.nat(), deaths: fc.constantFrom(0, 0.02, 0.1), doubles: fc.constantFrom(0, 0.3, 0.9) });

/** Calls of workers side by side take turns as the seed says. */
function weatherOf({ seed, deaths, doubles }: { seed: number; deaths: number; doubles: number }): Weather {
  const chance = seededChance(seed);
  const fraction = (): number => chance.fraction();
  const turn = async (): Promise<void> => {
    for (let waits = Math.floor(fraction() * 6); waits > 0; waits -= 1) await Promise.resolve();
  };
  return { fraction, deaths, doubles, turn };
}

/** From one range to more than a chunk of them, and from whole lines down to a few bytes each. */
const rangeCounts = fc.constantFrom(1, 2, 7, 30, 150);
const slow = 60_000;

describe('a file', () => {
  it(
    'has the same records and counts however it is cut, delivered twice, in any order, with workers that die anywhere; and closes once',
    async () => {
      await fc.assert(
        fc.asyncProperty(logs, rangeCounts, storms, async (content, ranges, storm) => {
          const rangeBytesMin = Math.ceil(content.length / ranges);
          const world = scanWorld({ content, rangeBytesMin, attemptsMax: 1_000, weather: weatherOf(storm) });
          await world.run();
          const { records, counts } = await truth(content);
          expect(await world.file()).toMatchObject({ status: 'done', failure: null, counts });
          expect(await found(world)).toEqual(records.map(asFound));
          expect(world.timesClosed()).toBe(1);
        }),
        { numRuns: 100 },
      );
    },
    slow,
  );

  it(
    'closes for certain however its workers die at their last attempts, and is whole after a redrive',
    async () => {
      await fc.assert(
        fc.asyncProperty(logs, storms, async (content, storm) => {
          const rangeBytesMin = Math.ceil(content.length / 20);
          const world = scanWorld({ content, rangeBytesMin, attemptsMax: 2, weather: weatherOf({ ...storm, deaths: 0.15 }) });
          await world.run();
          world.clock.advance(world.functionMs + limits.leaseMarginMs + 1);
          await world.sweep();
          world.clock.advance(world.stalledAfterMs + 1);
          await world.sweep();
          expect(['done', 'failed']).toContain((await world.file()).status);
          expect(world.timesClosed()).toBe(1);
          for (let rounds = 0; world.dead.length > 0; rounds += 1) {
            expect(rounds).toBeLessThan(100);
            world.redrive();
            await world.run();
          }
          const { records, counts } = await truth(content);
          expect(await world.file()).toMatchObject({ status: 'done', counts });
          expect(await found(world)).toEqual(records.map(asFound));
        }),
        { numRuns: 100 },
      );
    },
    slow,
  );
});

const content = Buffer.from(`${Array.from({ length: 60 }, (_, index) => lines[index % lines.length]).join('\n')}\n`);

describe('a range that cannot be scanned', () => {
  const poison = (range: number): boolean => range % 10 === 7;

  it('ends in the dead-letter queue, and the file says why', async () => {
    const world = scanWorld({ content, rangeBytesMin: 100_000, attemptsMax: 3, poison: () => true });
    await world.run();
    expect(world.dead).toHaveLength(1);
    const expected = { status: 'failed', failure: { reason: 'scan-error', detail: 'Error: This cannot be read', offset: null } };
    expect(await world.file()).toMatchObject(expected);
    expect(world.timesClosed()).toBe(1);
  });

  it('keeps nothing back of what the other ranges found, and is made good by a redrive', async () => {
    const { records, counts } = await truth(content);
    const world = scanWorld({ content, rangeBytesMin: 20, attemptsMax: 3, poison });
    await world.run();
    expect(world.dead.length).toBeGreaterThan(0);
    expect(await world.file()).toMatchObject({ status: 'failed' });
    expect((await world.allErrors()).length).toBeGreaterThan(10);
    world.redrive();
    await world.run();
    expect(await world.file()).toMatchObject({ status: 'done', failure: null, counts });
    expect(await found(world)).toEqual(records.map(asFound));
    expect(world.timesClosed()).toBe(1);
  });
});

describe('a version that is deleted', () => {
  it('before it is planned is a failed file', async () => {
    const world = scanWorld({ content, rangeBytesMin: 100, attemptsMax: 3 });
    world.bucket.remove(world.object);
    await world.run();
    expect(await world.file()).toMatchObject({ status: 'failed', failure: { reason: 'deleted' }, ranges: 0 });
  });

  it('while it is scanned fails at once, without another attempt, and keeps what was found', async () => {
    let pieces = 0;
    const removeHalfway = (): boolean => {
      pieces += 1;
      if (pieces === 800) world.bucket.remove(world.object);
      return false;
    };
    const world = scanWorld({
      content: Buffer.concat(Array.from({ length: 40 }, () => content)),
      rangeBytesMin: 20_000,
      attemptsMax: 3,
      poison: removeHalfway,
    });
    await world.run();
    expect(await world.file()).toMatchObject({ status: 'failed', failure: { reason: 'deleted-while-scanning' } });
    expect(world.dead).toEqual([]);
    expect((await world.allErrors()).length).toBeGreaterThan(0);
  });
});

describe('a file that needs no ranges', () => {
  it.each([
    ['empty', Buffer.alloc(0), { status: 'done', failure: null, ranges: 0 }],
    [
      'binary',
      Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 3, 4, 5, 6]),
      { status: 'failed', failure: { reason: 'binary-content' } },
    ],
    ['compressed twice', gzipSync(gzipSync(content)), { status: 'failed', failure: { reason: 'binary-content' } }],
  ])('is closed by its plan: %s', async (_, given, expected) => {
    const world = scanWorld({ content: given, rangeBytesMin: 100, attemptsMax: 3 });
    await world.run();
    expect(await world.file()).toMatchObject({ ...expected, closedAtMs: expect.any(Number) as number });
  });
});

describe('a compressed file', () => {
  it.each([
    ['gzip', gzipSync(content)],
    ['zstd', zstdCompressSync(content)],
  ])('gives the records of its content: %s', async (compression, given) => {
    const { records, counts } = await truth(content);
    const world = scanWorld({ content: given, rangeBytesMin: 10, attemptsMax: 3 });
    await world.run();
    expect(await world.file()).toMatchObject({ status: 'done', compression, ranges: 1, counts });
    expect(await found(world)).toEqual(records.map(asFound));
  });

  it.each([
    ['gzip', gzipSync],
    ['zstd', zstdCompressSync],
  ])('that is damaged fails with the offset reached and keeps what it held up to there: %s', async (compression, compress) => {
    const noise = seededChance();
    const line = (): string => `2026-11-21 08:00:00,000 ERROR app - ${Buffer.from(noise.bytes(150)).toString('base64')} failed\n`;
    const large = Buffer.from(Array.from({ length: 3_000 }, line).join(''));
    const damaged = compress(large).subarray(0, -200);
    const world = scanWorld({ content: damaged, rangeBytesMin: 10, attemptsMax: 3 });
    await world.run();
    const file = await world.file();
    expect(file).toMatchObject({ status: 'failed', failure: { reason: `corrupt-${compression}` } });
    expect(file.failure?.offset).toBe(file.counts.bytes);
    expect(file.counts.errors).toBeGreaterThan(100);
    expect(file.counts.errors).toBe((await world.allErrors()).length);
    expect(world.dead).toEqual([]);
  });
});
