/**
 * Counters of wrong attempts, and the networks that an account is known in.
 *
 * | what | pk | sk |
 * | --- | --- | --- |
 * | counter | of the subject, also of who is not there | `FAILURES#<name>` |
 * | known network | of the subject | `KNOWN#<hash of the network>` |
 */
import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { deleteAll, type Item, type Table } from '#shared/platform/dynamodb.ts';
import { RecordRefused, type Failures, type Together } from './auth-database.ts';
import { unlessRefused, type Write } from './dynamodb-auth-writes.ts';
import type { Key } from './dynamodb-record-keys.ts';
import { guessLimits } from './guesses.ts';

const failuresPrefix = 'FAILURES#';

export const failuresKey = (partition: string, name: string): Key => ({ pk: partition, sk: failuresPrefix + name });
export const knownKey = (partition: string, network: string): Key => ({ pk: partition, sk: `KNOWN#${network}` });

const failuresItem = z.object({ failures: z.int(), lastFailureAt: z.int() });
const knownItem = z.object({ untilMs: z.int() });

export const failuresOf = (item: Item | undefined): Failures | undefined => item && failuresItem.parse(item);
/** 0 for a network that is not known. */
export const knownUntilOf = (item: Item | undefined): number => (item === undefined ? 0 : knownItem.parse(item).untilMs);

/** One request; a second one where the last failure is forgotten and the item is still there. */
export async function countFailure(table: Table, key: Key, nowMs: number): Promise<number> {
  const sinceMs = nowMs - guessLimits.forgottenAfterMs;
  const names = { '#failures': 'failures', '#last': 'lastFailureAt', '#ttl': 'ttl' };
  const values = { ':one': 1, ':now': nowMs, ':since': sinceMs, ':ttl': Math.ceil((nowMs + guessLimits.forgottenAfterMs) / 1_000) };
  const update = { TableName: table.name, Key: key, ExpressionAttributeNames: names, ExpressionAttributeValues: values };
  const dates = '#last = :now, #ttl = :ttl';
  for (const isAnew of [false, true, false]) {
    const counted = await unlessRefused(table, () =>
      table.client.send(
        new UpdateCommand({
          ...update,
          UpdateExpression: isAnew ? `SET #failures = :one, ${dates}` : `SET ${dates} ADD #failures :one`,
          ConditionExpression: isAnew ? '#last <= :since' : 'attribute_not_exists(pk) OR #last > :since',
          ReturnValues: 'ALL_NEW',
        }),
      ),
    );
    if (counted !== undefined) return failuresItem.parse(counted.Attributes).failures;
  }
  throw new Error('A failure was not counted: its counter was forgotten and begun anew meanwhile, twice');
}

export function failuresDeletions(table: Table, partition: string, { counters }: NonNullable<Together['failures']>): Write[] {
  return counters.map(({ name, atMost }) => {
    const bound = atMost !== undefined && {
      ConditionExpression: 'attribute_not_exists(pk) OR #failures <= :atMost',
      ExpressionAttributeNames: { '#failures': 'failures' },
      ExpressionAttributeValues: { ':atMost': atMost },
    };
    const deletion = { TableName: table.name, Key: failuresKey(partition, name), ...bound };
    return { item: { Delete: deletion }, refusal: new RecordRefused('changed', 'failures') };
  });
}

export function knownPut(table: Table, partition: string, { network, untilMs }: NonNullable<Together['known']>): Write {
  const Item = { ...knownKey(partition, network), untilMs, ttl: Math.ceil(untilMs / 1_000) };
  return { item: { Put: { TableName: table.name, Item } }, refusal: new RecordRefused('changed', 'known') };
}

/** Counters of one subject that a round takes away; rounds follow until there are none. */
const countersPerRound = 200;

export async function forgetFailures(table: Table, partition: string, what: string): Promise<void> {
  for (;;) {
    const { Items = [] } = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :counters)',
        ExpressionAttributeValues: { ':pk': partition, ':counters': failuresPrefix + what },
        ProjectionExpression: 'pk, sk',
        ConsistentRead: true,
        Limit: countersPerRound,
      }),
    );
    await deleteAll(
      table,
      Items.map(({ pk, sk }) => ({ pk, sk })),
    );
    if (Items.length < countersPerRound) return;
  }
}
