/**
 * The ledger's items in the wallet table.
 *
 * | what | pk | sk |
 * | --- | --- | --- |
 * | balance | `ACCOUNT#<account>` | `BALANCE` |
 * | entry | `ACCOUNT#<account>` | `ENTRY#<number, 16 digits>` |
 * | hold | `ACCOUNT#<account>` | `HOLD#<id>` |
 * | posting | `POSTING#<id>` | `POSTING` |
 * | claim | `CLAIM#<gateway>#<transaction id>#<kind>` | `CLAIM` |
 *
 * Entries, postings and claims are put once and never touched again; a balance is put anew with each entry, a hold once more when it is closed.
 * None has a `ttl`, and nothing of the ledger is ever deleted: grant no `DeleteItem` on these keys. Other items of the wallet may share the table
 * under other prefixes.
 */
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import type { Item } from '#shared/platform/dynamodb.ts';
import { accountSchema, kindOf, ownerOf } from './account.ts';
import { availableOf, balanceSchema, entrySchema, type Balance, type Entry } from './entry.ts';
import { holdSchema, type Hold } from './hold.ts';
import { claimSchema, postingRecordSchema, type Claim, type PostingRecord } from './posting.ts';

export interface Key extends Item {
  readonly pk: string;
  readonly sk: string;
}

const accountPrefix = 'ACCOUNT#';
const postingPrefix = 'POSTING#';
const claimPrefix = 'CLAIM#';
const entryPrefix = 'ENTRY#';
const holdPrefix = 'HOLD#';

export const accountPartition = (account: string): string => `${accountPrefix}${account}`;
export const balanceKey = (account: string): Key => ({ pk: accountPartition(account), sk: 'BALANCE' });
export const entrySortKey = (sequence: number): string => `${entryPrefix}${String(sequence).padStart(16, '0')}`;
export const holdSortKey = (holdId: string): string => `${holdPrefix}${holdId}`;
export const holdKey = (account: string, holdId: string): Key => ({ pk: accountPartition(account), sk: holdSortKey(holdId) });
export const postingKey = (id: string): Key => ({ pk: `${postingPrefix}${id}`, sk: 'POSTING' });
export const claimKey = ({ gateway, transactionId, kind }: Claim): Key => ({
  pk: `${claimPrefix}${gateway}#${transactionId}#${kind}`,
  sk: 'CLAIM',
});

/** Behind every key of the kind: no number and no id of ours has a tilde. */
export const lastEntrySortKey = `${entryPrefix}~`;
export const lastHoldSortKey = `${holdPrefix}~`;

/** True for a partition of the ledger: what a failed condition found there is what others wrote, and no caller's own. */
export const isLedgerPartition = (pk: string): boolean =>
  [accountPrefix, postingPrefix, claimPrefix].some((prefix) => pk.startsWith(prefix));

/** The account of a partition, if it is one's. */
export const accountOfPartition = (pk: string): string | undefined =>
  pk.startsWith(accountPrefix) ? accountSchema.safeParse(pk.slice(accountPrefix.length)).data : undefined;

/** What stands in a partition of the journal. */
export function journalPlaceOf(pk: string): { readonly what: 'posting' | 'claim'; readonly id: string } | undefined {
  if (pk.startsWith(postingPrefix)) return { what: 'posting', id: pk.slice(postingPrefix.length) };
  return pk.startsWith(claimPrefix) ? { what: 'claim', id: pk.slice(claimPrefix.length) } : undefined;
}
export const journalPrefixes = { posting: postingPrefix, claim: claimPrefix, account: accountPrefix } as const;

/** `available`, `kind` and `ownerId` follow from the rest: the first for the condition of a write, the others for exports. */
export function balanceItem(balance: Balance): Item {
  const { account } = balance;
  return { ...balanceKey(account), ...balance, available: availableOf(balance), kind: kindOf(account), ownerId: ownerOf(account) };
}
export const entryItem = (entry: Entry): Item => ({ pk: accountPartition(entry.account), sk: entrySortKey(entry.sequence), ...entry });
export const holdItem = (hold: Hold): Item => ({ ...holdKey(hold.account, hold.id), ...hold });
export const postingItem = (record: PostingRecord): Item => ({ ...postingKey(record.id), ...record });
export const claimItem = (claim: StoredClaim): Item => ({ ...claimKey(claim), ...claim });

export type StoredClaim = Claim & { readonly postingId: string };

/** Made once: a schema is compiled when it first parses, which costs far more than parsing. */
const stored = {
  balance: balanceSchema.strip(),
  entry: entrySchema.strip(),
  posting: postingRecordSchema.strip(),
  claim: claimSchema.extend({ postingId: z.string() }).strip(),
};

export const balanceOfItem = (item: Item): Balance => stored.balance.parse(item);
export const entryOfItem = (item: Item): Entry => stored.entry.parse(item);
export const holdOfItem = (item: Item): Hold => holdSchema.parse(withoutKeys(item));
export const postingOfItem = (item: Item): PostingRecord => stored.posting.parse(item);
export const claimOfItem = (item: Item): StoredClaim => stored.claim.parse(item);

/** What an item holds if it is exactly what the ledger writes, keys and all; undefined when anybody has had a hand in it. */
export const intactBalance = intact(balanceOfItem, balanceItem);
export const intactEntry = intact(entryOfItem, entryItem);
export const intactHold = intact(holdOfItem, holdItem);
export const intactPosting = intact(postingOfItem, postingItem);
export const intactClaim = intact(claimOfItem, claimItem);

function intact<T>(read: (item: Item) => T, write: (content: T) => Item): (item: Item) => T | undefined {
  return (item) => {
    try {
      const content = read(item);
      return isDeepStrictEqual(write(content), item) ? content : undefined;
    } catch (error) {
      // A RangeError or a TypeError of a name is as much a sign of a foreign hand as one of the schema's.
      if (error instanceof z.ZodError || error instanceof TypeError || error instanceof RangeError) return undefined;
      throw error;
    }
  };
}

function withoutKeys({ pk: _pk, sk: _sk, ...content }: Item): Item {
  return content;
}
