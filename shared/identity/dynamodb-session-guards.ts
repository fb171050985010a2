/**
 * The table that the authorizer reads: session guards, and the public keys. Nothing else stands in it, so that reading it is all an
 * authorizer can do.
 *
 * | what | pk | sk |
 * | --- | --- | --- |
 * | guard of a subject | `SUBJECT#<id>` | `GUARD` |
 * | public key | `KEYS` | key id |
 */
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { JWK } from 'jose';
import * as z from 'zod';
import type { Clock } from '#shared/platform/clock.ts';
import type { Table } from '#shared/platform/dynamodb.ts';
import { accessTokenSeconds } from './access-token.ts';
import type { PublishedKeys } from './published-keys.ts';
import { sessionGuardSchema, type SessionGuard, type SessionGuards } from './session-guard.ts';

export const guardKey = (subject: string) => ({ pk: `SUBJECT#${subject}`, sk: 'GUARD' });
export const publishedKeyOf = (keyId: string) => ({ pk: 'KEYS', sk: keyId });

/** Revoked sessions that a guard lists; with more, all of the subject's sessions end instead. */
const revokedMax = 100;
/** Expired entries that one write removes: more than it adds, so that they do not pile up. */
const removedMax = 20;
/** A token may be issued a moment after its session was revoked, by a request under way. */
const marginSeconds = 60;

export function dynamodbSessionGuards(table: Table, clock: Clock): SessionGuards {
  const read: SessionGuards['read'] = async (subject) => {
    const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: guardKey(subject), ConsistentRead: true }));
    return Item && sessionGuardSchema.parse(Item);
  };
  const raise: SessionGuards['raise'] = async (subject) => {
    const { Attributes } = await table.client.send(
      new UpdateCommand({ ...raisedGuard(table.name, subject).Update, ReturnValues: 'ALL_NEW' }),
    );
    return sessionGuardSchema.parse(Attributes).version;
  };
  return {
    read,
    raise,
    open: (subject) => ignoringFailedCondition(putNew(table, subject)),
    async revoke(subject, sessionId) {
      const nowMs = clock.now();
      const guard = await read(subject);
      if (isFull(guard, nowMs)) await raise(subject);
      else await revokeOne(table, { subject, sessionId, nowMs, guard });
    },
  };
}

/** For a transaction of whatever ends all of a subject's tokens: raises the guard, or makes it. */
export const raisedGuard = (tableName: string, subject: string) => ({
  Update: {
    TableName: tableName,
    Key: guardKey(subject),
    // Tokens of sessions that were ended one by one are ended by the version as well.
    UpdateExpression: 'SET revoked = :none ADD version :one',
    ExpressionAttributeValues: { ':none': {}, ':one': 1 },
  },
});

export interface RevokedSession {
  readonly subject: string;
  readonly sessionId: string;
  readonly nowMs: number;
  /** The guard as it was just read: what has expired of it goes with the same write. */
  readonly guard?: SessionGuard | undefined;
}

/** For a transaction that ends one session; its subject has to have a guard. The same bound as of `revoke` is the caller's to keep. */
export const revokedSession = (tableName: string, { subject, sessionId, nowMs, guard }: RevokedSession) => {
  const expired = expiredSessions(guard, nowMs).filter((ended) => ended !== sessionId);
  const removed = expired.map((_, index) => `revoked.#expired${index}`);
  return {
    Update: {
      TableName: tableName,
      Key: guardKey(subject),
      UpdateExpression: `SET revoked.#session = :until${removed.length > 0 ? ` REMOVE ${removed.join(', ')}` : ''}`,
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: {
        '#session': sessionId,
        ...Object.fromEntries(expired.map((ended, index) => [`#expired${index}`, ended])),
      },
      ExpressionAttributeValues: { ':until': Math.floor(nowMs / 1_000) + accessTokenSeconds + marginSeconds },
    },
  };
};

/**
 * Entries that do nothing any more, by the clock of any machine. They can be removed without a condition: a session that has ended issues no
 * token, so nobody writes its entry anew, and one that is gone already is no mistake.
 */
function expiredSessions(guard: SessionGuard | undefined, nowMs: number): string[] {
  const entries = Object.entries(guard?.revoked ?? {}).filter(([, until]) => until + marginSeconds < nowMs / 1_000);
  return entries.slice(0, removedMax).map(([sessionId]) => sessionId);
}

/** For the transaction that makes a subject. */
export const openedGuard = (tableName: string, subject: string) => ({
  Put: {
    TableName: tableName,
    Item: { ...guardKey(subject), version: 1, revoked: {} },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});

/** True when the guard lists as many sessions as it may: the next one to end has to end all. */
export const isFull = (guard: SessionGuard | undefined, nowMs: number): boolean =>
  Object.values(guard?.revoked ?? {}).filter((until) => until > nowMs / 1_000).length >= revokedMax;

/** The public keys, oldest first. */
export function dynamodbPublishedKeys(table: Table): PublishedKeys {
  return {
    async list() {
      const { Items = [] } = await table.client.send(
        new QueryCommand({ TableName: table.name, KeyConditionExpression: 'pk = :keys', ExpressionAttributeValues: { ':keys': 'KEYS' } }),
      );
      return Items.map((item) => publishedKeySchema.parse(item).jwk as JWK);
    },
  };
}

const publishedKeySchema = z.object({ jwk: z.looseObject({ kid: z.string(), kty: z.string() }) });

async function putNew(table: Table, subject: string): Promise<void> {
  await table.client.send(new PutCommand(openedGuard(table.name, subject).Put));
}

async function revokeOne(table: Table, revoked: RevokedSession): Promise<void> {
  await ignoringFailedCondition(table.client.send(new UpdateCommand(revokedSession(table.name, revoked).Update)));
}

async function ignoringFailedCondition(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
