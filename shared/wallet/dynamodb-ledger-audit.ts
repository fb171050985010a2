/**
 * Reads the ledger's items in DynamoDB as they are found, for the verification.
 */
import { GetCommand, ScanCommand, type ScanCommandInput } from '@aws-sdk/lib-dynamodb';
import { getAll, type Item, type Table } from '#shared/platform/dynamodb.ts';
import {
  accountOfPartition,
  balanceKey,
  claimKey,
  intactBalance,
  intactClaim,
  intactEntry,
  intactHold,
  intactPosting,
  journalPlaceOf,
  journalPrefixes,
  postingKey,
} from './dynamodb-ledger-keys.ts';
import { entryItems, holdItems } from './dynamodb-ledger-store.ts';
import type { JournalLink, LedgerAudit } from './ports.ts';

export function dynamodbLedgerAudit(table: Table): LedgerAudit {
  return {
    accounts: () => accounts(table),
    journal: () => journal(table),
    async balanceLink(account) {
      const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: balanceKey(account), ConsistentRead: true }));
      return Item && { id: account, content: intactBalance(Item) };
    },
    entryLinks: async (account, request) =>
      (await entryItems(table, account, request)).map((item) => ({ id: String(Number(lastPart(item))), content: intactEntry(item) })),
    holdLinks: async (account, request) =>
      (await holdItems(table, account, request)).map((item) => ({ id: lastPart(item), content: intactHold(item) })),
    async postings(ids) {
      const items = await getAll(
        table,
        [...new Set(ids)].map((id) => postingKey(id)),
        { consistent: true },
      );
      return new Map(
        items.flatMap((item) => {
          const record = intactPosting(item);
          return record === undefined ? [] : [[record.id, record] as const];
        }),
      );
    },
    async claimants(claims) {
      const keys = new Map(claims.map((claim) => [claimKey(claim).pk, claimKey(claim)]));
      const items = await getAll(table, [...keys.values()], { consistent: true });
      const holders = new Map(items.map((item) => [String(item['pk']), intactClaim(item)?.postingId]));
      return claims.map((claim) => holders.get(claimKey(claim).pk));
    },
  };
}

/** What stands behind `ENTRY#` and `HOLD#` in a sort key. */
const lastPart = ({ sk }: Item): string => String(sk).slice(String(sk).indexOf('#') + 1);

/** Remembers the accounts it has named: some 100 bytes each. */
async function* accounts(table: Table): AsyncGenerator<string> {
  const named = new Set<string>();
  for await (const items of scan(table, {
    ProjectionExpression: 'pk',
    FilterExpression: 'begins_with(pk, :account)',
    ExpressionAttributeValues: { ':account': journalPrefixes.account },
  })) {
    for (const { pk } of items) {
      const account = accountOfPartition(String(pk));
      if (account === undefined || named.has(account)) continue;
      named.add(account);
      yield account;
    }
  }
}

async function* journal(table: Table): AsyncGenerator<JournalLink[]> {
  const { posting, claim } = journalPrefixes;
  for await (const items of scan(table, {
    FilterExpression: 'begins_with(pk, :posting) OR begins_with(pk, :claim)',
    ExpressionAttributeValues: { ':posting': posting, ':claim': claim },
  }))
    yield items.flatMap((item) => journalLink(item));
}

function journalLink(item: Item): JournalLink[] {
  const place = journalPlaceOf(String(item['pk']));
  if (place === undefined) return [];
  return place.what === 'posting'
    ? [{ ...place, what: 'posting', content: intactPosting(item) }]
    : [{ ...place, what: 'claim', content: intactClaim(item) }];
}

async function* scan(table: Table, input: Omit<ScanCommandInput, 'TableName'>): AsyncGenerator<Item[]> {
  let startKey: Item | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await table.client.send(
      new ScanCommand({ TableName: table.name, ...input, ConsistentRead: true, ExclusiveStartKey: startKey }),
    );
    yield Items;
    startKey = LastEvaluatedKey;
  } while (startKey !== undefined);
}
