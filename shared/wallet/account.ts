/**
 * Accounts of the ledger.
 *
 * Callers name a book: a member's, or one of the platform. A member's book is one account, because it decides what the member may spend. A
 * platform book decides nothing and is touched by everybody, so it is spread over sixteen accounts; the id of a posting says which one it
 * uses, also when the posting is repeated.
 *
 * Entries are written as the member sees them: a credit is positive, a debit negative. On a credit-normal account a positive balance is
 * money that the platform owes or has earned; on a debit-normal one a negative balance is money that it has.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { ledgerLimits } from './limits.ts';

export const accountKinds = ['member', 'clearing', 'payouts', 'fees', 'suspense'] as const;
export type AccountKind = (typeof accountKinds)[number];

/** The side on which an account of the kind grows. */
export const normalSides = {
  /** What a member owns: the platform's debt to them. */
  member: 'credit',
  /** Money at a payment gateway that it has taken in for the platform. */
  clearing: 'debit',
  /** Money at a gateway from which withdrawals are paid. */
  payouts: 'debit',
  /** What the platform has earned. */
  fees: 'credit',
  /** Money that came in and belongs to somebody, but could not be given to them yet. */
  suspense: 'credit',
} as const satisfies Record<AccountKind, 'credit' | 'debit'>;

const gateway = '[a-z][a-z0-9-]{0,31}';
const member = String.raw`member:\d{1,19}`;
const platform = `(?:clearing|payouts):${gateway}|fees|suspense`;

/** What callers name: `member:<id>`, `clearing:<gateway>`, `payouts:<gateway>`, `fees`, `suspense`. */
export const bookSchema = z.string().regex(new RegExp(`^(?:${member}|${platform})$`));
/** What the ledger keeps: a member's book, or a platform book and the number of its shard (`clearing:midtrans:07`). */
export const accountSchema = z.string().regex(new RegExp(String.raw`^(?:${member}|(?:${platform}):\d\d)$`));

export const memberBook = (memberId: string): string => bookSchema.parse(`member:${memberId}`);
export const clearingBook = (gateway: string): string => bookSchema.parse(`clearing:${gateway}`);
export const payoutsBook = (gateway: string): string => bookSchema.parse(`payouts:${gateway}`);
export const feesBook = 'fees';
export const suspenseBook = 'suspense';

/** The kind of a book or an account. */
export function kindOf(name: string): AccountKind {
  const prefix = name.split(':', 1)[0];
  const kind = accountKinds.find((known) => known === prefix);
  if (kind === undefined) throw new TypeError(`No account is called ${name}`);
  return kind;
}

/** The member who owns an account; null for those of the platform. */
export const ownerOf = (account: string): string | null => (kindOf(account) === 'member' ? account.slice('member:'.length) : null);

/** The account of a book that a posting uses. */
export function accountOf(book: string, postingId: string): string {
  if (kindOf(book) === 'member') return book;
  const [byte = 0] = createHash('sha256').update(postingId).digest();
  return shardOf(book, byte % ledgerLimits.shards);
}

/** All accounts of a book. */
export function accountsOf(book: string): string[] {
  if (kindOf(book) === 'member') return [book];
  return Array.from({ length: ledgerLimits.shards }, (_, shard) => shardOf(book, shard));
}

const shardOf = (book: string, shard: number): string => `${book}:${String(shard).padStart(2, '0')}`;
