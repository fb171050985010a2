/**
 * Bank accounts in the wallet table; see `dynamodb-withdrawal-keys.ts`. Of two who add the same account at once one finds it there.
 */
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { queryUpTo, type Item, type Table } from '#shared/platform/dynamodb.ts';
import * as z from 'zod';
import { bankAccountSchema, type BankAccount } from './bank-account.ts';
import { bankAccountKey, bankAccountRange, bankNumberKey } from './dynamodb-withdrawal-keys.ts';
import type { BankAccountBook } from './ports.ts';

/** Accounts that were removed stay, and are read with the others: so many of them that nobody has more. */
const readMax = 200;

const storedSchema = bankAccountSchema.extend({ isRemoved: z.boolean() });

export function dynamodbBankAccountBook(table: Table): BankAccountBook {
  const { name } = table;
  return {
    async of(memberId) {
      const items = await queryUpTo(table, readMax, {
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': bankAccountRange.partition(memberId), ':prefix': bankAccountRange.prefix },
        ConsistentRead: true,
      });
      return items.flatMap((item) => kept(item));
    },
    async get(memberId, id) {
      const { Item } = await table.client.send(
        new GetCommand({ TableName: name, Key: bankAccountKey(memberId, id), ConsistentRead: true }),
      );
      return Item && kept(Item)[0];
    },
    add: (account) =>
      written(table, [
        { Put: { TableName: name, Item: { ...bankAccountKey(account.memberId, account.id), ...account, isRemoved: false } } },
        {
          Put: {
            TableName: name,
            Item: { ...bankNumberKey(account.memberId, account), bankAccountId: account.id },
            ConditionExpression: 'attribute_not_exists(pk) OR attribute_not_exists(bankAccountId)',
          },
        },
      ]),
    remove: ({ memberId, id, bank, accountNumber }) =>
      written(table, [
        {
          Update: {
            TableName: name,
            Key: bankAccountKey(memberId, id),
            UpdateExpression: 'SET isRemoved = :yes',
            ConditionExpression: 'isRemoved = :no',
            ExpressionAttributeValues: { ':yes': true, ':no': false },
          },
        },
        {
          Update: {
            TableName: name,
            Key: bankNumberKey(memberId, { bank, accountNumber }),
            UpdateExpression: 'REMOVE bankAccountId',
          },
        },
      ]),
  };
}

function kept(item: Item): BankAccount[] {
  const { isRemoved, ...account } = storedSchema.parse(item);
  return isRemoved ? [] : [account];
}

async function written(
  table: Table,
  TransactItems: ConstructorParameters<typeof TransactWriteCommand>[0]['TransactItems'],
): Promise<boolean> {
  try {
    await table.client.send(new TransactWriteCommand({ TransactItems }));
    return true;
  } catch (error) {
    const reasons = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
    // Held up by another transaction on the same account: that one is the answer, too.
    if (reasons.some(({ Code = '' }) => ['ConditionalCheckFailed', 'TransactionConflict'].includes(Code))) return false;
    throw error;
  }
}
