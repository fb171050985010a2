/**
 * The ledger in DynamoDB. A change is one consistent BatchGetItem and one TransactWriteItems.
 */
import { GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { getAll, queryUpTo, type Item, type Table } from '#shared/platform/dynamodb.ts';
import { touchedAccounts, type Found } from './decide-change.ts';
import {
  accountPartition,
  balanceKey,
  balanceOfItem,
  claimKey,
  claimOfItem,
  entryOfItem,
  entrySortKey,
  holdKey,
  holdOfItem,
  holdSortKey,
  lastEntrySortKey,
  lastHoldSortKey,
  postingKey,
  postingOfItem,
  type Key,
} from './dynamodb-ledger-keys.ts';
import { isLedgerRace, itemsOf } from './dynamodb-ledger-writes.ts';
import type { LedgerChange } from './posting.ts';
import type { LedgerStore } from './ports.ts';

export function dynamodbLedgerStore(table: Table): LedgerStore {
  return {
    find: (change) => find(table, change),
    async write(write) {
      try {
        // The request token of a transaction makes the client's own retries harmless; the posting's record all later ones.
        await table.client.send(new TransactWriteCommand({ TransactItems: itemsOf(table.name, write) }));
        return true;
      } catch (error) {
        if (isLedgerRace(error)) return false;
        throw error;
      }
    },
    async posting(id) {
      const item = await get(table, postingKey(id));
      return item && postingOfItem(item);
    },
    async hold(account, holdId) {
      const item = await get(table, holdKey(account, holdId));
      return item && holdOfItem(item);
    },
    async balances(accounts) {
      const items = await getAll(
        table,
        accounts.map((account) => balanceKey(account)),
        { consistent: true },
      );
      return items.map((item) => balanceOfItem(item));
    },
    entries: async (account, request) => (await entryItems(table, account, request)).map((item) => entryOfItem(item)),
    holds: async (account, request) => (await holdItems(table, account, request)).map((item) => holdOfItem(item)),
  };
}

/** Items of entries in their order, the first ones behind a number. */
export function entryItems(table: Table, account: string, { behind, limit }: { behind: number; limit: number }): Promise<Item[]> {
  return rangeOf(table, account, { first: entrySortKey(behind + 1), last: lastEntrySortKey, limit });
}

/** Items of holds in the order of their ids, the first ones behind an id. */
export function holdItems(
  table: Table,
  account: string,
  { behind, limit }: { behind?: string | undefined; limit: number },
): Promise<Item[]> {
  // A blank sorts before every character of an id: the first key behind the one that was named.
  const first = behind === undefined ? holdSortKey('') : `${holdSortKey(behind)} `;
  return rangeOf(table, account, { first, last: lastHoldSortKey, limit });
}

function rangeOf(table: Table, account: string, { first, last, limit }: { first: string; last: string; limit: number }): Promise<Item[]> {
  return queryUpTo(table, limit, {
    KeyConditionExpression: 'pk = :account AND sk BETWEEN :first AND :last',
    ExpressionAttributeValues: { ':account': accountPartition(account), ':first': first, ':last': last },
    ConsistentRead: true,
  });
}

async function find(table: Table, change: LedgerChange): Promise<Found> {
  const keys = {
    posting: postingKey(change.id),
    claim: change.claim === null ? undefined : claimKey(change.claim),
    hold: change.hold === null ? undefined : holdKey(change.hold.account, change.hold.id),
  };
  const accounts = touchedAccounts(change);
  const wanted = [...Object.values(keys).filter((key) => key !== undefined), ...accounts.map((account) => balanceKey(account))];
  const items = new Map((await getAll(table, wanted, { consistent: true })).map((item) => [nameOf(item), item]));
  const at = (key: Key | undefined): Item | undefined => (key === undefined ? undefined : items.get(nameOf(key)));
  const [record, claim, hold] = [at(keys.posting), at(keys.claim), at(keys.hold)];
  const balances = accounts.flatMap((account) => {
    const item = at(balanceKey(account));
    return item === undefined ? [] : [[account, balanceOfItem(item)] as const];
  });
  return {
    record: record && postingOfItem(record),
    claimedBy: claim && claimOfItem(claim).postingId,
    hold: hold && holdOfItem(hold),
    balances: new Map(balances),
  };
}

const nameOf = ({ pk, sk }: Item | Key): string => `${String(pk)} ${String(sk)}`;

async function get(table: Table, key: Key): Promise<Item | undefined> {
  const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true }));
  return Item;
}
