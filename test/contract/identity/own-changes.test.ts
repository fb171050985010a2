/**
 * What members change of their own accounts, with its record in the audit log, in DynamoDB.
 */
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeAccount } from '#shared/identity/account/change-account.ts';
import { cancelDeletion } from '#shared/identity/account/request-deletion.ts';
import { streamPartition } from '#shared/platform/audit/dynamodb-audit-keys.ts';
import { dynamodbAuditLog } from '#shared/platform/audit/dynamodb-audit-log.ts';
import type { AuditLog } from '#shared/platform/audit/ports.ts';
import { fakeMessenger } from '#test/fakes/fake-messenger.ts';
import { startIdentityTables, type IdentityEngine } from './identity-tables.ts';
import { memberEngine } from './member-engine.ts';

let dynamodb: IdentityEngine;

beforeAll(async () => {
  dynamodb = await startIdentityTables();
});
afterAll(() => dynamodb.stop());

async function world() {
  const { table, clock, database, engine, deletions, user } = await memberEngine(dynamodb, 'sari');
  const { client, name } = table;
  const audit = dynamodbAuditLog(table, clock);
  // A part of the same transaction that never holds, as when the log cannot be written.
  const never = { ConditionCheck: { TableName: name, Key: { pk: 'nobody', sk: 'nothing' }, ConditionExpression: 'attribute_exists(pk)' } };
  const broken: AuditLog = {
    append: () => Promise.reject(new Error('The log cannot be written')),
    within: (entry, write) => audit.within(entry, (items) => write([...items, never])),
  };
  const owner = { memberId: user.id, sessionId: 'ses_1', client: { address: '192.0.2.1', userAgent: 'test' } };
  const recorded = async () => {
    const values = { ':pk': streamPartition(`member:${user.id}`) };
    const { Items = [] } = await client.send(
      new QueryCommand({ TableName: name, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: values, ConsistentRead: true }),
    );
    return Items.map(({ action, seq }) => [seq, action]);
  };
  const deps = { engine, messenger: fakeMessenger(), deletions };
  return { clock, database, deps, deletions, audit, broken, user, owner, recorded };
}

describe('a change of the own account', () => {
  it('and its record are one transaction: where one cannot be written there is neither', async () => {
    const { database, deps, audit, broken, user, owner, recorded } = await world();
    await expect(changeAccount({ ...deps, audit: broken }, owner, { handle: 'sari.baru' })).rejects.toMatchObject({
      name: 'TransactionCanceledException',
    });
    expect([(await database.load(user.id)).user?.handle, await recorded()]).toEqual(['sari', []]);
    expect(await database.findHolder('handle', 'sari.baru')).toBeUndefined();
    await changeAccount({ ...deps, audit }, owner, { handle: 'sari.baru' });
    expect([(await database.load(user.id)).user?.handle, await recorded()]).toEqual(['sari.baru', [[1, 'account.changed']]]);
  });

  it('is made and recorded also when another one wants the same place in the log', async () => {
    const { database, deps, audit, user, owner, recorded } = await world();
    await Promise.all([
      changeAccount({ ...deps, audit }, owner, { displayName: 'Sari Ratna Ayu' }),
      audit.append({ stream: `member:${user.id}`, subject: `member:${user.id}`, actor: 'system:test', action: 'sign-in.ok' }),
    ]);
    expect((await database.load(user.id)).user?.displayName).toBe('Sari Ratna Ayu');
    expect((await recorded()).map(([seq]) => seq)).toEqual([1, 2]);
  });

  it('keeps who wanted to leave only together with the record that says so', async () => {
    const { clock, database, deps, deletions, audit, broken, user, owner, recorded } = await world();
    const deletionAtMs = clock.now() + 1_000;
    const where = [{ field: 'id', value: user.id }];
    await deps.engine.transact((records) => records.update({ model: 'user', where, update: { deletionAtMs } }), {
      also: [deletions.scheduled(user.id, deletionAtMs)],
    });
    await expect(cancelDeletion({ ...deps, audit: broken }, owner)).rejects.toMatchObject({ name: 'TransactionCanceledException' });
    expect([(await database.load(user.id)).user?.deletionAtMs, await recorded()]).toEqual([deletionAtMs, []]);
    await cancelDeletion({ ...deps, audit }, owner);
    expect([(await database.load(user.id)).user?.deletionAtMs, await recorded()]).toEqual([null, [[1, 'deletion.cancelled']]]);
  });
});
