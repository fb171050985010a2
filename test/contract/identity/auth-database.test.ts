import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { equal } from '#shared/identity/engine/auth-database.ts';
import { dynamodbAuthDatabase } from '#shared/identity/engine/dynamodb-auth-database.ts';
import { memberRealm } from '#shared/identity/engine/member-realm.ts';
import type { Realm, Subject } from '#shared/identity/engine/realm.ts';
import { staffRealm } from '#shared/identity/engine/staff-realm.ts';
import { dynamodbSessionGuards } from '#shared/identity/dynamodb-session-guards.ts';
import { fakeClock } from '#test/fakes/clock.ts';
import { engineWorld, memberRecord, memberWorld, staffRecord, staffWorld } from '#test/fakes/identity-world.ts';
import { authDatabaseContract } from './auth-database-contract.ts';
import { startIdentityTables, type IdentityEngine } from './identity-tables.ts';

let dynamodb: IdentityEngine;

beforeAll(async () => {
  dynamodb = await startIdentityTables();
});
afterAll(() => dynamodb.stop());

async function onDynamodb<User extends Subject>(realm: Realm<User>) {
  const tables = await dynamodb.tables();
  const clock = fakeClock(Date.now());
  const guards = dynamodbSessionGuards({ ...tables.identity, name: tables.guards }, clock);
  return engineWorld(realm, { database: dynamodbAuthDatabase(tables, realm), guards }, clock);
}

describe('members in memory', () => {
  authDatabaseContract({ realm: memberRealm, open: memberWorld, user: memberRecord });
});
describe('staff in memory', () => {
  authDatabaseContract({ realm: staffRealm, open: staffWorld, user: staffRecord });
});
describe('members in DynamoDB', () => {
  authDatabaseContract({ realm: memberRealm, open: () => onDynamodb(memberRealm), user: memberRecord });
});
describe('staff in DynamoDB', () => {
  authDatabaseContract({ realm: staffRealm, open: () => onDynamodb(staffRealm), user: staffRecord });
});

describe('sessions in DynamoDB', () => {
  it('all end at once, also more than one look finds', async () => {
    const { records } = dynamodbAuthDatabase(await dynamodb.tables(), memberRealm);
    const sessions = Array.from({ length: 1_001 }, (_, number) => ({ id: `ses_${number}`, userId: '1', token: `1.ses_${number}` }));
    await Promise.all(sessions.map((data) => records.create({ model: 'session', data })));
    expect(await records.deleteMany({ model: 'session', where: [equal('userId', '1')] })).toBe(1_001);
  });
});
