/**
 * The engine of members over tables of its own on the DynamoDB engine, with one member in them.
 */
import { dynamodbDeletionQueue } from '#shared/identity/account/dynamodb-deletion-queue.ts';
import { dynamodbSessionGuards } from '#shared/identity/dynamodb-session-guards.ts';
import { dynamodbAuthDatabase } from '#shared/identity/engine/dynamodb-auth-database.ts';
import { memberRealm } from '#shared/identity/engine/member-realm.ts';
import { createSubject, newSubjectId } from '#shared/identity/engine/subjects.ts';
import { fakeClock } from '#test/fakes/clock.ts';
import { engineWorld, memberRecord } from '#test/fakes/identity-world.ts';
import type { IdentityEngine } from './identity-tables.ts';

export async function memberEngine(dynamodb: IdentityEngine, handle: string) {
  const { identity: table, guards: guardsName } = await dynamodb.tables();
  const clock = fakeClock(Date.now());
  const guards = dynamodbSessionGuards({ ...table, name: guardsName }, clock);
  const database = dynamodbAuthDatabase({ identity: table, guards: guardsName }, memberRealm);
  const { engine } = await engineWorld(memberRealm, { database, guards }, clock);
  const user = memberRecord(newSubjectId(engine), { handle, email: 'sari@example.id' });
  await createSubject(engine, { user, passwordHash: 'hash' });
  return { table, clock, database, engine, deletions: dynamodbDeletionQueue(table), user };
}
