/**
 * Withdrawals in DynamoDB: a step, its line in the timeline, what it books and who decided it are one transaction.
 */
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { TransactItems } from '#shared/platform/audit/dynamodb-audit-log.ts';
import { queryUpTo, type Item, type Table } from '#shared/platform/dynamodb.ts';
import * as z from 'zod';
import { readDay } from '../dynamodb-day-list.ts';
import { rememberedIn, rememberingPut } from './dynamodb-remembered-requests.ts';
import type { WalletWriter } from '../dynamodb-wallet-writer.ts';
import { exceptionWrites } from '../reconciliation/dynamodb-exception-store.ts';
import {
  dayPartition,
  duePartition,
  eventItem,
  eventPrefix,
  instant,
  memberListPartition,
  payoutKey,
  waitingPartition,
  withdrawalItem,
  withdrawalKey,
  withdrawalOf,
  withdrawalPartition,
} from './dynamodb-withdrawal-keys.ts';
import { endOfRank, type WaitingRead, type WithdrawalChange, type WithdrawalStore } from './ports.ts';
import { timelineEventSchema } from './timeline.ts';
import { withdrawalIdOf, type Withdrawal } from './withdrawal.ts';
import { withdrawalLimits } from './withdrawal-limits.ts';

export function dynamodbWithdrawalStore(table: Table, write: WalletWriter): WithdrawalStore {
  const { name } = table;
  return {
    async submit({ withdrawal, event, change }, remembered) {
      const put = (Item: Item) => ({ Put: { TableName: name, Item, ConditionExpression: 'attribute_not_exists(pk)' } });
      const items = [rememberingPut(name, remembered), put(withdrawalItem(withdrawal)), put(eventItem(withdrawal.id, event))];
      const outcome = await write({ items, change });
      if (outcome.state === 'refused') return outcome;
      // An id that is taken would be one chance in 2^64; the hold of the same id would have been refused before.
      return { state: outcome.state === 'written' ? 'submitted' : 'key-used' };
    },
    remembered: (memberId, key) => rememberedIn(table, { memberId, key }),
    async change(step) {
      const outcome = await write({ items: writesOf(name, step), change: step.change, entry: step.entry });
      if (outcome.state === 'refused') return outcome;
      return { state: outcome.state === 'written' ? 'written' : 'meanwhile' };
    },
    async get(id) {
      const item = await read(table, withdrawalKey(id));
      return item && withdrawalOf(item);
    },
    async timeline(id) {
      const items = await queryUpTo(table, withdrawalLimits.timelineMax, {
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :events)',
        ExpressionAttributeValues: { ':pk': withdrawalPartition(id), ':events': eventPrefix },
        ConsistentRead: true,
      });
      return items.map((item) => timelineEventSchema.parse(item));
    },
    async ofMember(memberId, { order = 'newest', behind, limit }) {
      const isForward = order === 'oldest';
      const items = await queryUpTo(table, limit, {
        IndexName: 'gsi1',
        KeyConditionExpression: `gsi1pk = :member${behind === undefined ? '' : ` AND gsi1sk ${isForward ? '>' : '<'} :behind`}`,
        ExpressionAttributeValues: { ':member': memberListPartition(memberId), ...(behind !== undefined && { ':behind': behind }) },
        ScanIndexForward: isForward,
      });
      return items.map((item) => withdrawalOf(item));
    },
    inState: async (state, request) => (await readDay(table, dayPartition(state, request.day), request)).map((item) => withdrawalOf(item)),
    waiting: (request) => waitingIn(table, request),
    async due(nowMs, perShardMax) {
      const shards = Array.from({ length: withdrawalLimits.dueShards }, (_, shard) => dueIn(table, shard, { nowMs, limit: perShardMax }));
      return (await Promise.all(shards)).flat();
    },
    async ofPayout(channel, gatewayPayoutId) {
      const item = await read(table, payoutKey(channel, gatewayPayoutId));
      return item && payoutSchema.parse(item).withdrawalId;
    },
  };
}

const payoutSchema = z.object({ withdrawalId: z.string() });

async function read(table: Table, Key: Item): Promise<Item | undefined> {
  const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key, ConsistentRead: true }));
  return Item;
}

async function waitingIn(table: Table, { riskMin, behind, limit }: WaitingRead): Promise<Withdrawal[]> {
  // Both bounds are in the range. An exclamation mark makes the next key there can be.
  const [first, last] = [behind === undefined ? '0' : `${behind}!`, endOfRank(riskMin)];
  // A range that ends before it begins is refused by DynamoDB: everything that risky has been seen.
  if (first > last) return [];
  const items = await queryUpTo(table, limit, {
    IndexName: 'gsi2',
    KeyConditionExpression: 'gsi2pk = :waiting AND gsi2sk BETWEEN :first AND :last',
    ExpressionAttributeValues: { ':waiting': waitingPartition, ':first': first, ':last': last },
  });
  return items.map((item) => withdrawalOf(item));
}

async function dueIn(table: Table, shard: number, { nowMs, limit }: { readonly nowMs: number; readonly limit: number }): Promise<string[]> {
  const items = await queryUpTo(table, limit, {
    IndexName: 'gsi2',
    // A tilde sorts behind every character of an id: what is due at this very instant is due.
    KeyConditionExpression: 'gsi2pk = :shard AND gsi2sk <= :now',
    ExpressionAttributeValues: { ':shard': duePartition(shard), ':now': `${instant(nowMs)}#~` },
  });
  return items.map((item) => withdrawalOf(item).id);
}

function writesOf(TableName: string, { from, to, event, exceptions = [] }: WithdrawalChange): TransactItems {
  return [
    {
      Put: {
        TableName,
        Item: withdrawalItem(to),
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': from.version },
      },
    },
    { Put: { TableName, Item: eventItem(to.id, event) } },
    ...payoutPut(TableName, from, to),
    ...exceptionWrites(TableName, exceptions),
  ];
}

/** The gateway's id leads to the withdrawal as soon as it is known: webhooks of Midtrans name no other. */
function payoutPut(TableName: string, from: Withdrawal, { attempt, channel }: Withdrawal): TransactItems {
  const gatewayPayoutId = attempt?.gatewayPayoutId ?? null;
  if (attempt === null || gatewayPayoutId === null || gatewayPayoutId === from.attempt?.gatewayPayoutId) return [];
  return [{ Put: { TableName, Item: { ...payoutKey(channel, gatewayPayoutId), withdrawalId: withdrawalIdOf(attempt.id) } } }];
}
