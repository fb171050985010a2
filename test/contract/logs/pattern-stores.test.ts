import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fakePatternStores, fakeSummaryStore } from '#test/fakes/fake-rollup-stores.ts';
import { sampleFile, sampleObject, sampleRecord, uploadedAtMs } from '#test/fakes/log-samples.ts';
import { untouched } from '#shared/logs/issues/triage.ts';
import { templateOf } from '#shared/logs/patterns/record-template.ts';
import { everything } from '#shared/logs/rollup/aggregates.ts';
import { dynamodbAggregateReader, dynamodbCountStore } from '#shared/logs/rollup/dynamodb-count-store.ts';
import { dynamodbPatternStore } from '#shared/logs/rollup/dynamodb-pattern-store.ts';
import { dynamodbSummaryStore } from '#shared/logs/rollup/dynamodb-summary-store.ts';
import { restOf, type FilePattern, type Member, type Pattern, type Sight } from '#shared/logs/rollup/pattern.ts';
import { Corpus } from '#shared/logs/rollup/corpus.ts';
import { dynamodbCorpusStore } from '#shared/logs/rollup/dynamodb-corpus-store.ts';
import { PatternSketch } from '#shared/logs/patterns/sketch.ts';
import type { AggregateReader, CorpusStore, CountStore, PatternStore, SummaryStore } from '#shared/logs/rollup/ports.ts';
import { RecordSummary, summaryPlace } from '#shared/logs/rollup/record-summary.ts';
import { startDynamodb, type Engine } from './dynamodb-engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startDynamodb();
});
afterAll(() => engine.stop());

interface Stores {
  readonly summaries: SummaryStore;
  readonly corpora: CorpusStore;
  readonly patterns: PatternStore;
  readonly counts: CountStore;
  readonly aggregates: AggregateReader;
}

const file = sampleFile();
const later = sampleFile({ object: sampleObject({ versionId: 'v2' }), uploadedAtMs: uploadedAtMs + 60_000 });

const sight = (different: Partial<Sight> = {}): Sight => ({
  counts: { error: 2, fatal: 1 },
  firstSeen: '2026-11-21T08:00:00.000Z',
  lastSeen: '2026-11-21T09:00:00.000Z',
  services: ['app.pay'],
  sample: { fileId: file.id, range: 3, offset: 77 },
  ...different,
});
const pattern = (id: string, different: Partial<Pattern> = {}): Pattern => ({
  id,
  algorithm: 1,
  template: 'Order <*> failed',
  basis: 'message',
  ...sight(),
  files: 1,
  members: [id],
  createdAtMs: uploadedAtMs,
  byHand: false,
  mergedByHand: false,
  mergedInto: null,
  lastMove: 0,
  triage: untouched,
  revision: 1,
  ...different,
});
const member = (id: string, revision: number): Member => ({ id, template: 'Order <*> failed', ...sight(), revision });
const inFile = (patternId: string, fileId = file.id, different: Partial<Sight> = {}): FilePattern => ({
  patternId,
  fileId,
  ...sight(different),
});

describe.each<[string, () => Promise<Stores>]>([
  ['the fakes', async () => ({ summaries: fakeSummaryStore(), ...fakePatternStores() })],
  [
    'DynamoDB',
    async () => {
      const table = await engine.table();
      return {
        summaries: dynamodbSummaryStore(table),
        corpora: dynamodbCorpusStore(table),
        patterns: dynamodbPatternStore(table),
        counts: dynamodbCountStore(table),
        aggregates: dynamodbAggregateReader(table),
      };
    },
  ],
])('stores of patterns and counts: %s', (_, open) => {
  let stores: Stores;
  beforeEach(async () => {
    stores = await open();
  });

  describe('summaries', () => {
    async function kept(fileId: string, chunk: number): Promise<[number, unknown][]> {
      const found: [number, unknown][] = [];
      for await (const { range, summary } of stores.summaries.ofChunk(fileId, chunk)) found.push([range, summary.toData()]);
      return found;
    }

    /** Of so many records, no two of which are alike. */
    function summaryOf(records: number): RecordSummary {
      const summary = new RecordSummary();
      const word = (n: number): string => n.toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'.charAt(Number(digit)));
      for (let index = 0; index < records; index += 1) {
        const message = `${word(index * 7_919)} ${word(index * 104_729).repeat(40)} ${word(index)} failed`;
        const record = sampleRecord({ offset: index * 100, message, logger: `app.${word(index)}` });
        summary.add(record, templateOf(record), summaryPlace(file, 0));
      }
      return summary;
    }

    it('come back as they were written, by range, a repeated one once', async () => {
      const [one, other] = [summaryOf(3), summaryOf(5)];
      await stores.summaries.put(file, 2, one);
      await stores.summaries.put(file, 1, one);
      await stores.summaries.put(file, 1, other);
      await stores.summaries.put(file, 130, one);
      await stores.summaries.put(later, 0, one);
      expect(await kept(file.id, 0)).toEqual([
        [1, other.toData()],
        [2, one.toData()],
      ]);
      expect((await kept(file.id, 1)).map(([range]) => range)).toEqual([130]);
    });

    it('may be larger than an item', async () => {
      const large = summaryOf(4_000);
      await stores.summaries.put(file, 0, large);
      expect(await kept(file.id, 0)).toEqual([[0, large.toData()]]);
    });
  });

  describe('corpora', () => {
    /** Of so many messages, no two of which are alike. */
    function corpusOf(messages: number): Corpus {
      const sketch = new PatternSketch();
      for (let index = 0; index < messages; index += 1) {
        const word = createHash('sha256').update(String(index)).digest('hex').replaceAll(/\d/g, 'q');
        const bytes = Buffer.from(`${word} ${`${word} `.repeat(1 + (index % 40))}failed`);
        sketch.add(bytes, 0, bytes.length);
      }
      const corpus = new Corpus();
      corpus.takeIn(sketch);
      corpus.willMove({ kind: 'join', from: 'pat_1_b', into: 'pat_1_a' }, '2026-11-21T09:00:00.000Z');
      return corpus;
    }

    it('are written upon what was read, each version for itself', async () => {
      expect(await stores.corpora.read(1)).toBeUndefined();
      const [one, other] = [corpusOf(3).toData(), corpusOf(5).toData()];
      expect(await stores.corpora.write(1, { revision: 1, data: one })).toBe(true);
      expect(await stores.corpora.write(1, { revision: 1, data: other })).toBe(false);
      expect(await stores.corpora.read(1)).toEqual({ revision: 1, data: one });
      expect(await stores.corpora.write(1, { revision: 2, data: other })).toBe(true);
      expect(await stores.corpora.write(1, { revision: 2, data: other })).toBe(false);
      expect(await stores.corpora.read(1)).toEqual({ revision: 2, data: other });
      expect(await stores.corpora.read(2)).toBeUndefined();
    });

    it('take one of those that are written at once', async () => {
      const written = await Promise.all([1, 2, 3, 4].map((n) => stores.corpora.write(1, { revision: 1, data: corpusOf(n).toData() })));
      expect(written.filter(Boolean)).toHaveLength(1);
      expect((await stores.corpora.read(1))?.data).toEqual(corpusOf(1 + written.indexOf(true)).toData());
    });

    it('may be larger than an item', async () => {
      const large = corpusOf(6_000).toData();
      expect(await stores.corpora.write(1, { revision: 1, data: large })).toBe(true);
      expect(await stores.corpora.read(1)).toEqual({ revision: 1, data: large });
    });
  });

  describe('patterns', () => {
    it('are added once, and written only on top of what was read', async () => {
      const added = await stores.patterns.addPattern(pattern('pat_1_a'));
      expect(await stores.patterns.addPattern(pattern('pat_1_a', { template: 'other' }))).toEqual(added);
      const next = { ...added, files: 2, revision: 2 };
      expect(await stores.patterns.commit({ patterns: [next], filePatterns: [inFile('pat_1_a')] })).toBe(true);
      expect(await stores.patterns.commit({ patterns: [next], filePatterns: [inFile('pat_1_a', later.id)] })).toBe(false);
      expect(await stores.patterns.pattern('pat_1_a')).toEqual(next);
      expect(await stores.patterns.filesOf('pat_1_a', { limit: 10 })).toEqual([inFile('pat_1_a')]);
      expect(await stores.patterns.pattern('pat_1_b')).toBeUndefined();
    });

    it('are listed by when they were last seen, without those that were merged away', async () => {
      const at = (minute: number): string => `2026-11-21T09:${String(minute).padStart(2, '0')}:00.000Z`;
      for (const [id, minute] of [
        ['pat_1_a', 5],
        ['pat_1_b', 7],
        ['pat_1_c', 5],
        ['pat_1_d', 1],
      ] as const)
        await stores.patterns.addPattern(pattern(id, { lastSeen: at(minute) }));
      await stores.patterns.addPattern(pattern('pat_1_e', { lastSeen: at(6), mergedInto: 'pat_1_a' }));
      const all = await stores.patterns.latest({ limit: 10 });
      expect(all.map(({ id }) => id)).toEqual(['pat_1_b', 'pat_1_c', 'pat_1_a', 'pat_1_d']);
      expect((await stores.patterns.latest({ after: all[1], limit: 1 })).map(({ id }) => id)).toEqual(['pat_1_a']);
      expect((await stores.patterns.latest({ from: at(5), to: at(5), limit: 9 })).map(({ id }) => id)).toEqual(['pat_1_c', 'pat_1_a']);
      expect((await stores.patterns.patterns(['pat_1_d', 'pat_1_x', 'pat_1_d'])).map(({ id }) => id)).toEqual(['pat_1_d']);
    });

    it('take a fingerprint in once, unless a person moves it', async () => {
      const place = { fingerprint: 'pat_1_a', patternId: 'pat_1_a', countedAs: 'pat_1_a', byHand: false };
      expect(await stores.patterns.place(place)).toEqual(place);
      expect(await stores.patterns.place({ ...place, patternId: 'pat_1_b' })).toEqual(place);
      const moved = { ...place, patternId: 'pat_1_c', byHand: true };
      expect(await stores.patterns.commit({ placements: [moved] })).toBe(true);
      expect(await stores.patterns.placements(['pat_1_a', 'pat_1_b'])).toEqual([moved]);
    });

    it('know their files, the latest upload first, and files their patterns', async () => {
      for (const id of ['pat_1_a', 'pat_1_b']) await stores.patterns.addPattern(pattern(id));
      await stores.patterns.commit({ filePatterns: [inFile('pat_1_a'), inFile('pat_1_a', later.id), inFile('pat_1_b')] });
      const [newest] = await stores.patterns.filesOf('pat_1_a', { limit: 1 });
      expect(newest?.fileId).toBe(later.id);
      expect((await stores.patterns.filesOf('pat_1_a', { after: later.id, limit: 5 })).map(({ fileId }) => fileId)).toEqual([file.id]);
      expect((await stores.patterns.ofFile(file.id, 10)).map(({ patternId }) => patternId).toSorted()).toEqual(['pat_1_a', 'pat_1_b']);
      await stores.patterns.commit({ filePatterns: [inFile('pat_1_a', file.id, { counts: { error: 0, fatal: 0 } })] });
      expect(await stores.patterns.filePatterns([{ patternId: 'pat_1_a', fileId: file.id }])).toEqual([]);
      expect((await stores.patterns.ofFile(file.id, 10)).map(({ patternId }) => patternId)).toEqual(['pat_1_b']);
    });
  });

  describe('counts', () => {
    const day = '2026-11-21';
    const cells = {
      'hour all 2026-11-21 08 error all': 3,
      'hour all 2026-11-21 23 fatal all': 1,
      'hour service 2026-11-21 08 error a b|c': 2,
      'rank pattern 2026-11-21 error pat_1_a': 3,
      'rank pattern 2026-11-21 fatal ': 1,
      'member error pat_1_a': 3,
    };
    const window = { from: '2026-11-01', to: '2026-11-30' };

    it('are added with their share, once, and by the difference afterwards', async () => {
      const share = { name: `DAY#${day}#000`, before: {}, after: cells };
      const change = { fileId: file.id, shares: [share], members: [member('pat_1_a', 1)] };
      expect(await stores.counts.add(change)).toBe(true);
      expect(await stores.counts.add(change)).toBe(false);
      expect(await stores.counts.shares(file.id)).toEqual([{ name: share.name, cells }]);
      const fewer = { ...cells, 'hour all 2026-11-21 08 error all': 2, 'hour all 2026-11-21 23 fatal all': 0 };
      expect(
        await stores.counts.add({ ...change, shares: [{ ...share, before: cells, after: fewer }], members: [member('pat_1_a', 2)] }),
      ).toBe(true);
      expect(await stores.aggregates.days(everything, window)).toEqual([{ day, hours: new Map([[8, { error: 2, fatal: 0 }]]) }]);
      expect(await stores.patterns.members(['pat_1_a', restOf('pat_1_a')])).toEqual([member('pat_1_a', 2)]);
    });

    it('of several files add up, also when they come at once', async () => {
      const files = Array.from({ length: 6 }, (_unused, index) => sampleFile({ object: sampleObject({ versionId: `v${index}` }) }).id);
      const add = async (fileId: string): Promise<void> => {
        const shares = [{ name: `DAY#${day}#000`, before: {}, after: cells }];
        while (!(await stores.counts.add({ fileId, shares, members: [] })));
      };
      await Promise.all(files.map(add));
      const [first] = await stores.aggregates.days(everything, window);
      expect([...(first?.hours ?? [])]).toEqual([
        [8, { error: 18, fatal: 0 }],
        [23, { error: 0, fatal: 6 }],
      ]);
      expect(await stores.aggregates.ranking('pattern', window)).toEqual([
        { day, counts: new Map([['pat_1_a', { error: 18, fatal: 0 }]]), rest: { error: 0, fatal: 6 } },
      ]);
    });

    it('are read by series and window, for many series at once, and by the services of a file', async () => {
      const next = { 'hour service 2026-11-22 00 fatal a b|c': 5 };
      for (const [name, after] of [
        ['DAY#2026-11-21#001', cells],
        ['DAY#2026-11-22#001', next],
      ] as const)
        await stores.counts.add({ fileId: file.id, shares: [{ name, before: {}, after }], members: [] });
      const service = { dimension: 'service', value: 'a b|c' } as const;
      expect((await stores.aggregates.days(service, window)).map((one) => one.day)).toEqual([day, '2026-11-22']);
      expect((await stores.aggregates.days(service, { from: day, to: day })).map((one) => one.day)).toEqual([day]);
      expect(await stores.aggregates.days(service, { from: '2026-11-22', to: day })).toEqual([]);
      const [found, ...others] = await stores.aggregates.daysOf(
        [service, { dimension: 'service', value: 'x' }],
        ['2026-11-22', '2026-11-23'],
      );
      expect([found, others]).toEqual([
        { series: service, days: [{ day: '2026-11-22', hours: new Map([[0, { error: 0, fatal: 5 }]]) }] },
        [],
      ]);
      const ofFile = await stores.aggregates.servicesOfFile(file.id, { from: '2026-11-22', to: '2026-11-30' });
      expect(ofFile).toEqual([{ service: 'a b|c', days: [{ day: '2026-11-22', hours: new Map([[0, { error: 0, fatal: 5 }]]) }] }]);
    });
  });
});
