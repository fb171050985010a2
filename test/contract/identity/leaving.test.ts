/**
 * What a deletion leaves of a member in the tables.
 */
import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamodbMemberBelongings } from '#shared/identity/account/dynamodb-deletion-queue.ts';
import { eraseMembers } from '#shared/identity/account/erase-members.ts';
import { memberPartition, noteKey } from '#shared/identity/dynamodb-identity-keys.ts';
import { endAllSessions, openSession } from '#shared/identity/engine/sessions.ts';
import { fakeAuditLog } from '#test/fakes/fake-audit-log.ts';
import { startIdentityTables, type IdentityEngine } from './identity-tables.ts';
import { memberEngine } from './member-engine.ts';

let dynamodb: IdentityEngine;

beforeAll(async () => {
  dynamodb = await startIdentityTables();
});
afterAll(() => dynamodb.stop());

async function world() {
  const { table, clock, database, engine, deletions, user } = await memberEngine(dynamodb, 'Sari');
  const audit = fakeAuditLog(clock);
  const deps = {
    database,
    deletions,
    belongings: dynamodbMemberBelongings(table),
    sessions: { endAll: async (subject: string) => void (await endAllSessions(engine, subject)) },
    cards: { erase: async () => {} },
    files: { remove: async () => {} },
    audit,
    clock,
  };
  await openSession(engine, { subject: await database.load(user.id), client: { address: '192.0.2.1', userAgent: 'test' } });
  const where = [{ field: 'id', value: user.id }];
  const askedFor = async (deletionAtMs: number) =>
    engine.transact((records) => records.update({ model: 'user', where, update: { deletionAtMs } }), {
      also: [deletions.scheduled(user.id, deletionAtMs)],
    });
  const { client, name } = table;
  const itemsOf = async () => {
    const input = { TableName: name, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': memberPartition(user.id) } };
    return (await client.send(new QueryCommand(input))).Items ?? [];
  };
  const put = (item: Record<string, unknown>) => client.send(new PutCommand({ TableName: name, Item: item }));
  return { clock, engine, database, deletions, deps, user, askedFor, itemsOf, put, audit };
}

describe('a deletion in DynamoDB', () => {
  it('leaves the tombstone alone, and frees what was unique', async () => {
    const { clock, database, deps, deletions, user, askedFor, itemsOf, put, audit } = await world();
    await askedFor(clock.now() + 1_000);
    await deletions.noteExport(user.id, clock.now());
    await put({ ...noteKey(user.id, 'note_1'), text: 'about Sari' });
    expect(await eraseMembers(deps)).toBe(0);
    clock.advance(1_000);
    expect(await eraseMembers(deps)).toBe(1);
    const items = await itemsOf();
    expect(items).toMatchObject([
      { sk: 'MEMBER', handle: `deleted-${user.id}`, email: null, gsi3pk: 'MEMBERS#deleted', gsi2pk: 'HANDLES#de' },
    ]);
    expect(JSON.stringify(items)).not.toMatch(/sari/i);
    for (const [field, value] of [
      ['handle', 'sari'],
      ['email', 'sari@example.id'],
    ] as const)
      expect(await database.findHolder(field, value)).toBeUndefined();
    expect(audit.all().map(({ action }) => action)).toEqual(['deletion.done']);
    expect(await deletions.due(clock.now() + 1, 10)).toEqual([]);
  });

  it('does not happen to somebody who stayed, and the queue forgets it', async () => {
    const { clock, engine, database, deps, deletions, user, askedFor } = await world();
    await askedFor(clock.now());
    await engine.records.update({ model: 'user', where: [{ field: 'id', value: user.id }], update: { deletionAtMs: null } });
    await eraseMembers(deps);
    expect(await database.load(user.id)).toMatchObject({ user: { handle: 'Sari' }, passwordHash: 'hash' });
    expect(await deletions.due(clock.now(), 10)).toEqual([]);
  });

  it('is done in the order in which it was asked for, as many as a run takes', async () => {
    const { clock, engine, deletions } = await world();
    const at = (offset: number) => clock.now() + offset;
    const scheduled = ['3', '1', '2'].map((id) => deletions.scheduled(id, at(Number(id))));
    await engine.transact(() => Promise.resolve(), { also: scheduled });
    expect((await deletions.due(at(2), 10)).map(({ memberId }) => memberId)).toEqual(['1', '2']);
    expect((await deletions.due(at(3), 1)).map(({ memberId }) => memberId)).toEqual(['1']);
  });

  it('remembers when the data were exported', async () => {
    const { clock, deletions, user } = await world();
    expect(await deletions.exportedAt(user.id)).toBeUndefined();
    await deletions.noteExport(user.id, clock.now());
    expect(await deletions.exportedAt(user.id)).toBe(clock.now());
  });
});
