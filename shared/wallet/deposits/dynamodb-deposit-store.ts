/**
 * Deposits in DynamoDB. A change is one transaction: the deposit on the condition that it is what was decided on, what is told of it, what is
 * booked and who decided it.
 */
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import type { TransactItems } from '#shared/platform/audit/dynamodb-audit-log.ts';
import { queryUpTo, type Item, type Table } from '#shared/platform/dynamodb.ts';
import { readDay } from '../dynamodb-day-list.ts';
import type { WalletWriter } from '../dynamodb-wallet-writer.ts';
import { exceptionWrites, resolutionWrite } from '../reconciliation/dynamodb-exception-store.ts';
import { depositLimits } from './deposit-limits.ts';
import { isOpen, refundsDueMs, type Deposit } from './deposit.ts';
import {
  chargeKey,
  dayPartition,
  depositItem,
  depositKey,
  depositOfItem,
  depositPartition,
  duePartition,
  eventItem,
  eventOfItem,
  eventPrefix,
  memberDepositsPartition,
  openCountKey,
  refundsDuePartition,
  refundsItem,
  reservationKey,
  reviewsPartition,
  versionName,
  wishKey,
  wishOfItem,
} from './dynamodb-deposit-items.ts';
import type { DepositChange, DepositStore, Opening, OpeningOutcome } from './ports.ts';
import type { DepositAnswer } from './present-deposit.ts';

export function dynamodbDepositStore(table: Table, write: WalletWriter): DepositStore {
  return {
    async open(opening) {
      const outcome = await write({ items: openingItems(table.name, opening) });
      return outcome.state === 'failed' ? whyNotOpened(outcome.failed) : 'opened';
    },
    async wish(memberId, key) {
      const item = await get(table, wishKey(memberId, key));
      return item && wishOfItem(item);
    },
    async commit({ change, entry, ...depositChange }) {
      const outcome = await write({ items: changeItems(table.name, depositChange), change, entry });
      if (outcome.state === 'written') return { state: 'committed' };
      // What is booked under this id was booked together with a later version of the deposit.
      return outcome.state === 'refused' ? outcome : { state: 'stale' };
    },
    keepAnswer: (deposit, answer) => keepAnswer(table, deposit, answer),
    async note(depositId, event, name) {
      await table.client.send(new PutCommand({ TableName: table.name, ...ifNew(eventItem(depositId, event, name)) })).catch((error) => {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      });
    },
    async get(id) {
      const item = await get(table, depositKey(id));
      return item && depositOfItem(item);
    },
    async idOfCharge(gateway, transactionId) {
      const item = await get(table, chargeKey(gateway, transactionId));
      return item && String(item['depositId']);
    },
    async events(depositId, limit) {
      const items = await queryUpTo(table, limit, {
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :events)',
        ExpressionAttributeValues: { ':pk': depositPartition(depositId), ':events': eventPrefix },
        ConsistentRead: true,
      });
      return items.map((item) => eventOfItem(item));
    },
    ...listsIn(table),
  };
}

function listsIn(table: Table): Pick<DepositStore, 'ofMember' | 'ofDay' | 'underReview' | 'due' | 'refundsDue'> {
  return {
    async ofMember(memberId, { before, limit }) {
      const items = await queryUpTo(table, limit, {
        IndexName: 'gsi1',
        KeyConditionExpression: `gsi1pk = :partition${before === undefined ? '' : ' AND gsi1sk < :before'}`,
        ExpressionAttributeValues: {
          ':partition': memberDepositsPartition(memberId),
          ...(before !== undefined && { ':before': before }),
        },
        ScanIndexForward: false,
      });
      return items.map((item) => depositOfItem(item));
    },
    ofDay: async (status, request) => (await readDay(table, dayPartition(status, request.day), request)).map((item) => depositOfItem(item)),
    async underReview({ behind, limit }) {
      const items = await queryUpTo(table, limit, {
        IndexName: 'gsi2',
        KeyConditionExpression: `gsi2pk = :partition${behind === undefined ? '' : ' AND gsi2sk > :behind'}`,
        ExpressionAttributeValues: { ':partition': reviewsPartition, ...(behind !== undefined && { ':behind': behind }) },
      });
      return items.map((item) => depositOfItem(item));
    },
    async due(shard, { untilMs, limit }) {
      const items = await queryUpTo(table, limit, {
        IndexName: 'gsi2',
        KeyConditionExpression: 'gsi2pk = :partition AND gsi2sk < :until',
        ExpressionAttributeValues: { ':partition': duePartition(shard), ':until': new Date(untilMs).toISOString() },
      });
      return items.map((item) => depositOfItem(item).id);
    },
    async refundsDue({ untilMs, limit }) {
      const items = await queryUpTo(table, limit, {
        IndexName: 'gsi2',
        KeyConditionExpression: 'gsi2pk = :partition AND gsi2sk < :until',
        ExpressionAttributeValues: { ':partition': refundsDuePartition, ':until': new Date(untilMs + 1).toISOString() },
      });
      return items.map((item) => String(item['depositId']));
    },
  };
}

/** The places of the first three say why nothing was opened. */
function openingItems(TableName: string, { deposit, wishHash, event, answer }: Opening): TransactItems {
  const { memberId, idempotencyKey, id, uniqueCode } = deposit;
  const wish = { ...wishKey(memberId, idempotencyKey), hash: wishHash, depositId: id, answer, createdAtMs: deposit.createdAtMs };
  return [
    { Put: { TableName, ...ifNew(wish) } },
    openCountUpdate(TableName, memberId, 1),
    ...(uniqueCode === null ? [] : [reservation(TableName, deposit)]),
    { Put: { TableName, ...ifNew(depositItem(deposit)) } },
    { Put: { TableName, Item: eventItem(id, event, versionName(deposit)) } },
  ];
}

function whyNotOpened(failed: readonly number[]): OpeningOutcome {
  if (failed.includes(0)) return 'key-known';
  return failed.includes(1) ? 'too-many-open' : 'amount-taken';
}

const ifNew = (Item: Item) => ({ Item, ConditionExpression: 'attribute_not_exists(pk)' });

/** A number of its own, as a list by member lags behind: nobody gets more than they may by asking at once. */
function openCountUpdate(TableName: string, memberId: string, by: 1 | -1): TransactItems[number] {
  const room = { ConditionExpression: 'attribute_not_exists(openCount) OR openCount < :max' };
  return {
    Update: {
      TableName,
      Key: openCountKey(memberId),
      UpdateExpression: 'ADD openCount :by',
      ...(by === 1 && room),
      ExpressionAttributeValues: { ':by': by, ...(by === 1 && { ':max': depositLimits.openPerMemberMax }) },
    },
  };
}

/** Taken as long as somebody may pay late, and free for the next afterwards. */
function reservation(TableName: string, { id, instructions, totalRupiah, createdAtMs, expiresAtMs }: Deposit): TransactItems[number] {
  if (instructions?.kind !== 'bank-transfer') throw new TypeError(`The deposit ${id} has a code and no account to transfer to`);
  return {
    Put: {
      TableName,
      Item: {
        ...reservationKey(instructions.accountNumber, totalRupiah),
        depositId: id,
        keptUntilMs: expiresAtMs + depositLimits.uniqueCodeKeptMs,
      },
      ConditionExpression: 'attribute_not_exists(pk) OR keptUntilMs < :now',
      ExpressionAttributeValues: { ':now': createdAtMs },
    },
  };
}

function changeItems(
  TableName: string,
  { before, after, event, exception, resolved, answer }: Omit<DepositChange, 'change' | 'entry'>,
): TransactItems {
  const { id, memberId, gateway, gatewayTransactionId } = after;
  const isNewCharge = before.gatewayTransactionId === null && gatewayTransactionId !== null;
  return [
    {
      Put: {
        TableName,
        Item: depositItem(after),
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': before.version },
      },
    },
    { Put: { TableName, Item: eventItem(id, event, versionName(after)) } },
    ...(isOpen(before) && !isOpen(after) ? [openCountUpdate(TableName, memberId, -1)] : []),
    ...(isNewCharge ? [{ Put: { TableName, Item: { ...chargeKey(gateway, gatewayTransactionId), depositId: id } } }] : []),
    ...(answer === undefined ? [] : [answerUpdate(TableName, after, answer)]),
    ...(refundsDueMs(before) === refundsDueMs(after) ? [] : [{ Put: { TableName, Item: refundsItem(after) } }]),
    ...(exception === undefined ? [] : exceptionWrites(TableName, [exception])),
    ...(resolved === undefined ? [] : [resolutionWrite(TableName, resolved)]),
  ];
}

/** The first answer is the answer for ever. */
function answerUpdate(TableName: string, { memberId, idempotencyKey }: Deposit, answer: object): TransactItems[number] {
  return {
    Update: {
      TableName,
      Key: wishKey(memberId, idempotencyKey),
      UpdateExpression: 'SET answer = :answer',
      ExpressionAttributeValues: { ':answer': answer },
    },
  };
}

/** An answer that is awaited is stored as null. */
async function keepAnswer(table: Table, { memberId, idempotencyKey, id }: Deposit, answer: DepositAnswer): Promise<DepositAnswer> {
  const Key = wishKey(memberId, idempotencyKey);
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key,
        UpdateExpression: 'SET answer = :answer',
        ConditionExpression: 'depositId = :id AND answer = :none',
        ExpressionAttributeValues: { ':answer': answer, ':id': id, ':none': null },
      }),
    );
    return answer;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    const kept = await get(table, Key);
    return (kept && wishOfItem(kept).answer) ?? answer;
  }
}

async function get(table: Table, Key: Item): Promise<Item | undefined> {
  const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key, ConsistentRead: true }));
  return Item;
}
