/**
 * What a sign-in asks of DynamoDB, counted where requests leave the SDK.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamodbAuthDatabase } from '#shared/identity/engine/dynamodb-auth-database.ts';
import { dynamodbSigningKeys } from '#shared/identity/engine/dynamodb-signing-keys.ts';
import { memberRealm } from '#shared/identity/engine/member-realm.ts';
import { tokenSigner } from '#shared/identity/engine/signing-keys.ts';
import { createSubject, newSubjectId } from '#shared/identity/engine/subjects.ts';
import { dynamodbSessionGuards } from '#shared/identity/dynamodb-session-guards.ts';
import { signInEndpoints } from '#shared/identity/sign-in/sign-in-endpoints.ts';
import { dynamodbAuditLog } from '#shared/platform/audit/dynamodb-audit-log.ts';
import { systemChance } from '#shared/platform/chance.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { httpHandler } from '#shared/platform/http/http-handler.ts';
import { dynamodbRateLimits } from '#shared/platform/rate-limit/dynamodb-rate-limits.ts';
import { fakeClock } from '#test/fakes/clock.ts';
import { fakeMessenger } from '#test/fakes/fake-messenger.ts';
import { httpEvent, lambdaContext } from '#test/fakes/http-event.ts';
import { engineWorld, memberRecord, testIssuer, testKeys } from '#test/fakes/identity-world.ts';
import { startIdentityTables, type IdentityEngine } from './identity-tables.ts';

let dynamodb: IdentityEngine;

beforeAll(async () => {
  dynamodb = await startIdentityTables();
});
afterAll(() => dynamodb.stop());

const password = 'correct horse battery';

async function signInWorld() {
  const tables = await dynamodb.tables();
  const { client } = tables.identity;
  const guards = dynamodbSessionGuards({ ...tables.identity, name: tables.guards }, systemClock);
  const clock = fakeClock(Date.now());
  const world = await engineWorld(memberRealm, { database: dynamodbAuthDatabase(tables, memberRealm), guards }, clock);
  const signing = { store: dynamodbSigningKeys(tables), sealingKey: testKeys['signing-keys'], clock, chance: systemChance };
  const engine = { ...world.engine, tokens: tokenSigner(signing, testIssuer) };
  const user = memberRecord(newSubjectId(engine), { handle: 'sari', email: 'sari@example.id' });
  await createSubject(engine, { user, passwordHash: await engine.passwords.hash(password) });
  const other = { client, chance: systemChance };
  const handler = httpHandler(
    ...signInEndpoints({
      engine,
      audit: dynamodbAuditLog({ ...other, name: await dynamodb.table() }, clock),
      limits: dynamodbRateLimits({ ...other, name: await dynamodb.table() }, clock),
      messenger: fakeMessenger(),
    }),
  );
  const signIn = (identifier: string, given: string) =>
    handler(httpEvent('POST /api/xm/auth/sign-in', { caller: null, body: { identifier, password: given } }), lambdaContext());
  const requests: string[] = [];
  client.middlewareStack.add(
    (next, context) => (args) => {
      requests.push(String(context.commandName).replace(/Command$/, ''));
      return next(args);
    },
    { step: 'initialize', name: `count-${tables.guards}` },
  );
  /** A function that has signed in before: it has the signing key, and has marked the day in the audit log. */
  const counted = async (identifier: string, given: string) => {
    requests.length = 0;
    const { statusCode } = await signIn(identifier, given);
    return { statusCode, requests: [...requests] };
  };
  await signIn('sari', password);
  return { counted, stop: () => client.middlewareStack.remove(`count-${tables.guards}`) };
}

describe('a sign-in by password', () => {
  it('takes six requests, and as many after a wrong attempt', async () => {
    const { counted, stop } = await signInWorld();
    const six = ['UpdateItem', 'GetItem', 'BatchGetItem', 'TransactWriteItems', 'Query', 'TransactWriteItems'];
    expect(await counted('sari@example.id', password)).toEqual({ statusCode: 200, requests: six });
    expect(await counted('sari', 'wrong')).toMatchObject({ statusCode: 401 });
    expect(await counted('sari', password)).toEqual({ statusCode: 200, requests: six });
    stop();
  });

  it('takes the same requests for who is not there as for a wrong password', async () => {
    const { counted, stop } = await signInWorld();
    for (let count = 0; count < 6; count += 1) {
      const known = await counted('sari', 'wrong');
      expect(await counted('nobody', 'wrong')).toEqual(known);
      expect(known.requests.length).toBeLessThanOrEqual(7);
    }
    stop();
  });
});
