import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uploadedAtMs } from '#test/fakes/log-samples.ts';
import { scanWorld } from '#test/fakes/scan-world.ts';
import { storms, weatherOf } from '#test/fakes/weather.ts';
import { RecordSketch, resolveRecords } from '#shared/logs/patterns/mine-records.ts';
import { redact } from '#shared/logs/redaction/redact.ts';
import { redactRecord } from '#shared/logs/redaction/redact-record.ts';
import { aggregateLimits, everything } from '#shared/logs/rollup/aggregates.ts';
import { totalOf } from '#shared/logs/rollup/pattern.ts';
import { rollUpFile } from '#shared/logs/rollup/roll-up-file.ts';
import { scanStream } from '#shared/logs/scan/scan-range.ts';

const names = ['ann', 'bob', 'carl', 'dora', 'emil', 'fred', 'gus', 'hal', 'ida', 'jon', 'kim', 'leo', 'mia', 'ned'];
const lines = [
  ...names.map((name, at) => `2026-11-20 0${at % 10}:00:01,000 ERROR app.auth - no access for user ${name} here`),
  '2026-11-21 08:00:01,000 ERROR app.orders - order 17 of ani@example.com failed',
  '2026-11-21 09:00:01,000 ERROR app.orders - order 4 of budi@example.org failed',
  '2026-11-21 08:00:03,000 FATAL app.db - no connection left',
  '2026-11-21 08:00:04,000 INFO app.orders - errors: 0 ERROR=0',
  '2026-11-20 23:59:59,000 ERROR app.pay - refused\njava.io.IOException: reset\n\tat a.B.c(B.java:1)\nCaused by: java.io.EOFException: x\n\t... 3 more',
  '1999-01-01 00:00:00,000 ERROR app.clock - out of all series',
  'panic: boom',
];
const logs = fc.array(fc.constantFrom(...lines), { minLength: 1, maxLength: 60 }).map((chosen) => Buffer.from(`${chosen.join('\n')}\n`));

/** What one process makes of the whole content: the truth for every other way. */
async function oneProcess(content: Buffer) {
  const sketch = new RecordSketch();
  const hours = new Map<string, number>();
  let records = 0;
  const chunks = (async function* () {
    yield content;
  })();
  await scanStream(chunks, {
    encoding: 'utf-8',
    fileTimeMs: uploadedAtMs,
    onRecords: async (batch) => {
      for (const record of batch) {
        records += 1;
        sketch.add(redactRecord(redact, record));
        const hour = (record.time ?? new Date(uploadedAtMs).toISOString()).slice(0, 13);
        if (!hour.startsWith('1999')) hours.set(hour, (hours.get(hour) ?? 0) + 1);
      }
    },
  });
  const patterns = resolveRecords(sketch).patterns.map(({ id, template, count }) => ({ id, template, count }));
  return { records, hours: sorted(hours), patterns: patterns.toSorted((a, b) => (a.id < b.id ? -1 : 1)) };
}

const sorted = (counts: ReadonlyMap<string, number>): [string, number][] => [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1));
const window = { from: '1990-01-01', to: '2030-01-01' };

/** What the stores say after everything was rolled up. */
async function rolledUp(world: ReturnType<typeof scanWorld>) {
  const refs = await world.patterns.latest({ limit: 1_000 });
  const patterns = await world.patterns.patterns(refs.map(({ id }) => id));
  const hours = new Map<string, number>();
  for (const { day, hours: ofDay } of await world.aggregates.days(everything, window))
    for (const [hour, counts] of ofDay) hours.set(`${day}T${String(hour).padStart(2, '0')}`, totalOf(counts));
  return {
    records: patterns.reduce((sum, { counts }) => sum + totalOf(counts), 0),
    hours: sorted(hours),
    patterns: patterns
      .map(({ id, template, counts }) => ({ id, template, count: totalOf(counts) }))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  };
}

describe('a roll-up', () => {
  it('comes to what one process finds, however the file is cut, delivered twice, in any order, with workers that die between any two writes', async () => {
    await fc.assert(
      fc.asyncProperty(logs, fc.constantFrom(1, 3, 20), storms, async (content, ranges, storm) => {
        const rangeBytesMin = Math.ceil(content.length / ranges);
        const world = scanWorld({ content, rangeBytesMin, attemptsMax: 1_000, rollUp: true, weather: weatherOf(storm) });
        await world.run();
        await world.rollUpLate();
        expect(await rolledUp(world)).toEqual(await oneProcess(content));
        expect(await world.files.awaitingRollup(10)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  const content = Buffer.from(`${lines.join('\n')}\n`);

  it('repeated adds nothing, also after a pattern was looked at by others', async () => {
    const world = scanWorld({ content, rangeBytesMin: 200, attemptsMax: 3, rollUp: true });
    await world.run();
    const before = await rolledUp(world);
    const { id } = await world.file();
    const report = await rollUpFile(world, id);
    expect(report?.records).toBe(before.records);
    expect(report?.patterns.length).toBe(before.patterns.length);
    expect(await rolledUp(world)).toEqual(before);
  });

  it('of a file that is scanned better adds the difference', async () => {
    const world = scanWorld({ content, rangeBytesMin: 200, attemptsMax: 2, rollUp: true, poison: (range) => range === 2 });
    await world.run();
    const truth = await oneProcess(content);
    const first = await rolledUp(world);
    expect(first.records).toBeLessThan(truth.records);
    expect(first.records).toBeGreaterThan(0);
    world.redrive();
    await world.run();
    expect((await world.file()).status).toBe('done');
    expect(await rolledUp(world)).toEqual(truth);
  });

  it('keeps what people have decided, and where a person has put a fingerprint', async () => {
    const world = scanWorld({ content, rangeBytesMin: 5_000, attemptsMax: 3, rollUp: true });
    await world.run();
    const all = await world.patterns.patterns((await world.patterns.latest({ limit: 100 })).map(({ id }) => id));
    const users = all.find(({ template }) => template.startsWith('no access for user'))!;
    expect(users.members.length).toBeGreaterThan(1);
    const moved = users.members.find((member) => member !== users.id)!;
    const own = { ...users, id: 'pat_1_byhand', members: [moved], byHand: true, revision: 1 };
    await world.patterns.addPattern(own);
    await world.patterns.commit({
      patterns: [{ ...users, members: users.members.filter((member) => member !== moved), byHand: true, revision: users.revision + 1 }],
      placements: [{ fingerprint: moved, patternId: own.id, countedAs: moved, byHand: true }],
    });
    await rollUpFile(world, (await world.file()).id);
    const [left, right] = await Promise.all([world.patterns.pattern(users.id), world.patterns.pattern(own.id)]);
    expect(totalOf(right!.counts)).toBe(1);
    expect(totalOf(left!.counts)).toBe(totalOf(users.counts) - 1);
    expect((await world.patterns.ofFile((await world.file()).id, 100)).map(({ patternId }) => patternId)).toContain(own.id);
  });

  it('of services and files that have no place in a ranking counts them in its rest', async () => {
    const services = aggregateLimits.rankedPerFileMax + 20;
    const many = Array.from({ length: services }, (_, at) => `2026-11-21 08:00:0${at % 10},000 ERROR app.s${at} - order ${at} failed`);
    const world = scanWorld({ content: Buffer.from(`${many.join('\n')}\n`), rangeBytesMin: 1_000, attemptsMax: 3, rollUp: true });
    await world.run();
    const [day] = await world.aggregates.ranking('service', window);
    expect(day?.counts.size).toBe(aggregateLimits.rankedPerFileMax);
    expect(day?.rest).toEqual({ error: 20, fatal: 0 });
    expect((await rolledUp(world)).records).toBe(services);
  });
});
