import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededChance } from '#test/fakes/chance.ts';
import { scanWorld } from '#test/fakes/scan-world.ts';
import type { Weather } from '#test/fakes/weather.ts';
import { dynamodbErrorStore } from '#shared/logs/dynamodb-error-store.ts';
import { dynamodbFileStore } from '#shared/logs/dynamodb-file-store.ts';
import { dynamodbProgressStore } from '#shared/logs/dynamodb-progress-store.ts';
import { dynamodbCorpusStore } from '#shared/logs/rollup/dynamodb-corpus-store.ts';
import { dynamodbAggregateReader, dynamodbCountStore } from '#shared/logs/rollup/dynamodb-count-store.ts';
import { dynamodbPatternStore } from '#shared/logs/rollup/dynamodb-pattern-store.ts';
import { dynamodbSummaryStore } from '#shared/logs/rollup/dynamodb-summary-store.ts';
import { listErrors } from '#shared/logs/list-errors.ts';
import { startDynamodb, type Engine } from './dynamodb-engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startDynamodb();
});
afterAll(() => engine.stop());

const lines = Array.from({ length: 400 }, (_, index) => {
  const time = new Date(Date.UTC(2026, 10, 20, 20) + index * 60_000).toISOString().replace('T', ' ').replace('Z', '').replace('.', ',');
  return index % 5 === 0
    ? `${time} ERROR app.pay - payment ${index} refused\njava.io.IOException: reset\n\tat a.B.c(B.java:1)`
    : `${time} INFO app - order ${index}`;
});
const content = Buffer.from(`${lines.join('\n')}\n`);

describe('the pipeline on DynamoDB', () => {
  it('gives the same whether workers die, are doubled and interleave, or not', async () => {
    const views: unknown[] = [];
    for (const [rangeBytesMin, deaths, doubles] of [
      [1_000_000, 0, 0],
      [160, 0.03, 0.3],
    ] as const) {
      const table = await engine.table();
      const chance = seededChance(3);
      const weather: Weather = { fraction: () => chance.fraction(), deaths, doubles, turn: () => Promise.resolve() };
      const world = scanWorld({
        content,
        rangeBytesMin,
        attemptsMax: 100,
        weather,
        rollUp: true,
        stores: (clock) => ({
          files: dynamodbFileStore(table),
          progress: dynamodbProgressStore(table, clock),
          errors: dynamodbErrorStore(table),
          summaries: dynamodbSummaryStore(table),
          corpora: dynamodbCorpusStore(table),
          patterns: dynamodbPatternStore(table),
          counts: dynamodbCountStore(table),
          aggregates: dynamodbAggregateReader(table),
        }),
      });
      await world.run();
      await world.sweep();
      expect(world.timesClosed()).toBe(1);
      const { status, counts, linesBeforeChunk } = await world.file();
      expect(linesBeforeChunk.length).toBe(rangeBytesMin === 160 ? 2 : 1);
      const { errors, nextCursor } = await listErrors(world, { limit: 200 });
      expect(nextCursor).toBeNull();
      views.push({ status, counts, errors });
    }
    expect(views[1]).toEqual(views[0]);
    expect(views[0]).toMatchObject({ status: 'done', counts: { lines: 560, errors: 80, fatals: 0 } });
  });
});
