/**
 * A ledger write as items of a transaction, and what its failure says.
 */
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { TransactItems } from '#shared/platform/audit/dynamodb-audit-log.ts';
import type { Item } from '#shared/platform/dynamodb.ts';
import { kindOf } from './account.ts';
import type { LedgerWrite } from './decide-change.ts';
import { availableOf } from './entry.ts';
import { balanceItem, claimItem, entryItem, holdItem, isLedgerPartition, postingItem } from './dynamodb-ledger-keys.ts';

/** Every write has the condition that things are as they were found: together they are the decision, or nothing is. */
export function itemsOf(table: string, { record, accounts, claim, hold }: LedgerWrite): TransactItems {
  return [
    ...accounts.map((account) => balancePut(table, account)),
    ...accounts.map(({ entry }) => firstPut(table, entryItem(entry))),
    firstPut(table, postingItem(record)),
    ...(claim === undefined ? [] : [firstPut(table, claimItem(claim))]),
    ...(hold === undefined ? [] : [hold.isNew ? firstPut(table, holdItem(hold.after)) : closingPut(table, holdItem(hold.after))]),
  ];
}

/** Failed conditions answer what they found, by which a race for the ledger is told from a caller's own condition. */
const found = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const };

const firstPut = (TableName: string, item: Item) => ({
  Put: { TableName, Item: item, ConditionExpression: 'attribute_not_exists(pk)', ...found },
});

const closingPut = (TableName: string, item: Item) => ({
  Put: {
    TableName,
    Item: item,
    ConditionExpression: '#state = :held',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':held': 'held' },
    ...found,
  },
});

/**
 * The chain is where it was, and with it everything that was decided on: limits, what came in, what is held. That a member can afford it is asked
 * once more, of the table itself.
 */
function balancePut(TableName: string, { before, after, entry }: LedgerWrite['accounts'][number]) {
  if (before === undefined) return firstPut(TableName, balanceItem(after));
  const spent = availableOf(before) - availableOf(after);
  const asks = spent > 0 && kindOf(after.account) === 'member' && availableOf(after) >= 0;
  return {
    Put: {
      TableName,
      Item: balanceItem(after),
      ConditionExpression: `#sequence = :sequence AND #hash = :hash${asks ? ' AND available >= :spent' : ''}`,
      ExpressionAttributeNames: { '#sequence': 'sequence', '#hash': 'hash' },
      ExpressionAttributeValues: { ':sequence': before.sequence, ':hash': entry.previousHash, ...(asks && { ':spent': spent }) },
      ...found,
    },
  };
}

/** Reasons that say nothing but that others were at the same items, or that there were too many at once. */
const passing = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

/** True when a transaction failed for nothing but the race for items of the ledger. */
export function isLedgerRace(error: unknown): boolean {
  if (!(error instanceof TransactionCanceledException)) return false;
  const failed = (error.CancellationReasons ?? []).filter(({ Code = 'None' }) => Code !== 'None');
  return (
    failed.length > 0 &&
    failed.every(
      ({ Code = '', Item }) => passing.has(Code) || (Code === 'ConditionalCheckFailed' && isLedgerPartition(Item?.['pk']?.S ?? '')),
    )
  );
}
