import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fakeClock } from '#test/fakes/clock.ts';
import { fakeErrorStore } from '#test/fakes/fake-error-store.ts';
import { fakeFileStore } from '#test/fakes/fake-file-store.ts';
import { fakeProgressStore } from '#test/fakes/fake-progress-store.ts';
import { fakePatternStores } from '#test/fakes/fake-rollup-stores.ts';
import { sampleFile, sampleObject, sampleRecord, uploadedAtMs } from '#test/fakes/log-samples.ts';
import { samplePattern } from '#test/fakes/pattern-samples.ts';
import type { PatternedRecord } from '#shared/logs/ports.ts';
import { limits } from '#shared/logs/limits.ts';
import { listErrors } from '#shared/logs/list-errors.ts';
import { listFileErrors } from '#shared/logs/list-file-errors.ts';
import type { LogFile } from '#shared/logs/log-file.ts';
import { listedAtOf } from '#shared/logs/listed-at.ts';
import { readError } from '#shared/logs/read-error.ts';

const plain = sampleFile({ status: 'scanning' });
const other = sampleFile({ status: 'scanning', object: sampleObject({ key: 'other.log' }), uploadedAtMs: uploadedAtMs + 5_000 });

function reading() {
  return { files: fakeFileStore(), progress: fakeProgressStore(fakeClock()), errors: fakeErrorStore() };
}

/** Stores records of a file, each in the range that its offset lies in. */
async function stored(records: readonly PatternedRecord[], file: LogFile = plain, deps = reading()) {
  await deps.files.add(file);
  for (const [range, ofRange] of Map.groupBy(records, ({ offset }) => Math.floor(offset / file.rangeBytes)))
    await deps.errors.write(file, range, ofRange);
  return deps;
}

const instant = (minutes: number): string => new Date(Date.UTC(2026, 10, 1) + minutes * 60_000).toISOString();

/** All pages of a list, and how many there were. */
async function pages<Entry>(
  list: (cursor: string | undefined) => Promise<{ errors: Entry[]; nextCursor: string | null; partial: boolean }>,
) {
  const entries: Entry[] = [];
  let cursor: string | undefined;
  let count = 0;
  do {
    const page = await list(cursor);
    entries.push(...page.errors);
    cursor = page.nextCursor ?? undefined;
    count += 1;
    if (count > 500) throw new Error('The list does not end');
  } while (cursor !== undefined);
  return { entries, count };
}

const recordsOf = fc
  .uniqueArray(
    fc.record({
      offset: fc.nat({ max: 999 }),
      minutes: fc.option(fc.nat({ max: 60_000 }), { nil: null }),
      level: fc.constantFrom('error' as const, 'fatal' as const),
      word: fc.constantFrom('Alpha', 'beta', 'GAMMA'),
    }),
    { selector: ({ offset }) => offset, maxLength: 60 },
  )
  .map((all) =>
    all.map(({ offset, minutes, level, word }) =>
      sampleRecord({ offset, level, message: `${word} ${offset}`, time: minutes === null ? null : instant(minutes) }),
    ),
  );

const filters = fc.record({
  level: fc.constantFrom(undefined, 'error' as const, 'fatal' as const),
  text: fc.constantFrom(undefined, 'ALPHA', 'a 1'),
  from: fc.option(fc.nat({ max: 60_000 }).map(instant), { nil: undefined }),
  to: fc.option(fc.nat({ max: 60_000 }).map(instant), { nil: undefined }),
  file: fc.constantFrom(undefined, plain.id),
  limit: fc.integer({ min: 1, max: 70 }),
});

describe('the list of all errors', () => {
  it('is complete, newest first and without doubles, whatever the filters and the size of a page', async () => {
    await fc.assert(
      fc.asyncProperty(recordsOf, recordsOf, filters, async (first, second, filter) => {
        const deps = await stored(first);
        await stored(second, other, deps);
        const { entries } = await pages((cursor) => listErrors(deps, { ...filter, cursor }));
        const all = [...first.map((record) => ({ record, file: plain })), ...second.map((record) => ({ record, file: other }))];
        const expected = all
          .map(({ record, file }) => ({ listedAt: listedAtOf(record, file.uploadedAtMs), fileId: file.id, record }))
          .filter(({ record }) => filter.level === undefined || record.level === filter.level)
          .filter(({ record }) => filter.text === undefined || record.message.toLowerCase().includes(filter.text.toLowerCase()))
          .filter(
            ({ listedAt }) => (filter.from === undefined || listedAt >= filter.from) && (filter.to === undefined || listedAt <= filter.to),
          )
          .filter(({ fileId }) => filter.file === undefined || fileId === filter.file)
          .toSorted((a, b) => compare(b.listedAt, a.listedAt) || compare(b.fileId, a.fileId) || b.record.offset - a.record.offset);
        expect(entries.map(({ file, offset }) => [file.id, offset])).toEqual(expected.map(({ fileId, record }) => [fileId, record.offset]));
      }),
      { numRuns: 150 },
    );
  });

  it('finds text in message, stack and logger, in any case', async () => {
    const deps = await stored([
      sampleRecord({ offset: 1, message: 'Connection REFUSED' }),
      sampleRecord({ offset: 2, stack: 'Caused by: refused' }),
      sampleRecord({ offset: 3, logger: 'app.Refused' }),
      sampleRecord({ offset: 4 }),
    ]);
    const { errors } = await listErrors(deps, { text: 'refuseD', limit: 10 });
    expect(errors.map(({ offset }) => offset)).toEqual([3, 2, 1]);
  });

  it('stops looking for a rare text within its bounds, says so, and goes on from there', async () => {
    const large = sampleFile({ status: 'scanning', sizeBytes: 10_000_000, rangeBytes: 1_000_000 });
    const count = limits.recordsPerPageMax * 2 + 500;
    const records = Array.from({ length: count }, (_, index) =>
      sampleRecord({ offset: index, time: instant(index), message: index === 7 ? 'needle' : 'hay' }),
    );
    const deps = await stored(records, large);
    const first = await listErrors(deps, { text: 'needle', limit: 10 });
    expect(first).toMatchObject({ errors: [], partial: true, nextCursor: expect.any(String) as string });
    const { entries, count: pageCount } = await pages((cursor) => listErrors(deps, { text: 'needle', limit: 10, cursor }));
    expect(entries.map(({ offset }) => offset)).toEqual([7]);
    expect(pageCount).toBe(3);
  });

  it('ends a page early when its texts are too much for one answer', async () => {
    const long = { message: 'm'.repeat(limits.messageCharactersMax), stack: 's'.repeat(limits.stackCharactersMax) };
    const deps = await stored(Array.from({ length: 150 }, (_, offset) => sampleRecord({ offset, time: instant(offset), ...long })));
    const page = await listErrors(deps, { limit: 200 });
    expect(page.nextCursor).not.toBeNull();
    expect(JSON.stringify(page).length).toBeLessThan(limits.pageCharactersMax * 1.2);
    expect(page.errors[0]).toMatchObject({ cut: true });
    expect(page.errors[0]?.message).toHaveLength(limits.listedMessageCharactersMax);
    const { entries } = await pages((cursor) => listErrors(deps, { limit: 200, cursor }));
    expect(entries).toHaveLength(150);
    expect(await readError({ ...deps, ...fakePatternStores() }, entries[0]!.id)).toMatchObject({ ...long, cut: false });
  });

  it('looks only at the days of a closed file when asked for it', async () => {
    const closed = sampleFile({ status: 'done', recordsFrom: instant(10), recordsTo: instant(20) });
    const deps = await stored([sampleRecord({ offset: 1, time: instant(10) }), sampleRecord({ offset: 2, time: instant(20) })], closed);
    const asked: (string | undefined)[] = [];
    const days: typeof deps.errors.days = async (request) => {
      asked.push(request.since, request.until);
      return deps.errors.days(request);
    };
    const { errors } = await listErrors({ ...deps, errors: { ...deps.errors, days } }, { file: closed.id, limit: 10 });
    expect(errors.map(({ offset }) => offset)).toEqual([2, 1]);
    expect(asked.slice(0, 2)).toEqual(['2026-11-01', '2026-11-01']);
  });

  it.each([
    ['a file that is not there', { file: plain.id, limit: 5 }, 'logs.file-not-found'],
    ['a cursor of something else', { cursor: 'abc', limit: 5 }, 'request.cursor-invalid'],
  ])('refuses %s', async (_, request, code) => {
    await expect(listErrors(reading(), request)).rejects.toMatchObject({ code });
  });

  it('is empty when there is nothing', async () => {
    expect(await listErrors(reading(), { limit: 5 })).toEqual({ errors: [], nextCursor: null, partial: false });
  });
});

describe('the list of a file’s errors', () => {
  it('is complete and in the order of the file, whatever the size of a page', async () => {
    await fc.assert(
      fc.asyncProperty(recordsOf, fc.integer({ min: 1, max: 70 }), async (records, limit) => {
        const deps = await stored(records);
        await stored([sampleRecord({ offset: 5 })], other, deps);
        const { entries } = await pages((cursor) => listFileErrors(deps, { fileId: plain.id, limit, cursor }));
        expect(entries.map(({ offset }) => offset)).toEqual(records.map(({ offset }) => offset).toSorted((a, b) => a - b));
      }),
      { numRuns: 60 },
    );
  });

  it('looks at a bounded number of ranges for a page, and at none that found nothing', async () => {
    const wide = sampleFile({ status: 'scanning', sizeBytes: 400, rangeBytes: 1, ranges: 400 });
    const deps = await stored([sampleRecord({ offset: 399 })], wide);
    const first = await listFileErrors(deps, { fileId: wide.id, limit: 10 });
    expect(first).toMatchObject({ errors: [], partial: true });
    const { entries, count } = await pages((cursor) => listFileErrors(deps, { fileId: wide.id, limit: 10, cursor }));
    expect(entries).toHaveLength(1);
    expect(count).toBe(Math.ceil(400 / limits.rangesPerPageMax));

    const nothing = { counts: { lines: 1, bytes: 1, errors: 0, fatals: 0 }, recordsFrom: null, recordsTo: null, failure: null };
    for (let range = 0; range < 399; range += 1) await deps.progress.record(wide.id, range, nothing);
    expect(await listFileErrors(deps, { fileId: wide.id, limit: 10 })).toMatchObject({ errors: [{ offset: 399 }], partial: false });
  });

  it('refuses a file that is not there', async () => {
    await expect(listFileErrors(reading(), { fileId: plain.id, limit: 5 })).rejects.toMatchObject({ code: 'logs.file-not-found' });
  });
});

describe('an error', () => {
  it('is read by its id', async () => {
    const deps = await stored([sampleRecord({ offset: 12, lineInRange: 4, stack: 'at x' })]);
    const { errors } = await listErrors(deps, { limit: 1 });
    const { bucket, key, versionId } = plain.object;
    expect(await readError({ ...deps, ...fakePatternStores() }, errors[0]!.id)).toEqual({
      ...errors[0],
      file: { id: plain.id, bucket, key, versionId },
      offset: 12,
      line: 4,
      time: '2026-11-21T08:30:00.000Z',
      stack: 'at x',
      pattern: null,
    });
  });

  it('has no pattern before its file is rolled up, then the one that counts its fingerprint, through merges', async () => {
    const deps = { ...(await stored([sampleRecord({ patternId: 'pat_1_b' })])), ...fakePatternStores() };
    const id = (await listErrors(deps, { limit: 1 })).errors[0]!.id;
    const pattern = async () => (await readError(deps, id)).pattern;
    expect(await pattern()).toBeNull();
    const placement = { fingerprint: 'pat_1_b', patternId: 'pat_1_a', countedAs: 'pat_1_b', byHand: false };
    await deps.patterns.commit({ patterns: [samplePattern({ id: 'pat_1_a', members: ['pat_1_a', 'pat_1_b'] })], placements: [placement] });
    expect(await pattern()).toBe('pat_1_a');
    const away = samplePattern({ id: 'pat_1_a', mergedInto: 'pat_1_c', revision: 2 });
    await deps.patterns.commit({ patterns: [samplePattern({ id: 'pat_1_c' }), away] });
    expect(await pattern()).toBe('pat_1_c');
  });

  it('of a fingerprint of its own has the pattern of that id', async () => {
    const deps = { ...(await stored([sampleRecord({ patternId: 'pat_1_a' })])), ...fakePatternStores() };
    await deps.patterns.commit({ patterns: [samplePattern({ id: 'pat_1_a' })] });
    const { errors } = await listErrors(deps, { limit: 1 });
    expect(await readError(deps, errors[0]!.id)).toMatchObject({ patternId: 'pat_1_a', pattern: 'pat_1_a' });
  });

  it.each(['err_1', `err_${'0'.repeat(36)}`, 'log_1', ''])('that is not there is not found: %s', async (id) => {
    await expect(readError({ ...(await stored([sampleRecord()])), ...fakePatternStores() }, id)).rejects.toMatchObject({
      code: 'logs.error-not-found',
    });
  });
});

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
