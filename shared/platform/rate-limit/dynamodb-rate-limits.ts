/**
 * Counters in DynamoDB: one item for a rule and a key, `LIMIT#<rule>#<hash of the key>` / `LIMIT`, that holds one number for each fixed
 * window, `w<number of the window>`.
 *
 * A hit is one UpdateItem: it adds to the running window's number on the condition that both numbers leave room, and takes away what is
 * older. A condition cannot calculate, so it lists what the running window may hold for each weight that the former one can have. GCRA,
 * the other candidate, needs max(now, theoretical arrival), which no update expression has: one call for an idle key, but a second one
 * for every hit of a busy one, just when there are many. A counter in an item of its own for each window needs a second call as well.
 */
import { createHash } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '../clock.ts';
import type { Item, Table } from '../dynamodb.ts';
import type { RateLimits } from './ports.ts';
import { previousBelow, verdictOf, windowOf, type RateRule } from './rate-rule.ts';

/** Weights that a condition tells apart: DynamoDB takes 300 operators. A rule with a larger limit is held to it in steps, never above it. */
const weightsMax = 30;
/** Former windows that a hit removes without knowing whether there are any. A key that comes more rarely leaves some behind. */
const windowsRemoved = 3;
/** With so many left behind an item is swept; of 20 bytes each, that keeps it within the smallest unit that DynamoDB bills. */
const windowsKept = 20;

export function dynamodbRateLimits(table: Table, clock: Clock): RateLimits {
  return {
    async hit(rule, key) {
      const nowMs = clock.now();
      const place: Place = { rule, key: keyOf(rule, key), window: windowOf(rule, nowMs) };
      const { item, isAllowed } = await count(table, place, nowMs);
      if (isAllowed) await sweep(table, place, item);
      const counts = { current: hitsOf(item, place.window), previous: hitsOf(item, place.window - 1) };
      return verdictOf(rule, counts, { isAllowed, nowMs });
    },
  };
}

interface Place {
  readonly rule: RateRule;
  readonly key: { readonly pk: string; readonly sk: string };
  readonly window: number;
}

/** Addresses and identifiers stand nowhere in the table, and a long one makes no long key. */
function keyOf({ name }: RateRule, key: string) {
  return { pk: `LIMIT#${name}#${createHash('sha256').update(key).digest('base64url')}`, sk: 'LIMIT' };
}

const nameOf = (window: number): string => `w${window}`;
const hitsOf = (item: Item, window: number): number => Number(item[nameOf(window)] ?? 0);

/** Adds a hit if there is room for it. Answers the item as it is then. */
async function count(table: Table, { rule, key, window }: Place, nowMs: number): Promise<{ item: Item; isAllowed: boolean }> {
  const removed = Array.from({ length: windowsRemoved }, (_, index) => window - 2 - index);
  const { expression, values } = roomCondition(rule, nowMs);
  try {
    const { Attributes = {} } = await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: key,
        UpdateExpression: `ADD #current :one SET #ttl = :ttl REMOVE ${removed.map((_, index) => `#removed${index}`).join(', ')}`,
        ConditionExpression: expression,
        ExpressionAttributeNames: {
          '#current': nameOf(window),
          '#previous': nameOf(window - 1),
          '#ttl': 'ttl',
          ...Object.fromEntries(removed.map((old, index) => [`#removed${index}`, nameOf(old)])),
        },
        ExpressionAttributeValues: { ...values, ':one': 1, ':ttl': (window + 2) * rule.windowSeconds },
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return { item: Attributes, isAllowed: true };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return { item: numbersOf(error.Item ?? {}), isAllowed: false };
  }
}

/**
 * Where nothing came in one of the two windows, the other decides; else there is room when for some weight `carried` of the former window
 * its number is below what weighs more, and the running one's is below the rest of the limit.
 */
function roomCondition(rule: RateRule, nowMs: number): { expression: string; values: Record<string, number> } {
  const step = Math.ceil(rule.limit / weightsMax);
  const weights = Array.from({ length: Math.ceil(rule.limit / step) }, (_, index) => Math.min(rule.limit, (index + 1) * step) - 1);
  const terms = weights.map((_, index) => `(#previous < :below${index} AND #current < :rest${index})`);
  const values = weights.flatMap((carried, index): [string, number][] => [
    [`:below${index}`, previousBelow(rule, carried, nowMs)],
    [`:rest${index}`, rule.limit - carried],
  ]);
  const last = `:below${weights.length - 1}`;
  const alone = `(attribute_not_exists(#current) AND (attribute_not_exists(#previous) OR #previous < ${last}))`;
  const first = '(attribute_not_exists(#previous) AND #current < :limit)';
  return { expression: [alone, first, ...terms].join(' OR '), values: { ...Object.fromEntries(values), ':limit': rule.limit } };
}

/** An error carries the item as the service writes it; here only its numbers matter. */
function numbersOf(item: NonNullable<ConditionalCheckFailedException['Item']>): Item {
  return Object.fromEntries(Object.entries(item).flatMap(([name, value]) => (value.N === undefined ? [] : [[name, Number(value.N)]])));
}

async function sweep(table: Table, { key, window }: Place, item: Item): Promise<void> {
  const old = Object.keys(item).filter((name) => /^w\d+$/.test(name) && Number(name.slice(1)) < window - 1);
  if (old.length < windowsKept) return;
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: key,
      UpdateExpression: `REMOVE ${old.map((_, index) => `#old${index}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(old.map((name, index) => [`#old${index}`, name])),
    }),
  );
}
