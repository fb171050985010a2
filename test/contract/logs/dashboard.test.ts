import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeClock } from '#test/fakes/clock.ts';
import { sampleFile, sampleObject, uploadedAtMs } from '#test/fakes/log-samples.ts';
import { scanWorld } from '#test/fakes/scan-world.ts';
import { dashboardView } from '#shared/logs/dashboard/dashboard-routes.ts';
import { readDashboard, type DashboardDeps, type DashboardRequest } from '#shared/logs/dashboard/read-dashboard.ts';
import { dynamodbErrorStore } from '#shared/logs/dynamodb-error-store.ts';
import { dynamodbFileStore, type LogsTable } from '#shared/logs/dynamodb-file-store.ts';
import { rankingDayKey } from '#shared/logs/dynamodb-keys.ts';
import { dynamodbProgressStore } from '#shared/logs/dynamodb-progress-store.ts';
import { aggregateLimits, daysBetween, type RankedDimension } from '#shared/logs/rollup/aggregates.ts';
import { dynamodbCorpusStore } from '#shared/logs/rollup/dynamodb-corpus-store.ts';
import { dynamodbAggregateReader, dynamodbCountStore } from '#shared/logs/rollup/dynamodb-count-store.ts';
import { dynamodbPatternStore } from '#shared/logs/rollup/dynamodb-pattern-store.ts';
import { dynamodbSummaryStore } from '#shared/logs/rollup/dynamodb-summary-store.ts';
import { putAll } from '#shared/platform/dynamodb.ts';
import { startDynamodb, type Engine } from './dynamodb-engine.ts';

let engine: Engine;
let table: LogsTable;
let fileId: string;
const clock = fakeClock(uploadedAtMs + 60_000);

/** Thirty days: `app.s0` writes an error every day, `app.s1` every other day; the last day has a fatal one by `app.db`. */
const lines = daysBetween('2026-10-23', '2026-11-21').flatMap((day, at) =>
  [
    `${day} 05:00:00,000 ERROR app.s0 - order ${at} failed`,
    at % 2 === 0 ? `${day} 05:30:00,000 ERROR app.s1 - voucher ${at} is unknown` : '',
    at === 29 ? `${day} 06:00:00,000 FATAL app.db - no connection left` : '',
  ].filter((line) => line !== ''),
);
const day30 = { from: '2026-10-23', to: '2026-11-21' };

beforeAll(async () => {
  engine = await startDynamodb();
  table = await engine.table();
  const content = Buffer.from(`${lines.join('\n')}\n`);
  const stores = {
    files: dynamodbFileStore(table),
    progress: dynamodbProgressStore(table, clock),
    errors: dynamodbErrorStore(table),
    summaries: dynamodbSummaryStore(table),
    corpora: dynamodbCorpusStore(table),
    patterns: dynamodbPatternStore(table),
    counts: dynamodbCountStore(table),
    aggregates: dynamodbAggregateReader(table),
  };
  const world = scanWorld({ content, rangeBytesMin: 500, attemptsMax: 3, rollUp: true, stores: () => stores });
  await world.run();
  fileId = (await world.file()).id;
  for (let n = 0; n < 3; n += 1)
    await stores.files.add(sampleFile({ object: sampleObject({ versionId: `open${n}` }), status: 'scanning' }));
});
afterAll(() => engine.stop());

function depsOf(own: LogsTable): DashboardDeps {
  return {
    files: dynamodbFileStore(own),
    progress: dynamodbProgressStore(own, clock),
    patterns: dynamodbPatternStore(own),
    aggregates: dynamodbAggregateReader(own),
    clock,
  };
}

const read = (request: DashboardRequest) => readDashboard(depsOf(table), request);

/** How many requests DynamoDB gets for a dashboard. */
async function readsOf(request: DashboardRequest): Promise<number> {
  let reads = 0;
  const send = ((command: Parameters<LogsTable['client']['send']>[0]) => {
    reads += 1;
    return table.client.send(command);
  }) as LogsTable['client']['send'];
  const client = Object.assign(Object.create(table.client) as LogsTable['client'], { send });
  await readDashboard(depsOf({ ...table, client }), request);
  return reads;
}

describe('the dashboard', () => {
  it('shows 30 days by day, with zeros, by service, file and pattern', async () => {
    const view = await read(day30);
    expect(dashboardView.parse(view)).toEqual(view);
    expect(view).toMatchObject({
      step: 'day',
      totals: { error: 45, fatal: 1 },
      from: '2026-10-23T00:00:00.000Z',
      to: '2026-11-22T00:00:00.000Z',
    });
    expect(view.series.all).toHaveLength(30);
    expect(view.series.all[1]).toEqual({ at: '2026-10-24T00:00:00.000Z', error: 1, fatal: 0 });
    expect(view.series.services.map(({ service, totals }) => [service, totals.error + totals.fatal])).toEqual([
      ['app.s0', 30],
      ['app.s1', 15],
      ['app.db', 1],
    ]);
    expect(view.series.files).toMatchObject([{ fileId, key: 'app/server.log', totals: { error: 45, fatal: 1 } }]);
    expect(view.series.patterns.map(({ template, totals }) => [template, totals.error])).toEqual([
      ['order <*> failed', 30],
      ['voucher <*> is unknown', 15],
      ['no connection left', 0],
    ]);
    expect(view.patterns.top.map(({ template, inWindow }) => [template, inWindow.error + inWindow.fatal])).toEqual([
      ['order <*> failed', 30],
      ['voucher <*> is unknown', 15],
      ['no connection left', 1],
    ]);
    expect(view.patterns.new).toHaveLength(3);
    expect(view.scan).toMatchObject({ files: 1, failed: 0, records: 46, waiting: 0 });
    expect(view.scan.inFlight).toHaveLength(3);
  });

  it('shows three days by hour, and is exact at its edges', async () => {
    const view = await read({ from: '2026-11-20T06:00:00Z', to: '2026-11-21T05:59:59Z' });
    expect(view.step).toBe('hour');
    expect(view.series.all).toHaveLength(24);
    expect(view.totals).toEqual({ error: 1, fatal: 0 });
    expect(view.series.all.at(-1)).toEqual({ at: '2026-11-21T05:00:00.000Z', error: 1, fatal: 0 });
    expect(view.patterns.top.map(({ template }) => template)).toEqual(['order <*> failed']);
    expect(view.patterns.new).toEqual([]);
  });

  it('is filtered by level, service and file', async () => {
    const ofLevel = await read({ ...day30, level: 'fatal' });
    expect(ofLevel.totals).toEqual({ error: 0, fatal: 1 });
    expect(ofLevel.patterns.top.map(({ template }) => template)).toEqual(['no connection left']);
    const ofService = await read({ ...day30, service: 'app.s1' });
    expect(ofService.totals).toEqual({ error: 15, fatal: 0 });
    expect(ofService.series.services.map(({ service }) => service)).toEqual(['app.s1']);
    expect(ofService.patterns.top.map(({ template }) => template)).toEqual(['voucher <*> is unknown']);
    const ofFile = await read({ ...day30, file: fileId });
    expect(ofFile.totals).toEqual({ error: 45, fatal: 1 });
    expect(ofFile.series.services.map(({ service }) => service)).toEqual(['app.s0', 'app.s1', 'app.db']);
    expect(ofFile.patterns.top).toHaveLength(3);
    expect((await read({ ...day30, file: fileId, service: 'app.s0' })).totals).toEqual({ error: 30, fatal: 0 });
  });

  it('refuses what it cannot show', async () => {
    await expect(read({ from: '2026-11-02', to: '2026-11-01' })).rejects.toMatchObject({ code: 'logs.window-invalid' });
    await expect(read({ from: '2024-11-02', to: '2026-11-01' })).rejects.toMatchObject({ code: 'logs.window-invalid' });
    await expect(read({ file: 'log_0' })).rejects.toMatchObject({ code: 'logs.file-not-found' });
  });

  it('costs at most 20 reads for 30 days, also when every ranking of every day is full', async () => {
    expect(await readsOf(day30)).toBeLessThanOrEqual(20);
    expect(await readsOf({ ...day30, file: fileId })).toBeLessThanOrEqual(20);
    expect(await readsOf({ ...day30, service: 'app.s0' })).toBeLessThanOrEqual(20);
    for (const dimension of ['pattern', 'service', 'file'] as const satisfies readonly RankedDimension[]) {
      const value = (n: number): string =>
        dimension === 'pattern' ? `pat_1_${String(n).padStart(16, 'a')}` : `id.contoh.service.number${n}`;
      const counts = Object.fromEntries(
        Array.from({ length: aggregateLimits.rankedMax[dimension] }, (_, n) => [`e:${value(n)}`, 1_000 + n]),
      );
      await putAll(
        table,
        daysBetween(day30.from, day30.to).map((day) => Object.assign(rankingDayKey(dimension, day), counts)),
      );
    }
    expect(await readsOf(day30)).toBeLessThanOrEqual(20);
  });
});
