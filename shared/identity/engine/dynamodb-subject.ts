/**
 * All that a sign-in has to know of a subject, in one request over both tables. A query of the partition would bring its sessions and
 * notes as well, and not the guard.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { BatchGetCommand, type BatchGetCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Item } from '#shared/platform/dynamodb.ts';
import { accountKey, secondFactorKey, sessionKey } from '../dynamodb-identity-keys.ts';
import { guardKey } from '../dynamodb-session-guards.ts';
import { sessionGuardSchema } from '../session-guard.ts';
import {
  secondFactorRecordSchema,
  sessionRecordSchema,
  type Asked,
  type Guess,
  type GuessedBefore,
  type LoadedSubject,
} from './auth-database.ts';
import type { AuthTables } from './dynamodb-auth-database.ts';
import { failuresKey, failuresOf, knownKey, knownUntilOf } from './dynamodb-failures.ts';
import type { Key } from './dynamodb-record-keys.ts';
import type { Realm, Subject } from './realm.ts';

/** Attempts at what DynamoDB left over under load; the waits add up to about a second. */
const attempts = { max: 6, firstMs: 20 } as const;

export async function loadSubject<User extends Subject>(
  tables: AuthTables,
  realm: Realm<User>,
  { id, sessionId, guess }: Asked & { readonly id: string },
): Promise<LoadedSubject<User>> {
  const partition = realm.keys.partition(id);
  const keys = {
    user: realm.keys.user(id),
    account: accountKey(partition),
    secondFactor: secondFactorKey(partition),
    ...(sessionId !== undefined && { session: sessionKey(partition, sessionId) }),
    ...(guess && guessKeys(partition, guess)),
  };
  const found = await readBoth(tables, Object.values(keys), guardKey(id));
  const item = (key: { sk: string } | undefined) => found.find(({ sk }) => sk === key?.sk);
  const [user, account, secondFactor] = [item(keys.user), item(keys.account), item(keys.secondFactor)];
  const [session, guard] = [item(keys.session), item(guardKey(id))];
  return {
    id,
    user: user && realm.user.parse(user),
    passwordHash: typeof account?.['password'] === 'string' ? account['password'] : undefined,
    secondFactor: secondFactor && secondFactorRecordSchema.parse(secondFactor),
    before: guess && beforeOf(partition, guess, item),
    version: guard === undefined ? 0 : sessionGuardSchema.parse(guard).version,
    session: session && sessionRecordSchema.parse(session),
  };
}

const guessKeys = (partition: string, { here, everywhere, network }: Guess) => ({
  here: failuresKey(partition, here),
  everywhere: failuresKey(partition, everywhere),
  known: knownKey(partition, network),
});

function beforeOf(partition: string, guess: Guess, item: (key: Key) => Item | undefined): GuessedBefore {
  const keys = guessKeys(partition, guess);
  return {
    guess,
    here: failuresOf(item(keys.here)),
    everywhere: failuresOf(item(keys.everywhere)),
    knownUntilMs: knownUntilOf(item(keys.known)),
  };
}

async function readBoth({ identity, guards }: AuthTables, keys: readonly Key[], guard: Key): Promise<Item[]> {
  let left: NonNullable<BatchGetCommandInput['RequestItems']> = {
    [identity.name]: { Keys: keys.map(({ pk, sk }) => ({ pk, sk })), ConsistentRead: true },
    [guards]: { Keys: [guard], ConsistentRead: true },
  };
  const found: Item[] = [];
  for (let attempt = 1; Object.keys(left).length > 0; attempt += 1) {
    if (attempt > attempts.max) throw new Error(`A subject could not be read whole in ${attempts.max} attempts`);
    if (attempt > 1) await sleep(identity.chance.fraction() * attempts.firstMs * 2 ** attempt);
    const { Responses = {}, UnprocessedKeys = {} } = await identity.client.send(new BatchGetCommand({ RequestItems: left }));
    found.push(...Object.values(Responses).flat());
    left = UnprocessedKeys;
  }
  return found;
}
