import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fakeClock } from '#test/fakes/clock.ts';
import { fakeAuditLog } from '#test/fakes/fake-audit-log.ts';
import { fakeExportStore } from '#test/fakes/fake-export-store.ts';
import { dynamodbExportStore } from '#shared/logs/search/dynamodb-export-store.ts';
import { exportLimits, type LogExport } from '#shared/logs/search/log-export.ts';
import type { ExportStore } from '#shared/logs/search/ports.ts';
import type { AuditEntry } from '#shared/platform/audit/audit-record.ts';
import { dynamodbAuditLog } from '#shared/platform/audit/dynamodb-audit-log.ts';
import { dynamodbAuditReader } from '#shared/platform/audit/dynamodb-audit-reader.ts';
import type { AuditReader } from '#shared/platform/audit/ports.ts';
import { startDynamodb, type Engine } from './dynamodb-engine.ts';

interface World {
  readonly exports: ExportStore;
  readonly audit: AuditReader;
}

let engine: Engine;
beforeAll(async () => {
  engine = await startDynamodb();
});
afterAll(() => engine.stop());

const entry: AuditEntry = { stream: 'log-exports', subject: 'log-export:exp_1', action: 'log-export.asked', actor: 'staff:stf_ann' };

const asked = (different: Partial<LogExport> = {}): LogExport => ({
  id: 'exp_1',
  by: 'stf_ann',
  format: 'csv',
  filter: { level: 'error', from: '2026-11-20T00:00:00.000Z', include: ['disk full', 'Ω'], exclude: ['test'] },
  status: 'queued',
  records: 0,
  bytes: 0,
  partial: false,
  createdAtMs: Date.UTC(2026, 10, 21, 12),
  finishedAtMs: null,
  ...different,
});
const done = asked({ status: 'done', records: 40_000, bytes: 12_345_678, partial: true, finishedAtMs: Date.UTC(2026, 10, 21, 12, 1) });

async function inDynamodb(): Promise<World> {
  const table = await engine.table();
  const records = { ...table, name: (await engine.table()).name };
  return { exports: dynamodbExportStore(table, dynamodbAuditLog(records, fakeClock())), audit: dynamodbAuditReader(records) };
}

async function inMemory(): Promise<World> {
  const audit = fakeAuditLog(fakeClock());
  return { exports: fakeExportStore(audit), audit };
}

describe.each([
  ['the fake', inMemory],
  ['DynamoDB', inDynamodb],
])('an export store: %s', (_, open) => {
  let world: World;
  beforeEach(async () => {
    world = await open();
  });

  it('keeps an export as it was asked for, with the record of who did', async () => {
    const { exports, audit } = world;
    await exports.add(asked(), entry);
    expect(await exports.get('exp_1')).toEqual(asked());
    expect(await exports.get('exp_2')).toBeUndefined();
    expect((await audit.ofStream('log-exports', { limit: 10 })).map(({ action, actor }) => [action, actor])).toEqual([
      ['log-export.asked', 'staff:stf_ann'],
    ]);
  });

  it('takes no export for another one, and records nothing of the attempt', async () => {
    const { exports, audit } = world;
    await exports.add(asked(), entry);
    await expect(exports.add(asked({ format: 'ndjson' }), entry)).rejects.toThrow(/./);
    expect(await exports.get('exp_1')).toEqual(asked());
    expect(await audit.ofStream('log-exports', { limit: 10 })).toHaveLength(1);
  });

  it('keeps its end, also when it is told twice', async () => {
    const { exports } = world;
    await exports.add(asked(), entry);
    await exports.finish(done);
    await exports.finish(done);
    expect(await exports.get('exp_1')).toEqual(done);
  });

  it('puts several into one stream of the audit log', async () => {
    const { exports, audit } = world;
    await Promise.all(['exp_1', 'exp_2', 'exp_3'].map((id) => exports.add(asked({ id }), { ...entry, subject: `log-export:${id}` })));
    const subjects = (await audit.ofStream('log-exports', { limit: 10 })).map(({ subject }) => subject);
    expect(subjects.toSorted()).toEqual(['log-export:exp_1', 'log-export:exp_2', 'log-export:exp_3']);
  });
});

describe('an export in DynamoDB', () => {
  it('goes when its file has gone, not earlier', async () => {
    const table = await engine.table();
    const audit = dynamodbAuditLog({ ...table, name: (await engine.table()).name }, fakeClock());
    const exports = dynamodbExportStore(table, audit);
    await exports.add(asked(), entry);
    await exports.finish(done);
    const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: { pk: 'EXPORT#exp_1', sk: 'EXPORT' } }));
    expect(Item?.['ttl']).toBe(asked().createdAtMs / 1_000 + exportLimits.keptDays * 86_400);
  });

  it('is asked for only where there is an audit log', async () => {
    await expect(dynamodbExportStore(await engine.table(), undefined).add(asked(), entry)).rejects.toThrow('audit log');
  });
});
