import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fakeClock } from '#test/fakes/clock.ts';
import { fakeProgressStore } from '#test/fakes/fake-progress-store.ts';
import { sampleFailure, sampleFile, sampleObject, sampleResult } from '#test/fakes/log-samples.ts';
import { dynamodbProgressStore } from '#shared/logs/dynamodb-progress-store.ts';
import { failureReasons } from '#shared/logs/log-file.ts';
import type { ProgressStore } from '#shared/logs/ports.ts';
import { startDynamodb, type Engine } from './dynamodb-engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startDynamodb();
});
afterAll(() => engine.stop());

const clock = fakeClock();
const file = sampleFile({ ranges: 300 });
const failed = sampleResult({ failure: sampleFailure });

describe.each<[string, () => Promise<ProgressStore>]>([
  ['the fake', async () => fakeProgressStore(clock)],
  ['DynamoDB', async () => dynamodbProgressStore(await engine.table(), clock)],
])('a progress store: %s', (_, open) => {
  let progress: ProgressStore;
  beforeEach(async () => {
    progress = await open();
  });

  it('answers a result with the whole chunk it came into', async () => {
    await progress.record(file.id, 130, sampleResult());
    clock.advance(1_000);
    const chunk = await progress.record(file.id, 129, failed);
    expect(chunk).toEqual({
      chunk: 1,
      results: new Map([
        [129, failed],
        [130, sampleResult()],
      ]),
      leases: new Map(),
      touchedAtMs: clock.now(),
    });
    expect(await progress.chunk(file.id, 1)).toEqual(chunk);
    expect(await progress.chunk(file.id, 0)).toBeUndefined();
  });

  it('takes the same result again without a trace', async () => {
    const once = await progress.record(file.id, 5, sampleResult());
    expect(await progress.record(file.id, 5, sampleResult())).toEqual(once);
  });

  it('keeps a result without failure when a late worker fails', async () => {
    await progress.record(file.id, 5, sampleResult());
    const kept = await progress.record(file.id, 5, failed);
    expect(kept.results.get(5)).toEqual(sampleResult());
    expect(await progress.chunk(file.id, 0)).toEqual(kept);
  });

  it('puts a result without failure over a failed one, and a later failure over an earlier', async () => {
    await progress.record(file.id, 5, failed);
    const other = sampleResult({ failure: { ...sampleFailure, reason: 'worker-lost' } });
    expect((await progress.record(file.id, 5, other)).results.get(5)).toEqual(other);
    expect((await progress.record(file.id, 5, sampleResult())).results.get(5)).toEqual(sampleResult());
  });

  it('notes leases beside results', async () => {
    await progress.lease(file.id, 7, { untilMs: 1_234 });
    await progress.record(file.id, 8, sampleResult());
    await progress.lease(file.id, 7, { untilMs: 5_678 });
    expect(await progress.chunk(file.id, 0)).toMatchObject({
      leases: new Map([[7, { untilMs: 5_678 }]]),
      results: new Map([[8, sampleResult()]]),
    });
  });

  it('tells when each range was last begun, beside what became of them', async () => {
    const other = sampleFile({ object: sampleObject({ versionId: 'v2' }) });
    await progress.begin(other.id, 7);
    const first = clock.now();
    for (const range of [299, 0, 1]) await progress.begin(file.id, range);
    await progress.record(file.id, 0, sampleResult());
    clock.advance(1_000);
    await progress.begin(file.id, 1);
    expect(new Map(await progress.begun(file.id))).toEqual(
      new Map([
        [0, first],
        [1, clock.now()],
        [299, first],
      ]),
    );
    expect((await progress.chunks(file.id)).map(({ chunk, results }) => [chunk, [...results.keys()]])).toEqual([[0, [0]]]);
    expect((await progress.begun(sampleFile({ object: sampleObject({ key: 'none' }) }).id)).size).toBe(0);
  });

  it('gives all chunks of a file in order, and none of another', async () => {
    const other = sampleFile({ object: sampleObject({ versionId: 'v2' }) });
    await progress.record(other.id, 1, sampleResult());
    for (const range of [299, 0, 128, 1]) await progress.record(file.id, range, sampleResult());
    const chunks = await progress.chunks(file.id);
    expect(chunks.map(({ chunk, results }) => [chunk, [...results.keys()]])).toEqual([
      [0, [0, 1]],
      [1, [128]],
      [2, [299]],
    ]);
    expect(await progress.chunks(sampleFile({ object: sampleObject({ key: 'none' }) }).id)).toEqual([]);
  });

  it('takes the results of a whole chunk at once, the last of which sees all', async () => {
    const seen = await Promise.all(Array.from({ length: 128 }, (_, range) => progress.record(file.id, range, sampleResult())));
    expect(Math.max(...seen.map(({ results }) => results.size))).toBe(128);
    expect((await progress.chunk(file.id, 0))?.results.size).toBe(128);
  });

  it('takes a chunk whose ranges all failed at length', async () => {
    const long = sampleResult({ failure: { reason: failureReasons[0], detail: '€'.repeat(300), offset: Number.MAX_SAFE_INTEGER } });
    for (let range = 0; range < 128; range += 1) await progress.record(file.id, range, long);
    expect((await progress.chunk(file.id, 0))?.results.get(127)).toEqual(long);
  });
});
