import { describe, expect, it } from 'vitest';
import { fakeClock } from '#test/fakes/clock.ts';
import { fakeErrorStore } from '#test/fakes/fake-error-store.ts';
import { fakeFileStore } from '#test/fakes/fake-file-store.ts';
import { fakeProgressStore } from '#test/fakes/fake-progress-store.ts';
import { fakePatternStores } from '#test/fakes/fake-rollup-stores.ts';
import { sampleFile, sampleObject, sampleRecord } from '#test/fakes/log-samples.ts';
import { samplePattern } from '#test/fakes/pattern-samples.ts';
import type { PatternedRecord } from '#shared/logs/ports.ts';
import { makeExport } from '#shared/logs/search/export-errors.ts';
import { headOf, lineOf, type LogExport } from '#shared/logs/search/log-export.ts';
import { searchErrors } from '#shared/logs/search/search-errors.ts';

const file = sampleFile({ status: 'scanning' });
const other = sampleFile({ status: 'scanning', object: sampleObject({ key: 'other.log' }) });
const at = (minute: number): string => new Date(Date.UTC(2026, 10, 1, 0, minute)).toISOString();
const nothing = { include: [], exclude: [] };

async function stored(records: readonly Partial<PatternedRecord>[]) {
  const deps = {
    files: fakeFileStore(),
    progress: fakeProgressStore(fakeClock()),
    errors: fakeErrorStore(),
    patterns: fakePatternStores().patterns,
  };
  await deps.files.add(file);
  await deps.files.add(other);
  await deps.errors.write(
    file,
    0,
    records.map((record, index) => sampleRecord({ offset: index, time: at(index), ...record })),
  );
  await deps.errors.write(other, 0, [sampleRecord({ time: at(5), message: 'Elsewhere', logger: 'else' })]);
  return deps;
}

const messages = async (deps: Awaited<ReturnType<typeof stored>>, filter: object): Promise<string[]> =>
  (await searchErrors(deps, { ...nothing, ...filter, limit: 50 })).errors.map(({ message }) => message);

describe('a search', () => {
  it('wants every word of the one list and none of the other, wherever they stand, in any case', async () => {
    const deps = await stored([
      { message: 'Disk full', stack: 'at Store.put' },
      { message: 'Disk slow', stack: null },
      { message: 'Timeout', logger: 'app.disk' },
    ]);
    expect(await messages(deps, { include: ['DISK'] })).toEqual(['Timeout', 'Disk slow', 'Disk full']);
    expect(await messages(deps, { include: ['disk', 'store.PUT'] })).toEqual(['Disk full']);
    expect(await messages(deps, { include: ['disk'], exclude: ['slow', 'timeout'] })).toEqual(['Disk full']);
    expect(await messages(deps, { include: ['disk full disk'] })).toEqual([]);
  });

  it('is bounded to a window, a level, a service and a file', async () => {
    const deps = await stored([{ message: 'a' }, { message: 'b', level: 'fatal' }, { message: 'c', logger: 'cron' }]);
    expect(await messages(deps, { from: at(1), to: at(2) })).toEqual(['c', 'b']);
    expect(await messages(deps, { level: 'fatal' })).toEqual(['b']);
    expect(await messages(deps, { service: 'cron' })).toEqual(['c']);
    expect(await messages(deps, { file: other.id })).toEqual(['Elsewhere']);
    const long = 's'.repeat(200);
    const counted = await stored([{ message: 'a', logger: null }, { message: 'b', logger: long }, { message: 'c' }]);
    // By the names that the dashboard counts them under.
    expect(await messages(counted, { service: '(none)' })).toEqual(['a']);
    expect(await messages(counted, { service: long.slice(0, 128) })).toEqual(['b']);
    expect(await messages(counted, { service: long })).toEqual(['b']);
    expect(await messages(deps, { from: at(2), to: at(1) })).toEqual([]);
    await expect(messages(deps, { file: 'log_none' })).rejects.toThrow('logs.file-not-found');
    await expect(messages(deps, { pattern: 'pat_1_none' })).rejects.toThrow('logs.pattern-not-found');
  });

  it.each(['walked by its fingerprints', 'looked for among all records'])('of a pattern has its errors alone, %s', async (way) => {
    const deps = await stored([
      { message: 'a', patternId: 'pat_1_a' },
      { message: 'b', patternId: 'pat_1_b' },
      { message: 'c', patternId: 'pat_1_c' },
      { message: 'd', patternId: 'pat_1_a' },
    ]);
    const members = way.startsWith('walked') ? ['pat_1_a', 'pat_1_c'] : ['pat_1_a', 'pat_1_p~rest'];
    await deps.patterns.addPattern(samplePattern({ id: 'pat_1_p', members, firstSeen: at(0), lastSeen: at(9) }));
    await deps.patterns.place({ fingerprint: 'pat_1_c', patternId: 'pat_1_p', countedAs: 'pat_1_p~rest', byHand: false });
    await deps.patterns.addPattern(samplePattern({ id: 'pat_1_q', mergedInto: 'pat_1_p' }));
    expect(await messages(deps, { pattern: 'pat_1_p' })).toEqual(['d', 'c', 'a']);
    expect(await messages(deps, { pattern: 'pat_1_q', exclude: ['c'] })).toEqual(['d', 'a']);
  });

  it('comes page by page without loss or repetition, and says when a page stopped early', async () => {
    const rare = Array.from({ length: 2_600 }, (_, index) => ({ message: index % 500 === 0 ? `needle ${index}` : 'hay' }));
    const deps = await stored(rare);
    const found: string[] = [];
    const partial: boolean[] = [];
    let cursor: string | undefined;
    do {
      const page = await searchErrors(deps, { ...nothing, include: ['needle'], limit: 2, cursor });
      found.push(...page.errors.map(({ message }) => message));
      partial.push(page.partial);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(found).toEqual([2_500, 2_000, 1_500, 1_000, 500, 0].map((index) => `needle ${index}`));
    expect(partial).not.toContain(true);
    const none = await searchErrors(deps, { ...nothing, include: ['nowhere'], limit: 2 });
    expect(none).toMatchObject({ errors: [], partial: true });
    expect(none.nextCursor).not.toBeNull();
  });
});

describe('an export', () => {
  const error = { ...sampleRecord(), fileId: file.id, range: 0 };

  it('gives spreadsheets quotes where they are needed, and no formula', () => {
    const line = lineOf('csv', { ...error, message: '=cmd|"x"!A1, twice', stack: 'a\nb', logger: null }, 'shop/a.log');
    expect(line).toContain(`,"'=cmd|""x""!A1, twice","a\nb",`);
    expect(line.endsWith('\r\n')).toBe(true);
    expect(headOf('csv').split(',')).toHaveLength(11);
    expect(lineOf('csv', { ...error, message: '@sum' }, null)).toContain(",'@sum,");
  });

  it('gives JSON a line an error', () => {
    const line = lineOf('ndjson', { ...error, message: 'a\nb' }, 'shop/a.log');
    expect(line.indexOf('\n')).toBe(line.length - 1);
    expect(JSON.parse(line)).toMatchObject({ message: 'a\nb', file: file.id, key: 'shop/a.log', level: 'error' });
  });

  it('is made once, with all that matches, and failed only by its last attempt', async () => {
    const found = await stored(Array.from({ length: 250 }, (_, index) => ({ message: `Order ${index}` })));
    let kept: LogExport = {
      id: 'exp_1',
      by: 'stf_ann',
      format: 'ndjson',
      filter: { ...nothing, include: ['order'] },
      status: 'queued',
      records: 0,
      bytes: 0,
      partial: false,
      createdAtMs: 0,
      finishedAtMs: null,
    };
    const written: string[] = [];
    let isBroken = true;
    const deps = {
      ...found,
      clock: fakeClock(),
      exports: { add: async () => undefined, get: async () => kept, finish: async (one: LogExport) => void (kept = one) },
      exportFiles: {
        downloadUrl: async () => '',
        begin: async () => {
          written.length = 0;
          return {
            write: async (text: string) => {
              if (isBroken) throw new Error('S3 is away');
              written.push(text);
            },
            end: async () => undefined,
            abort: async () => undefined,
          };
        },
      },
    };
    const attempt = (isLastAttempt: boolean) => makeExport(deps, { exportId: 'exp_1', deadlineMs: Infinity, isLastAttempt });
    await expect(attempt(false)).rejects.toThrow('S3 is away');
    expect(kept.status).toBe('queued');
    isBroken = false;
    expect(await attempt(false)).toMatchObject({ status: 'done', records: 250, partial: false });
    expect(Buffer.byteLength(written.join(''))).toBe(kept.bytes);
    expect(await attempt(false)).toEqual(kept);
    isBroken = true;
    kept = { ...kept, status: 'queued' };
    await expect(attempt(true)).rejects.toThrow('S3 is away');
    expect(kept.status).toBe('failed');
  });
});
