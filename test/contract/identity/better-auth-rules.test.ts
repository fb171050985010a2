/**
 * better-auth's own rules for users, accounts, sessions and verifications, over our database: what a plugin of its that is added later finds.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamodbSessionGuards } from '#shared/identity/dynamodb-session-guards.ts';
import type { AuthDatabase } from '#shared/identity/engine/auth-database.ts';
import { betterAuthRealm } from '#shared/identity/engine/better-auth-realm.ts';
import { dynamodbAuthDatabase } from '#shared/identity/engine/dynamodb-auth-database.ts';
import { memberRealm } from '#shared/identity/engine/member-realm.ts';
import { createSubject, newSubjectId } from '#shared/identity/engine/subjects.ts';
import type { MemberRecord } from '#shared/identity/member-record.ts';
import type { SessionGuards } from '#shared/identity/session-guard.ts';
import { fakeAuthDatabase } from '#test/fakes/fake-auth-database.ts';
import { engineWorld, memberRecord, testKeys } from '#test/fakes/identity-world.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { startIdentityTables, type IdentityEngine } from './identity-tables.ts';

let dynamodb: IdentityEngine;

beforeAll(async () => {
  dynamodb = await startIdentityTables();
});
afterAll(() => dynamodb.stop());

interface Storage {
  readonly database: AuthDatabase<MemberRecord>;
  readonly guards: SessionGuards;
}

const inMemory = async (): Promise<Storage> => {
  const database = fakeAuthDatabase(memberRealm);
  return { database, guards: database.guards };
};

const inDynamodb = async (): Promise<Storage> => {
  const tables = await dynamodb.tables();
  const guards = dynamodbSessionGuards({ ...tables.identity, name: tables.guards }, systemClock);
  return { database: dynamodbAuthDatabase(tables, memberRealm), guards };
};

describe.each([
  ['in memory', inMemory],
  ['in DynamoDB', inDynamodb],
])('better-auth %s', (_, open) => {
  const withUser = async () => {
    const storage = await open();
    const { engine } = await engineWorld(memberRealm, storage);
    const user = memberRecord(newSubjectId(engine));
    await createSubject(engine, { user, passwordHash: 'hash of the first' });
    const { internalAdapter } = await betterAuthRealm({
      realm: memberRealm,
      database: storage.database,
      passwords: engine.passwords,
      secret: testKeys['better-auth'],
    });
    return { user, auth: internalAdapter, database: storage.database };
  };

  it('finds a user by e-mail with its accounts, and by id', async () => {
    const { user, auth } = await withUser();
    const found = await auth.findUserByEmail(String(user.email).toUpperCase(), { includeAccounts: true });
    expect(found?.user).toMatchObject({ id: user.id, name: user.displayName, createdAt: new Date(user.createdAtMs) });
    expect(found?.accounts).toMatchObject([{ providerId: 'credential', accountId: user.id, password: 'hash of the first' }]);
    expect(await auth.findUserById(user.id)).toMatchObject({ email: user.email });
    expect(await auth.findUserByEmail('nobody@example.id')).toBeNull();
  });

  it('changes a user and a password', async () => {
    const { user, auth, database } = await withUser();
    await auth.updateUser(user.id, { name: 'Another', email: 'New@example.id' });
    await auth.updatePassword(user.id, 'hash of the second');
    expect(await auth.findUserByEmail('new@example.id')).toMatchObject({ user: { name: 'Another' } });
    expect(await database.load(user.id)).toMatchObject({ passwordHash: 'hash of the second', user: { email: 'new@example.id' } });
  });

  it('links and unlinks an account of another provider', async () => {
    const { user, auth } = await withUser();
    const linked = await auth.linkAccount({ userId: user.id, providerId: 'google', accountId: 'g-1' });
    expect((await auth.findAccounts(user.id)).map(({ providerId }) => providerId).toSorted()).toEqual(['credential', 'google']);
    await auth.deleteAccount(linked.id);
    expect(await auth.findAccounts(user.id)).toHaveLength(1);
  });

  it('opens, finds, lists and ends sessions', async () => {
    const { user, auth } = await withUser();
    const [one, two] = [await auth.createSession(user.id), await auth.createSession(user.id)];
    expect(await auth.findSession(one.token)).toMatchObject({ session: { id: one.id }, user: { id: user.id } });
    expect(await auth.listSessions(user.id, { onlyActiveSessions: true })).toHaveLength(2);
    expect(await auth.findSessions([one.token, two.token, 'none'])).toHaveLength(2);
    await auth.deleteSession(one.token);
    expect(await auth.findSession(one.token)).toBeNull();
    await auth.deleteUserSessions(user.id);
    expect(await auth.listSessions(user.id)).toEqual([]);
  });

  it('consumes a verification once, reserves one once, and takes none that has expired', async () => {
    const { auth } = await withUser();
    const expiresAt = new Date(Date.now() + 60_000);
    await auth.createVerificationValue({ identifier: 'a', value: 'b', expiresAt });
    const consumed = await Promise.all(Array.from({ length: 5 }, () => auth.consumeVerificationValue('a')));
    expect(consumed.filter((value) => value !== null)).toMatchObject([{ value: 'b' }]);
    const reserve = () => auth.reserveVerificationValue({ identifier: 'assertion', value: 'seen', expiresAt });
    expect([await reserve(), await reserve()]).toEqual([true, false]);
    await auth.createVerificationValue({ identifier: 'old', value: 'b', expiresAt: new Date(Date.now() - 1) });
    expect(await auth.consumeVerificationValue('old')).toBeNull();
  });

  it('deletes a user with everything that proves it', async () => {
    const { user, auth, database } = await withUser();
    await auth.createSession(user.id);
    await auth.deleteUser(user.id);
    expect(await database.load(user.id)).toMatchObject({ user: undefined, passwordHash: undefined });
    expect(await auth.findUserByEmail(String(user.email))).toBeNull();
  });
});
