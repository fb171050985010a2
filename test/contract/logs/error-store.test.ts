import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fakeErrorStore } from '#test/fakes/fake-error-store.ts';
import { sampleFile, sampleObject, sampleRecord } from '#test/fakes/log-samples.ts';
import { dynamodbErrorStore } from '#shared/logs/dynamodb-error-store.ts';
import { errorKey } from '#shared/logs/dynamodb-keys.ts';
import { limits } from '#shared/logs/limits.ts';
import { errorId } from '#shared/logs/log-ids.ts';
import type { ErrorRef, ErrorStore } from '#shared/logs/ports.ts';
import { startDynamodb, type Engine } from './dynamodb-engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startDynamodb();
});
afterAll(() => engine.stop());

const file = sampleFile();
const other = sampleFile({ object: sampleObject({ versionId: 'v2' }) });
const at = (minute: number): string => `2026-11-21T08:${String(minute).padStart(2, '0')}:00.000Z`;

async function everything(errors: ErrorStore): Promise<ErrorRef[]> {
  const days = await errors.days({ limit: 100 });
  const refs = await Promise.all(
    days.flatMap(({ partitions }) => partitions).map((partition) => errors.newest(partition, { limit: 1_000 })),
  );
  return refs.flat();
}

describe.each<[string, () => Promise<ErrorStore>]>([
  ['the fake', async () => fakeErrorStore()],
  ['DynamoDB', async () => dynamodbErrorStore(await engine.table())],
])('an error store: %s', (_, open) => {
  let errors: ErrorStore;
  beforeEach(async () => {
    errors = await open();
  });

  it('gives a record back as it was written', async () => {
    const plain = sampleRecord({ offset: 5, time: null, timeAssumed: [], logger: null, message: '', stack: null });
    const full = sampleRecord({
      offset: 2 ** 45,
      level: 'fatal',
      truncated: true,
      timeAssumed: ['zone', 'year', 'date'],
      message: '€'.repeat(limits.messageCharactersMax),
      stack: '\u{1f4a5}'.repeat(limits.stackCharactersMax / 2),
    });
    await errors.write(file, 3, [plain, full]);
    expect(await errors.inRange({ fileId: file.id, range: 3, limit: 10 })).toEqual([
      { ...plain, fileId: file.id, range: 3 },
      { ...full, fileId: file.id, range: 3 },
    ]);
    expect(await errors.load([{ fileId: file.id, range: 3, offset: 2 ** 45 }])).toEqual([{ ...full, fileId: file.id, range: 3 }]);
  });

  it('keeps one record for one place, however often it is written', async () => {
    const records = Array.from({ length: 60 }, (_, index) => sampleRecord({ offset: index * 7, time: at(index) }));
    await Promise.all([errors.write(file, 0, records), errors.write(file, 0, records.slice(10, 40))]);
    await errors.write(file, 0, [...records.slice(0, 30), ...records.slice(0, 30)]);
    expect((await errors.inRange({ fileId: file.id, range: 0, limit: 100 })).map(({ offset }) => offset)).toEqual(
      records.map(({ offset }) => offset),
    );
    expect(await everything(errors)).toHaveLength(60);
  });

  it('pages through a range in file order and sees no other range or file', async () => {
    await errors.write(
      file,
      1,
      [9, 100, 20, 3].map((offset) => sampleRecord({ offset })),
    );
    await errors.write(file, 2, [sampleRecord({ offset: 10 })]);
    await errors.write(other, 1, [sampleRecord({ offset: 11 })]);
    const first = await errors.inRange({ fileId: file.id, range: 1, limit: 2 });
    const rest = await errors.inRange({ fileId: file.id, range: 1, afterOffset: first.at(-1)?.offset, limit: 10 });
    expect([...first, ...rest].map(({ offset }) => offset)).toEqual([3, 9, 20, 100]);
  });

  it('loads in the order asked for, without what is not there', async () => {
    await errors.write(
      file,
      0,
      Array.from({ length: 150 }, (_, offset) => sampleRecord({ offset })),
    );
    const wanted = Array.from({ length: 160 }, (_, index) => ({ fileId: file.id, range: 0, offset: 159 - index }));
    expect((await errors.load(wanted)).map(({ offset }) => offset)).toEqual(Array.from({ length: 150 }, (_, index) => 149 - index));
    expect(await errors.load([])).toEqual([]);
  });

  it('lists the days that have records, latest first', async () => {
    await errors.write(file, 0, [
      sampleRecord({ offset: 1, time: '2026-11-19T23:59:59.999Z' }),
      sampleRecord({ offset: 2, time: '2026-11-20T00:00:00.000Z', level: 'fatal' }),
      sampleRecord({ offset: 3, time: null }),
    ]);
    const days = await errors.days({ limit: 10 });
    expect(days.map(({ day, partitions }) => [day, partitions.map(({ level }) => level)])).toEqual([
      ['2026-11-21', ['error']],
      ['2026-11-20', ['fatal']],
      ['2026-11-19', ['error']],
    ]);
    expect((await errors.days({ limit: 1 })).map(({ day }) => day)).toEqual(['2026-11-21']);
    expect((await errors.days({ since: '2026-11-20', until: '2026-11-20', limit: 10 })).map(({ day }) => day)).toEqual(['2026-11-20']);
  });

  it('adds partitions to a day that has some already', async () => {
    const offsets = Array.from({ length: 200 }, (_, index) => index * 128);
    for (const offset of offsets) await errors.write(file, 0, [sampleRecord({ offset })]);
    const [day] = await errors.days({ limit: 10 });
    // Two hundred records leave none of eight shards empty, also when their offsets are all even.
    expect(day?.partitions.map(({ shard }) => shard)).toEqual(Array.from({ length: limits.shards }, (_, shard) => shard));
  });

  it('finds nothing in a window that ends before it begins', async () => {
    await errors.write(file, 0, [sampleRecord({ time: at(30) })]);
    const [partition] = (await errors.days({ limit: 1 }))[0]?.partitions ?? [];
    expect(await errors.days({ since: '2026-11-21', until: '2026-11-20', limit: 10 })).toEqual([]);
    expect(await errors.newest(partition!, { from: at(20), to: at(10), limit: 10 })).toEqual([]);
    const dayStart = { listedAt: '2026-11-21T00:00:00.000Z', id: '' };
    expect(await errors.newest(partition!, { from: at(20), after: dayStart, limit: 10 })).toEqual([]);
  });

  it('lists a partition newest first, within a window with both ends, page by page', async () => {
    await errors.write(
      file,
      0,
      Array.from({ length: 300 }, (_, index) => sampleRecord({ offset: index, time: at(index % 60) })),
    );
    const [day] = await errors.days({ limit: 1 });
    const partition = day!.partitions[0]!;
    const all = await errors.newest(partition, { limit: 1_000 });
    const order = (ref: ErrorRef): string => `${ref.listedAt}#${errorId(ref)}`;
    expect(all.map(order)).toEqual(all.map(order).toSorted().toReversed());
    expect(all.length).toBeGreaterThan(10);

    const paged: ErrorRef[] = [];
    for (let page = await errors.newest(partition, { limit: 3 }); page.length > 0;) {
      paged.push(...page);
      const last = paged.at(-1)!;
      page = await errors.newest(partition, { limit: 3, after: { listedAt: last.listedAt, id: errorId(last) } });
    }
    expect(paged).toEqual(all);

    const [from, to] = [all.at(-4)!.listedAt, all[4]!.listedAt];
    expect(await errors.newest(partition, { from, to, limit: 1_000 })).toEqual(
      all.filter(({ listedAt }) => listedAt >= from && listedAt <= to),
    );
    expect(await errors.newest(partition, { after: { listedAt: to, id: '' }, limit: 1_000 })).toEqual(
      all.filter(({ listedAt }) => listedAt < to),
    );
  });
});

describe('records in DynamoDB', () => {
  it('go after the days of their level, and never after their file', async () => {
    const table = await engine.table();
    const days = async (level: 'error' | 'fatal', kept: { error: number; fatal: number }): Promise<number> => {
      const record = sampleRecord({ offset: 1, level });
      await dynamodbErrorStore(table, kept).write(file, 0, [record]);
      const Key = errorKey({ fileId: file.id, range: 0, offset: 1 });
      const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key }));
      return (Number(Item?.['ttl']) * 1_000 - file.uploadedAtMs) / 86_400_000;
    };
    expect(await days('error', limits.recordDays)).toBe(30);
    expect(await days('fatal', limits.recordDays)).toBe(90);
    expect(await days('error', { error: 7, fatal: 14 })).toBe(7);
    expect(await days('fatal', { error: 7, fatal: 400 })).toBe(limits.retentionDays);
  });
});
