/**
 * Sessions in DynamoDB as staff see and end them. Making and refreshing them is the engine's.
 */
import type { Clock } from '#shared/platform/clock.ts';
import { deleteAll, queryUpTo, type Item, type Table } from '#shared/platform/dynamodb.ts';
import { decide, type DecisionTables } from './dynamodb-decisions.ts';
import { memberPartition, sessionKey, sessionPrefix, staffPartition } from './dynamodb-identity-keys.ts';
import { dynamodbSessionGuards, isFull, raisedGuard, revokedSession } from './dynamodb-session-guards.ts';
import { sessionRecordSchema } from './engine/auth-database.ts';
import { signedInOf, type SubjectSessions } from './subject-sessions.ts';

export interface SessionTables extends DecisionTables {
  readonly clock: Clock;
}

/** Deletions of one transaction; it has room for 100 writes, and the guard and the record are among them. */
const endedTogetherMax = 90;
/** Sessions of one subject that one look shows; expired ones go by themselves. */
const sessionsMax = 1_000;

export function dynamodbSubjectSessions(tables: SessionTables): SubjectSessions {
  const { client, clock, chance } = tables;
  const identity: Table = { client, name: tables.identity, chance };
  const guards = dynamodbSessionGuards({ client, name: tables.guards, chance }, clock);
  return {
    async list(subject) {
      const nowMs = clock.now();
      const items = await itemsOf(identity, subject);
      const sessions = items.map((item) => signedInOf(sessionRecordSchema.parse(item))).filter(({ expiresAtMs }) => expiresAtMs > nowMs);
      return sessions.toSorted((a, b) => b.lastUsedAtMs - a.lastUsedAtMs);
    },
    async end(subject, sessionId, entry) {
      const nowMs = clock.now();
      const Key = sessionKey(partitionOf(subject), sessionId);
      const deletion = { Delete: { TableName: identity.name, Key, ConditionExpression: 'attribute_exists(pk)' } };
      const guard = isFull(await guards.read(subject), nowMs)
        ? raisedGuard(tables.guards, subject)
        : revokedSession(tables.guards, { subject, sessionId, nowMs });
      return (await decide(tables, entry, [deletion, guard])).length === 0;
    },
    async endAll(subject, entry) {
      // Sessions first, then tokens: a refresh in between would find a session and be given a token that outlives the guard.
      const left = await deleteAllBut(entry === undefined ? 0 : endedTogetherMax, identity, subject);
      const deletions = left.map((Key) => ({ Delete: { TableName: identity.name, Key } }));
      if (entry === undefined) await guards.raise(subject);
      else await decide(tables, entry, [...deletions, raisedGuard(tables.guards, subject)]);
      // And those that a sign-in under way has opened meanwhile: its tokens are ended, and it must not refresh them.
      await deleteAllBut(0, identity, subject);
    },
  };
}

/** Ids of staff have a prefix, ids of members are numbers. */
const partitionOf = (subject: string): string => (subject.startsWith('stf_') ? staffPartition(subject) : memberPartition(subject));

/** Deletes until that many are left at most, whose keys it answers: one look shows a thousand, and nobody is to keep the rest. */
async function deleteAllBut(kept: number, table: Table, subject: string): Promise<Item[]> {
  for (;;) {
    const keys = await keysOf(table, subject);
    await deleteAll(table, keys.slice(kept));
    if (keys.length < sessionsMax) return keys.slice(0, kept);
  }
}

const keysOf = async (table: Table, subject: string): Promise<Item[]> => (await itemsOf(table, subject)).map(({ pk, sk }) => ({ pk, sk }));

const itemsOf = (table: Table, subject: string): Promise<Item[]> =>
  queryUpTo(table, sessionsMax, {
    KeyConditionExpression: 'pk = :subject AND begins_with(sk, :sessions)',
    ExpressionAttributeValues: { ':subject': partitionOf(subject), ':sessions': sessionPrefix },
    ConsistentRead: true,
  });
