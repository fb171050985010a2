import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { PutCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fakeAuditLog } from '#test/fakes/fake-audit-log.ts';
import { fakeClock, type FakeClock } from '#test/fakes/clock.ts';
import { auditId, firstHash, hashOf, type AuditEntry, type AuditRecord } from '#shared/platform/audit/audit-record.ts';
import { dynamodbAuditLog } from '#shared/platform/audit/dynamodb-audit-log.ts';
import { dynamodbAuditReader } from '#shared/platform/audit/dynamodb-audit-reader.ts';
import type { AuditLog, AuditReader } from '#shared/platform/audit/ports.ts';
import { verifyNewest, verifyWhole } from '#shared/platform/audit/verify-audit.ts';
import type { Table } from '#shared/platform/dynamodb.ts';
import { startDynamodb, type Engine } from './dynamodb-engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startDynamodb();
});
afterAll(() => engine.stop());

const entry = (over: Partial<AuditEntry> = {}): AuditEntry => ({
  stream: 'member:1',
  action: 'member.status-changed',
  actor: 'staff:stf_a',
  subject: 'member:1',
  ...over,
});
const full = entry({
  actorName: 'Sari \u{1f33a}',
  client: { address: '2001:db8::1', userAgent: 'curl/8', requestId: 'req-1' },
  reason: 'Spam, "again"',
  before: { status: 'basic', limits: { rupiah: 1e21, share: 0.1, none: null }, '': [] },
  after: { status: 'banned', until: undefined, big: 2 ** 53 + 2, tiny: 5e-324 },
});

type Audit = AuditLog & AuditReader;

async function streamsOf(audit: AuditReader): Promise<string[]> {
  const streams: string[] = [];
  for await (const stream of audit.streams()) streams.push(stream);
  return streams;
}

describe.each<[string, (clock: FakeClock) => Promise<Audit>]>([
  ['the fake', async (clock) => fakeAuditLog(clock)],
  [
    'DynamoDB',
    async (clock) => {
      const table = await engine.table(['gsi1', 'gsi2']);
      return { ...dynamodbAuditLog(table, clock), ...dynamodbAuditReader(table) };
    },
  ],
])('an audit log: %s', (_, open) => {
  let clock: FakeClock;
  let audit: Audit;
  beforeEach(async () => {
    clock = fakeClock(Date.UTC(2026, 10, 21, 12));
    audit = await open(clock);
  });

  it('gives a record back as it was written, each with the hash of the one before', async () => {
    const first = await audit.append(full);
    const second = await audit.append(entry());
    expect(first).toMatchObject({
      seq: 1,
      previousHash: firstHash,
      at: '2026-11-21T12:00:00.000Z',
      address: '2001:db8::1',
      requestId: 'req-1',
    });
    expect(first.after).toEqual({ status: 'banned', big: 2 ** 53 + 2, tiny: 5e-324 });
    expect(second).toMatchObject({ seq: 2, previousHash: first.hash, reason: null, before: null });
    expect(await audit.ofStream('member:1', { limit: 10 })).toEqual([second, first]);
    expect([first, second].map((record) => hashOf(record))).toEqual([first.hash, second.hash]);
  });

  it('gives each of many that write at once a number of its own, in one whole chain', async () => {
    const written = await Promise.all(Array.from({ length: 30 }, (_, index) => audit.append(entry({ reason: `reason ${index}` }))));
    expect(written.map(({ seq }) => seq).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
    expect(await verifyWhole({ audit }, 'member:1')).toMatchObject({ records: 30, brokenAt: null, end: { seq: 30 } });
  });

  it('keeps streams apart', async () => {
    await audit.append(entry());
    await audit.append(entry({ stream: 'member:10', subject: 'member:10' }));
    await audit.append(entry({ stream: 'system', subject: 'system', action: 'key.rotated', actor: 'system:sweep' }));
    expect((await streamsOf(audit)).toSorted()).toEqual(['member:1', 'member:10', 'system']);
    expect((await audit.ofStream('member:1', { limit: 10 })).map(auditId)).toEqual(['member:1/1']);
  });

  it('never goes back in time within a stream', async () => {
    await audit.append(entry());
    clock.advance(-60_000);
    expect((await audit.append(entry())).at).toBe('2026-11-21T12:00:00.000Z');
  });

  it('lists by day in Jakarta and by actor, newest first, page by page', async () => {
    const written: AuditRecord[] = [];
    for (let index = 0; index < 24; index += 1) {
      const [stream, actor] = [`member:${index % 3}`, `staff:stf_${index % 2}`];
      written.push(await audit.append(entry({ stream, subject: stream, actor })));
      // Two records share an instant, and ten hours pass until 17:00 UTC, where Jakarta's next day begins.
      if (index % 2 === 1) clock.advance(50 * 60_000);
    }
    expect(await audit.days({ limit: 10 })).toEqual(['2026-11-22', '2026-11-21']);
    expect(await audit.days({ limit: 1 })).toEqual(['2026-11-22']);
    expect(await audit.days({ since: '2026-11-20', until: '2026-11-21', limit: 10 })).toEqual(['2026-11-21']);
    expect(await audit.days({ since: '2026-11-22', until: '2026-11-21', limit: 10 })).toEqual([]);

    const [second, first] = [
      await audit.newest({ day: '2026-11-22' }, { limit: 100 }),
      await audit.newest({ day: '2026-11-21' }, { limit: 100 }),
    ];
    expect([second.length, first.length]).toEqual([12, 12]);
    expect(second.every(({ at }) => at >= '2026-11-21T17:00:00.000Z')).toBe(true);
    const order = [...second, ...first].map((record) => `${record.at}#${auditId(record)}`);
    expect(order).toEqual(order.toSorted().toReversed());

    const ofActor = await audit.newest({ actor: 'staff:stf_1' }, { limit: 100 });
    expect(new Set(ofActor.map(auditId))).toEqual(new Set(written.filter(({ actor }) => actor === 'staff:stf_1').map(auditId)));
    const paged: AuditRecord[] = [];
    for (let page = await audit.newest({ actor: 'staff:stf_1' }, { limit: 5 }); page.length > 0;) {
      paged.push(...page);
      const last = paged.at(-1)!;
      page = await audit.newest({ actor: 'staff:stf_1' }, { limit: 5, after: { at: last.at, id: auditId(last) } });
    }
    expect(paged).toEqual(ofActor);

    const [from, before] = [ofActor[8]!.at, ofActor[2]!.at];
    expect(await audit.newest({ actor: 'staff:stf_1' }, { from, before, limit: 100 })).toEqual(ofActor.slice(3, 9));
    expect(await audit.newest({ actor: 'staff:stf_1' }, { from: before, before: from, limit: 100 })).toEqual([]);
    expect(await audit.newest({ actor: 'staff:stf_1' }, { after: { at: before, id: '' }, limit: 100 })).toEqual(ofActor.slice(3));
  });

  it('reads a stream on from a number, in both directions', async () => {
    for (let index = 0; index < 12; index += 1) await audit.append(entry());
    expect((await audit.ofStream('member:1', { before: 11, limit: 2 })).map(({ seq }) => seq)).toEqual([10, 9]);
    expect((await audit.links('member:1', { behind: 9, limit: 2 })).map(({ id }) => id)).toEqual(['member:1/10', 'member:1/11']);
    expect((await audit.links('member:1', { behind: 'newest', limit: 2 })).map(({ id }) => id)).toEqual(['member:1/11', 'member:1/12']);
    expect(await audit.links('member:2', { behind: 'newest', limit: 2 })).toEqual([]);
  });
});

describe('the audit log in DynamoDB', () => {
  let table: Table;
  let audit: ReturnType<typeof dynamodbAuditLog> & AuditReader;
  beforeEach(async () => {
    const clock = fakeClock();
    table = await engine.table(['gsi1', 'gsi2']);
    audit = { ...dynamodbAuditLog(table, clock), ...dynamodbAuditReader(table) };
  });

  const account = (id: string) => ({ pk: `ACCOUNT#${id}`, sk: 'ACCOUNT' });
  const decide = (id: string, reason: string) =>
    audit.within(entry({ reason }), async (items, record) => {
      const decision = {
        TableName: table.name,
        Item: { ...account(id), reason },
        ConditionExpression: 'attribute_not_exists(pk)',
      };
      await table.client.send(new TransactWriteCommand({ TransactItems: [{ Put: decision }, ...items] }));
      return record.seq;
    });

  it('writes decisions and their records together, however many race for the stream', async () => {
    const numbers = await Promise.all(Array.from({ length: 12 }, (_, index) => decide(String(index), `decision ${index}`)));
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
    expect(await verifyWhole({ audit }, 'member:1')).toMatchObject({ records: 12, brokenAt: null });
  });

  it('leaves no record of a decision whose own condition failed, and says so to who decided', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, (_, index) => decide('same', `decision ${index}`)));
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(7);
    expect(refused.every(({ reason }) => reason instanceof TransactionCanceledException)).toBe(true);
    expect(await audit.ofStream('member:1', { limit: 10 })).toHaveLength(1);
  });

  it('costs two calls a record', async () => {
    const calls: string[] = [];
    table.client.middlewareStack.add(
      (next, { commandName }) => {
        calls.push(String(commandName));
        return (args) => next(args);
      },
      { step: 'initialize', name: 'counted' },
    );
    await audit.append(entry());
    await audit.append(entry());
    table.client.middlewareStack.remove('counted');
    expect(calls).toHaveLength(4);
  });

  it.each<[string, Record<string, unknown>]>([
    ['a reason', { reason: 'none' }],
    ['who did it', { actor: 'staff:stf_b' }],
    ['what it was before', { before: '{"status":"premium"}' }],
    ['a state that is no JSON any more', { before: '{' }],
    ['the day that it is listed under', { gsi1pk: 'DAY#2020-01-01' }],
    ['an attribute more', { note: 'x' }],
  ])('is broken where somebody changed %s', async (_, change) => {
    for (let index = 0; index < 3; index += 1) await audit.append(entry({ before: { status: 'basic' } }));
    const [[name, value]] = Object.entries(change) as [[string, unknown]];
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { pk: 'STREAM#member:1', sk: '000000000002' },
        UpdateExpression: 'SET #name = :value',
        ExpressionAttributeNames: { '#name': name },
        ExpressionAttributeValues: { ':value': value },
      }),
    );
    expect(await verifyNewest({ audit }, 'member:1')).toEqual({ state: 'broken', records: 2, brokenAt: 'member:1/2' });
    expect(await verifyWhole({ audit }, 'member:1')).toMatchObject({ brokenAt: 'member:1/2' });
  });

  it('takes no item of others for a stream', async () => {
    await table.client.send(new PutCommand({ TableName: table.name, Item: account('1') }));
    expect(await streamsOf(audit)).toEqual([]);
  });
});
