/**
 * Exceptions in the wallet table.
 *
 * | what | pk | sk | gsi3pk | gsi3sk |
 * | --- | --- | --- | --- | --- |
 * | exception | `EXCEPTION#<id>` | `EXCEPTION` | `EXCEPTIONS#<state>` | `<createdAt>#<id>` |
 *
 * One partition for each state: there are as many as a person can look at, and what is open must be found however old it is.
 */
import { GetCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { DynamodbAuditLog, TransactItems } from '#shared/platform/audit/dynamodb-audit-log.ts';
import { queryDown, type Item, type Table } from '#shared/platform/dynamodb.ts';
import { exceptionSchema, type Exception } from './exception.ts';
import { exceptionKeyOf, type ExceptionStore } from './ports.ts';

/** For a transaction that finds something while it does what it can: never fails, and changes nothing of what was found before. */
export function exceptionWrites(tableName: string, exceptions: readonly Exception[]): TransactItems {
  return exceptions.map((exception) => ({ Update: updateOf(tableName, exception) }));
}

/** For a transaction that does what an exception was about: undoes it when somebody has resolved the exception meanwhile. */
export const resolutionWrite = (TableName: string, resolved: Exception): TransactItems[number] => ({
  Put: {
    TableName,
    Item: itemOf(resolved),
    ConditionExpression: '#state = :open',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':open': 'open' },
  },
});

/** `audit` may be left out where nobody resolves. */
export function dynamodbExceptionStore(table: Table, audit?: DynamodbAuditLog): ExceptionStore {
  return {
    async raise(exceptions) {
      for (const exception of exceptions) await table.client.send(new UpdateCommand(updateOf(table.name, exception)));
    },
    async get(id) {
      const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: keyOf(id), ConsistentRead: true }));
      return Item && exceptionSchema.parse(Item);
    },
    async found({ state, from = earliest, until = latest, behind = latest, limit }) {
      const below = behind < until ? behind : until;
      const items = await queryDown(table, { index: 'gsi3', partition: partitionOf(state), from, below, limit });
      return items.map((item) => exceptionSchema.parse(item));
    },
    async resolve(exception, entry) {
      if (audit === undefined) throw new TypeError('A resolution needs an audit log.');
      const put = resolutionWrite(table.name, exception);
      return audit.within(entry, async (record) => {
        try {
          await table.client.send(new TransactWriteCommand({ TransactItems: [put, ...record] }));
          return true;
        } catch (error) {
          if (error instanceof TransactionCanceledException && error.CancellationReasons?.[0]?.Code === 'ConditionalCheckFailed')
            return false;
          throw error;
        }
      });
    },
  };
}

const keyOf = (id: string) => ({ pk: `EXCEPTION#${id}`, sk: 'EXCEPTION' });
const partitionOf = (state: Exception['state']): string => `EXCEPTIONS#${state}`;
/** Sort before and behind every instant. */
const [earliest, latest] = ['0', '~'];

function itemOf(exception: Exception): Item {
  return {
    ...keyOf(exception.id),
    gsi3pk: partitionOf(exception.state),
    gsi3sk: exceptionKeyOf(exception),
    ...exceptionSchema.parse(exception),
  };
}

/** Every attribute as it is, or else as it was found. A put with a condition would undo the transaction that it is part of. */
function updateOf(TableName: string, exception: Exception) {
  const { pk: _pk, sk: _sk, ...content } = itemOf(exception);
  const attributes = Object.entries(content);
  return {
    TableName,
    Key: keyOf(exception.id),
    UpdateExpression: `SET ${attributes.map((_, place) => `#a${place} = if_not_exists(#a${place}, :a${place})`).join(', ')}`,
    ExpressionAttributeNames: Object.fromEntries(attributes.map(([name], place) => [`#a${place}`, name])),
    ExpressionAttributeValues: Object.fromEntries(attributes.map(([, value], place) => [`:a${place}`, value])),
  };
}
